"""Rows of the article list, painted: two lines, a glyph for the state, a count."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QCursor, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotate.model import ArticleState
from storage.articles import ArticleRow
from ui.articles.model import HEADING, ROW, Heading
from ui.dates import short_date
from ui.fonts import tabular, ui_font
from ui.icons import Icon, pixmap
from ui.look import Look
from ui.theme import load_tokens

GLYPHS = {
    ArticleState.TO_DO: Icon.TO_DO,
    ArticleState.IN_PROGRESS: Icon.IN_PROGRESS,
    ArticleState.DONE: Icon.DONE,
    ArticleState.SKIPPED: Icon.SKIPPED,
}
HEAD_HEIGHT = 40
Index = QModelIndex | QPersistentModelIndex


class ArticleDelegate(QStyledItemDelegate):
    """Paints by hand what a style sheet cannot: two lines that align with the count.

    The view is asked what is selected, hovered and current: the option's own flags would have PySide make all the
    enums of QStyle, which takes 4 ms at the start.
    """

    def __init__(self, look: Look, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._look, self._view = look, view
        sizes = load_tokens()["type"]["ui"]
        self._title, self._small = ui_font(sizes["size"], 600), ui_font(sizes["small"])
        self._count, self._head = tabular(ui_font(sizes["small"])), ui_font(sizes["small"], 600)

    def row_height(self) -> int:
        lines = QFontMetrics(self._title).height() + QFontMetrics(self._small).height()
        return max(int(load_tokens()["size"]["article_row"]), lines + 18)

    def heading_height(self) -> int:
        return max(HEAD_HEIGHT, QFontMetrics(self._head).height() + 20)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self.heading_height() if index.data(HEADING) else self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        heading = index.data(HEADING)
        if isinstance(heading, Heading):
            self._paint_heading(painter, option.rect, index, heading)
        else:
            row = index.data(ROW)
            if isinstance(row, ArticleRow):
                self._paint_row(painter, option.rect, index, row)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName("New title")
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(36, 4, -8, -4))

    def _hovered(self, rect: QRect) -> bool:
        area = self._view.viewport()
        return area.underMouse() and rect.contains(area.mapFromGlobal(QCursor.pos()))

    def _focused(self, index: Index) -> bool:
        return self._view.hasFocus() and index.row() == self._view.currentIndex().row()

    def _paint_heading(self, painter: QPainter, rect: QRect, index: Index, heading: Heading) -> None:
        theme, box = self._look.theme, rect.adjusted(15, 8, -19, 0)
        if self._focused(index):
            painter.setPen(QColor(theme.focus))
            painter.drawRoundedRect(rect.adjusted(8, 10, -8, -2), 6, 6)
        painter.setFont(self._head)
        painter.setPen(QColor(theme.dim))
        name = str(heading.state).capitalize()
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        if heading.folded or self._hovered(rect):
            sign = Icon.CHEVRON_RIGHT if heading.folded else Icon.CHEVRON_DOWN
            at = QPoint(
                box.left() + QFontMetrics(self._head).horizontalAdvance(name) + 6, box.center().y() - 5
            )
            painter.drawPixmap(at, pixmap(sign, theme.dim, 12, painter.device().devicePixelRatioF()))
        painter.setFont(self._count)
        painter.drawText(
            box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{heading.count:,}"
        )

    def _paint_row(self, painter: QPainter, rect: QRect, index: Index, row: ArticleRow) -> None:
        theme, box = self._look.theme, rect.adjusted(8, 0, -8, 0)
        selected = self._view.selectionModel().isRowSelected(index.row())
        hovered = self._hovered(rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent_back if selected else theme.hover))
            painter.drawRoundedRect(box, 6, 6)
        if not selected and self._focused(index):
            painter.setPen(QColor(theme.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        title, small = QFontMetrics(self._title), QFontMetrics(self._small)
        top = box.top() + (box.height() - title.height() - small.height() - 2) // 2
        self._glyph(painter, row, QPoint(box.left() + 15, top + title.height() // 2 - 6))
        count = f"{row.highlights:,}" if row.highlights else ""
        room = QFontMetrics(self._count).horizontalAdvance(count)
        left, right = box.left() + 40, box.right() - 11
        painter.setFont(self._count)
        painter.setPen(QColor(theme.dim))
        line = QRect(left, top, right - left, title.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        painter.setFont(self._title)
        painter.setPen(QColor(theme.text))
        width = right - left - (room + 12 if room else 0)
        shown = title.elidedText(row.title or "Untitled", Qt.TextElideMode.ElideRight, width)
        painter.drawText(left, top + title.ascent(), shown)
        facts = " · ".join(fact for fact in (row.outlet, short_date(row.date)) if fact)
        facts = facts or f"{row.characters:,} characters"
        painter.setFont(self._small)
        painter.setPen(QColor(theme.dim))
        painter.drawText(
            left,
            top + title.height() + 2 + small.ascent(),
            small.elidedText(facts, Qt.TextElideMode.ElideRight, right - left),
        )

    def _glyph(self, painter: QPainter, row: ArticleRow, at: QPoint) -> None:
        theme, state = self._look.theme, ArticleState(row.state)
        active = state in (ArticleState.IN_PROGRESS, ArticleState.DONE)
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(at, pixmap(GLYPHS[state], theme.accent if active else theme.dim, 12, ratio))
