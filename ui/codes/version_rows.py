"""How a version stands in the list: its number, and below it when, by whom, how many highlights, what is new."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.codes.rows import own_font
from ui.ground import is_on, paint_ground
from ui.look import Look

INSET, ABOVE = 10, 8


class VersionRows(QStyledItemDelegate):
    """The first line strong, the others dim."""

    def __init__(self, look: Look, held: QListWidget) -> None:
        super().__init__(held)
        self._look, self._list = look, held

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        metrics = QFontMetrics(own_font(self._list))
        return QSize(0, metrics.lineSpacing() * len(str(index.data()).split("\n")) + 2 * ABOVE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, font = self._look.theme, own_font(self._list)
        area = QRectF(option.rect)
        paint_ground(
            painter,
            area,
            theme,
            selected=is_on(option, QStyle.StateFlag.State_Selected),
            hovered=is_on(option, QStyle.StateFlag.State_MouseOver),
            focused=is_on(option, QStyle.StateFlag.State_HasFocus),
        )
        height = QFontMetrics(font).lineSpacing()
        top = area.top() + ABOVE
        painter.save()
        for at, line in enumerate(str(index.data()).split("\n")):
            face = QFont(font)
            if at == 0:
                face.setWeight(QFont.Weight.DemiBold)
            painter.setFont(face)
            painter.setPen(QColor(theme.dim if at else theme.text))
            place = QRectF(area.left() + INSET, top + at * height, area.width() - 2 * INSET, height)
            cut = QFontMetrics(face).elidedText(line, Qt.TextElideMode.ElideRight, int(place.width()))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, cut)
        painter.restore()
