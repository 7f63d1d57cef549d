"""The painter of the page: tints behind the text, underlines in lanes, selection, outline, margin."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotate.model import BlockKind, Span
from ui.reading.arcs import Links, paint_arcs
from ui.reading.ends import places
from ui.reading.furniture import HeadPiece, paint_number
from ui.reading.lines import Laid, LineRect
from ui.reading.look import Look
from ui.reading.margin import LABELS, Label, paint_brackets, paint_label, place_labels
from ui.reading.page import Page
from ui.reading.segments import Segment, Stretch
from ui.reading.values import Link, Mark

_DEEPEST = 3
LOOK_BACK = 240
_LEAST_ROOM = 90


@dataclass(slots=True, repr=False, eq=False)
class Shown:
    """What of the view's state is painted; selection and caret are UTF-16 units, the rest code points."""

    selection: Span = (0, 0)
    caret: int = -1
    selected: str | None = None
    hits: list[Span] = field(default_factory=list)
    hit: int = -1
    target: Span | None = None
    numbers: bool = False
    margin: bool = True  # brackets and labels
    links: Links = field(default_factory=Links)
    lit: frozenset[str] = frozenset()  # the marks under the pointer, whose relations are drawn
    pending: Link | None = None  # the relation that is being made
    pointer: QPointF | None = None  # where it leads while it has no target, in pixels of what is scrolled

    def drawn_links(self) -> list[Link]:
        """The relations of the selected mark and of those under the pointer, or the one that is being made."""
        if self.pending:
            return [self.pending]
        return self.links.touching((*self.lit, *filter(None, (self.selected,))))


