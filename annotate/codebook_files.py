"""A taxonomy as a file: the CSV that people edit, and the JSON that is shipped."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotate.codetree import PALETTE, check_tree, in_order
from annotate.errors import UserError
from annotate.model import Code, Taxonomy

COLUMNS = (
    "id",
    "notation",
    "label",
    "parent",
    "definition",
    "use_when",
    "avoid_when",
    "examples",
    "colour",
    "shortcut",
    "assignable",
)
OTHER_NAMES = {
    "code": "notation",
    "name": "label",
    "title": "label",
    "parent_id": "parent",
    "note": "definition",
    "description": "definition",
    "scope_note": "definition",
    "scope_note_own_words": "definition",
    "use": "use_when",
    "do_not_use_when": "avoid_when",
    "example": "examples",
    "color": "colour",
}
PROSE = ("definition", "use_when", "avoid_when", "examples")
YES = {"", "yes", "true", "1", "y"}
NO = {"no", "false", "0", "n"}
HEAD = ("slug", "title", "version", "licence", "source", "credit", "note")


def read_csv(text: str, *, slug: str, title: str) -> Taxonomy:
    """The taxonomy in a CSV whose first line names the columns (divided by comma, semicolon or tab).

    Needed is a label; the usual other names of columns are understood. A parent is given by id or notation.
    A code without an id gets `slug:notation` (or `slug:label`), so that reading twice gives the same ids.
    Raises UserError with the line that does not fit.
    """
    rows = list(_rows(text))
    codes = tuple(_from_row(row, line, slug) for line, row in rows)
    where = [f"Line {line}" for line, _ in rows]
    return Taxonomy(slug, slug, title, codes=_placed(_with_parent_ids(codes, where), where))


def write_csv(taxonomy: Taxonomy) -> str:
    """The codes in tree order under `COLUMNS`; `read_csv` gives the same codes back."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for code in in_order(taxonomy.codes):
        row = [getattr(code, name) or "" for name in COLUMNS[:-1]]
        writer.writerow([*row, "yes" if code.assignable else "no"])
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
    return Taxonomy(id=head["slug"], **head, codes=_placed(codes, where))


def write_json(taxonomy: Taxonomy) -> str:
    """The shape that is shipped: the taxonomy's own fields, then a code a line; empty fields left out."""
    head = [f"  {json.dumps(n)}: {_dumped(getattr(taxonomy, n))}" for n in HEAD if getattr(taxonomy, n)]
    codes = ",\n".join(f"    {_dumped(_entry(code))}" for code in in_order(taxonomy.codes))
    return "{\n" + ",\n".join(head) + ',\n  "codes": [\n' + codes + "\n  ]\n}\n"


def slug_of(title: str) -> str:
    return re.sub(r"[^\w]+", "-", title.lower()).strip("-") or "codes"


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells by column for each row that is not empty."""
    text = text.removeprefix("\ufeff")
    header = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count), strict=True)
    names: list[str] = []
    line = 1
    try:
        for cells in reader:
            if not names:
                names = [_column(cell) for cell in cells]
            elif any(cell.strip() for cell in cells):
                yield line, dict(zip(names, cells, strict=False))
            line = reader.line_num + 1
    except csv.Error as error:
        raise UserError(f"Line {line}: this is not readable as CSV ({error}).") from error
    if "label" not in names:
        raise UserError("Line 1: the first line must name the columns, one of them “label”.")


def _column(cell: str) -> str:
    name = re.sub(r"[\s_-]+", "_", cell.strip().lower())
    return OTHER_NAMES.get(name, name)


def _from_row(row: Mapping[str, str], line: int, slug: str) -> Code:
    cells = {name: row.get(name, "") if name in PROSE else row.get(name, "").strip() for name in COLUMNS}
    assignable = cells.pop("assignable").lower()
    if assignable not in YES | NO:
        raise UserError(f"Line {line}: “assignable” is yes or no, not “{assignable}”.")
    fallback = f"{slug}:{cells['notation'] or cells['label']}"
    return _code(
        cells | {"id": cells["id"] or fallback}, slug, f"Line {line}", assignable=assignable not in NO
    )


def _from_entry(entry: object, place: str, slug: str) -> Code:
    if not isinstance(entry, dict) or not entry.get("id"):
        raise UserError(f"{place}: it has no id.")
    cells = {name: str(entry.get(name) or "") for name in COLUMNS[:-1]}
    return _code(cells, slug, place, assignable=entry.get("assignable", True) is not False)


def _code(cells: Mapping[str, str], slug: str, place: str, *, assignable: bool) -> Code:
    colour = cells["colour"]
    if colour and colour not in PALETTE and not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise UserError(f"{place}: the colour “{colour}” is neither one of the palette's names nor #rrggbb.")
    fields: dict[str, Any] = {name: cell for name, cell in cells.items() if name != "parent"}
    return Code(**fields, parent=cells["parent"] or None, taxonomy=slug, assignable=assignable)


def _with_parent_ids(codes: Sequence[Code], where: Sequence[str]) -> tuple[Code, ...]:
    """Parents given by notation become ids."""
    ids = {code.id for code in codes}
    of_notation: dict[str, list[str]] = {}
    for code in codes:
        of_notation.setdefault(code.notation, []).append(code.id)
    found = []
    for code, place in zip(codes, where, strict=True):
        if code.parent is not None and code.parent not in ids:
            meant = of_notation.get(code.parent, [])
            if len(meant) > 1:
                raise UserError(f"{place}: the parent “{code.parent}” is the notation of more than one code.")
            code = replace(code, parent=meant[0] if meant else code.parent)
        found.append(code)
    return tuple(found)


def _placed(codes: Sequence[Code], where: Sequence[str]) -> tuple[Code, ...]:
    """Checked, numbered among their siblings in the order of the file, and in tree order."""
    check_tree(codes, where)
    count: dict[str | None, int] = {}
    placed = []
    for code in codes:
        placed.append(replace(code, position=count.get(code.parent, 0)))
        count[code.parent] = placed[-1].position + 1
    return in_order(placed)


def _entry(code: Code) -> dict[str, Any]:
    entry: dict[str, Any] = {name: getattr(code, name) for name in COLUMNS[:-1] if getattr(code, name)}
    return entry if code.assignable else entry | {"assignable": False}


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
