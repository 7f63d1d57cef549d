"""What differs between two versions of a text: words aligned, as passages."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from annotate.model import Span
from annotate.text import UNSPACED

ANCHORS = (4, 2, 1)  # words in a row that occur once in each text hold them together; longer ones first
CLOSE = 40_000  # pairs of words that are compared one by one ...
LIMIT = 4_000_000  # ... and in all; what is beyond them counts as changed
STRAY = 2  # so few words that are the same between two changes are taken with them

_WORD = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")

Block = tuple[int, int, int]  # words from i of one, from j of the other, how many are the same


class Kind(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    ONLY_ONE = "only in one"
    ONLY_OTHER = "only in the other"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of each text, from its first word to its last; an empty one has its place only."""

    kind: Kind
    one: Span
    other: Span


class Aligned:
    """Two texts with their words aligned. Takes time in proportion to their length, whatever they are."""

    def __init__(self, one: str, other: str) -> None:
        self.texts = one, other
        self.words = _spans(one), _spans(other)
        blocks = _without_strays(_blocks(_cut(one, self.words[0]), _cut(other, self.words[1])))
        self.ranges = list(_ranges(blocks, len(self.words[0]), len(self.words[1])))

    def passages(self) -> list[Passage]:
        return [
            Passage(kind, self._span(0, *words), self._span(1, *others))
            for kind, words, others in self.ranges
        ]

    def _span(self, side: int, first: int, end: int) -> Span:
        words = self.words[side]
        if first < end:
            return words[first][0], words[end - 1][1]
        at = words[first][0] if first < len(words) else len(self.texts[side])
        return at, at


def differences(one: str, other: str) -> list[Passage]:
    """The passages that two texts have in common, and what stands between them, in order.

    Words are compared as they are written; white space does not count.
    """
    return Aligned(one, other).passages()


def _spans(text: str) -> list[Span]:
    return [found.span() for found in _WORD.finditer(text)]


def _cut(text: str, spans: Sequence[Span]) -> list[str]:
    return [text[start:end] for start, end in spans]


def _ranges(blocks: Sequence[Block], ones: int, others: int) -> Iterator[tuple[Kind, Span, Span]]:
    i = j = 0
    for first, second, size in (*blocks, (ones, others, 0)):
        if i < first and j < second:
            yield Kind.CHANGED, (i, first), (j, second)
        elif i < first:
            yield Kind.ONLY_ONE, (i, first), (j, j)
        elif j < second:
            yield Kind.ONLY_OTHER, (i, i), (j, second)
        i, j = first + size, second + size
        if size:
            yield Kind.SAME, (first, i), (second, j)


def _without_strays(blocks: Sequence[Block]) -> list[Block]:
    """Leaves out single words that are the same by chance, in the midst of longer changes."""
    kept: list[Block] = []
    for at, (i, j, size) in enumerate(blocks):
        if size <= STRAY and kept and at + 1 < len(blocks):
            before, after = kept[-1], blocks[at + 1]
            gap_before = max(i - before[0], j - before[1]) - before[2]
            gap_after = max(after[0] - i, after[1] - j) - size
            if min(gap_before, gap_after) > size:
                continue
        kept.append((i, j, size))
    return kept


# ---------------------------------------------------------------- words aligned


def _blocks(one: Sequence[str], other: Sequence[str]) -> list[Block]:
    """Where the words are the same, in order; blocks that touch are one."""
    found: list[Block] = []
    work = [(0, len(one), 0, len(other), 0)]
    left = LIMIT
    while work:
        a, b, c, d, level = work.pop()
        size = _same_at_start(one, other, a, b, c, d)
        found.append((a, c, size))
        a, c = a + size, c + size
        size = _same_at_end(one, other, a, b, c, d)
        b, d = b - size, d - size
        found.append((b, d, size))
        if a == b or c == d:
            continue
        if (b - a) * (d - c) <= min(CLOSE, left):
            left -= (b - a) * (d - c)
            match = SequenceMatcher(None, one[a:b], other[c:d], autojunk=False)
            found += [(a + i, c + j, n) for i, j, n in match.get_matching_blocks()]
        elif level < len(ANCHORS):
            for i, j, size in _anchors(one, other, (a, b), (c, d), ANCHORS[level]):
                work.append((a, i, c, j, level + 1))
                found.append((i, j, size))
                a, c = i + size, j + size
            work.append((a, b, c, d, level + 1))
    return _joined(found)


def _same_at_start(one: Sequence[str], other: Sequence[str], a: int, b: int, c: int, d: int) -> int:
    most = min(b - a, d - c)
    return next((n for n in range(most) if one[a + n] != other[c + n]), most)


def _same_at_end(one: Sequence[str], other: Sequence[str], a: int, b: int, c: int, d: int) -> int:
    most = min(b - a, d - c)
    return next((n for n in range(most) if one[b - 1 - n] != other[d - 1 - n]), most)


def _anchors(one: Sequence[str], other: Sequence[str], here: Span, there: Span, size: int) -> list[Block]:
    """Words in a row that occur once in each text, as many as are in the same order in both."""
    ours, theirs = _once(one, *here, size), _once(other, *there, size)
    pairs = [(at, theirs[run]) for run, at in ours.items() if run in theirs]
    return _joined([(i, j, 1) for i, j in _rising(pairs)])


def _once(words: Sequence[str], first: int, end: int, size: int) -> dict[tuple[str, ...], int]:
    stretch = words[first:end]
    runs = list(zip(*(stretch[at:] for at in range(size)), strict=False))
    places = range(first, first + len(runs))
    last = dict(zip(runs, places, strict=True))
    earliest = dict(zip(reversed(runs), reversed(places), strict=True))
    return {run: at for run, at in last.items() if earliest[run] == at}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of pairs that rises in both numbers."""
    pairs = sorted(pairs)
    if all(pairs[at][1] < pairs[at + 1][1] for at in range(len(pairs) - 1)):
        return pairs
    ends: list[int] = []
    last: list[int] = []  # the pair that ends the best row of each length
    before = [-1] * len(pairs)
    for at, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before[at] = last[length - 1] if length else -1
        ends[length : length + 1] = [j]
        last[length : length + 1] = [at]
    row: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        row.append(pairs[at])
        at = before[at]
    return row[::-1]


def _joined(blocks: Sequence[Block]) -> list[Block]:
    joined: list[Block] = []
    for i, j, size in sorted(block for block in blocks if block[2]):
        if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
            joined[-1] = (*joined[-1][:2], joined[-1][2] + size)
        else:
            joined.append((i, j, size))
    return joined
