"""What is broken about something, beside it: a sentence each, with one sign."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui.icons import Icon, pixmap
from ui.look import Look

MOST = 4


class BrokenNote(QWidget):
    """Takes no room while nothing is broken."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._sign = QLabel()
        self.said = QLabel(wordWrap=True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setProperty("role", "warn")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.said, 1)
        look.changed.connect(lambda _: self._paint())
        self._paint()
        self.hide()

    def show_lines(self, lines: Sequence[str]) -> None:
        more = [f"And {len(lines) - MOST:,} more."] if len(lines) > MOST else []
        self.said.setText("\n".join([*lines[:MOST], *more]))
        self.said.setAccessibleName(self.said.text())
        self.setVisible(bool(lines))

    def _paint(self) -> None:
        self._sign.setPixmap(pixmap(Icon.WARNING, self._look.theme.warn, 16, 2.0))
