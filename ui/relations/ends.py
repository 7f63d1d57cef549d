"""What may stand at an end of a relation: any highlight, or those of some codes with all below them."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotate.relations import Ends
from ui.codes.colours import chip_icon
from ui.codes.elided import ElidedLabel
from ui.icon_button import IconButton
from ui.icons import Icon
from ui.layouts import emptied
from ui.look import Look
from ui.relations.popup import Entry, PickPopup
from ui.session import Session


class EndsField(QWidget):
    """The codes, each with a button that takes it off, and one that adds another."""

    changed = Signal(object)  # Ends

    def __init__(self, session: Session, look: Look, taxonomy: str, name: str) -> None:
        super().__init__()
        self._session, self._look, self.taxonomy, self._name = session, look, taxonomy, name
        self.ends: Ends = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.add = QPushButton("Add a code…", autoDefault=False, clicked=lambda: self.ask())
        self.add.setAccessibleName(f"{name}: add a code")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._rows)
        column.addWidget(self.add)
        column.addStretch(1)

    def show_ends(self, ends: Ends) -> None:
        self.ends = ends
        emptied(self._rows)
        for code in ends or ():
            if code in self._session.codes:
                self._rows.addWidget(self._row(code))
        if not ends:
            said = (
                "Any highlight, also one without a code" if ends is None else "None: its codes were removed"
            )
            word = QLabel(said, wordWrap=True)
            word.setProperty("role", "dim")
            word.setMinimumHeight(28)
            self._rows.addWidget(word)

    def put(self, code: str) -> None:
        """One more code; it is there once."""
        self._tell(tuple(dict.fromkeys((*(self.ends or ()), code))))

    def take_off(self, code: str) -> None:
        """One code less; without any, every highlight may stand here."""
        self._tell(tuple(each for each in self.ends or () if each != code) or None)

    def ask(self) -> PickPopup:
        """The codes, groupings among them; those of this taxonomy first."""
        session = self._session
        codes = sorted(session.codes.values(), key=lambda code: code.taxonomy != self.taxonomy)
        entries = [
            Entry(code.id, code.label, session.colour(code.id), code.notation, session.path(code.id))
            for code in codes
            if not code.retired and code.id not in (self.ends or ())
        ]
        popup = PickPopup(
            session, self._look, self, entries, name="Codes", hint="Type a few letters of a code"
        )
        popup.code_taken.connect(lambda id, _: self.put(id))
        popup.closed.connect(self.add.setFocus)
        place = QRect(self.mapToGlobal(self.add.pos()), self.add.size())
        popup.open_at(place, title=self._name)
        return popup

    def _tell(self, ends: Ends) -> None:
        self.show_ends(ends)
        self.changed.emit(ends)

    def _row(self, id: str) -> QWidget:
        code, theme = self._session.codes[id], self._look.theme
        chip = QLabel()
        chip.setPixmap(chip_icon(self._session.colour(id), theme, hollow=not code.assignable).pixmap(16, 16))
        label = ElidedLabel()
        label.show_text(code.label)
        says = f"{self._name}: take off {code.label}"
        gone = IconButton(
            self._look, Icon.CLOSE, "Take the code off", lambda: self.take_off(id), says=says, size=14
        )
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(chip)
        row.addWidget(label, 1)
        row.addWidget(gone)
        return box
