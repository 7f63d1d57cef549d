"""Two versions of a text as rows to be read side by side: what differs, with the words around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from annotate.differences import Aligned, Kind
from annotate.model import Span

AROUND = 25  # words that are kept beside a difference
MOST = 250  # words of a difference that are shown
LONG_ROW = 300  # words from which a paragraph goes on in the next row
SHORT = 40  # so many words that are the same are not worth leaving out


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one text with the white space between them. `more`: words of it that are left out behind."""

    text: str
    differs: bool
    more: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """What stands beside each other, as a rule a paragraph. `skipped`: words left out instead, the same in both."""

    one: tuple[Piece, ...] = ()
    other: tuple[Piece, ...] = ()
    skipped: int = 0

    @property
    def differs(self) -> bool:
        return any(piece.differs for piece in (*self.one, *self.other))


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of both texts, in words, within one row."""

    kind: Kind
    one: Span
    other: Span

    @property
    def words(self) -> int:
        return self.one[1] - self.one[0]


def side_by_side(one: str, other: str, *, whole: bool = False) -> list[Row]:
    """Rows in order. `whole`: nothing is left out; else what is the same or differs at length is, in part."""
    aligned = Aligned(one, other)
    if whole:
        return [_row(aligned, parts, whole=True) for parts in _paragraphs(aligned)]
    rows: list[Row] = []
    for same, group in groupby(_paragraphs(aligned), key=_is_same):
        for row in _left_out(aligned, list(group)) if same else _kept(aligned, group):
            if row.skipped and rows and rows[-1].skipped:
                row = Row(skipped=row.skipped + rows.pop().skipped)
            rows.append(row)
    return rows


def _is_same(parts: list[_Part]) -> bool:
    return all(part.kind == Kind.SAME for part in parts)


def _left_out(aligned: Aligned, group: list[list[_Part]]) -> list[Row]:
    """Paragraphs that are the same, unless they are few words."""
    words = sum(part.words for parts in group for part in parts)
    return [_row(aligned, parts) for parts in group] if words <= SHORT else [Row(skipped=words)]


def _kept(aligned: Aligned, group: Iterable[list[_Part]]) -> Iterator[Row]:
    for parts in group:
        yield from _short_rows(aligned, parts)


def _paragraphs(aligned: Aligned) -> Iterator[list[_Part]]:
    """The stretches, cut where both texts begin a new line."""
    row: list[_Part] = []
    for kind, words, others in aligned.ranges:
        for part in _lines(aligned, kind, words, others):
            if row and _new_line(aligned, 0, part.one[0]) and _new_line(aligned, 1, part.other[0]):
                yield row
                row = []
            row.append(part)
    if row:
        yield row


def _lines(aligned: Aligned, kind: Kind, words: Span, others: Span) -> Iterator[_Part]:
    if kind != Kind.SAME:
        yield _Part(kind, words, others)
        return
    first, apart = words[0], others[0] - words[0]
    for at in range(words[0] + 1, words[1]):
        if _new_line(aligned, 0, at) and _new_line(aligned, 1, at + apart):
            yield _Part(kind, (first, at), (first + apart, at + apart))
            first = at
    yield _Part(kind, (first, words[1]), (first + apart, others[1]))


def _new_line(aligned: Aligned, side: int, word: int) -> bool:
    """Whether a line of the text begins with this word, or it ends before it."""
    words = aligned.words[side]
    if not 0 < word < len(words):
        return True
    return "\n" in aligned.texts[side][words[word - 1][1] : words[word][0]]


def _row(aligned: Aligned, parts: list[_Part], *, whole: bool = False) -> Row:
    one, other = (list(_pieces(aligned, side, parts, whole)) for side in (0, 1))
    return Row(tuple(one), tuple(other))


def _pieces(aligned: Aligned, side: int, parts: list[_Part], whole: bool) -> Iterator[Piece]:
    text, words = aligned.texts[side], aligned.words[side]
    behind: int | None = None  # where the last piece ended
    for part in parts:
        first, end = part.other if side else part.one
        if first == end:
            continue
        differs = part.kind != Kind.SAME
        more = end - first - MOST if differs and not whole and end - first > MOST + SHORT else 0
        if behind is not None and behind < words[first][0]:
            yield Piece(text[behind : words[first][0]], differs=False)
        yield Piece(text[words[first][0] : words[end - more - 1][1]], differs, more)
        behind = words[end - 1][1]


def _short_rows(aligned: Aligned, parts: list[_Part]) -> Iterator[Row]:
    """A row without the long stretches in it that are the same."""
    row: list[_Part] = []
    for at, part in enumerate(parts):
        head = AROUND if at else 0
        tail = AROUND if at + 1 < len(parts) else 0
        if part.kind != Kind.SAME or part.words <= head + tail + SHORT:
            row.append(part)
            if part.kind == Kind.SAME and sum(each.words for each in row) > LONG_ROW:
                yield _row(aligned, row)
                row = []
            continue
        if head:
            row.append(_first(part, head))
            yield _row(aligned, row)
        yield Row(skipped=part.words - head - tail)
        row = [_last(part, tail)] if tail else []
    if row:
        yield _row(aligned, row)


def _first(part: _Part, words: int) -> _Part:
    i, j = part.one[0], part.other[0]
    return _Part(part.kind, (i, i + words), (j, j + words))


def _last(part: _Part, words: int) -> _Part:
    i, j = part.one[1], part.other[1]
    return _Part(part.kind, (i - words, i), (j - words, j))
