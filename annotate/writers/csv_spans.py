"""Coded spans as CSV (RFC 4180, UTF-8): exact, and read back exactly.

For a spreadsheet the file begins with a byte order mark, and a `'` stands before every text cell that a
spreadsheet would take for a formula; the mark at the beginning tells our reader to take it off again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import IO

from annotate.errors import UserError
from annotate.writers.dataset import Dataset, Written
from annotate.writers.spans import COLUMNS, MAY_LACK, NUMBERS, CodedSpan, Options

NAME, TITLE, SUFFIX, ROWS = "csv", "CSV", ".csv", "spans"
FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
GUARDED = re.compile(r"'+[=+\-@\t\r\n]")
NUMBER = re.compile(r"[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)(e[+-]?[0-9]+)?%?", re.IGNORECASE)
LONGEST = 2**31 - 1  # a cell may hold a whole article; the csv module's own limit is 131,072


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """One row per mark. Without text the column `quote` is left out."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig" if options.for_spreadsheet else "utf-8", newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(COLUMNS if options.text else [name for name in COLUMNS if name != "quote"])
    counted = _Counted(dataset.spans())
    if options.text and not options.for_spreadsheet:
        rows.writerows(counted)
    else:
        quote = COLUMNS.index("quote")
        for span in counted:
            cells: Sequence[object] = span if options.text else (*span[:quote], *span[quote + 1 :])
            rows.writerow([guarded(cell) for cell in cells] if options.for_spreadsheet else cells)
    text.flush()
    text.detach()
    return Written(counted.number)


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
    return CodedSpan._make(
        int(value) if name in NUMBERS else (value or None) if name == "code" else value
        for name, value in zip(COLUMNS, values, strict=True)
    )


def guarded(cell: object) -> object:
    """A text cell as a spreadsheet may have it."""
    if isinstance(cell, str) and FORMULA.match(cell) and not NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def unguarded(cell: str) -> str:
    """What `guarded` was given."""
    return cell[1:] if GUARDED.match(cell) else cell


class _Counted:
    """Counts what passes through."""

    def __init__(self, spans: Iterable[CodedSpan]) -> None:
        self._spans = iter(spans)
        self.number = 0

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> CodedSpan:
        span = next(self._spans)
        self.number += 1
        return span
