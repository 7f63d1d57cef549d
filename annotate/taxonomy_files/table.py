"""Codebooks as tables: CSV and Excel workbooks, with a parent, a path or columns of levels."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from annotate.codebook_cells import YES, cells, columns_of
from annotate.codebook_files import HEAD, csv_rows, slug_of
from annotate.codebook_rows import Listed, Placed, from_rows
from annotate.errors import UserError
from annotate.model import Taxonomy
from annotate.readers.encoding import decode
from annotate.taxonomy_files.incoming import NO_WISHES, Incoming, Wishes, some

ABOUT = "taxonomy"  # the sheet with what is said of the taxonomy itself
MOST = 200_000  # rows of a sheet


def read_csv(data: bytes, name: str, wishes: Wishes = NO_WISHES) -> Incoming:
    """The codes of a CSV (comma, semicolon or tab) of any encoding."""
    decoded = decode(data)
    if decoded is None:
        raise UserError(f"{name} is no text.")
    listed = _listed(csv_rows(decoded.text), slug_of(PurePath(name).stem), wishes)
    return _incoming(listed, {}, name, wishes, (decoded.note, *listed.notes))


def read_xlsx(data: bytes, name: str, wishes: Wishes = NO_WISHES) -> Incoming:
    """The codes of the first sheet whose first row names columns; what the sheet `taxonomy` says of them."""
    from annotate.readers.xlsx_table import sheets

    found = sheets(data, name, MOST)
    about = {row[0]: row[1] for title, rows in found if title == ABOUT for row in rows if len(row) > 1}
    problem = UserError(f"{name} has no sheet with rows.")
    left: list[str] = []
    listed: Listed | None = None
    for title, rows in found:
        if title == ABOUT or not rows:
            continue
        if listed is None:
            try:
                listed = _listed(_numbered(rows), about.get("slug") or slug_of(PurePath(name).stem), wishes)
                continue
            except UserError as error:
                problem = error if not left else problem
        left.append(title)
    if listed is None:
        raise problem
    notes = [*listed.notes, *([f"Sheets left out: {some(left)}."] if left else [])]
    return _incoming(listed, about, name, wishes, notes)


def write_xlsx(taxonomy: Taxonomy) -> tuple[bytes, tuple[str, ...]]:
    """A sheet of codes and one of what is said of the taxonomy; and what cells cannot hold."""
    from annotate.writers.tables import Table
    from annotate.writers.xlsx_spans import Workbook

    book = Workbook()
    columns = columns_of(taxonomy.codes)
    book.add(Table.plain("codes", columns, (tuple(cells(code, columns)) for code in taxonomy.codes)))
    book.add(Table.plain(ABOUT, ("field", "value"), _head(taxonomy)))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), tuple(book.notes())


def _head(taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    yield from ((name, getattr(taxonomy, name)) for name in HEAD)
    if taxonomy.locked:
        yield "locked", "yes"


def _listed(rows: Iterable[Placed], slug: str, wishes: Wishes) -> Listed:
    return from_rows(rows, slug=wishes.slug, fallback=slug, columns=wishes.columns)


def _numbered(rows: Sequence[Sequence[str]]) -> Iterable[Placed]:
    return ((f"Row {number}", row) for number, row in enumerate(rows, 1))


def _incoming(
    listed: Listed, about: Mapping[str, str], name: str, wishes: Wishes, notes: Iterable[str]
) -> Incoming:
    if not listed.codes:
        raise UserError(f"{name} holds no codes.")
    slug = listed.codes[0].taxonomy
    head: dict[str, Any] = {each: about.get(each, "") for each in HEAD} | {"slug": slug}
    head["title"] = wishes.title or head["title"] or PurePath(name).stem or "Codes"
    head["version"] = head["version"] or listed.version
    locked = about.get("locked", "").lower() in YES
    return Incoming(Taxonomy(slug, **head, codes=listed.codes, locked=locked), tuple(filter(None, notes)))
