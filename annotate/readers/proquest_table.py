"""ProQuest's table of results (CSV): an article a row, columns by ProQuest's own names."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers.blocks import Line, one_line
from annotate.readers.database import drafts
from annotate.readers.encoding import decode
from annotate.readers.proquest import Record, notes_on
from annotate.text import normalise

NAME = "ProQuest table"
SUFFIXES = ()

_LONGEST = 1 << 26  # code points of a cell
_COLUMNS = {
    "title": "Title",
    "abstract": "Abstract",
    "storeid": "ProQuest document ID",
    "authors": "Author",
    "companies": "Company / organization",
    "documenttype": "Document type",
    "articletype": "Source type",
    "issn": "ISSN",
    "issue": "Issue",
    "volume": "Volume",
    "language": "Language of publication",
    "pages": "Pages",
    "startpage": "Pages",
    "section": "Section",
    "pubdate": "Publication date",
    "year": "Publication year",
    "pubtitle": "Publication title",
    "documenturl": "Document URL",
    "identifierkeywords": "Identifier / keyword",
    "subjectterms": "Subject",
    "subjects": "Subject",
    "database": "Database",
}
_TEXTS = ("fulltext", "full text", "text")
_NEEDED = (b"storeid", b"pubtitle", b"title")


def sniff(head: bytes) -> bool:
    """The names of its columns stand in the first line."""
    first = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].lower()
    return all(each in first for each in _NEEDED) and any(each in first for each in (b",", b";", b"\t"))


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """The articles in the order of the rows."""
    found = decode(data)
    if found is None:
        raise UserError(f"{name} is not a text Postil can read.")
    records = list(_records(found.text.lstrip("\ufeff"), name))
    notes = (*((found.note,) if found.note else ()), *notes_on(records))
    return drafts([record.entry() for record in records], name, notes=notes)


def _records(text: str, name: str) -> Iterator[Record]:
    first = text.split("\n", 1)[0]
    divider = max(",;\t", key=first.count)
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST))  # a text may be longer than the usual limit
    rows = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=divider)
    try:
        columns = [column.strip().lower() for column in next(rows, [])]
        for row in rows:
            record = Record()
            for column, value in zip(columns, row, strict=False):
                _take(record, column, value)
            if record.fields or record.text:
                yield record
    except csv.Error:
        raise UserError(f"{name} is a damaged table: its rows cannot be told apart.") from None


def _take(record: Record, column: str, value: str) -> None:
    if column in _TEXTS:
        lines = re.split(r"\n+|<br\s*/?>|</?p>", normalise(value))
        record.text += [Line(words) for line in lines if (words := one_line(line))]
    elif column in _COLUMNS:
        record.take(_COLUMNS[column], value.replace("\n", " "))