class PagePainter:
    """Paints what is in view; remembers where the labels came to stand."""

    def __init__(self, page: Page, look: Look) -> None:
        self.page = page
        self.look = look
        self.labels: list[tuple[QRectF, str]] = []

    def paint(
        self, painter: QPainter, top: int, width: int, height: int, head: HeadPiece, shown: Shown
    ) -> None:
        """The page from `top` on, on a canvas of that width and height."""
        layout = self.page.layout
        if top < layout.head:
            head.paint(painter, self.look, layout.left, -top)
        wanted: list[tuple[float, Mark]] = []
        for laid, y in list(layout.in_view(top - LOOK_BACK, top + height)):
            if y + layout.height(laid.number) > top:
                painter.save()
                painter.translate(layout.left, y - top)
                self._paragraph(painter, laid, top - y, top - y + height, shown)
                if laid.number == self.page.title and head.meta:
                    head.paint_meta(painter, self.look, 0, laid.height - laid.style.after)
                painter.restore()
                self._numbers(painter, laid, y - top, shown)
            if shown.margin:
                wanted += self._wanted(laid, y, top - LOOK_BACK - y, top - y + height)
        self._labels(painter, wanted, top, width, height, shown)
        if links := shown.drawn_links():
            view = QRectF(0, top, width, height)
            paint_arcs(painter, self._ends_of, self.look, links, view, shown.pointer)

    def _ends_of(self, id: str) -> list[QRectF]:
        mark = self.page.marks.get(id)
        return places(self.page, mark) if mark else []

    def _paragraph(self, painter: QPainter, laid: Laid, low: float, high: float, shown: Shown) -> None:
        """One paragraph's lines between two heights; the painter stands at its upper left."""
        first, last = visible_lines(laid, low, high)
        segments = [self.page.segment(laid, part) for part in self.page.parts(first, last)]
        self._ground(painter, laid, first, last, shown)
        self._select(painter, laid, first, last, shown)
        for segment in segments:
            self._tints(painter, laid, segment, first, last)
        painter.setPen(self.look.text)
        self._furniture(painter, laid)
        at = laid.layout.position()
        clip = QRectF(-99, low, 9999, high - low)
        laid.layout.draw(painter, -at, [], clip)
        for segment in segments:
            self._underlines(painter, laid, segment, first, last)
            if shown.margin:
                paint_brackets(painter, self.look, laid, segment, self.page.layout.column, self._gap(laid))
        self._outline(painter, laid, segments, shown)
        self._caret(painter, laid, shown)

    def _gap(self, laid: Laid) -> int:
        return self.page.layout.height(laid.number) - laid.tops[-1] - laid.style.line + 1

    def _band(self, laid: Laid, box: LineRect) -> QRectF:
        """The ground of a stretch of a line: from above its letters to below them."""
        baseline = laid.tops[box.line] + laid.baseline
        above, below = laid.reach
        return QRectF(box.left - 1, baseline - above, box.right - box.left + 2, above + below)

    def _fill(self, painter: QPainter, laid: Laid, span: Span, lines: Span, colour: QColor) -> None:
        for box in laid.rectangles(max(span[0], 0), span[1], *lines):
            painter.fillRect(self._band(laid, box), colour)

    def _ground(self, painter: QPainter, laid: Laid, first: int, last: int, shown: Shown) -> None:
        if shown.hits:
            for at, start, end in self.page.spans_in(shown.hits, laid, first, last):
                colour = self.look.hit_now if at == shown.hit else self.look.hit
                self._fill(painter, laid, (start, end), (first, last), colour)

    def _select(self, painter: QPainter, laid: Laid, first: int, last: int, shown: Shown) -> None:
        start, end = shown.selection[0] - laid.start, shown.selection[1] - laid.start
        if start < end and start < laid.length and end > 0:
            self._fill(painter, laid, (start, end), (first, last), self.look.selection)
        if shown.target:
            units = self.page.offsets.to_units
            span = units(shown.target[0]) - laid.start, units(shown.target[1]) - laid.start
            painter.setPen(QPen(self.look.accent, 1.5, Qt.PenStyle.DashLine))
            for box in laid.rectangles(max(span[0], 0), span[1], first, last):
                painter.drawRect(self._band(laid, box))

    def _tints(self, painter: QPainter, laid: Laid, segment: Segment, first: int, last: int) -> None:
        look, baseline, tops = self.look, laid.baseline, laid.tops
        above, below = laid.reach
        fill = painter.fillRect
        for stretch in segment.stretches:
            box = stretch.box
            if first <= box.line <= last:
                top = tops[box.line] + baseline - above
                band = QRectF(box.left - 1, top, box.right - box.left + 2, above + below)
                fill(band, look.of(stretch.mark)[1])

    def _underlines(self, painter: QPainter, laid: Laid, segment: Segment, first: int, last: int) -> None:
        look, tops, under = self.look, laid.tops, laid.baseline + laid.reach[1]
        for stretch in segment.stretches:
            box, mark = stretch.box, stretch.mark
            if not first <= box.line <= last:
                continue
            y = tops[box.line] + under + round(min(stretch.lane, _DEEPEST) * look.lane + 0.01)
            if mark.coded and not mark.unsure:
                painter.fillRect(
                    QRectF(box.left - 1, y, box.right - box.left + 2, look.thick), look.of(mark)[0]
                )
            else:
                painter.setPen(look.pen(mark))
                painter.drawLine(QPointF(box.left, y + 1), QPointF(box.right, y + 1))

    def _outline(self, painter: QPainter, laid: Laid, segments: list[Segment], shown: Shown) -> None:
        """The outline of the selected mark: open where it goes on in the next line."""
        if shown.selected is None:
            return
        for segment in segments:
            for stretch in segment.stretches:
                if stretch.mark.id == shown.selected:
                    self._outline_one(painter, laid, stretch)

    def _outline_one(self, painter: QPainter, laid: Laid, stretch: Stretch) -> None:
        band = self._band(laid, stretch.box).adjusted(-0.5, -1.5, 0.5, 0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.look.of(stretch.mark)[0], 1.2))
        painter.drawRoundedRect(band, 3, 3)
        painter.restore()

    def _caret(self, painter: QPainter, laid: Laid, shown: Shown) -> None:
        at = shown.caret - laid.start
        if shown.caret >= 0 and 0 <= at <= laid.length and (at <= laid.reached):
            box = laid.caret(at)
            above, below = laid.reach
            y = box.top() + laid.baseline - above - 1
            painter.fillRect(QRectF(round(box.x()) - 1, y, 2, above + below + 2), self.look.accent)

    def _furniture(self, painter: QPainter, laid: Laid) -> None:
        """A list item's dot, a quote's rule, the hairline under a table's row."""
        style, look = laid.style, self.look
        edge = self.page.layout.column if laid.right else 0
        inward = -1 if laid.right else 1
        if style.kind is BlockKind.QUOTE:
            bottom = laid.tops[-1] + style.line
            painter.fillRect(
                QRectF(edge + inward * 3, style.before + 3, 2, bottom - style.before - 6), look.line_strong
            )
        elif style.kind is BlockKind.ROW:
            bottom = laid.height - 1
            painter.fillRect(QRectF(0, bottom, self.page.layout.column, 1), look.line)
        elif style.kind is BlockKind.ITEM and laid.text and laid.text[0] not in "•-–*·0123456789":
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.faint)
            middle = style.before + laid.baseline - style.size * 0.26
            painter.drawEllipse(QPointF(edge + inward * (style.indent - style.size * 0.75), middle), 2.5, 2.5)
            painter.restore()

    def _numbers(self, painter: QPainter, laid: Laid, y: float, shown: Shown) -> None:
        left, line = self.page.layout.left, laid.style.line
        pages = self.page.page_labels(laid) if self.page.pages else []
        for at, label in pages:
            paint_number(painter, self.look, f"p. {label}", left, y + laid.tops[at] + line / 2)
        if shown.numbers and laid.length and laid.style.kind is not BlockKind.TITLE:
            lower = 14 if any(at == 0 for at, _ in pages) else 0
            number = str(self.page.ordinal(laid.number))
            paint_number(painter, self.look, number, left, y + laid.tops[0] + line / 2 + lower)

    def _wanted(self, laid: Laid, y: int, low: float, high: float) -> list[tuple[float, Mark]]:
        first, last = visible_lines(laid, low, high)
        half = laid.style.line / 2 - 3
        return [
            (y + laid.tops[line] + half, mark)
            for part in self.page.parts(first, last)
            for line, mark in self.page.segment(laid, part).labels
            if first <= line <= last
        ]

    def _labels(
        self,
        painter: QPainter,
        wanted: list[tuple[float, Mark]],
        top: int,
        width: int,
        height: int,
        shown: Shown,
    ) -> None:
        self.labels = []
        x = self.page.layout.left + self.page.layout.column + LABELS
        room = width - x - 6
        if room < _LEAST_ROOM:
            return
        placed: list[Label] = place_labels(wanted, room, self.look)
        for label in placed:
            y = label.y - top
            if -40 < y < height + 20:
                strong = label.mark.id == shown.selected
                box = paint_label(painter, self.look, label, x, y, room, strong)
                self.labels.append((box, label.mark.id))


def visible_lines(laid: Laid, low: float, high: float) -> tuple[int, int]:
    """The first and last line between two heights of a paragraph; all lines of a table's row."""
    if laid.cells or not laid.length:
        return 0, max(len(laid.lines) - 1, 0)
    step = laid.style.line
    first = int((low - laid.style.before) // step)
    last = int((high - laid.style.before) // step)
    top = len(laid.lines) - 1
    return min(max(first, 0), top), min(max(last, 0), top)
