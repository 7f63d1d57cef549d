"""The reading order of a page: columns found by the gutters between them, tables kept row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from annotate.readers.pdf_bidi import is_rtl
from annotate.readers.pdf_drawn import LEADERS, switches, tall_rows
from annotate.readers.pdf_lines import Piece

_BIN = 2.0  # points
_CROSSING = 0.25  # of the pieces may lie across a gutter (titles, wide tables)
_CLEAN = 0.12
_CROSSING_PLAIN = 0.5  # where the columns are long and their lines full
_COLUMN = 7.0  # type sizes: narrower pieces are cells of a table, not lines of a column
_CELL_GAP = 1.6  # type sizes: a wider gap in a line divides cells
_LEAST_ROWS = 3
_TO_AND_FRO = 3  # times that the drawing goes over from one side to the other, and columns are in doubt
_SELDOM = 0.04  # times a piece
_TABULAR = 0.6  # of the lines or pieces
_STRIPES = 6  # white stripes tried for a change from one column to several


def regions(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Groups of pieces in reading order; within a group, rows from top to bottom are the order."""
    if not pieces:
        return []
    ordered = sorted(pieces, key=lambda piece: -piece.y)
    gutter = _gutter(ordered)
    if gutter is not None:
        for upper, lower in _drawn_apart(ordered, gutter):
            return regions(upper) + regions(lower)
        return _by_gutter(ordered, gutter)
    for upper, lower in _gaps(ordered):
        if _gutter(upper) is not None or _gutter(lower) is not None:
            return regions(upper) + regions(lower)
    return [ordered]


def _by_gutter(ordered: Sequence[Piece], gutter: float) -> list[list[Piece]]:
    """Bands of two columns, left before right, between the pieces that lie across the gutter."""
    found: list[list[Piece]] = []
    for crosses, band in groupby(ordered, key=lambda piece: piece.x0 < gutter < piece.x1):
        if crosses:
            found.append(list(band))
            continue
        sides = list(band)
        if _is_table(sides, gutter):
            found.append(sides)
            continue
        for side in ([p for p in sides if p.x1 <= gutter], [p for p in sides if p.x1 > gutter]):
            found += regions(side)
    return found


def _drawn_apart(
    ordered: Sequence[Piece], gutter: float
) -> Iterator[tuple[Sequence[Piece], Sequence[Piece]]]:
    """What stands above and below a white stripe, where the drawing respects that more than the gutter."""
    across = switches([p for p in ordered if not p.x0 < gutter < p.x1], lambda piece: piece.x1 <= gutter)
    if across < 2:
        return
    for upper, lower in _gaps(ordered):
        top = lower[0].y
        down = switches(ordered, lambda piece, top=top: piece.y > top)  # type: ignore[misc]
        if down == 1 or down + 1 < across:
            yield upper, lower


def _is_table(band: Sequence[Piece], gutter: float) -> bool:
    """Whether what stands on both sides of a gutter was drawn row by row, as the cells of a table."""
    if switches(band, lambda piece: piece.x1 <= gutter) < max(_TO_AND_FRO, _SELDOM * len(band)):
        return False
    lines = rows(band)
    if sum(len(line) > 2 for line in lines) > _TABULAR * len(lines):
        return True
    return sum(len(cell.pieces) for row in tall_rows(band) for cell in row) > _TABULAR * len(band)


def _gaps(ordered: Sequence[Piece]) -> Iterator[tuple[Sequence[Piece], Sequence[Piece]]]:
    """The pieces above and below the widest white stripes across the page, the widest first."""
    steps = sorted(
        (
            (above.y - below.y - below.size, place)
            for place, (above, below) in enumerate(pairwise(ordered), 1)
            if above.y - below.y > 1.5 * max(below.size, above.size)
        ),
        reverse=True,
    )
    for _, place in steps[:_STRIPES]:
        yield ordered[:place], ordered[place:]


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """An x between columns: one that hardly a piece crosses, else that with most text on its poorer side."""
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
    found = []
    for place in _valleys(covered[:bins], int(len(pieces) * _CROSSING_PLAIN)):
        x = left + (place + 0.5) * _BIN
        if _divides_columns(pieces, x, plain=covered[place] > len(pieces) * _CROSSING):
            sides = ([p for p in pieces if p.x1 <= x], [p for p in pieces if p.x0 >= x])
            if covered[place] <= len(pieces) * _CLEAN:
                return x
            found.append((min(sum(p.width for p in side) for side in sides), x))
    return max(found)[1] if found else None


