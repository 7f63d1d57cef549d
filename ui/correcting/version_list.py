"""The versions of a text, newest first: number, who and when, why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.fonts import tabular, ui_font
from ui.ground import is_on, paint_ground
from ui.look import Look
from ui.theme import load_tokens

LINES = Qt.ItemDataRole.UserRole
WIDTH = 208
Index = QModelIndex | QPersistentModelIndex


class VersionList(QListWidget):
    """Each entry is a name and one or two lines below it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName("Versions, newest first")
        self.setFixedWidth(WIDTH)
        self.setItemDelegate(_Delegate(look, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def give(self, versions: Sequence[Sequence[str]]) -> None:
        for lines in versions:
            item = QListWidgetItem()
            item.setData(LINES, list(lines))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(lines))
            item.setToolTip("\n".join(lines))
            self.addItem(item)
        self.setCurrentRow(0)


class _Delegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QListWidget) -> None:
        super().__init__(parent)
        self._look = look
        sizes = load_tokens()["type"]["ui"]
        self._name, self._small = ui_font(sizes["size"], 600), tabular(ui_font(sizes["small"]))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        name, small = QFontMetrics(self._name).height(), QFontMetrics(self._small).lineSpacing()
        return QSize(0, name + (len(index.data(LINES)) - 1) * (small + 2) + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, box = self._look.theme, option.rect.adjusted(0, 1, 0, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = is_on(option, QStyle.StateFlag.State_Selected)
        over = is_on(option, QStyle.StateFlag.State_MouseOver)
        paint_ground(painter, QRectF(box), theme, selected=chosen, hovered=over, focused=False)
        top = box.top() + 8
        for at, line in enumerate(index.data(LINES)):
            font = self._small if at else self._name
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(QColor(theme.dim if at else theme.text))
            where = QRect(box.left() + 10, top, box.width() - 20, metrics.height())
            said = metrics.elidedText(line, Qt.TextElideMode.ElideRight, where.width())
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, said)
            top += metrics.height() + 2
        painter.restore()
