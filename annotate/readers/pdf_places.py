"""Finds each code point of a finished text again among the pieces of the pages it was put together from."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from annotate.places import PageSize, PlacedLine, Places
from annotate.readers.pdf_blocks import Para
from annotate.readers.pdf_glyphs import PageGlyphs
from annotate.readers.pdf_lines import Edges, Piece
from annotate.text import normalise

_DROPPED = frozenset("-\u2010\u00ad")  # hyphens at line ends go when the halves of a word are joined


def places_of(blocks: Sequence[tuple[int, str, Para]], pages: Sequence[PageGlyphs]) -> Places:
    """`blocks`: where each begins in the article's text, its text there, and what it was made of."""
    lines = tuple(line for start, text, para in blocks for line in _lines(start, text, para, pages))
    return Places(tuple(PageSize(page.width, page.height) for page in pages), lines)


def _lines(start: int, text: str, para: Para, pages: Sequence[PageGlyphs]) -> Iterator[PlacedLine]:
    place = 0
    for number, piece in para.pieces:
        place, found = _found(text, place, piece)
        if found:
            yield _line(start, found, piece, pages[number], number)


def _found(text: str, place: int, piece: Piece) -> tuple[int, list[tuple[int, Edges]]]:
    """The places in `text` from `place` on that hold what is in the piece, and where the next piece goes on."""
    found: list[tuple[int, Edges]] = []
    for c, edges in zip(normalise(piece.text), piece.edges, strict=False):
        if c.isspace():
            continue
        at = place
        while at < len(text) and text[at].isspace():
            at += 1
        if at < len(text) and text[at] == c:
            found.append((at, edges))
            place = at + 1
        elif c not in _DROPPED:
            break
    return place, found


def _line(
    start: int, found: Sequence[tuple[int, Edges]], piece: Piece, page: PageGlyphs, number: int
) -> PlacedLine:
    """The piece as a line; white space between its words reaches from one to the next."""
    first, last = found[0][0], found[-1][0]
    edges: list[Edges | None] = [None] * (last + 1 - first)
    for at, pair in found:
        edges[at - first] = pair
    shift_x, shift_y = _shift(page, piece.angle)
    whole = list(_filled(edges))
    return PlacedLine(
        start + first,
        number,
        piece.angle,
        piece.y - shift_y,
        piece.size,
        [left - shift_x for left, _ in whole],
        [right - shift_x for _, right in whole],
    )


def _filled(edges: Sequence[Edges | None]) -> Iterator[Edges]:
    before: Edges | None = None
    for at, pair in enumerate(edges):
        if pair is None:
            assert before is not None
            after = next(each for each in edges[at:] if each is not None)
            pair = (before[1], after[0]) if before[1] <= after[0] else (after[1], before[0])
            pair = (min(pair), max(pair))
        before = pair
        yield pair


def _shift(page: PageGlyphs, angle: int) -> tuple[float, float]:
    """Where the displayed part of the page begins, as seen in the page turned by `angle`."""
    turn = math.radians(angle)
    cos, sin = math.cos(turn), math.sin(turn)
    return page.left * cos + page.bottom * sin, page.bottom * cos - page.left * sin
