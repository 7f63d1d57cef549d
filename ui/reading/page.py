"""The article on the page: its text, where its paragraphs stand, and what is painted where."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import replace
from itertools import accumulate

from PySide6.QtGui import QFontMetricsF, QTextDocument

from annotate.model import Block, BlockKind, Layout, Span
from annotate.offsets import OffsetMap
from ui.reading.columns import column_widths
from ui.reading.layout import ArticleLayout
from ui.reading.lines import STEP, Laid
from ui.reading.marks import MarkSet
from ui.reading.segments import Segment, build
from ui.reading.typography import BlockStyle, Typography, font_of
from ui.reading.values import Mark

_OWN = {"\r": " ", "\u2028": " ", "\u2029": " ", "\ufdd0": "\ufffd", "\ufdd1": "\ufffd"}
_OWN |= {"\ufffc": "\ufffd", "\0": "\ufffd"}
_SAMPLE = 3000


def shown_text(text: str) -> str:
    """The text with the characters that Qt's document takes for its own exchanged, one for one."""
    for own, other in _OWN.items():
        if own in text:
            text = text.replace(own, other)
    return text


def titled(structure: Layout, text: str, title: str) -> Layout:
    """The structure, with the text's first line as title if it is the article's and none is named."""
    if not title or any(block.kind is BlockKind.TITLE for block in structure.blocks):
        return structure
    first = text.partition("\n")[0]
    if first.strip() != title.strip():
        return structure
    block = Block(0, len(first), BlockKind.TITLE)
    return replace(structure, blocks=(block, *(each for each in structure.blocks if each.start > 0)))


