"""The document layout of the reading view: paragraphs are laid out when looked at, the others estimated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPainter,
    QPainterPath,
    QTextBlock,
    QTextDocument,
    QTextFrame,
)

from annotate.model import BlockKind
from ui.reading.heights import Heights
from ui.reading.lines import BLANK, Laid, close_block, make_lines, open_block
from ui.reading.typography import MARGIN_BOTTOM, BlockStyle, Typography

_KEPT = 400_000
"""So many UTF-16 units stay shaped."""


class ArticleLayout(QAbstractTextDocumentLayout):
    """Where each paragraph stands. One lives as long as the view; `reset` follows each change of the text.

    `shift` counts by how many pixels the paragraphs above number `anchor` turned out higher than they were
    taken for, so that the view can follow.
    """

    def __init__(self, document: QTextDocument, typography: Typography) -> None:
        super().__init__(document)
        self.typography = typography
        self.anchor = 0
        self.shift = 0
        self.left = 0
        self.column = 1
        self.head = 0
        self._width = 1
        self._letter = 8.0
        self._lengths: Sequence[int] = ()
        self._styles: Mapping[int, BlockStyle] = {}
        self._cells: Mapping[int, tuple[int, ...]] = {}
        self._heights = Heights([])
        self._laid: dict[int, Laid] = {}

    def forget(self) -> None:
        """Let go of every paragraph: needed before the text changes, for Qt frees what they point to."""
        self._laid.clear()
        self._lengths = ()
        self._heights = Heights([])

    def reset(
        self,
        lengths: Sequence[int],
        styles: Mapping[int, BlockStyle],
        cells: Mapping[int, tuple[int, ...]],
        letter: float,
    ) -> None:
        """A new text or another width: paragraph lengths in code points, and how the unusual ones are set."""
        self._laid.clear()
        self._lengths, self._styles, self._cells, self._letter = lengths, styles, cells, letter
        self._heights = Heights(self._estimates())
        self.announce()

    def place(self, width: int, head: int) -> bool:
        """The view is `width` wide, `head` pixels stand above the text; True if lines must be made anew."""
        column = self.typography.column_in(width)
        changed = column != self.column
        self._width, self.head = width, head
        self.left, self.column = self.typography.left_in(width), column
        return changed

    def announce(self) -> None:
        """Tell the view how large all is."""
        self.documentSizeChanged.emit(self.documentSize())

    def _estimates(self) -> list[int]:
        body = self.typography.style(BlockKind.PARAGRAPH)
        per_line = max(self.column * 0.97 / self._letter, 1)
        line, after = body.line, body.after
        made = [(int(length / per_line) + 1) * line + after if length else BLANK for length in self._lengths]
        for number, style in self._styles.items():
            room = per_line * body.size / style.size * max(self.column - style.indent, 40) / self.column
            count = 1 if number in self._cells else int(self._lengths[number] / max(room, 1)) + 1
            made[number] = style.before + count * style.line + style.after
        return made

    @property
    def count(self) -> int:
        """How many paragraphs there are."""
        return len(self._heights)

    @property
    def total(self) -> int:
        """The height of all paragraphs together."""
        return self._heights.total

    def top(self, number: int) -> int:
        """Where a paragraph begins, in pixels from the top of the page."""
        return self.head + self._heights.top(number)

    def height(self, number: int) -> int:
        """A paragraph's height, maybe estimated."""
        return self._heights[number]

    def number_at(self, y: float) -> int:
        """The paragraph at that height."""
        return self._heights.at(y - self.head)

    def style_of(self, number: int) -> BlockStyle:
        """How a paragraph is set."""
        return self._styles.get(number) or self.typography.style(BlockKind.PARAGRAPH)

    def laid(self, number: int, until: int | None = None, height: float | None = None) -> Laid:
        """A paragraph laid out, as far as the UTF-16 position or the height within it that are asked for."""
        found = self._laid.get(number)
        if found is None:
            block = self.document().findBlockByNumber(number)
            cells = self._cells.get(number, ())
            found = open_block(block, self.style_of(number), self.column, cells, number not in self._styles)
            self._laid[number] = found
        if make_lines(found, until, height):
            grown = self._heights.set(number, found.height)
            if number < self.anchor:
                self.shift += grown
        return found

    def in_view(self, top: float, bottom: float) -> Iterator[tuple[Laid, int]]:
        """The paragraphs between two heights, laid out as far as needed, each with where it begins."""
        number = self.number_at(top)
        y = self.top(number) if self.count else 0
        while number < self.count and y < bottom:
            laid = self.laid(number, height=bottom - y)
            laid.layout.setPosition(QPointF(self.left, y))
            yield laid, y
            y += self._heights[number]
            number += 1

    def known(self, number: int) -> Laid | None:
        """The paragraph, if it is laid out."""
        return self._laid.get(number)

    def trim(self, first: int, last: int) -> None:
        """Keep the shaped text of what is in view and of what was laid out last, let the rest go."""
        if sum(laid.reached for laid in self._laid.values()) <= _KEPT:
            return
        kept = 0
        for number in reversed(list(self._laid)):
            kept += self._laid[number].reached
            if kept > _KEPT // 2 and not first <= number <= last:
                close_block(self._laid.pop(number))

    def documentChanged(self, start: int, removed: int, added: int) -> None:
        """Nothing: the text only changes as a whole, through `reset`."""

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        """The bare text, for whoever prints the document; the view paints by itself."""
        clip = context.clip
        for laid, y in self.in_view(clip.top(), clip.bottom()):
            laid.layout.draw(painter, QPointF(self.left, y) - laid.layout.position())

    def hitTest(self, point: QPointF | QPoint | QPainterPath.Element, accuracy: Qt.HitTestAccuracy) -> int:
        """The UTF-16 position at a point of the page."""
        if not self.count or isinstance(point, QPainterPath.Element):
            return 0
        number = self.number_at(point.y())
        y = point.y() - self.top(number)
        x = point.x() - self.left
        laid = self.laid(number, height=y)
        if not laid.lines:
            return laid.start
        at = laid.line_at(x, y)
        line = laid.lines[at]
        inside = line.naturalTextRect().left() <= x <= line.naturalTextRect().right()
        if accuracy == Qt.HitTestAccuracy.ExactHit and not (
            inside and 0 <= y - laid.tops[at] <= laid.style.line
        ):
            return -1
        return laid.start + line.xToCursor(x)

    def pageCount(self) -> int:
        """One: the article is one long page."""
        return 1

    def documentSize(self) -> QSizeF:
        """The whole page, with the margins."""
        return QSizeF(self._width, self.head + self._heights.total + MARGIN_BOTTOM)

    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:
        """The whole page."""
        return QRectF(QPointF(0, 0), self.documentSize())

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """Where a paragraph stands; it is laid out by this, if it was not."""
        number = block.blockNumber()
        if not 0 <= number < self.count:
            return QRectF()
        laid = self.laid(number)
        top = self.top(number)
        laid.layout.setPosition(QPointF(self.left, top))
        return QRectF(self.left, top, self.column, self._heights[number])
