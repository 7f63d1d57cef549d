"""Tables with one article a row: which column is what, and the articles that come of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from itertools import chain, islice
from pathlib import PurePath
from typing import Protocol, cast

from annotate.errors import UserError
from annotate.model import Block, BlockKind, Draft, Layout
from annotate.readers.blocks import compose, one_line, tree_lines
from annotate.readers.compressed import unpacked, without_gz
from annotate.readers.contract import HEAD, no_text, stem
from annotate.readers.table_columns import Mapping, Row, guess, is_missing
from annotate.readers.table_dates import DateStyle, style_of
from annotate.text import normalise

MOST = 1_000_000  # rows of a table
_FORMATS = ("parquet_table", "xlsx_table", "json_table", "csv_table")
_SAMPLE = 1000  # rows looked at to understand the columns
_MARKED_UP = re.compile(r"</(?:p|div|h[1-6]|li|a|span|blockquote|article|td)>|<br\s*/?>", re.IGNORECASE)
_HIGHLIGHTS = frozenset(("article", "start", "end", "text_hash", "coder"))  # columns of our own exports
_CODEBOOK = frozenset(("taxonomy", "notation", "parent", "use_when", "avoid_when"))


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read. `rows` can be gone through once; each has as many cells as there are `columns`.

    `count`: how many rows there are, where that is known without reading them. `notes` grows while rows are read.
    """

    columns: tuple[str, ...]
    rows: Iterator[Row]
    count: int | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a table, and what its columns seem to be (None: no column seems to be a text)."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    count: int | None
    mapping: Mapping | None


class TableReader(Protocol):
    """A reader whose files are tables."""

    SUFFIXES: tuple[str, ...]

    def sniff(self, head: bytes) -> bool: ...

    def open_table(self, data: bytes, name: str, most: int) -> Table:
        """The table in a file. `most`: no more rows than these will be asked for."""


@cache
def _formats() -> tuple[TableReader, ...]:
    return tuple(cast(TableReader, import_module(f"annotate.readers.{name}")) for name in _FORMATS)


def find_format(head: bytes, name: str) -> TableReader | None:
    """By content, then by the name's suffix; None where it is no table."""
    suffix = PurePath(without_gz(name)).suffix.lower()
    formats = _formats()
    by_content = (each for each in formats if each.sniff(head))
    return next(by_content, None) or next((each for each in formats if suffix in each.SUFFIXES), None)


def open_table(data: bytes, name: str, most: int = MOST) -> Table:
    """The table in a file's bytes. UserError where there is none, or one of Postil's own exports."""
    data = unpacked(data, name)
    reader = find_format(data[:HEAD], name)
    if reader is None:
        raise UserError(f"{name} is no table that Postil can read.")
    table = reader.open_table(data, name, most)
    if set(table.columns) >= _HIGHLIGHTS:
        raise UserError(f"{name} holds highlights exported by Postil, no articles; import it as highlights.")
    if set(table.columns) >= _CODEBOOK:
        raise UserError(f"{name} holds a codebook exported by Postil, no articles; import it as a taxonomy.")
    return table


def preview(data: bytes, name: str, rows: int = 20) -> Preview:
    """The first rows, and the guess that an import without a mapping would take."""
    table = open_table(data, name, max(rows, _SAMPLE))
    sample = list(islice(table.rows, max(rows, _SAMPLE)))
    return Preview(table.columns, tuple(sample[:rows]), table.count, guess(table.columns, sample))


def read_table(
    data: bytes, name: str, mapping: Mapping | None = None, remembered: Sequence[Mapping] = ()
) -> list[Draft]:
    """One article a row. Without a mapping, the first of those `remembered` that fits; what the columns are is
    guessed where none does.

    UserError where no column can be guessed to be the text, and for a mapping that names columns not there.
    """
    table = open_table(data, name)
    sample = list(islice(table.rows, _SAMPLE))
    fitting = (each for each in remembered if set(each.columns) <= set(table.columns))
    chosen = mapping or next(fitting, None) or guess(table.columns, sample)
    if chosen is None:
        raise UserError(
            f"{name} has no column that is certainly the text; say which of {_listed(table.columns)} it is."
        )
    whole = Table(table.columns, chain(sample, table.rows), table.count, table.notes)
    found = list(drafts(whole, chosen, name))
    if not found:
        raise no_text(name)
    found[0] = replace(found[0], notes=(*found[0].notes, *table.notes))
    return found


