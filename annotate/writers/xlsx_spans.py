"""Coded data as an Excel workbook. What a cell cannot hold is counted in the notes, never lost without a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import IO, Any

from annotate.errors import UserError
from annotate.spoken import counted
from annotate.taxonomy import by_id, path
from annotate.writers.dataset import Dataset, Written
from annotate.writers.shapes import shaped
from annotate.writers.spans import Options
from annotate.writers.tables import Cell, Table

NAME, TITLE, SUFFIX, ROWS, SHAPED = "xlsx", "Excel workbook", ".xlsx", "spans", True
LONGEST = 32_767  # UTF-16 units in a cell
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
COLUMNS = ("column", "taxonomy", "notation", "label", "path", "definition")

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel would read _x0041_ as A


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """A sheet of marks, articles or units; beside the last two a sheet that says which code a column stands for."""
    book = Workbook()
    table = shaped(dataset, options)
    book.add(table)
    if any(column.code for column in table.columns):
        book.add(_columns(dataset, table))
    book.save(out)
    return Written(table.drawn, (*table.notes, *book.notes()))


def _columns(dataset: Dataset, table: Table) -> Table:
    homes = {code.id: taxonomy for taxonomy in dataset.taxonomies for code in taxonomy.codes}
    known = {taxonomy.id: by_id(taxonomy.codes) for taxonomy in dataset.taxonomies}
    rows: list[tuple[Cell, ...]] = []
    for column in table.columns:
        if (code := column.code) is not None:
            home = homes[code.id]
            way = path(code, known[home.id])
            rows.append((column.name, home.slug, code.notation, code.label, way, code.definition))
    return Table.plain("columns", COLUMNS, rows)


class Workbook:
    """Sheets written row by row through openpyxl, which keeps them in temporary files."""

    def __init__(self) -> None:
        from openpyxl import Workbook as Book

        self._book: Any = Book(write_only=True)
        self._cut = self._controls = 0

    def add(self, table: Table) -> None:
        """The table as a sheet, and as further ones where it has more rows than a sheet. Raises UserError."""
        if len(table.columns) > MOST_COLUMNS:
            raise UserError(
                f"The table has {len(table.columns):,} columns, a sheet of Excel no more than {MOST_COLUMNS:,}; "
                "choose fewer codes or another format."
            )
        sheet, number, left = self._sheet(table.name, table.names), 1, MOST_ROWS - 1
        for row in table.rows():
            if not left:
                number += 1
                sheet, left = self._sheet(f"{table.name} {number}", table.names), MOST_ROWS - 1
            sheet.append([self._fit(sheet, cell) for cell in row])
            left -= 1

    def save(self, out: IO[bytes]) -> None:
        self._book.save(out)

    def notes(self) -> Iterable[str]:
        """What did not fit."""
        if self._cut:
            yield f"{counted(self._cut, 'cell')} cut at {LONGEST:,} characters, the most that Excel takes."
        if self._controls:
            held = counted(self._controls, "cell")
            yield f"Control characters in {held}, which Excel cannot hold, became “\ufffd”."

    def _sheet(self, title: str, names: Sequence[str]) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font

        sheet = self._book.create_sheet(title)
        sheet.freeze_panes = "A2"
        heads = []
        for name in names:
            head = WriteOnlyCell(sheet, self._plain(name))
            head.data_type, head.font = "s", Font(bold=True)
            heads.append(head)
        sheet.append(heads)
        return sheet

    def _fit(self, sheet: Any, cell: Cell) -> Any:
        if not isinstance(cell, str):
            return cell
        if not cell:
            return None
        if cell[0] not in "=#":
            return self._plain(cell)
        from openpyxl.cell import WriteOnlyCell

        held = WriteOnlyCell(sheet, self._plain(cell))
        held.data_type = "s"  # neither a formula nor an error
        return held

    def _plain(self, text: str) -> str:
        if "_x" in text:
            text = _ESCAPE.sub("_x005F_", text)
        if not (text.isprintable() and text.isascii()) and _UNFIT.search(text):
            self._controls += 1
            text = _UNFIT.sub("\ufffd", text)
        if len(text) > LONGEST // 2 and (len(text) > LONGEST or len(text.encode("utf-16-le")) > 2 * LONGEST):
            self._cut += 1
            text = text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")
        return text
