"""A code of the cells of a row: what columns are called, what may stand in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotate.codetree import PALETTE, check_tree, in_order
from annotate.errors import UserError
from annotate.model import Code

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
    "preflabel": "label",
    "term": "label",
    "parent_id": "parent",
    "parent_code": "parent",
    "broader": "parent",
    "note": "definition",
    "description": "definition",
    "scope_note": "definition",
    "scope_note_own_words": "definition",
    "use": "use_when",
    "do_not_use_when": "avoid_when",
    "example": "examples",
    "color": "colour",
    "full_path": "path",
    "hierarchy": "path",
}
PROSE = ("definition", "use_when", "avoid_when", "examples")
YES = {"", "yes", "true", "1", "y"}
NO = {"no", "false", "0", "n"}


def column(cell: str, columns: Mapping[str, str]) -> str:
    """What a column holds, by its name or as `columns` says."""
    if said := columns.get(cell.strip()):
        cell = said
    name = re.sub(r"[\s_-]+", "_", cell.strip().lower())
    return OTHER_NAMES.get(name, name)


def make(cells: Mapping[str, str], slug: str, place: str, *, assignable: bool) -> Code:
    """A code of its cells. Raises UserError for a colour that is none."""
    colour = cells["colour"]
    if colour and colour not in PALETTE and not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise UserError(f"{place}: the colour “{colour}” is neither one of the palette's names nor #rrggbb.")
    fields: dict[str, Any] = {name: cell for name, cell in cells.items() if name != "parent"}
    return Code(**fields, parent=cells["parent"] or None, taxonomy=slug, assignable=assignable)


def from_cells(row: Mapping[str, str], place: str, slug: str, path: str = "") -> Code:
    cells = {name: row.get(name, "") if name in PROSE else row.get(name, "").strip() for name in COLUMNS}
    assignable = is_yes(cells.pop("assignable"), place)
    unnamed = f"{slug}:{cells['notation'] or path or cells['label']}"
    return make(cells | {"id": cells["id"] or unnamed}, slug, place, assignable=assignable)


def placed(codes: Sequence[Code], where: Sequence[str]) -> tuple[Code, ...]:
    """Checked, numbered among their siblings in the order of the file, and in tree order."""
    check_tree(codes, where)
    count: dict[str | None, int] = {}
    found = []
    for code in codes:
        found.append(replace(code, position=count.get(code.parent, 0)))
        count[code.parent] = found[-1].position + 1
    return in_order(found)


def is_yes(said: str, place: str) -> bool:
    """Whether a code is assignable. Raises UserError for what is neither yes nor no."""
    if said.lower() not in YES | NO:
        raise UserError(f"{place}: “assignable” is yes or no, not “{said.lower()}”.")
    return said.lower() not in NO