def _listed(columns: Sequence[str]) -> str:
    more = f" and {len(columns) - 12} more" if len(columns) > 12 else ""
    return ", ".join(f"“{one_line(column)[:40]}”" for column in columns[:12]) + more


def drafts(table: Table, mapping: Mapping, name: str = "") -> Iterator[Draft]:
    """An article for each row with text; how many had none stands in the table's notes afterwards.

    The text is that of the cell, so that positions told by other tools hold; markup in it is taken out.
    """
    missing = [column for column in mapping.columns if column not in table.columns]
    if missing or not mapping.text:
        raise UserError(f"{name} has no column {_listed(missing)}; it has {_listed(table.columns)}.")
    ahead = list(islice(table.rows, _SAMPLE))
    dates = table.columns.index(mapping.date) if mapping.date else None
    making = _Making(
        table.columns, mapping, name, style_of([] if dates is None else [row[dates] for row in ahead])
    )
    without = 0
    for number, row in enumerate(chain(ahead, table.rows), 1):
        if number > MOST:
            raise UserError(f"{name} has more than {MOST:,} rows; divide it.")
        draft = making.draft(row, number)
        if draft is None:
            without += 1
        else:
            yield draft
    if without:
        table.notes.append(f"{without:,} row{'s' if without > 1 else ''} without text left out.")


@dataclass(frozen=True, slots=True)
class _Making:
    """From a row to a draft."""

    columns: tuple[str, ...]
    mapping: Mapping
    name: str
    dates: DateStyle

    def draft(self, row: Row, number: int) -> Draft | None:
        said = {column: cell for column, cell in zip(self.columns, row, strict=True) if not is_missing(cell)}
        text, layout = self._text(said)
        if not text.strip():
            return None
        found = {key: one_line(said.get(column, "")) for key, column in self.mapping.fields.items()}
        date = self.dates.iso(found["date"])
        if date or not found["date"]:
            said.pop(self.mapping.date, None)
        own = f"{stem(self.name)} {found['id'] or number}".strip()
        used = {*self.mapping.columns} - {self.mapping.id, self.mapping.date}
        return Draft(
            text,
            title=found["title"] or _first_line(text) or own,
            outlet=found["outlet"],
            author=found["author"],
            date=date,
            url=found["url"],
            language=found["language"][:40],
            attributes={
                one_line(key): one_line(cell)
                for key, cell in said.items()
                if key not in used and cell.strip()
            },
            layout=layout,
        )

    def _text(self, said: dict[str, str]) -> tuple[str, Layout]:
        """The text columns' words, an empty line between them; the title's column among them is the title."""
        pieces: list[str] = []
        blocks: list[Block] = []
        place = 0
        for column in self.mapping.text:
            piece, layout = _words(said.get(column, ""))
            if not piece.strip():
                continue
            if column == self.mapping.title and "\n" not in piece:
                layout = Layout((Block(0, len(piece), BlockKind.TITLE),))
            blocks += (
                replace(each, start=each.start + place, end=each.end + place) for each in layout.blocks
            )
            pieces.append(piece)
            place += len(piece) + 2
        return "\n\n".join(pieces), Layout(tuple(blocks))


def _words(cell: str) -> tuple[str, Layout]:
    """The words of a cell; where it holds markup, those that a browser would show."""
    from annotate.readers.html_page import parse

    if _MARKED_UP.search(cell) and (tree := parse(cell)) is not None:
        return compose(tree_lines(tree))
    return normalise(cell), Layout()


def _first_line(text: str) -> str:
    """A first line that could be a headline, of a text that has more lines."""
    from annotate.readers.plain import is_title

    first, _, rest = text.lstrip().partition("\n")
    return first.strip() if rest.strip() and is_title(first.strip()) else ""
