"""A taxonomy as a file: the CSV that people edit, and the JSON that is shipped."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from annotate.codebook_cells import cells, columns_of, make, placed, said
from annotate.codebook_rows import from_rows
from annotate.codetree import in_order
from annotate.errors import UserError
from annotate.model import Code, Taxonomy
from annotate.relations import entries, from_entries

HEAD = ("slug", "title", "version", "licence", "source", "credit", "note", "language")


def read_csv(text: str, *, slug: str, title: str) -> Taxonomy:
    """The taxonomy in a CSV whose first line names the columns (divided by comma, semicolon or tab).

    Needed is a label; the usual other names of columns are understood. A parent is given by id or notation.
    A code without an id gets `slug:notation` (or `slug:label`), so that reading twice gives the same ids.
    Raises UserError with the line that does not fit.
    """
    return Taxonomy(slug, slug, title, codes=from_rows(csv_rows(text), slug=slug).codes)


def write_csv(taxonomy: Taxonomy) -> str:
    """The codes in tree order under `columns_of` them; `read_csv` gives the same codes back."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    columns = columns_of(taxonomy.codes)
    writer.writerow(columns)
    writer.writerows(cells(code, columns) for code in in_order(taxonomy.codes))
    return out.getvalue()


def read_json(text: str) -> Taxonomy:
    """The taxonomy in the shape that is shipped. Raises UserError with the place that does not fit."""
    try:
        data = json.loads(text)
    except ValueError as error:
        line = f"Line {error.lineno}: " if isinstance(error, json.JSONDecodeError) else ""
        raise UserError(f"{line}This is not JSON.") from error
    if not isinstance(data, dict) or not isinstance(data.get("codes"), list) or not data.get("slug"):
        raise UserError("This JSON holds no taxonomy: it needs “slug” and “codes”.")
    head: dict[str, Any] = {name: str(data.get(name) or "") for name in HEAD}
    where = [f"Code {number}" for number in range(1, len(data["codes"]) + 1)]
    codes = tuple(
        _from_entry(entry, place, head["slug"]) for entry, place in zip(data["codes"], where, strict=True)
    )
    locked = data.get("locked") is True
    types = from_entries(data.get("relations"), head["slug"], codes)
    whole = Taxonomy(id=head["slug"], **head, locked=locked, codes=placed(codes, where), relation_types=types)
    if not data.get("rules") and not data.get("questions"):
        return whole
    from annotate.rule_files import with_uses

    return with_uses(whole, data)


def write_json(taxonomy: Taxonomy) -> str:
    """The shape that is shipped: the taxonomy's own fields, then a code a line; empty fields left out."""
    head = [f"  {json.dumps(n)}: {_dumped(getattr(taxonomy, n))}" for n in HEAD if getattr(taxonomy, n)]
    head += ['  "locked": true'] if taxonomy.locked else []
    codes = ",\n".join(f"    {_dumped(said(code))}" for code in in_order(taxonomy.codes))
    lists = [f'  "codes": [\n{codes}\n  ]']
    if taxonomy.relation_types:
        types = ",\n".join(f"    {_dumped(entry)}" for entry in entries(taxonomy.relation_types))
        lists.append(f'  "relations": [\n{types}\n  ]')
    return "{\n" + ",\n".join(head + lists) + _uses(taxonomy) + "\n}\n"


def _uses(taxonomy: Taxonomy) -> str:
    """Rules and questions, one a line."""
    if not taxonomy.rules and not taxonomy.questions:
        return ""
    from annotate.rule_files import said as uses_said

    return "".join(
        f',\n  "{name}": [\n' + ",\n".join(f"    {_dumped(each)}" for each in listed) + "\n  ]"
        for name, listed in uses_said(taxonomy).items()
    )


def slug_of(title: str) -> str:
    return re.sub(r"[^\w]+", "-", title.lower()).strip("-") or "codes"


def csv_rows(text: str) -> Iterator[tuple[str, list[str]]]:
    """Where it stands and its cells, for each row that is not empty."""
    text = text.removeprefix("\ufeff")
    header = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield f"Line {line}", cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise UserError(f"Line {line}: this is not readable as CSV ({error}).") from error


def _from_entry(entry: object, place: str, slug: str) -> Code:
    if not isinstance(entry, dict) or not entry.get("id"):
        raise UserError(f"{place}: it has no id.")
    return make(entry, place, slug)


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
