"""Who codes: asked once, switched, renamed, recoloured."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QLineEdit, QPushButton, QRadioButton, QWidget

from annotate.taxonomy import PALETTE
from storage import coders
from ui import ask
from ui.dialogs.sheet import Sheet, labelled
from ui.look import Look
from ui.session import Session
from ui.theme import code_colour


class CoderDialog(Sheet):
    """Lists the project's coders; a new name makes a new one."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None) -> None:
        super().__init__("Who codes?", parent, width=480)
        self._session, self._look = session, look
        self.body.addWidget(
            QLabel(
                "The name stands on every highlight. Two coders in one project keep their marks apart.",
                wordWrap=True,
            )
        )
        self.choices = QButtonGroup(self)
        self.name = QLineEdit(placeholderText="Ana")
        self._names = [coder.name for coder in session.coders]
        for at, coder in enumerate(session.coders):
            row = QHBoxLayout()
            choice = QRadioButton(coder.name)
            choice.setChecked(session.coder is not None and coder.id == session.coder.id)
            choice.toggled.connect(lambda on: on and self.name.clear())
            self.choices.addButton(choice, at)
            row.addWidget(choice, 1)
            if session.project.writable:
                for text, work in (("Rename…", self._rename), ("Next colour", self._recolour)):
                    button = QPushButton(text, autoDefault=False)
                    button.setProperty("role", "link")
                    button.clicked.connect(partial(work, coder.id, choice))
                    row.addWidget(button)
            chip = QLabel()
            chip.setFixedSize(12, 12)
            chip.setObjectName(f"chip {coder.id}")
            self._paint(chip, coder.colour)
            row.insertWidget(1, chip)
            self.body.addLayout(row)
        if not self._names:
            self.name.setText(session.settings.coder)
        self.body.addLayout(labelled("Another coder" if self._names else "Your name", self.name))
        self.body.addStretch(1)
        self.button("Cancel", self.reject)
        self.button("Code under this name", self.take, primary=True)
        (self.name if not self._names else self.choices.buttons()[0]).setFocus()

    def take(self) -> None:
        """Goes on under the name typed, or the one chosen."""
        name = self.name.text().strip()
        if not name and self.choices.checkedId() >= 0:
            name = self.choices.checkedButton().text()
        if not name:
            self.say_problem("Type a name, or choose one.")
            return
        if self._session.code_as(name):
            self.accept()

    def _rename(self, id: str, choice: QRadioButton) -> None:
        name = ask.text(self, "Rename this coder", "Name", choice.text())
        if name and self._session.do(
            f"Rename coder {choice.text()} to {name.strip()}", lambda step: coders.rename(step, id, name)
        ):
            choice.setText(coders.checked_name(name))
            if self._session.coder is not None:
                self._session.settings.set_coder(self._session.coder.name)

    def _recolour(self, id: str, choice: QRadioButton) -> None:
        known = next(coder for coder in self._session.coders if coder.id == id)
        at = PALETTE.index(known.colour) + 1 if known.colour in PALETTE else 0
        colour = PALETTE[at % len(PALETTE)]
        if self._session.do(f"Recolour coder {known.name}", lambda step: coders.recolour(step, id, colour)):
            chip = self.findChild(QLabel, f"chip {id}")
            if isinstance(chip, QLabel):
                self._paint(chip, colour)

    def _paint(self, chip: QLabel, colour: str) -> None:
        shown = code_colour(colour, self._look.theme).name()
        chip.setStyleSheet(f"background: {shown}; border-radius: 6px;")
        chip.setToolTip(colour or "no colour yet")
