"""The passages that would be replaced: under each article's title what goes, struck out, and what comes."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from annotate.spoken import counted
from storage.corrections import Preview
from ui.fonts import reading_font, tabular, ui_font
from ui.look import Look
from ui.theme import Theme, load_tokens, mix

HELD = Qt.ItemDataRole.UserRole  # a Preview, or one of its snippets
SHOWN = 1000  # articles listed
INSET = 4
Index = QModelIndex | QPersistentModelIndex
Snippet = tuple[str, str, str, str]


class Passages(QListWidget):
    """Filled article by article while they are looked through."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName("What would be replaced")
        self.setItemDelegate(_Delegate(look, self))
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._articles = 0
        look.changed.connect(lambda _: self.viewport().update())

    def sizeHint(self) -> QSize:
        return QSize(320, 96)  # it takes what room there is

    def begin(self) -> None:
        self.clear()
        self._articles = 0

    def add(self, found: Preview) -> None:
        """Lists an article, as long as there are not too many."""
        self._articles += 1
        if self._articles > SHOWN:
            return
        self._line(found, f"{found.title}, {counted(found.count, 'place')}")
        for snippet in found.snippets:
            before, gone, behind, comes = snippet
            self._line(snippet, f"{before}{gone}{behind}: {gone} becomes {comes or 'nothing'}")
        if found.count > len(found.snippets):
            self._line(f"and {found.count - len(found.snippets):,} more", "")

    def _line(self, held: object, said: str) -> None:
        item = QListWidgetItem()
        item.setData(HELD, held)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        self.addItem(item)


class _Delegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QListWidget) -> None:
        super().__init__(parent)
        self._look = look
        sizes = load_tokens()["type"]["ui"]
        self._head, self._small = ui_font(sizes["size"], 600), tabular(ui_font(sizes["small"]))
        self._words = reading_font(sizes["size"] + 2)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        held = index.data(HELD)
        font = self._head if isinstance(held, Preview) else self._words
        return QSize(0, QFontMetrics(font).height() + (18 if isinstance(held, Preview) else 8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        held, theme, box = index.data(HELD), self._look.theme, option.rect
        painter.save()
        if isinstance(held, Preview):
            self._paint_head(painter, box, held, theme, first=index.row() == 0)
        elif isinstance(held, str):
            painter.setFont(self._small)
            painter.setPen(QColor(theme.dim))
            painter.drawText(box.adjusted(INSET, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, held)
        else:
            self._paint_words(painter, box.adjusted(INSET, 0, -INSET, 0), held, theme)
        painter.restore()

    def _paint_head(self, painter: QPainter, box: QRect, held: Preview, theme: Theme, *, first: bool) -> None:
        if not first:
            painter.fillRect(QRect(box.left(), box.top() + 4, box.width(), 1), QColor(theme.line))
        inner = box.adjusted(INSET, 10, -INSET - 8, 0)
        said = counted(held.count, "place")
        painter.setFont(self._small)
        painter.setPen(QColor(theme.dim))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, said)
        room = inner.width() - QFontMetrics(self._small).horizontalAdvance(said) - 16
        painter.setFont(self._head)
        painter.setPen(QColor(theme.text))
        title = QFontMetrics(self._head).elidedText(held.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, title)

    def _paint_words(self, painter: QPainter, box: QRect, held: Snippet, theme: Theme) -> None:
        """What stands before, as much of it as leaves the change in sight; then the change and the rest."""
        before, gone, behind, comes = (part.replace("\n", " ") for part in held)
        metrics = QFontMetrics(self._words)
        before = metrics.elidedText(before, Qt.TextElideMode.ElideLeft, round(box.width() * 0.42))
        struck = QFont(self._words)
        struck.setStrikeOut(True)
        dim, ground = QColor(theme.dim), QColor(theme.paper)
        parts = (
            (before, self._words, dim, None),
            (gone, struck, QColor(theme.danger), mix(ground, QColor(theme.danger), 0.10)),
            (comes, self._words, QColor(theme.text), mix(ground, QColor(theme.good), 0.17)),
            (behind, self._words, dim, None),
        )
        left = box.left()
        for words, font, colour, back in parts:
            room = box.right() - left
            if not words or room < 12:
                continue
            said = (
                metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
                if back or words is behind
                else words
            )
            width = metrics.horizontalAdvance(said)
            where = QRect(left, box.top(), width, box.height())
            if back is not None:
                painter.fillRect(where.adjusted(-1, 3, 1, -3), back)
            painter.setFont(font)
            painter.setPen(colour)
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, said)
            left += width + (3 if back is not None else 0)
