"""Positions as other programs count them, turned into code points of the stored text.

A file's positions may count code points or UTF-16 units, a CR LF as one or as two, a byte order mark or not. Which
of these holds is told by the file itself: marks begin and end at the edges of words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from annotate.offsets import OffsetMap
from annotate.text import normalise


class Counting(NamedTuple):
    """How positions are counted."""

    units: bool = False  # UTF-16 units, not code points
    joined: bool = False  # CR LF as one
    mark: bool = False  # the byte order mark as one


STANDARD = Counting()


class Positions:
    """The positions of one text. `raw` is the text as decoded, without its byte order mark."""

    def __init__(self, raw: str, *, marked: bool = False) -> None:
        """`marked`: the file begins with a byte order mark."""
        self.text = normalise(raw)
        self.marked = marked
        self._cut = len(raw) - len(raw.lstrip("\ufeff"))
        self._pairs = list(_finds(raw, "\r\n"))
        self._raw = OffsetMap(raw)
        self._joined = self._raw if not self._pairs else OffsetMap(raw.replace("\r\n", "\n"))

    def differ(self) -> bool:
        """Whether it matters how they are counted."""
        return self.marked or bool(self._pairs) or self._raw.units != self._raw.length

    def point(self, position: int, counting: Counting) -> int:
        """The position in `text`. Beyond its ends it stays beyond them."""
        if counting.mark:
            position -= self.marked
        if counting.units:
            position = (self._joined if counting.joined else self._raw).to_points(position)
        if not counting.joined:
            position -= bisect_left(self._pairs, position)
        return position - self._cut


@dataclass(frozen=True, slots=True)
class Placed:
    """A stretch as the file has it, and what it says the words there are ("" if it does not)."""

    positions: Positions
    start: int
    end: int
    words: str = ""


def counting_of(placed: Iterable[Placed], standard: Counting = STANDARD) -> Counting:
    """How the positions of a file are counted: `standard`, unless another way fits plainly more of its stretches."""
    telling = [each for each in placed if each.positions.differ()]
    ways = [Counting(*way) for way in product((False, True), repeat=3)]
    if not any(each.positions.marked for each in telling):
        ways = [way for way in ways if not way.mark]
    ways.sort(key=lambda way: (way != standard, way.mark, way))
    fitting = {way: _fitting(telling, way) for way in ways}
    best = max(ways, key=lambda way: fitting[way])
    return best if fitting[best] > 1.05 * fitting[standard] + 1 else standard


def _fitting(telling: Sequence[Placed], way: Counting) -> int:
    return sum(_fits(each, way) for each in telling)


def _fits(placed: Placed, way: Counting) -> int:
    text = placed.positions.text
    start = placed.positions.point(placed.start, way)
    end = placed.positions.point(placed.end, way)
    if not 0 <= start < end <= len(text):
        return 0
    named = _squeezed(placed.words.rstrip("…."))[:40]
    same = bool(named) and _squeezed(text[start : start + 80]).startswith(named)
    return 3 * same + at_edge(text, start) + at_edge(text, end)


def at_edge(text: str, place: int) -> bool:
    """Whether no word runs across the position."""
    return not 0 < place < len(text) or not (text[place - 1].isalnum() and text[place].isalnum())


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _finds(text: str, what: str) -> Iterable[int]:
    at = text.find(what)
    while at >= 0:
        yield at
        at = text.find(what, at + 1)