def _valleys(covered: Sequence[int], most: int) -> list[int]:
    """The middles of low stretches, the least covered and then the widest first."""
    found = []
    place = 0
    for height, stretch in groupby(covered):
        width = sum(1 for _ in stretch)
        inner = place > 0 and place + width < len(covered)
        if inner and height <= most and covered[place - 1] > height < covered[place + width]:
            found.append((height, -width, place + width // 2))
        place += width
    return [middle for _, _, middle in sorted(found)[:12]]


def _divides_columns(pieces: Sequence[Piece], x: float, *, plain: bool) -> bool:
    """Whether columns stand on both sides; `plain`: only long ones with full lines will do."""
    left = [piece for piece in pieces if piece.x1 <= x]
    right = [piece for piece in pieces if piece.x0 >= x]
    if len(left) < _LEAST_ROWS or len(right) < _LEAST_ROWS:
        return False
    if max(piece.x1 for piece in left) + 0.1 * left[0].size > min(piece.x0 for piece in right):
        return False
    top = min(max(p.y for p in left), max(p.y for p in right))
    bottom = max(min(p.y for p in left), min(p.y for p in right))
    if top - bottom < 2 * left[0].size:
        return False
    if plain:
        return all(_is_column(side, 12, 2 * _COLUMN) for side in (left, right))
    if _stand_apart(left, right):
        return True
    sides = [_is_column(left), _is_column(right)]
    if all(sides):
        return _aligned(left, right) < 0.7 or all(_is_column(side, share=0.8) for side in (left, right))
    other = right if sides[0] else left
    written = sum(piece.width / piece.size for piece in other) >= 0.6 * _COLUMN * len(other)
    return any(sides) and written and _aligned(left, right) < 0.5


def _stand_apart(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether one side was drawn after the other, and their lines are not those of a table."""
    if min(len(rows(left)), len(rows(right))) < 2 * _LEAST_ROWS:
        return False
    on_left = set(map(id, left))
    both = [*left, *right]
    seldom = switches(both, lambda piece: id(piece) in on_left) < max(_TO_AND_FRO, _SELDOM * len(both))
    return seldom and _aligned(left, right) < 0.7


def _aligned(left: Sequence[Piece], right: Sequence[Piece]) -> float:
    """Which share of the lines of the shorter side stand exactly beside one of the other, as a table's do."""
    fewer, more = sorted((rows(left), rows(right)), key=len)
    heights = [row[0].y for row in more]
    beside = sum(any(abs(row[0].y - y) < 0.08 * row[0].size for y in heights) for row in fewer)
    return beside / len(fewer) if len(fewer) > 2 * _LEAST_ROWS else 1.0


def _is_column(
    side: Sequence[Piece], least: int = _LEAST_ROWS, width: float = _COLUMN, share: float = 0.55
) -> bool:
    """Whether most of what stands there is lines of text."""
    lines = [_stretches(row) for row in rows(side)]
    tabular = sum(sum(wide < _COLUMN * size for wide, size in line) > 1 for line in lines)
    if tabular > 0.4 * len(lines):
        return False
    whole = [stretch for line in lines for stretch in line]
    long = [wide for wide, size in whole if wide >= width * size]
    return len(long) >= least and sum(long) > share * sum(wide for wide, _ in whole)


def _stretches(row: Sequence[Piece]) -> list[tuple[float, float]]:
    """Widths and type sizes of the cells of a row."""
    made: list[tuple[float, float]] = []
    begin = end = size = 0.0
    for piece in row:
        if made and piece.x0 - end <= _CELL_GAP * max(size, piece.size):
            size = max(size, piece.size)
            made[-1] = piece.x1 - begin, size
        else:
            begin, size = piece.x0, piece.size
            made.append((piece.width, size))
        end = piece.x1
    return made


def rows(region: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces of a region by line, top first, each from left to right."""
    made: list[list[Piece]] = []
    for piece in sorted(region, key=lambda piece: -piece.y):
        if made and made[-1][0].y - piece.y <= 0.35 * max(piece.size, made[-1][0].size):
            made[-1].append(piece)
        else:
            made.append([piece])
    return [sorted(row, key=lambda piece: piece.x0) for row in made]


def cells(row: Sequence[Piece]) -> list[Piece]:
    """A row's pieces joined where the gap between them is no wider than a wide space; in reading order."""
    made: list[Piece] = []
    for piece in row:
        last = made[-1] if made else None
        close = last and piece.x0 - last.x1 <= _CELL_GAP * max(last.size, piece.size)
        if last and close and not last.text.endswith(LEADERS):
            parts = (piece, last) if is_rtl(last.text + piece.text) else (last, piece)
            between = (last.x1, max(last.x1, piece.x0))
            size = max(last, piece, key=lambda part: len(part.text)).size
            made[-1] = replace(
                last,
                text=f"{parts[0].text} {parts[1].text}",
                edges=(*parts[0].edges, between, *parts[1].edges),
                x1=piece.x1,
                size=size,
                bold=last.bold and piece.bold,
            )
        else:
            made.append(piece)
    return made[::-1] if is_rtl("".join(piece.text for piece in made)) else made
