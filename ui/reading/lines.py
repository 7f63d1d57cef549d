"""Lines of one paragraph: made when needed, found by height, right in mixed direction."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from annotate.frozen import frozen
from ui.reading.columns import GAP
from ui.reading.typography import BlockStyle, baseline_of, font_of

STEP = 64
"""Lines are made by so many at a time in a long paragraph, and painted things are kept per as many."""

LONG = 6000
"""A paragraph of more UTF-16 units than this is laid out only as far as it is looked at."""

MIXED = "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff]"


@dataclass(slots=True, repr=False, eq=False)
class Laid:
    """One paragraph with its lines so far. Positions are UTF-16 units from the paragraph's start.

    `text` is kept of all but plain paragraphs; `cells` are a table row's columns.
    """

    number: int
    start: int
    length: int
    layout: QTextLayout
    style: BlockStyle
    width: int
    cells: tuple[int, ...]
    text: str
    right: bool
    mixed: bool
    lines: list[QTextLine] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    tops: list[int] = field(default_factory=list)
    complete: bool = False

    @property
    def baseline(self) -> int:
        """How far below the top of a line its baseline stands."""
        return baseline_of(self.style.size, self.style.weight, self.style.line)

    @property
    def reach(self) -> tuple[int, int]:
        """How far the ground behind letters goes above and below their baseline."""
        return round(self.style.size), round(self.style.size * 0.28)

    @property
    def reached(self) -> int:
        """Up to which position lines are made."""
        return self.length if self.complete else self.starts[-1] + self.lines[-1].textLength()

    @property
    def height(self) -> int:
        """In pixels, with the spaces around; of lines not yet made, as the others let expect."""
        style = self.style
        if not self.length:
            return style.before + BLANK
        made = self.tops[-1] + style.line
        if not self.complete:
            made += round((self.length - self.reached) * len(self.lines) / max(self.reached, 1)) * style.line
        elif self.cells:
            made = max(self.tops) + style.line
        return made + style.after

    def line_at(self, x: float, y: float) -> int:
        """The number of the line nearest to a point, from the paragraph's upper left."""
        if self.cells:
            return min(range(len(self.lines)), key=lambda at: self._distance(at, x, y))
        return max(min(bisect_right(self.tops, y) - 1, len(self.lines) - 1), 0)

    def _distance(self, number: int, x: float, y: float) -> tuple[float, float]:
        line = self.lines[number]
        aside = max(line.x() - x, x - line.x() - line.width(), 0)
        return aside, abs(y - self.tops[number] - self.style.line / 2)

    def line_of(self, position: int) -> int:
        """The number of the line that holds a position."""
        return max(bisect_right(self.starts, position) - 1, 0)

    def rectangles(self, start: int, end: int, first: int = 0, last: int | None = None) -> list[LineRect]:
        """Where the text of [start, end) stands, in lines first..last (or the last one made)."""
        end = min(end, self.reached)
        if start >= end:
            return []
        first = max(first, self.line_of(start))
        last = min(len(self.lines) - 1 if last is None else last, self.line_of(end - 1))
        found: list[LineRect] = []
        for number in range(first, last + 1):
            found += self._in_line(number, start, end)
        return found

    def _in_line(self, number: int, start: int, end: int) -> list[LineRect]:
        line = self.lines[number]
        begin = self.starts[number]
        stop = begin + line.textLength()
        start, until = max(start, begin), min(end, stop)
        if self.mixed:
            return [LineRect(number, left, right) for left, right in stretches_of(line, start, until - start)]
        left = line.x() if start == begin else x_of(line, start)
        natural = line.x() + line.naturalTextWidth()
        right = natural if until == stop else min(x_of(line, until), natural)
        return [LineRect(number, left, right)] if right > left else []

    def caret(self, position: int) -> QRectF:
        """Where the caret stands before `position`, from the paragraph's upper left."""
        if not self.lines:
            return QRectF(0, 0, 0, self.style.line)
        number = self.line_of(position)
        x = x_of(self.lines[number], position)
        return QRectF(x, self.tops[number], 0, self.style.line)


BLANK = 2
"""Height of an empty line: paragraphs already stand apart."""


@frozen
class LineRect:
    """A stretch of one line, in pixels from the column's left."""

    line: int
    left: float
    right: float


def x_of(line: QTextLine, position: int) -> float:
    """Where the caret stands before `position`, from the column's left."""
    found: tuple[float, int] = line.cursorToX(position)  # type: ignore[assignment]
    return found[0]


