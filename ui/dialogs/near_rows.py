"""Rows of the near duplicates: the later article's title over how alike the two are."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.fonts import tabular, ui_font
from ui.look import Look
from ui.theme import load_tokens

FACTS = Qt.ItemDataRole.UserRole  # the second line
INSET = 10


class PairDelegate(QStyledItemDelegate):
    """Two lines, each elided."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        sizes = load_tokens()["type"]["ui"]
        self._title, self._small = ui_font(sizes["size"]), tabular(ui_font(sizes["small"]))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        both = QFontMetrics(self._title).height() + QFontMetrics(self._small).height()
        return QSize(0, max(load_tokens()["size"]["article_row"], both + 14))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, box = self._look.theme, option.rect.adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, box)
        title, small = QFontMetrics(self._title), QFontMetrics(self._small)
        top = box.top() + (box.height() - title.height() - small.height() - 2) // 2
        line = QRect(box.left() + INSET, top, box.width() - 2 * INSET, title.height())
        for metrics, font, colour, text in (
            (title, self._title, theme.text, index.data()),
            (small, self._small, theme.dim, index.data(FACTS)),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            line.setHeight(metrics.height())
            shown = metrics.elidedText(str(text), Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
            line.translate(0, metrics.height() + 2)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        theme, state = self._look.theme, option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focus = chosen and bool(state & QStyle.StateFlag.State_HasFocus)
        if not (chosen or state & QStyle.StateFlag.State_MouseOver):
            return
        painter.setPen(QColor(theme.focus) if focus else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent_back if chosen else theme.hover))
        painter.drawRoundedRect(box, 6, 6)
