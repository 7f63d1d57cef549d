"""Coded data as CSV (RFC 4180, UTF-8): exact, and read back exactly.

For a spreadsheet the file begins with a byte order mark, and a `'` stands before every text cell that a
spreadsheet would take for a formula; the mark at the beginning tells our reader to take it off again.
"""

from __future__ import annotations

import csv
import io
import re
from typing import IO

from annotate.errors import UserError
from annotate.writers.dataset import Dataset, Written
from annotate.writers.shapes import shaped
from annotate.writers.spans import COLUMNS, MAY_LACK, NUMBERS, QUALIFIER, CodedSpan, Options
from annotate.writers.tables import Table

NAME, TITLE, SUFFIX, ROWS, SHAPED = "csv", "CSV", ".csv", "spans", True
FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
GUARDED = re.compile(r"'+[=+\-@\t\r\n]")
NUMBER = re.compile(r"[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)(e[+-]?[0-9]+)?%?", re.IGNORECASE)
LONGEST = 2**31 - 1  # a cell may hold a whole article; the csv module's own limit is 131,072


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """One row per mark, article or unit. Without text the column `quote` or `text` is left out."""
    table = shaped(dataset, options)
    write_table(table, out, for_spreadsheet=options.for_spreadsheet)
    return Written(table.drawn, tuple(table.notes))


def write_table(table: Table, out: IO[bytes], *, for_spreadsheet: bool = False, delimiter: str = ",") -> None:
    """Cells divided by `delimiter`, quoted where they hold it, a quote or a line break."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig" if for_spreadsheet else "utf-8", newline="")
    rows = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    rows.writerow(table.names)
    if for_spreadsheet:
        rows.writerows([guarded(cell) for cell in row] for row in table.rows())
    else:
        rows.writerows(table.rows())
    text.flush()
    text.detach()


def read(data: bytes) -> list[CodedSpan]:
    """The spans that `write` wrote. Raises UserError, with the line, for a file of another shape."""
    guard = data.startswith(b"\xef\xbb\xbf")
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    before = csv.field_size_limit(LONGEST)
    try:
        header = next(rows, [])
        if missing := [name for name in COLUMNS if name not in header and name not in MAY_LACK]:
            raise UserError(f"This is no table of coded spans: it has no column “{missing[0]}”.")
        return [_span(dict(zip(header, row, strict=True)), guard) for row in rows]
    except (ValueError, csv.Error) as error:
        raise UserError(f"Line {rows.line_num} is no row of coded spans ({error}).") from None
    finally:
        csv.field_size_limit(before)


def _span(cells: dict[str, str], guard: bool) -> CodedSpan:
    values = [unguarded(cells.get(name, "")) if guard else cells.get(name, "") for name in COLUMNS]
    said = tuple(
        (name.removeprefix(QUALIFIER), unguarded(value) if guard else value)
        for name, value in cells.items()
        if name.startswith(QUALIFIER) and value
    )
    typed = (
        int(value) if name in NUMBERS else (value or None) if name == "code" else value
        for name, value in zip(COLUMNS, values, strict=True)
    )
    made = CodedSpan(*typed)  # type: ignore[arg-type]
    return made._replace(qualifiers=said)


def guarded(cell: object) -> object:
    """A text cell as a spreadsheet may have it."""
    if isinstance(cell, str) and FORMULA.match(cell) and not NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def unguarded(cell: str) -> str:
    """What `guarded` was given."""
    return cell[1:] if GUARDED.match(cell) else cell
