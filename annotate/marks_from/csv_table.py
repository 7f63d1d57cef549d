"""Marks from CSV, as `export --format csv` writes them; semicolons and tabs divide as well."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from annotate.errors import UserError
from annotate.marks_from.found import Found
from annotate.marks_from.table import Cells, found_in, is_header
from annotate.readers.encoding import decode
from annotate.writers.csv_spans import LONGEST, unguarded

NAME, TITLE, SUFFIXES = "csv", "CSV", (".csv",)
DELIMITERS = ",;\t"
HEAD = 1 << 16  # bytes in which the header stands


def sniff(data: bytes, name: str) -> bool:
    return _delimiter(data) is not None


def read(data: bytes, name: str) -> Found:
    """One mark, or one unit with its codes, a row; the texts and codes must be in the project."""
    decoded = decode(data)
    if decoded is None:
        raise UserError(f"{name} is no text.")
    guard = data.startswith(b"\xef\xbb\xbf")
    rows = _rows(decoded.text, _delimiter(data) or max(DELIMITERS, key=_first_line(data).count), guard)
    try:
        return found_in(rows, name)
    except csv.Error as error:
        raise UserError(f"{name} is no CSV that can be read ({error}).") from None


def _rows(text: str, delimiter: str, guard: bool) -> Iterator[tuple[int, Cells]]:
    """Rows by their number from 1; without the `'` that stands before formulas in a file for spreadsheets."""
    before = csv.field_size_limit(LONGEST)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            yield number, [unguarded(cell) for cell in row] if guard else row
    finally:
        csv.field_size_limit(before)


def _delimiter(data: bytes) -> str | None:
    """The one with which the first line names the columns that are needed."""
    for delimiter in DELIMITERS:
        try:
            if any(is_header(row) for row in csv.reader([_first_line(data)], delimiter=delimiter)):
                return delimiter
        except csv.Error:
            continue
    return None


def _first_line(data: bytes) -> str:
    return data[:HEAD].decode("utf-8-sig", "replace").lstrip("\r\n").partition("\n")[0].rstrip("\r")
