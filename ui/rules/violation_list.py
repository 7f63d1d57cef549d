"""Violations as a list: what is broken in two lines, and below it where and whose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotate.violations import Violation
from ui.fonts import ui_font
from ui.ground import is_on, paint_ground
from ui.look import Look
from ui.rules.options import wrapped
from ui.theme import load_tokens

ROW = Qt.ItemDataRole.UserRole
LINES = 3
Index = QModelIndex | QPersistentModelIndex


class ViolationModel(QAbstractListModel):
    """`where` says where one stands: the article's title and the coder."""

    def __init__(self, where: Callable[[Violation], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Violation] = []
        self._where = where

    def clear(self) -> None:
        self.beginResetModel()
        self.rows = []
        self.endResetModel()

    def add(self, found: Sequence[Violation]) -> None:
        if found:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(found) - 1)
            self.rows += found
            self.endInsertRows()

    def replace(self, articles: frozenset[str], found: Sequence[Violation]) -> None:
        """Those of some articles give way to others, where they stood."""
        at = next((place for place, each in enumerate(self.rows) if each.article in articles), len(self.rows))
        kept = [each for each in self.rows if each.article not in articles]
        before = sum(1 for each in self.rows[:at] if each.article not in articles)
        rows = [*kept[:before], *found, *kept[before:]]
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.says
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.says} {self._where(row)}"
        return self._where(row) if role == Qt.ItemDataRole.UserRole + 1 else None


class ViolationDelegate(QStyledItemDelegate):
    """Rows as high as their words."""

    def __init__(self, look: Look, view: QListView) -> None:
        super().__init__(view)
        self._look, self._view = look, view
        sizes = load_tokens()["type"]["ui"]
        self._font, self._small = ui_font(sizes["size"]), ui_font(sizes["small"])

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        words, small = QFontMetrics(self._font), QFontMetrics(self._small)
        lines = self._lines(index.data(), words)
        return QSize(0, 16 + len(lines) * words.lineSpacing() + 3 + small.height() + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, words, small = self._look.theme, QFontMetrics(self._font), QFontMetrics(self._small)
        box = option.rect.adjusted(0, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = is_on(option, QStyle.StateFlag.State_Selected)
        over = is_on(option, QStyle.StateFlag.State_MouseOver)
        paint_ground(painter, QRectF(box), theme, selected=chosen, hovered=over, focused=False)
        inner = box.adjusted(10, 8, -10, -8)
        painter.setFont(self._font)
        painter.setPen(QColor(theme.text))
        top = inner.top() + words.ascent()
        for line in self._lines(index.data(), words):
            painter.drawText(inner.left(), top, line)
            top += words.lineSpacing()
        painter.setFont(self._small)
        painter.setPen(QColor(theme.dim))
        said = small.elidedText(
            index.data(Qt.ItemDataRole.UserRole + 1), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, said)
        painter.restore()

    def _lines(self, text: str, metrics: QFontMetrics) -> list[str]:
        room = max(80, self._view.viewport().width() - 22)
        lines = wrapped(text, metrics, room)
        if len(lines) > LINES:
            rest = " ".join(lines[LINES - 1 :])
            lines[LINES - 1 :] = [metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room)]
        return lines
