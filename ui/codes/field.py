"""A search field with a magnifying glass at its left and a key cap at its right."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.codes.rows import own_font, paint_key, ratio_of
from ui.icons import Icon, pixmap
from ui.look import Look


class SearchField(QLineEdit):
    """Says which way the person wants to go with the arrow keys, Enter and Esc."""

    stepped = Signal(int)  # Qt.Key: up, down, page up, page down
    taken = Signal(bool)  # Enter; True with Shift
    left = Signal()  # Esc in an empty field

    def __init__(
        self,
        look: Look,
        hint: str,
        key: str = "",
        parent: QWidget | None = None,
        *,
        always_key: bool = False,
    ) -> None:
        super().__init__(parent)
        self._look, self._key, self._always_key = look, key, always_key
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setTextMargins(24, 0, 14 + 8 * len(key), 0)
        look.changed.connect(self.update)

    def indent(self, left: int) -> None:
        """Where the text begins."""
        margins = self.textMargins()
        margins.setLeft(left)
        self.setTextMargins(margins)

    def paintEvent(self, event) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._look.theme
        glass = pixmap(Icon.SEARCH, theme.dim, 16, ratio_of(painter))
        painter.drawPixmap(QPointF(10, self.height() / 2 - 8), glass)
        if self._key and (self._always_key or not self.text()):
            paint_key(painter, QRectF(self.rect()), self.width() - 8, self._key, theme, own_font(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down | Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                self.stepped.emit(event.key())
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.taken.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            case Qt.Key.Key_Escape if self.text():
                self.clear()
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)
