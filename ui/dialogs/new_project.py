"""A new project: title, place, taxonomies, and who codes."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from annotate.errors import UserError
from annotate.taxonomy import brings, load_shipped, shipped
from storage import Project, Step, coders, taxonomies
from ui import ask
from ui.dialogs.sheet import Sheet, labelled, section
from ui.fonts import tabular
from ui.look import Look
from ui.settings import Settings


class NewProject(Sheet):
    """Makes the file; `made` tells where."""

    made = Signal(Path)

    def __init__(self, settings: Settings, look: Look, parent: QWidget | None) -> None:
        super().__init__("New project", parent, width=600)
        self._settings = settings
        self._folder = settings.last_folder
        self._own_place: Path | None = None
        self.title_field = QLineEdit(placeholderText="Transfers in the press")
        self.title_field.textChanged.connect(self._show_place)
        titled = labelled("Title", self.title_field)
        self.body.addLayout(titled)
        self.place = QLabel(wordWrap=True)
        self.place.setProperty("role", "small")
        change = QPushButton("Choose another place…", clicked=self._choose, autoDefault=False)
        change.setProperty("role", "link")
        row = QHBoxLayout()
        row.addWidget(self.place, 1)
        row.addWidget(change)
        titled.addLayout(row)
        self.coder = QLineEdit(settings.coder, placeholderText="Your name, as it stands on your highlights")
        self.body.addLayout(labelled("Coder", self.coder))
        self.body.addWidget(section("Taxonomies to begin with"))
        self.boxes: dict[str, QCheckBox] = {}
        self.body.addLayout(self._choices())
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

    def _choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for at, info in enumerate(shipped()):
            box = self.boxes[info.slug] = QCheckBox(info.title)
            with_it = brings(info.codes, info.questions)
            box.setToolTip(f"{with_it}\n{info.source}\n{info.licence}")
            box.setAccessibleName(f"{info.title}, {with_it}")
            number = QLabel(f"{info.codes} codes")
            number.setProperty("role", "dim")
            number.setFont(tabular(number.font()))
            grid.addWidget(box, at, 0)
            grid.addWidget(number, at, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.boxes["policy-frames"].setChecked(True)
        return grid

    def _choose(self) -> None:
        path = ask.save_file(self, "Where to keep the project", self.path, ask.PROJECTS)
        if path:
            self._own_place = path if path.suffix == ".postil" else path.with_name(path.name + ".postil")
            self._show_place()

    def _show_place(self) -> None:
        self.place.setText(f"Kept as {self.path}")
        self.say_problem("")
