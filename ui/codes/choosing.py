"""A button that asks for a code, and then shows it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QWidget

from ui.codes.colours import chip_icon
from ui.look import Look
from ui.session import Session


class CodeButton(QPushButton):
    """Opens the quick-tag popup over `leave_out` and tells what was `chosen`."""

    chosen = Signal(str)  # code id

    def __init__(
        self,
        session: Session,
        look: Look,
        title: str,
        parent: QWidget | None = None,
        *,
        leave_out: frozenset[str] = frozenset(),
        text: str = "Choose a code…",
        groupings: bool = False,
    ) -> None:
        super().__init__(text, parent, autoDefault=False)
        self._session, self._look, self._title, self._empty = session, look, title, text
        self.leave_out = leave_out
        self._groupings = groupings
        self.code: str | None = None
        self.clicked.connect(self._ask)

    def show_code(self, id: str | None) -> None:
        """The code stands on the button; None: it asks for one again."""
        known = self._session.codes.get(id or "")
        self.code = known.id if known else None
        self.setText(known.label if known else self._empty)
        self.setIcon(chip_icon(self._session.colour(known.id), self._look.theme) if known else QIcon())

    def _ask(self) -> None:
        from ui.quicktag import QuickTag

        picker = QuickTag(
            self._session,
            self._look,
            self,
            offer_new=False,
            leave_out=self.leave_out,
            groupings=self._groupings,
        )
        picker.code_taken.connect(lambda id, stay: self.chosen.emit(id))
        picker.closed.connect(picker.deleteLater)
        place = self.rect()
        place.moveTopLeft(self.mapToGlobal(place.topLeft()))
        picker.open_at(place, title=self._title)
