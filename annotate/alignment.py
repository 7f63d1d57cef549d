"""What of an old text still stands in a new one, and where: lines first, then words, then letters.

All positions are Unicode code points, half open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from annotate.model import Span

WORK = 15_000_000  # comparisons for a whole alignment; what is left when they are spent counts as replaced
GAP = 250_000  # comparisons for one stretch
ALIKE = 0.6  # share of letters that two different words have in common, from which one is the other mended
SHORT = 80  # code points of a stretch that can stand in place of another
RUNS = (1, 4, 12)  # tokens
_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_WORD = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    "|[^\\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+|\\W"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """`old[start:end]` is `new[new_start:new_end]`: the same text, or (`same` False) text that is known to
    have been put in its place.
    """

    start: int
    end: int
    new_start: int
    new_end: int
    same: bool = True


@dataclass(frozen=True, slots=True)
class Alignment:
    """The pieces in order; what lies between two of them was taken out, or is new."""

    old: str
    new: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """`words` are to stand in place of the stretch from `start` to `end`."""

    start: int
    end: int
    words: str


def edited(old: str, edits: Sequence[Edit]) -> Alignment:
    """The text with the edits made, which are in order and do not overlap."""
    parts: list[str] = []
    pieces: list[Piece] = []
    at = length = 0
    for edit in edits:
        if edit.start > at:
            pieces.append(Piece(at, edit.start, length, length + edit.start - at))
            length += edit.start - at
        parts += (old[at : edit.start], edit.words)
        if edit.words:
            pieces.append(Piece(edit.start, edit.end, length, length + len(edit.words), same=False))
        length += len(edit.words)
        at = edit.end
    if at < len(old):
        pieces.append(Piece(at, len(old), length, length + len(old) - at))
    return Alignment(old, "".join([*parts, old[at:]]), tuple(pieces))


def aligned(old: str, new: str) -> Alignment:
    """Finds what of the old text still stands. A word that was mended keeps the letters that it still has.

    Bounded in time: where texts have so little in common that the search would be long, it gives up.
    """
    pieces: list[Piece] = []
    for start, end, new_start in _by_lines(old, new, _Left()):
        last = pieces[-1] if pieces else None
        if last is not None and (last.end, last.new_end) == (start, new_start):
            pieces[-1] = Piece(last.start, end, last.new_start, new_start + end - start)
        else:
            pieces.append(Piece(start, end, new_start, new_start + end - start))
    return Alignment(old, new, tuple(pieces))


def in_place(alignment: Alignment) -> Alignment:
    """The same, where a short stretch within a line that stands in place of another counts as its successor."""
    pieces: list[Piece] = []
    at = new_at = 0
    for piece in alignment.pieces:
        gap = Piece(at, piece.start, new_at, piece.new_start, same=False)
        if _is_short(alignment.old[gap.start : gap.end]) and _is_short(alignment.new[new_at : gap.new_end]):
            pieces.append(gap)
        pieces.append(piece)
        at, new_at = piece.end, piece.new_end
    tail = Piece(at, len(alignment.old), new_at, len(alignment.new), same=False)
    if _is_short(alignment.old[at:]) and _is_short(alignment.new[new_at:]):
        pieces.append(tail)
    return Alignment(alignment.old, alignment.new, tuple(pieces))


def _is_short(words: str) -> bool:
    return 0 < len(words) <= SHORT and "\n" not in words


@dataclass(slots=True)
class _Left:
    """What may still be spent."""

    work: int = WORK

    def allows(self, work: int) -> bool:
        if work > min(GAP, self.work):
            return False
        self.work -= work
        return True

    def takes(self, work: int) -> bool:
        """For what is done in one go over a stretch, however long it is."""
        self.work -= work
        return self.work > 0


@dataclass(frozen=True, slots=True)
class _Tokens:
    """A text, or a stretch of it, cut up: `edges[i]` is where the token `i` begins."""

    words: list[str]
    edges: list[int] = field(default_factory=list)

    @classmethod
    def cut(cls, text: str, pattern: re.Pattern[str], start: int, end: int) -> _Tokens:
        found = list(pattern.finditer(text, start, end))
        return cls([each.group() for each in found], [each.start() for each in found] + [end])


_Same = tuple[int, int, int]  # old start, old end, new start


def _by_lines(old: str, new: str, left: _Left) -> Iterator[_Same]:
    a, b = _Tokens.cut(old, _LINE, 0, len(old)), _Tokens.cut(new, _LINE, 0, len(new))
    for same, (i, j, k, m) in _matched(a.words, b.words, left):
        if same:
            yield a.edges[i], a.edges[j], b.edges[k]
        elif i < j and k < m:
            yield from _by_words(old, new, (a.edges[i], a.edges[j]), (b.edges[k], b.edges[m]), left)


def _by_words(old: str, new: str, mine: Span, theirs: Span, left: _Left) -> Iterator[_Same]:
    a, b = _Tokens.cut(old, _WORD, *mine), _Tokens.cut(new, _WORD, *theirs)
    for same, (i, j, k, m) in _matched(a.words, b.words, left):
        if same:
            yield a.edges[i], a.edges[j], b.edges[k]
        elif i < j and k < m:
            yield from _by_letters(old, new, (a.edges[i], a.edges[j]), (b.edges[k], b.edges[m]), left)


def _by_letters(old: str, new: str, mine: Span, theirs: Span, left: _Left) -> Iterator[_Same]:
    """Two stretches that share no word at their edges: the same ones mended, or others altogether."""
    if not left.allows((mine[1] - mine[0]) * (theirs[1] - theirs[0])):
        return
    found = SequenceMatcher(None, old[slice(*mine)], new[slice(*theirs)], autojunk=False)
    blocks = found.get_matching_blocks()
    longer = max(mine[1] - mine[0], theirs[1] - theirs[0])
    if sum(size for _, _, size in blocks) < ALIKE * longer:
        return
    for start, new_start, size in blocks:
        if size:
            yield mine[0] + start, mine[0] + start + size, theirs[0] + new_start


_Block = tuple[bool, tuple[int, int, int, int]]


def _matched(a: Sequence[str], b: Sequence[str], left: _Left) -> Iterator[_Block]:
    """All of both, in order: (same or not, (from, to) in `a` and in `b`)."""
    todo = [(0, len(a), 0, len(b))]
    while todo:
        i, j, k, m = todo.pop()
        begin = _alike(a, b, i, k, min(j - i, m - k))
        if begin:
            yield True, (i, i + begin, k, k + begin)
        i, k = i + begin, k + begin
        tail = _alike_behind(a, b, j, m, min(j - i, m - k))
        j, m = j - tail, m - tail
        if tail:
            todo.append((j, j + tail, m, m + tail))
        if i == j or k == m:
            if i < j or k < m:
                yield False, (i, j, k, m)
            continue
        anchors = _anchors(a, b, i, j, k, m) if left.takes(j - i + m - k) else []
        if not anchors:
            yield from _compared(a, b, (i, j, k, m), left)
            continue
        begins, ends = [(i, k), *anchors], [*anchors, (j, m)]
        todo += [(x, x2, y, y2) for (x, y), (x2, y2) in zip(begins, ends, strict=True)][::-1]


def _compared(
    a: Sequence[str], b: Sequence[str], box: tuple[int, int, int, int], left: _Left
) -> Iterator[_Block]:
    """A stretch without a token that stands once on both sides."""
    i, j, k, m = box
    if not left.allows((j - i) * (m - k)):
        yield False, box
        return
    x, y = i, k
    for start, new_start, size in SequenceMatcher(None, a[i:j], b[k:m], autojunk=False).get_matching_blocks():
        if x < i + start or y < k + new_start:
            yield False, (x, i + start, y, k + new_start)
        x, y = i + start + size, k + new_start + size
        if size:
            yield True, (i + start, x, k + new_start, y)


def _anchors(a: Sequence[str], b: Sequence[str], i: int, j: int, k: int, m: int) -> list[tuple[int, int]]:
    """Tokens that stand once on both sides, as many of them as are in the same order ("patience"); where there
    is none, beginnings of runs of tokens that do.
    """
    for run in RUNS:
        mine = [tuple(a[at : min(at + run, j)]) for at in range(i, j)]
        theirs = [tuple(b[at : min(at + run, m)]) for at in range(k, m)]
        counted, others = Counter(mine), Counter(theirs)
        places = {word: at for at, word in enumerate(theirs, k) if others[word] == 1}
        pairs = [
            (at, places[word]) for at, word in enumerate(mine, i) if counted[word] == 1 and word in places
        ]
        if pairs or (j - i) * (m - k) <= GAP:
            return _in_order(pairs)
    return []


def _in_order(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of the pairs, which are in order of the first, that is in order of the second too."""
    tops: list[int] = []  # the smallest second that ends a choice of each length
    ends: list[int] = []
    before: list[int] = []
    for at, (_, second) in enumerate(pairs):
        length = bisect_left(tops, second)
        before.append(ends[length - 1] if length else -1)
        if length == len(tops):
            tops.append(second)
            ends.append(at)
        else:
            tops[length], ends[length] = second, at
    kept: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.append(pairs[at])
        at = before[at]
    return kept[::-1]


def _alike(a: Sequence[str], b: Sequence[str], i: int, k: int, most: int) -> int:
    """How many tokens from here on are the same."""
    at = 0
    while at < most and a[i + at] == b[k + at]:
        at += 1
    return at


def _alike_behind(a: Sequence[str], b: Sequence[str], j: int, m: int, most: int) -> int:
    """How many tokens before these places are the same."""
    at = 0
    while at < most and a[j - 1 - at] == b[m - 1 - at]:
        at += 1
    return at
