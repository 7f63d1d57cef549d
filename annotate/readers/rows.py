"""Lines gathered in places that lie within each other: a body, its table cells, text boxes and notes."""

from __future__ import annotations

from collections.abc import Sequence

from annotate.model import BlockKind
from annotate.readers.blocks import Line

_LONGEST_CELL = 600  # code points: a cell beyond this is a part of the page, not of a table
_MOST_SPANNED = 100  # columns that a cell may cover
_MOST_COLUMNS = 1000  # cells beyond these cover one column each


class Places:
    """Opened and closed as a document is read; what closes while nothing is open is passed over."""

    def __init__(self) -> None:
        self._open: list[list[Line]] = [[]]
        self._rows: list[list[list[Line]]] = []

    def add(self, lines: Sequence[Line]) -> None:
        self._open[-1].extend(lines)

    def begin(self) -> None:
        self._open.append([])

    def end(self) -> list[Line]:
        """The lines of the innermost place, which ends."""
        return self._open.pop() if len(self._open) > 1 else []

    def begin_row(self, covered: int = 0) -> None:
        """A table row whose first columns are empty."""
        self._rows.append([[]] * min(covered, _MOST_SPANNED))

    def add_cell(self, lines: list[Line], columns: int = 1) -> None:
        """A cell over some columns; outside a row its lines just stand there."""
        if self._rows:
            covered = columns - 1 if len(self._rows[-1]) < _MOST_COLUMNS else 0
            self._rows[-1] += [lines, *([[]] * covered)]
        else:
            self.add(lines)

    def end_row(self) -> None:
        if self._rows:
            self.add(row_lines(self._rows.pop()))

    def all(self) -> list[Line]:
        """The lines of the outermost place."""
        return self._open[0]


def row_lines(cells: Sequence[Sequence[Line]]) -> list[Line]:
    """The lines of one row, given those of its cells (none for a cell that another one covers).

    A single cell and one that holds a table or a long text only place things on a page: their lines stay as
    they are, one under the other.
    """
    if len(cells) == 1 or any(map(_is_layout, cells)):
        return [line for cell in cells for line in cell]
    words = [" ".join(line.text.replace("\t", " ") for line in cell) for cell in cells]
    return [Line("\t".join(words), BlockKind.ROW)] if any(words) else []


def _is_layout(cell: Sequence[Line]) -> bool:
    return any(line.kind is BlockKind.ROW for line in cell) or (
        sum(len(line.text) for line in cell) > _LONGEST_CELL
    )


def spanned(stated: str | None) -> int:
    """How many columns a cell covers by its own word, 1 where that is no sane number."""
    if not stated or not stated.isdecimal() or len(stated) > 6:
        return 1
    return max(1, min(int(stated), _MOST_SPANNED))
