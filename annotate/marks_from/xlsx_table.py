"""Marks from an Excel workbook, as `export --format xlsx` writes them, also after Excel has saved it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from annotate.errors import UserError
from annotate.marks_from.found import Found
from annotate.marks_from.table import Cells, found_in
from annotate.readers.tables import MOST
from annotate.readers.xlsx_table import SUFFIXES as SUFFIXES
from annotate.readers.xlsx_table import open_table
from annotate.writers.xlsx_spans import LONGEST

NAME, TITLE = "xlsx", "Excel workbook"

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def sniff(data: bytes, name: str) -> bool:
    return data.startswith(b"PK\x03\x04") and b"xl/workbook.xml" in data


def read(data: bytes, name: str) -> Found:
    """One mark, or one unit with its codes, a row; further sheets with the same columns go on."""
    table = open_table(data, name, MOST)
    found = found_in(_rows(table.columns, table.rows), name, LONGEST)
    if len(found.marks) >= MOST:
        raise UserError(f"{name} has more than {MOST:,} rows.")
    return found


def _rows(columns: Cells, rows: Iterator[tuple[str, ...]]) -> Iterator[tuple[int, Cells]]:
    numbers = count(1)
    yield next(numbers), columns
    for row in rows:
        yield next(numbers), [_plain(cell) if "_x" in cell else cell for cell in row]


def _plain(cell: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell)
