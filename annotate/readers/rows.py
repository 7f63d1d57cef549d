"""Rows of a table in an office document: words divided by TAB, or what stands in a box around a text."""

from __future__ import annotations

from collections.abc import Sequence

from annotate.model import BlockKind
from annotate.readers.blocks import Line

_LONGEST_CELL = 600  # code points: a cell beyond this is a part of the page, not of a table
_SPANNED = 100  # columns that a cell may cover


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
    return min(int(stated), _SPANNED) if stated and stated.isdecimal() and int(stated[:9]) > 0 else 1
