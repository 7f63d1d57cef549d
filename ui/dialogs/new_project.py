"""A new project: title, place, taxonomies, and who codes."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotate.errors import UserError
from annotate.taxonomy import load_shipped, shipped
from storage import Project, Step, coders, taxonomies
from ui import ask
from ui.dialogs.sheet import Sheet, labelled
from ui.look import Look
from ui.settings import Settings


class NewProject(Sheet):
    """Makes the file; `made` tells where."""

    made = Signal(Path)

    def __init__(self, settings: Settings, look: Look, parent: QWidget | None) -> None:
        super().__init__("New project", parent, width=600, height=620)
        self._settings = settings
        self._folder = settings.last_folder
        self._own_place: Path | None = None
        self.title_field = QLineEdit(placeholderText="Transfers in the press")
        self.title_field.textChanged.connect(self._show_place)
        self.body.addLayout(labelled("Title", self.title_field))
        self.place = QLabel(wordWrap=True)
        self.place.setProperty("role", "small")
        change = QPushButton("Choose another place…", clicked=self._choose, autoDefault=False)
        change.setProperty("role", "link")
        row = QHBoxLayout()
        row.addWidget(self.place, 1)
        row.addWidget(change)
        self.body.addLayout(row)
        self.coder = QLineEdit(settings.coder, placeholderText="Your name, as it stands on your highlights")
        self.body.addLayout(labelled("Coder", self.coder))
        head = QLabel("Taxonomies to begin with")
        head.setProperty("role", "section")
        self.body.addWidget(head)
        self.boxes: dict[str, QCheckBox] = {}
        self.body.addWidget(self._choices(), 1)
        self.aside.setText("More can be added later.")
        self.button("Cancel", self.reject)
        self.make = self.button("Make the project", self.try_make, primary=True)
        self._show_place()
        self.title_field.setFocus()

    @property
    def path(self) -> Path:
        """Where the file would be made."""
        if self._own_place is not None:
            return self._own_place
        name = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", self.title_field.text()).strip(" .") or "Untitled"
        return self._folder / f"{name}.postil"

    def try_make(self) -> None:
        """Makes the project, or says why it cannot be made."""
        title = self.title_field.text().strip()
        if not title:
            self.say_problem("A project needs a title.")
            self.title_field.setFocus()
            return
        name = self.coder.text().strip()
        chosen = [load_shipped(slug) for slug, box in self.boxes.items() if box.isChecked()]

        def work(step: Step) -> None:
            if name:
                coders.ensure(step, name)
            for taxonomy in chosen:
                taxonomies.add(step, taxonomy)

        try:
            with Project.create(self.path, title) as project:
                if name or chosen:
                    project.do("Begin the project", work)
        except UserError as error:
            self.say_problem(str(error))
            return
        if name:
            self._settings.set_coder(coders.checked_name(name))
        self._settings.set_last_folder(self.path.parent)
        path = self.path
        self.accept()
        self.made.emit(path)

    def _choices(self) -> QWidget:
        inside = QFrame()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(2)
        for info in shipped():
            box = QCheckBox(f"{info.title}  ·  {info.codes} codes")
            box.setToolTip(f"{info.source}\n{info.licence}")
            self.boxes[info.slug] = box
            column.addWidget(box)
        column.addStretch(1)
        self.boxes["policy-frames"].setChecked(True)
        scroll = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        return scroll

    def _choose(self) -> None:
        path = ask.save_file(self, "Where to keep the project", self.path, ask.PROJECTS)
        if path:
            self._own_place = path if path.suffix == ".postil" else path.with_name(path.name + ".postil")
            self._show_place()

    def _show_place(self) -> None:
        self.place.setText(f"Kept as {self.path}")
        self.say_problem("")
