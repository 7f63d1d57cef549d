"""What the order in which a page was drawn tells of its reading order: columns, and rows of tall cells.

Producers draw what belongs together in one go. Where columns are drawn one after the other the drawing goes from
the left to the right side once; in a table it goes to and fro. A cell of several lines is drawn line after line
before the next cell of its row is begun.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotate.readers.pdf_bidi import is_rtl
from annotate.readers.pdf_lines import Piece

_SAME_LINE = 0.35  # of the type size
_LEADING = 1.6  # type sizes from one line of a cell to the next, at most
_CLOSE = 1.6  # type sizes between words of a cell
_STRETCHED = 8.0  # type sizes between words of a line that is stretched to fill a narrow cell
_INDENT = 2.5  # type sizes by which a line of a cell may be indented
_ALIGNED = 0.2  # points: what begins that near under one another makes a column
_IN_ONE_GO = 0.6  # of the lines of a row's cells
_FULL = 0.6  # of the lines of a row's cells: the next word would not have fitted
_MOST_CELLS = 60  # in a row
LEADERS = ("..", ". .")  # a cell ends there

_Reach = tuple[float, float, float]  # from where to where words stand, and how high


def switches(pieces: Sequence[Piece], side: Callable[[Piece], bool]) -> int:
    """How often the drawing goes over from one side to the other."""
    drawn = sorted(pieces, key=lambda piece: piece.order)
    return sum(side(a) != side(b) for a, b in pairwise(drawn))


@dataclass(slots=True)
class Cell:
    """Lines under one another, each from left to right."""

    lines: list[list[Piece]]
    at_once: int = 0  # lines drawn right after the line above them

    @property
    def x0(self) -> float:
        return min(line[0].x0 for line in self.lines)

    @property
    def x1(self) -> float:
        return max(line[-1].x1 for line in self.lines)

    @property
    def top(self) -> float:
        return self.lines[0][0].y

    @property
    def bottom(self) -> float:
        return self.lines[-1][0].y

    @property
    def pieces(self) -> list[Piece]:
        return [piece for line in self.lines for piece in line]

    def takes(self, run: Sequence[Piece]) -> bool:
        """Whether the words may be its next line."""
        size = run[0].size
        left, fall = self.lines[-1][0], self.bottom - run[0].y
        return (
            _SAME_LINE * size < fall <= _LEADING * max(size, left.size)
            and -_INDENT * size < run[0].x0 - self.x0 < _INDENT * size
            and abs(left.size - size) <= 0.12 * size
        )


def tall_rows(pieces: Sequence[Piece]) -> list[list[Cell]]:
    """Rows of a table some of whose cells have several lines; those of single lines are left to others."""
    if len(pieces) < 3 or is_rtl("".join(piece.text for piece in pieces)):
        return []
    rows: list[list[Cell]] = [[]]
    last: Cell | None = None
    for words in _lines_of_cells(pieces):
        row = rows[-1]
        cell = _home(words, row, last)
        if cell is not None:
            cell.lines.append(words)
            cell.at_once += cell is last
            last = cell
            continue
        if len(row) == 1 and len(row[0].lines) > 1 and _is_beside(words, row[0].lines[-1]):
            rows.append([Cell([row[0].lines.pop()])])  # what stands above is no part of the row's first cell
            row[0].at_once -= 1
        last = Cell([words])
        if rows[-1] and _fits(words, rows[-1]):
            rows[-1].append(last)
        else:
            rows.append([last])
    return [row for row in rows if _is_tall(row) and _stands_alone(row, pieces)]


def _lines_of_cells(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces as drawn, those together that stand close in a line, or that are stretched to fill a cell."""
    made: list[list[Piece]] = []
    drawn = sorted(pieces, key=lambda piece: piece.order)
    reaching: defaultdict[int, list[_Reach]] = defaultdict(list)
    for piece in pieces:
        reaching[round(piece.x0 / 4)].append((piece.x0, piece.x1, piece.y))
    for piece, after in zip(drawn, [*drawn[1:], None], strict=True):
        if made and _goes_on(made[-1], piece, after, reaching):
            made[-1].append(piece)
        else:
            made.append([piece])
        words = made[-1]
        reaching[round(words[0].x0 / 4)].append((words[0].x0, piece.x1, piece.y))
    return made