class Page:
    """One article laid out. The document and its layout live on; `load` shows another text in them."""

    def __init__(self, document: QTextDocument, typography: Typography) -> None:
        self.document = document
        self.layout = ArticleLayout(document, typography)
        document.setDocumentLayout(self.layout)
        self.text = ""
        self.offsets = OffsetMap("")
        self.marks = MarkSet()
        self.title: int | None = None
        self.below_title = 0
        self.pages: tuple[tuple[int, str], ...] = ()
        self.structure = Layout()
        self._lengths: list[int] = [0]
        self._starts: list[int] = [0]
        self._ordinals: list[int] = []
        self._segments: dict[tuple[int, int], Segment] = {}
        self._measured = "", "", 1.0  # face, sample, mean width of its letters
        self.set_face()

    def load(self, text: str, structure: Layout, marks: MarkSet) -> None:
        """Show a text; the caller calls `relay` next."""
        self.text, self.marks, self.structure = text, marks, structure
        self.offsets = OffsetMap(text)
        self.pages = tuple((mark.start, mark.label) for mark in structure.pages)
        self._lengths = [len(line) for line in text.split("\n")]
        self._starts = [0, *accumulate(length + 1 for length in self._lengths)][: len(self._lengths)]
        self._segments.clear()
        self._ordinals = []
        self.layout.forget()
        self.document.setPlainText(shown_text(text))

    def let_go(self) -> None:
        """Keep nothing that belongs to the document."""
        self._segments.clear()
        self.layout.forget()

    def set_face(self) -> bool:
        """Set the document in the typography's face; True if it was in another: `relay` must follow."""
        body = self.layout.typography.style(BlockKind.PARAGRAPH)
        face = font_of(body.size, body.weight)
        if self.document.defaultFont() == face:
            return False
        self.document.setDefaultFont(face)
        return True

    def relay(self) -> None:
        """Lay the text out anew: another text, face or width."""
        self._segments.clear()
        styles = self._styles()
        self.layout.reset(self._lengths, styles, self._tables(styles), self._letter())

    def _styles(self) -> dict[int, BlockStyle]:
        """How the paragraphs that are no plain ones are set, by number."""
        styles: dict[int, BlockStyle] = {}
        self.title = None
        typography = self.layout.typography
        for block in self.structure.blocks:
            if block.kind is BlockKind.PARAGRAPH or block.start > len(self.text):
                continue
            number = self.number_of(block.start)
            styles[number] = typography.style(block.kind, block.level)
            if block.kind is BlockKind.TITLE and self.title is None:
                self.title = number
                styles[number] = replace(styles[number], after=self.below_title)
        return styles

    def _tables(self, styles: Mapping[int, BlockStyle]) -> dict[int, tuple[int, ...]]:
        """The column widths of each row, the same for rows that follow each other."""
        cells: dict[int, tuple[int, ...]] = {}
        rows = [number for number, style in styles.items() if style.kind is BlockKind.ROW]
        tables: list[list[int]] = []
        for number in sorted(rows):
            if tables and tables[-1][-1] == number - 1:
                tables[-1].append(number)
            else:
                tables.append([number])
        for table in tables:
            texts = [self.line(number) for number in table[:200]]
            style = styles[table[0]]
            measure = QFontMetricsF(font_of(style.size, style.weight)).horizontalAdvance
            widths = column_widths(texts, self.layout.column, measure)
            cells |= dict.fromkeys(table, widths)
        return cells

    def _letter(self) -> float:
        """The mean width of a letter of this text, pixels."""
        face = self.document.defaultFont()
        sample = self.text[:_SAMPLE].replace("\n", " ") or "reading"
        if self._measured[:2] != (face.key(), sample):
            mean = max(QFontMetricsF(face).horizontalAdvance(sample) / len(sample), 1.0)
            self._measured = face.key(), sample, mean
        return self._measured[2]

    def number_of(self, position: int) -> int:
        """The paragraph that holds a position."""
        return max(bisect_right(self._starts, position) - 1, 0)

    def line(self, number: int) -> str:
        """A paragraph's text."""
        start = self._starts[number]
        return self.text[start : start + self._lengths[number]]

    def start_of(self, number: int) -> int:
        """Where a paragraph begins."""
        return self._starts[number]

    def ordinal(self, number: int) -> int:
        """The number by which readers call a paragraph: empty lines and the title are not counted."""
        return bisect_right(self._counted(), number)

    def paragraph_start(self, ordinal: int) -> int:
        """Where the paragraph of that ordinal begins, or the last one."""
        counted = self._counted()
        return self._starts[counted[min(max(ordinal, 1), len(counted)) - 1]] if counted else 0

    def _counted(self) -> list[int]:
        if not self._ordinals:
            lengths = enumerate(self._lengths)
            self._ordinals = [number for number, length in lengths if length and number != self.title]
        return self._ordinals

    def laid_at(self, position: int) -> Laid:
        """The paragraph that holds a position, laid out at least as far as that."""
        number = self.number_of(position)
        units = self.offsets.to_units(position) - self.offsets.to_units(self._starts[number])
        return self.layout.laid(number, until=units)

    def segment(self, laid: Laid, part: int) -> Segment:
        """What is painted over the lines STEP * part and on of a paragraph."""
        key = laid.number, part
        found = self._segments.get(key)
        if found is None:
            found = self._segments[key] = build(laid, part, self.marks, self.offsets)
        return found

    def repaint_needed(self, mark: Mark) -> None:
        """Make anew what is painted where a mark is."""
        first, last = self.number_of(mark.start), self.number_of(mark.end)
        for key in [key for key in self._segments if first <= key[0] <= last]:
            del self._segments[key]

    def all_repaint_needed(self) -> None:
        """Make anew everything that is painted."""
        self._segments.clear()

    def page_labels(self, laid: Laid) -> list[tuple[int, str]]:
        """Pages that begin in a paragraph: the line and what the page is called."""
        start = self._starts[laid.number]
        low = bisect_left(self.pages, (start,))
        high = bisect_left(self.pages, (start + self._lengths[laid.number] + 1,))
        first = self.offsets.to_units(start)
        return [
            (laid.line_of(self.offsets.to_units(place) - first), label)
            for place, label in self.pages[low:high]
        ]

    def spans_in(self, spans: list[Span], laid: Laid, first: int, last: int) -> list[tuple[int, int, int]]:
        """Of sorted spans that do not overlap, those in some lines: number, start, end (units of `laid`)."""
        low = self.offsets.to_points(laid.start + laid.starts[first])
        high = self.offsets.to_points(laid.start + laid.starts[last] + laid.lines[last].textLength())
        found = []
        at = max(bisect_left(spans, (low, low)) - 1, 0)
        while at < len(spans) and spans[at][0] < high:
            start, end = spans[at]
            if end > low:
                units = self.offsets.to_units
                found.append((at, units(start) - laid.start, units(end) - laid.start))
            at += 1
        return found

    def parts(self, first: int, last: int) -> range:
        """The segments that hold lines first..last."""
        return range(first // STEP, last // STEP + 1)
