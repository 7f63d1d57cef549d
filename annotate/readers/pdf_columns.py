"""The reading order of a page: columns found by the gutters between them, tables kept row by row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from statistics import median

from annotate.readers.pdf_lines import Piece

_BIN = 2.0  # points
_CROSSING = 0.25  # of the pieces may lie across a gutter (titles, wide tables)
_COLUMN = 8.0  # type sizes: pieces narrower than this (median) are cells of a table, not lines of a column
_LEAST_ROWS = 3


def regions(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Groups of pieces in reading order; within a group, rows from top to bottom are the order."""
    gutter = _gutter(pieces)
    if gutter is None:
        return [list(pieces)] if pieces else []
    ordered = sorted(pieces, key=lambda piece: -piece.y)
    found: list[list[Piece]] = []
    for crosses, band in groupby(ordered, key=lambda piece: piece.x0 < gutter < piece.x1):
        if crosses:
            found += regions(list(band)) if not found or len(pieces) > 400 else [list(band)]
            continue
        sides = list(band)
        for side in ([p for p in sides if p.x1 <= gutter], [p for p in sides if p.x1 > gutter]):
            found += regions(side)
    return found


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """An x with columns of text on both sides and few pieces across it, or None."""
    if len(pieces) < 2 * _LEAST_ROWS:
        return None
    left = min(piece.x0 for piece in pieces)
    bins = int((max(piece.x1 for piece in pieces) - left) / _BIN) + 1
    if not 8 < bins < 5000:
        return None
    covered = [0] * (bins + 1)
    for piece in pieces:
        covered[int((piece.x0 - left) / _BIN)] += 1
        covered[min(bins, int((piece.x1 - left) / _BIN) + 1)] -= 1
    for place in range(1, bins):
        covered[place] += covered[place - 1]
    for place in _valleys(covered[:bins], int(len(pieces) * _CROSSING)):
        x = left + (place + 0.5) * _BIN
        if _divides_columns(pieces, x):
            return x
    return None


def _valleys(covered: Sequence[int], most: int) -> list[int]:
    """The middles of low stretches, the least covered and then the widest first."""
    found = []
    place = 0
    for height, stretch in groupby(covered):
        width = sum(1 for _ in stretch)
        inner = 0 < place and place + width < len(covered)
        if inner and height <= most and covered[place - 1] > height < covered[place + width]:
            found.append((height, -width, place + width // 2))
        place += width
    return [middle for _, _, middle in sorted(found)[:12]]


def _divides_columns(pieces: Sequence[Piece], x: float) -> bool:
    left = [piece for piece in pieces if piece.x1 <= x]
    right = [piece for piece in pieces if piece.x0 >= x]
    if len(left) < _LEAST_ROWS or len(right) < _LEAST_ROWS:
        return False
    if max(piece.x1 for piece in left) + 0.5 * left[0].size > min(piece.x0 for piece in right):
        return False
    top = min(max(p.y for p in left), max(p.y for p in right))
    bottom = max(min(p.y for p in left), min(p.y for p in right))
    if top - bottom < 2 * left[0].size:
        return False
    return all(median(piece.width / piece.size for piece in side) >= _COLUMN for side in (left, right))


def rows(region: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces of a region by line, top first, each from left to right."""
    made: list[list[Piece]] = []
    for piece in sorted(region, key=lambda piece: -piece.y):
        if made and made[-1][0].y - piece.y <= 0.35 * max(piece.size, made[-1][0].size):
            made[-1].append(piece)
        else:
            made.append([piece])
    return [sorted(row, key=lambda piece: piece.x0) for row in made]
