"""Tables as text (CSV, TSV): encoding, divider and quoting are found from the content."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePath

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers.compressed import without_gz
from annotate.readers.contract import no_text
from annotate.readers.encoding import decode
from annotate.readers.table_columns import Row, header, unlike
from annotate.readers.tables import Table, read_table

NAME = "table (CSV)"
SUFFIXES = (".csv", ".tsv", ".tab")
HEAVY = True

_SAMPLE = 1 << 18  # code points
_LONGEST_CELL = 1 << 28  # code points; the library's own limit is too short for articles


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are divided, and whether quotation marks around them count."""

    divider: str
    quoted: bool = True
    escaped: bool = False  # a quotation mark within is written \\" and not ""

    def rows(self, text: str, strict: bool = False) -> Iterator[list[str]]:
        csv.field_size_limit(_LONGEST_CELL)
        return csv.reader(
            io.StringIO(text, newline=""),
            delimiter=self.divider,
            quoting=csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE,
            doublequote=not self.escaped,
            escapechar="\\" if self.escaped else None,
            strict=strict,
        )


def sniff(head: bytes) -> bool:
    """Never certain: it is plain text."""
    return False


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """One article a row."""
    return read_table(data, name)


def open_table(data: bytes, name: str, most: int) -> Table:
    """The table; a row with too few cells is filled up, one with too many keeps them in its last."""
    found = decode(data)
    if found is None:
        raise UserError(f"{name} is not a text Postil can read.")
    text = found.text.lstrip("\ufeff")
    told = text[:8].lower()
    divider = told[4] if told.startswith("sep=") and told[5:6] in "\r\n" else ""  # Excel's own hint
    text = text.partition("\n")[2] if divider else text
    dialect = Dialect(divider) if divider else find_dialect(text, name)
    notes = [found.note] if found.note else []
    rows = _rows(text, dialect, name)
    first = next(rows, None)
    if first is None:
        raise no_text(name)
    columns = header(tuple(first))
    if columns is None:
        columns, rows = unlike("" for _ in first), chain([first], rows)
    return Table(columns, _shaped(rows, len(columns), dialect.divider, notes), notes=notes)


def _rows(text: str, dialect: Dialect, name: str) -> Iterator[list[str]]:
    """Rows in which anything stands."""
    number = 0
    try:
        for number, row in enumerate(dialect.rows(text), 1):  # noqa: B007
            if any(cell.strip() for cell in row):
                yield row
    except csv.Error as error:
        raise UserError(f"{name} cannot be read behind row {number} ({error}).") from None


def _shaped(rows: Iterator[list[str]], width: int, divider: str, notes: list[str]) -> Iterator[Row]:
    wide = 0
    for row in rows:
        if len(row) > width:
            wide += any(cell.strip() for cell in row[width:])
            row = [*row[: width - 1], divider.join(row[width - 1 :]).rstrip(divider)]
        yield (*row, *[""] * (width - len(row)))
    if wide:
        notes.append(
            f"{wide:,} row{'s' if wide > 1 else ''} with more cells than columns: kept in the last one."
        )


def find_dialect(text: str, name: str = "") -> Dialect:
    """The dialect by which the rows of the text's beginning are of one width."""
    sample = text[:_SAMPLE]
    is_cut = len(text) > _SAMPLE
    is_tsv = PurePath(without_gz(name)).suffix.lower() in (".tsv", ".tab")
    dividers = [each for each in ("\t,;|" if is_tsv else ",;\t|") if each in sample]
    choices = [(Dialect(each), True) for each in dividers]
    if '\\"' in sample:
        choices += [(Dialect(each, escaped=True), True) for each in dividers]
    choices += [(Dialect(each), False) for each in dividers]
    choices += [(Dialect(each, quoted=False), False) for each in dividers]
    scored = [(_score(sample, is_cut, dialect, strict), dialect) for dialect, strict in choices]
    best = max((score for score, _ in scored), default=0.0)
    if best < 0.5:
        first = sample.partition("\n")[0]
        return Dialect(max(dividers, key=first.count, default="\t" if is_tsv else ","))
    return next(dialect for score, dialect in scored if score >= best - 0.02)


def _score(sample: str, is_cut: bool, dialect: Dialect, strict: bool) -> float:
    """The share of the rows that have the usual width, times that of the text in whole rows; 0 for one column."""
    rows: list[list[str]] = []
    reader = dialect.rows(sample, strict)
    try:
        rows.extend(reader)
    except csv.Error as error:
        if "unexpected end" not in str(error) or not is_cut:
            return 0.0
    else:
        rows = rows[:-1] if is_cut and len(rows) > 1 else rows
    covered = sum(len(cell) + 1 for row in rows for cell in row)
    rows = [row for row in rows if any(row)]
    widths = Counter(map(len, rows))
    if not rows or max(widths) < 2:
        return 0.0
    width, count = widths.most_common(1)[0]
    size = len(sample) - (sample.count('"') if dialect.quoted else 0)
    first = 1.0 if len(rows[0]) == width else 0.8
    return count / len(rows) * min(1.0, covered * 1.25 / max(1, size)) * first if width > 1 else 0.0
