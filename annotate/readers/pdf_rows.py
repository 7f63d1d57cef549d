"""From the pieces of a region to its rows: lines of text, and rows of tables with their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotate.readers.pdf_columns import cells, rows
from annotate.readers.pdf_drawn import Cell, tall_rows
from annotate.readers.pdf_lines import Piece

_MARKER = re.compile(
    r"[•●▪■◦‣∙·\ufffd–—*-]|\(?\d{1,2}[.)]|\(?[a-zA-Z][.)]|\([ivx]{1,4}\)|\d{1,2}(?:\.\d{1,2}){1,3}\.?"
)


@dataclass(slots=True)
class Row:
    """One line of a region, in points; `cells` has more than one text where it is a table's row.

    Lines of one cell are apart by line ends. `pieces` are in the order of the text.
    """

    cells: list[str]
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    pieces: list[Piece]

    @property
    def text(self) -> str:
        return " ".join(self.cells)


def region_rows(region: Sequence[Piece]) -> list[Row]:
    """The rows of a region from top to bottom."""
    tall = [row for row in tall_rows(region) if not _MARKER.fullmatch(_text(row[0]))]
    made = _with_tall(region, tall)
    lone = {
        id(row.pieces[0])
        for place, row in enumerate(made)
        if len(row.cells) == 2
        and "\n" not in row.cells[0]
        and all(len(other.cells) == 1 for other in made[max(0, place - 1) : place + 2] if other is not row)
    }
    kept = [row for row in tall if id(row[0].pieces[0]) not in lone]
    return made if len(kept) == len(tall) else _with_tall(region, kept)


def _with_tall(region: Sequence[Piece], tall: Sequence[Sequence[Cell]]) -> list[Row]:
    inside = {id(piece) for row in tall for cell in row for piece in cell.pieces}
    made = _line_rows([piece for piece in region if id(piece) not in inside])
    return sorted([*made, *map(_tall_row, tall)], key=lambda row: -row.y)


def _text(cell: Cell) -> str:
    """A cell's text, its lines apart by line ends."""
    return "\n".join(" ".join(piece.text for piece in line) for line in cell.lines)


def _tall_row(row: Sequence[Cell]) -> Row:
    texts = [_text(cell) for cell in row]
    pieces = [piece for cell in row for piece in cell.pieces]
    size = max(pieces, key=lambda piece: len(piece.text)).size
    bold = all(piece.bold for piece in pieces)
    return Row(texts, row[0].x0, row[-1].x1, max(cell.top for cell in row), size, bold, pieces)


def _line_rows(region: Sequence[Piece]) -> list[Row]:
    lines = [cells(line) for line in _with_labels(rows(region))]
    several = [_texts(line) for line in lines]
    made = []
    for place, line in enumerate(lines):
        near = [len(several[other]) > 1 for other in (place - 1, place + 1) if 0 <= other < len(lines)]
        is_table = len(several[place]) > 2 or (len(several[place]) > 1 and any(near))
        texts = several[place] if is_table else [" ".join(several[place])]
        size = max(line, key=lambda piece: len(piece.text)).size
        x0, x1 = min(piece.x0 for piece in line), max(piece.x1 for piece in line)
        made.append(Row(texts, x0, x1, line[0].y, size, all(piece.bold for piece in line), line))
    return made


def _with_labels(lines: list[list[Piece]]) -> list[list[Piece]]:
    """Labels that stand half way between rows of a table are put into the row that was drawn next."""
    drawn = sorted(piece.order for line in lines for piece in line)
    after = dict(pairwise(drawn))
    made: list[list[Piece]] = []
    for line in lines:
        label, above = line[0], made[-1] if made else []
        if (
            above
            and len(line) == 1 < len(above)
            and label.x1 < above[0].x0
            and after.get(label.order) == above[0].order
            and above[0].y - label.y < 0.8 * label.size
        ):
            made[-1] = [label, *above]
        else:
            made.append(line)
    return made


def _texts(line: Sequence[Piece]) -> list[str]:
    """The texts of the cells; a list marker is no cell of its own."""
    texts = [piece.text for piece in line]
    if len(texts) > 1 and _MARKER.fullmatch(texts[0]):
        return [f"{texts[0]} {texts[1]}", *texts[2:]]
    return texts