def _goes_on(
    words: list[Piece], piece: Piece, after: Piece | None, reaching: Mapping[int, Sequence[_Reach]]
) -> bool:
    size, gap = piece.size, piece.x0 - words[-1].x1
    if not _is_beside([piece], words) or gap > _STRETCHED * size or words[-1].text.endswith(LEADERS):
        return False
    if not piece.text[0].islower() and any(
        abs(x0 - piece.x0) < _ALIGNED and _SAME_LINE * size < abs(y - piece.y) < 3 * size
        for x0, _, y in _near(piece, reaching)
    ):
        return False
    if gap <= _CLOSE * size:
        return True
    if len(words) > 1 and abs(words[-1].x0 - words[-2].x1 - gap) < 0.3 * size:
        return True
    if after is not None and piece.text[0].islower() and Cell([words]).takes([after]):
        return True
    return any(
        abs(x0 - words[0].x0) < 0.3 * size
        and x1 > piece.x0 + 0.5 * size
        and _SAME_LINE * size < abs(y - piece.y) < 10 * size
        for x0, x1, y in _near(words[0], reaching)
    )


def _near(piece: Piece, reaching: Mapping[int, Sequence[_Reach]]) -> Iterator[_Reach]:
    """What begins at about the same x."""
    here = round(piece.x0 / 4)
    for near in (here - 1, here, here + 1):
        yield from reaching.get(near, ())


def _is_beside(words: Sequence[Piece], before: Sequence[Piece]) -> bool:
    """Whether the words stand in the same line, to the right."""
    return abs(words[0].y - before[-1].y) <= _SAME_LINE * words[0].size and words[0].x0 >= before[-1].x1


def _home(words: list[Piece], row: Sequence[Cell], last: Cell | None) -> Cell | None:
    """The cell of the row whose next line the words are. A row's first cell is drawn in one go."""
    for place in range(len(row) - 1, -1, -1):
        cell = row[place]
        free = all(words[-1].x1 <= other.x0 for other in row[place + 1 :])
        if (cell is last or place) and free and cell.takes(words):
            return cell
    return None


def _fits(words: list[Piece], row: Sequence[Cell]) -> bool:
    """Whether the words begin another cell to the right of the others."""
    size = words[0].size
    return (
        len(row) < _MOST_CELLS
        and words[0].x0 >= max(cell.x1 for cell in row) - 0.1 * size
        and min(cell.bottom for cell in row) - _SAME_LINE * size <= words[0].y
        and words[0].y <= max(cell.top for cell in row) + 1.2 * size
    )


def _is_tall(row: Sequence[Cell]) -> bool:
    """Whether there are cells of several lines, drawn cell by cell and broken where the cell was full."""
    after = [place for cell in row for place in range(1, len(cell.lines))]
    if len(row) < 2 or not after:
        return False
    full = sum(
        _was_full(cell, place, row[number + 1].x0 if number + 1 < len(row) else cell.x1)
        for number, cell in enumerate(row)
        for place in range(1, len(cell.lines))
    )
    return sum(cell.at_once for cell in row) >= _IN_ONE_GO * len(after) and full >= _FULL * len(after)


def _was_full(cell: Cell, place: int, edge: float) -> bool:
    """Whether the first word of a line would not have fitted behind the line above it."""
    above, line = cell.lines[place - 1], cell.lines[place]
    words = line[0].text.split(" ", 1)
    written = words[0] + "".join(piece.text for piece in above)
    if above[-1].text.endswith(LEADERS) or not any(c.isalpha() for c in written):
        return False  # leaders, or numbers under one another
    first = line[0].width * len(words[0]) / max(1, len(line[0].text))
    room = min(edge, max(cell.x1, above[-1].x1)) - above[-1].x1
    return first + 0.2 * line[0].size > room


def _stands_alone(row: Sequence[Cell], pieces: Sequence[Piece]) -> bool:
    """Whether nothing else of the region stands among the row's lines."""
    own = {id(piece) for cell in row for piece in cell.pieces}
    top, bottom = max(cell.top for cell in row), min(cell.bottom for cell in row)
    slack = _SAME_LINE * row[0].lines[0][0].size
    return not any(bottom - slack < piece.y < top + slack for piece in pieces if id(piece) not in own)
