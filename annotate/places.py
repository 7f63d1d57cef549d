"""Where the text of an article stands on the pages of its PDF: a box for every code point.

Positions on a page are points (1/72 inch) from the top left corner of the page as it is displayed, y downwards.
Positions in the text are code points, half open.
"""

from __future__ import annotations

import math
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain

from annotate.errors import UserError
from annotate.frozen import frozen
from annotate.model import Span

UNIT = 0.1  # points: what is stored is a multiple of this
ASCENT, DESCENT = 0.80, 0.22  # of the type size, above and below the baseline
_FORMAT = b"1"
_MOST = 32767
_HEAD = 7  # numbers stored for a line
_FAR = 1e9


@frozen
class Box:
    """A rectangle on a page; `page` is an index from 0."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@frozen
class PageSize:
    """A page as displayed, in points."""

    width: float
    height: float


@frozen
class PlacedLine:
    """A stretch of the text that stands on one baseline: `lefts[i]` and `rights[i]` of the code point `start + i`.

    They and `y` are measured in the page turned by `angle` degrees, so that the text runs to the right, with y
    upwards from the page's bottom left corner.
    """

    start: int
    page: int
    angle: int
    y: float
    size: float
    lefts: Sequence[float]
    rights: Sequence[float]

    @property
    def end(self) -> int:
        return self.start + len(self.lefts)


@dataclass(frozen=True)
class Places:
    """The lines of an article on its pages, in the order of the text; they do not overlap in it."""

    pages: tuple[PageSize, ...]
    lines: tuple[PlacedLine, ...]

    def boxes(self, spans: Iterable[Span]) -> list[Box]:
        """What the spans cover on the pages, a box for each line."""
        return [
            self._box(line, max(start, line.start) - line.start, min(end, line.end) - line.start)
            for start, end in spans
            for line in self._between(start, end)
        ]

    def page_at(self, place: int) -> int:
        """The page on which the code point at `place` stands, or the next one that stands anywhere."""
        if not self.lines:
            return 0
        at = bisect_right(self._starts, place) - 1
        if at < 0 or (place >= self.lines[at].end and at + 1 < len(self.lines)):
            at += 1
        return self.lines[at].page

    def begin_of(self, page: int) -> int:
        """The first code point on a page, or where those of a later page begin; 0 where there is none."""
        later = [line.start for line in self.lines if line.page >= page]
        return min(later, default=self.lines[-1].end if self.lines else 0)

    def at(self, page: int, x: float, y: float) -> int | None:
        """The place in the text before or behind the code point nearest to a point; None on an empty page."""
        best: tuple[float, float] = (_FAR, _FAR)
        found: PlacedLine | None = None
        for line, box in self._on(page):
            away = (max(box.top - y, 0.0, y - box.bottom), max(box.left - x, 0.0, x - box.right))
            if (near := math.hypot(away[0] * 2, away[1])) < best[
                0
            ]:  # the line beside is nearer than that above
                best, found = (near, away[1]), line
        return None if found is None else self._place(found, page, x, y)

    def line_box(self, page: int, x: float, y: float) -> Box | None:
        """The line's box under a point, or None where there is none."""
        return next(
            (box for _, box in self._on(page) if box.left <= x <= box.right and box.top <= y <= box.bottom),
            None,
        )

    def first_below(self, page: int, y: float) -> int | None:
        """The first code point of the lines on a page that begin at `y` or lower."""
        return min((line.start for line, box in self._on(page) if box.top >= y - 1), default=None)

    def caret(self, place: int) -> Box | None:
        """Where a caret stands before the code point at `place`, or behind the last one before it."""
        at = bisect_right(self._starts, place) - 1
        if at < 0 or (place > self.lines[at].end and at + 1 < len(self.lines)):
            at += 1
        if not 0 <= at < len(self.lines):
            return None
        line = self.lines[at]
        return self._caret(line, min(max(place - line.start, 0), len(line.lefts)))

    def caret_behind(self, place: int) -> Box | None:
        """Where a caret stands behind the code point before `place`, on its line; None where that stands nowhere."""
        line = next(self._between(place - 1, place), None)
        return None if line is None else self._caret(line, place - line.start)

    def _caret(self, line: PlacedLine, within: int) -> Box:
        behind = within == len(line.lefts)
        box = self._box(line, within - behind, within - behind + 1)
        runs_left = len(line.lefts) > 1 and line.lefts[0] > line.lefts[-1]
        if line.angle % 180:
            y = box.bottom if behind == (line.angle == 270) else box.top
            return Box(box.page, box.left, y, box.right, y)
        x = box.right if behind != (runs_left != (line.angle == 180)) else box.left
        return Box(box.page, x, box.top, x, box.bottom)

    def _on(self, page: int) -> list[tuple[PlacedLine, Box]]:
        return self._by_page.get(page, [])

    @cached_property
    def _by_page(self) -> dict[int, list[tuple[PlacedLine, Box]]]:
        found: dict[int, list[tuple[PlacedLine, Box]]] = {}
        for line in self.lines:
            found.setdefault(line.page, []).append((line, self._box(line, 0, len(line.lefts))))
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def _between(self, start: int, end: int) -> Iterator[PlacedLine]:
        at = max(0, bisect_right(self._starts, start) - 1)
        for line in self.lines[at : bisect_left(self._starts, end)]:
            if line.end > start:
                yield line

    def _place(self, line: PlacedLine, page: int, x: float, y: float) -> int:
        along = _turned(x, self.pages[page].height - y, line.angle)[0]
        middles = [(left + right) / 2 for left, right in zip(line.lefts, line.rights, strict=True)]
        near = min(range(len(middles)), key=lambda at: abs(middles[at] - along))
        behind = along > middles[near]
        runs_left = len(middles) > 1 and middles[max(0, near - 1)] > middles[min(len(middles) - 1, near + 1)]
        return line.start + near + (behind != runs_left)

    def _box(self, line: PlacedLine, first: int, last: int) -> Box:
        """The box of the code points `first` to `last` of a line, upright however the line is turned."""
        left, right = min(line.lefts[first:last]), max(line.rights[first:last])
        low, high = line.y - DESCENT * line.size, line.y + ASCENT * line.size
        corners = [_turned(x, y, -line.angle) for x in (left, right) for y in (low, high)]
        height = self.pages[line.page].height
        return Box(
            line.page,
            min(x for x, _ in corners),
            height - max(y for _, y in corners),
            max(x for x, _ in corners),
            height - min(y for _, y in corners),
        )