def stretches_of(line: QTextLine, start: int, length: int) -> list[tuple[float, float]]:
    """The visual stretches of a logical one, merged where they meet (one for each run of glyphs)."""
    boxes = sorted(
        (box.left(), box.right()) for box in (run.boundingRect() for run in line.glyphRuns(start, length))
    )
    merged: list[tuple[float, float]] = []
    for left, right in boxes:
        if merged and left <= merged[-1][1] + 0.5:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged


def open_block(block: QTextBlock, style: BlockStyle, width: int, cells: tuple[int, ...], plain: bool) -> Laid:
    """Begin to lay out a paragraph; `plain` says that the default font is the right one."""
    layout = block.layout()
    text = block.text()
    mixed = not text.isascii() and re.search(MIXED, text) is not None
    right = mixed and text_is_rtl(block)
    option = QTextOption(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if right:
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    if cells:
        option.setTabStopDistance(1)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    if not plain:
        whole = QTextLayout.FormatRange()
        whole.start, whole.length = 0, max(block.length() - 1, 1)
        whole.format = QTextCharFormat()
        whole.format.setFont(font_of(style.size, style.weight))
        layout.setFormats([whole])
    layout.beginLayout()
    kept = "" if plain else text
    length = block.length() - 1
    return Laid(
        block.blockNumber(), block.position(), length, layout, style, width, cells, kept, right, mixed
    )


def text_is_rtl(block: QTextBlock) -> bool:
    """Whether the paragraph runs from right to left."""
    return block.textDirection() == Qt.LayoutDirection.RightToLeft


def make_lines(laid: Laid, until: int | None = None, height: float | None = None) -> bool:
    """Make lines up to a position or a height (all when the paragraph is not long); True if any were made."""
    if laid.complete:
        return False
    if laid.cells:
        _make_cells(laid)
        return True
    everything = laid.length <= LONG
    before = len(laid.lines)
    while not laid.complete:
        enough = until is None or (laid.lines and laid.reached > until)
        enough = enough and (height is None or (bool(laid.tops) and laid.tops[-1] > height))
        if enough and laid.lines and not everything:
            break
        _more_lines(laid)
    return len(laid.lines) > before


def _more_lines(laid: Laid) -> None:
    """The next lines of a paragraph, and its end if that is reached."""
    layout, step, indent, baseline = laid.layout, laid.style.line, laid.style.indent, laid.baseline
    width = max(laid.width - indent, 40)
    left = 0 if laid.right else indent
    y = laid.tops[-1] + step if laid.tops else laid.style.before
    for _ in range(STEP):
        line = layout.createLine()
        if not line.isValid():
            laid.complete = True
            layout.endLayout()
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(left, y + baseline - line.ascent()))
        laid.lines.append(line)
        laid.starts.append(line.textStart())
        laid.tops.append(y)
        y += step


def _make_cells(laid: Laid) -> None:
    """All lines of a table's row: each cell's text stands in its column, TABs hang on what is before."""
    texts = laid.text.split("\t")
    stop, left = -1, 0
    for at, cell in enumerate(texts):
        width = laid.cells[min(at, len(laid.cells) - 1)]
        stop += len(cell.encode("utf-16-le", "surrogatepass")) // 2 + 1
        if cell or len(texts) == 1:
            _make_cell(laid, stop, left, max(width - GAP, 24))
        left += width
    if not laid.lines:
        _make_cell(laid, laid.length, 0, laid.width)
    laid.complete = True
    laid.layout.endLayout()


def _make_cell(laid: Laid, stop: int, left: int, width: int) -> None:
    """The lines of one cell, whose text ends at `stop`."""
    y = laid.style.before
    while not laid.starts or laid.starts[-1] + laid.lines[-1].textLength() < stop:
        line = laid.layout.createLine()
        if not line.isValid():
            return
        line.setLineWidth(width)
        if line.textStart() + line.textLength() > stop:
            line.setNumColumns(stop - line.textStart(), width)
        line.setPosition(QPointF(left, y + laid.baseline - line.ascent()))
        laid.lines.append(line)
        laid.starts.append(line.textStart())
        laid.tops.append(y)
        y += laid.style.line


def close_block(laid: Laid) -> None:
    """Let go of the shaped text; the paragraph is laid out anew when it is looked at again."""
    if not laid.complete:
        laid.layout.endLayout()
    laid.layout.setCacheEnabled(False)
    laid.layout.beginLayout()
    laid.layout.endLayout()
