"""The ground of a row in a list or tree: how it shows that it is selected, under the mouse or in focus."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ui.theme import Theme, load_tokens


def is_on(option: QStyleOptionViewItem, state: QStyle.StateFlag) -> bool:
    return bool(option.state & state)


def paint_ground(
    painter: QPainter, area: QRectF, theme: Theme, *, selected: bool, hovered: bool, focused: bool
) -> None:
    """The rounded ground of a row that is selected or under the mouse, and its focus ring."""
    radius = float(load_tokens()["radius"]["control"])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if selected or hovered:
        painter.setBrush(QColor(theme.accent_back if selected else theme.hover))
        painter.drawRoundedRect(area, radius, radius)
    if focused:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.focus), 1.5))
        painter.drawRoundedRect(area.adjusted(0.75, 0.75, -0.75, -0.75), radius, radius)
    painter.restore()