def _turned(x: float, y: float, angle: int) -> tuple[float, float]:
    """A point of the page as seen in the page turned clockwise by `angle` degrees."""
    if angle == 0:
        return x, y
    turn = math.radians(angle)
    cos, sin = math.cos(turn), math.sin(turn)
    return x * cos + y * sin, y * cos - x * sin


def to_bytes(places: Places) -> bytes:
    """Compact and packed: about one byte a code point."""
    sizes = array("i", chain.from_iterable((_units(p.width), _units(p.height)) for p in places.pages))
    heads, gaps, widths = array("i"), array("h"), array("h")
    for line in places.lines:
        lefts = [round(left / UNIT) for left in line.lefts]
        rights = [round(right / UNIT) for right in line.rights]
        first = lefts[0] if lefts else 0
        heads.extend(
            (line.start, len(lefts), line.page, line.angle, _units(line.y), _units(line.size), first)
        )
        gap = [left - last for left, last in zip(lefts, [first, *rights], strict=False)]
        width = [right - left for left, right in zip(lefts, rights, strict=True)]
        if lefts and max(map(abs, chain(gap, width))) > _MOST:
            gap, width = _bounded(lefts, rights)
        gaps.extend(gap)
        widths.extend(width)
    parts = [part.tobytes() for part in (sizes, _by_column(heads), gaps, widths)]
    lengths = array("i", [len(part) for part in parts]).tobytes()
    return _FORMAT + zlib.compress(lengths + b"".join(parts), 6)


def from_bytes(held: bytes) -> Places:
    """What `to_bytes` was given, rounded to UNIT. UserError for what is none."""
    try:
        if held[:1] != _FORMAT:
            raise ValueError(held[:1])
        raw = zlib.decompress(held[1:])
        lengths = _numbers("i", raw[:16])
        cuts = [16, *accumulate(lengths, initial=16)][1:]
        sizes, columns, gaps, widths = (
            _numbers(kind, raw[a:b]) for kind, a, b in zip("iihh", cuts, cuts[1:], strict=False)
        )
        pages = tuple(PageSize(w * UNIT, h * UNIT) for w, h in zip(sizes[::2], sizes[1::2], strict=True))
        return Places(pages, tuple(_lines(columns, gaps, widths)))
    except (ValueError, zlib.error, IndexError) as error:
        raise UserError(f"The places of this article on its pages cannot be read ({error}).") from None


def _lines(columns: array[int], gaps: array[int], widths: array[int]) -> Iterator[PlacedLine]:
    count = len(columns) // _HEAD
    heads = [columns[at * count : (at + 1) * count] for at in range(_HEAD)]
    place = 0
    for start, length, page, angle, y, size, first in zip(*heads, strict=True):
        gap, width = gaps[place : place + length], widths[place : place + length]
        place += length
        rights = list(accumulate(map(int.__add__, gap, width), initial=first))[1:]
        lefts = [(right - w) * UNIT for right, w in zip(rights, width, strict=True)]
        yield PlacedLine(start, page, angle, y * UNIT, size * UNIT, lefts, [right * UNIT for right in rights])


def _by_column(heads: array[int]) -> array[int]:
    """The heads of lines with like numbers together, which pack better."""
    return array("i", chain.from_iterable(heads[at::_HEAD] for at in range(_HEAD)))


def _numbers(kind: str, raw: bytes) -> array[int]:
    made: array[int] = array(kind)
    made.frombytes(raw)
    return made


def _units(points: float) -> int:
    return round(points / UNIT)


def _bounded(lefts: Sequence[int], rights: Sequence[int]) -> tuple[list[int], list[int]]:
    """Gaps and widths none of which is too large to be stored; what follows a cut one moves with it."""
    gaps, widths, last = [], [], lefts[0]
    for left, right in zip(lefts, rights, strict=True):
        gaps.append(_short(left - last))
        widths.append(_short(right - left))
        last += gaps[-1] + widths[-1]
    return gaps, widths


def _short(number: int) -> int:
    return max(-_MOST, min(_MOST, number))
