"""The other end of a relation is chosen: a slim bar over the text, its words, and the highlights that fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from annotate.fuzzy import plain
from ui.codes.elided import ElidedLabel
from ui.icon_button import IconButton
from ui.icons import Icon
from ui.look import Look


@dataclass(frozen=True, slots=True)
class Candidate:
    """A highlight that may be chosen: its words, and what its code is called."""

    id: str
    words: str
    label: str


class PickBar(QFrame):
    """Says which highlight is looked at, and which is chosen. J and K step while nothing is typed."""

    looked_at = Signal(object)  # id, or None where nothing fits the words
    chosen = Signal(str)
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: list[Candidate] = []
        self._fitting: list[Candidate] = []
        self._at = -1
        self.setProperty("role", "chrome")
        self.setAccessibleName("The other highlight of a relation")
        self.said = ElidedLabel("heading")
        self.field = QLineEdit(placeholderText="Its words, or J and K")
        self.field.setAccessibleName("Words of the other highlight")
        self.field.setMaximumWidth(264)
        self.field.textChanged.connect(lambda _: self._narrow())
        self.field.installEventFilter(self)
        self.count = QLabel("")
        self.count.setProperty("role", "small")
        self.take = QPushButton("Relate", clicked=lambda: self._take())
        self.take.setProperty("role", "primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self.said, 3)
        row.addWidget(self.field, 2)
        row.addWidget(self.count)
        for name, sign, way in (
            ("Previous highlight that fits", Icon.ARROW_UP, lambda: self.step(-1)),
            ("Next highlight that fits", Icon.ARROW_DOWN, lambda: self.step(1)),
        ):
            row.addWidget(IconButton(look, sign, name, way))
        row.addWidget(self.take)
        row.addWidget(IconButton(look, Icon.CLOSE, "Relate nothing", self.close_bar))
        self.hide()

    def open_bar(self, said: str, candidates: Sequence[Candidate], first: int) -> None:
        """Opens for these highlights, in the order of the text; the `first`-th is looked at."""
        self._all = self._fitting = list(candidates)
        self._at = first
        self.said.show_text(said)
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self.show()
        self.field.setFocus()
        self._look_at()

    def close_bar(self) -> None:
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def current(self) -> str | None:
        """The highlight that is looked at."""
        return self._fitting[self._at].id if 0 <= self._at < len(self._fitting) else None

    def step(self, by: int) -> None:
        """Looks at the next of those that fit, or the one before; goes round the end."""
        if self._fitting:
            self._at = (self._at + by) % len(self._fitting)
            self._look_at()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        plain_letter = not self.field.text() and not event.modifiers()
        ways = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if plain_letter:
            ways |= {Qt.Key.Key_K: -1, Qt.Key.Key_J: 1}
        key = Qt.Key(event.key())
        if key in ways:
            self.step(ways[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            return False
        return True

    def _narrow(self) -> None:
        """Those whose words, or whose code's, hold all that is typed."""
        before = self.current()
        wanted = plain(self.field.text()).split()
        self._fitting = [
            each for each in self._all if all(word in plain(f"{each.words} {each.label}") for word in wanted)
        ]
        ids = [each.id for each in self._fitting]
        self._at = ids.index(before) if before in ids else 0
        self._look_at()

    def _look_at(self) -> None:
        number = len(self._fitting)
        self.count.setText(f"{self._at + 1:,} of {number:,}" if number else "None fits")
        self.take.setEnabled(bool(number))
        self.looked_at.emit(self.current())

    def _take(self) -> None:
        if id := self.current():
            self.chosen.emit(id)
