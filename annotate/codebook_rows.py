"""Codes in the rows of a table: trees given by a parent, by a path or by columns of levels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from annotate.codebook_cells import column, make, placed
from annotate.errors import UserError
from annotate.model import Code

DIVIDERS = (" > ", ">", "\\", "|", "::", " / ", "/")
_LEVEL = re.compile(r"(?:level|label|tier|l)_?\d{1,2}")

Row = tuple[str, dict[str, str]]  # where it stands ("Line 7"), cells by column
Placed = tuple[str, Sequence[str]]  # where it stands, cells


@dataclass(frozen=True, slots=True)
class Listed:
    """The codes of a table in tree order. `taxonomy` and `version`: what columns of that name say."""

    codes: tuple[Code, ...]
    taxonomy: str = ""
    version: str = ""
    notes: tuple[str, ...] = ()


def from_rows(
    rows: Iterable[Placed],
    *,
    slug: str = "",
    fallback: str = "codes",
    columns: Mapping[str, str] | None = None,
) -> Listed:
    """The first row names the columns; `columns` says what those mean that are called otherwise.

    A code without an id gets `slug:notation` (or `slug:label`, or its path), so that reading twice gives the same
    ids. Where the rows are of several taxonomies, `slug` says which. Raises UserError with the row that does not fit.
    """
    given = iter(rows)
    place, header = next(given, ("Line 1", ()))
    names = [column(cell, columns or {}) for cell in header]
    levels = _levels(names)
    if "label" not in names and "path" not in names and not levels:
        raise UserError(
            f"{place}: the first line must name the columns, one of them “label” (or “path”, or levels)."
        )
    listed, taxonomy = _of_one_taxonomy([(place, _cells(names, row, levels)) for place, row in given], slug)
    slug = slug or taxonomy or fallback
    versions = {cells.get("version", "") for _, cells in listed}
    notes: list[str] = []
    if levels and "parent" not in names:
        codes = _along_paths(_outline(listed, levels), slug, notes)
    elif "path" in names and "parent" not in names:
        codes = _along_paths(_paths(listed), slug, notes)
    else:
        found = [make(cells, place, slug) for place, cells in listed]
        codes = _with_parent_ids(found, [place for place, _ in listed])
    codes = placed(
        codes, [place for place, _ in listed] if len(codes) == len(listed) else ["The file"] * len(codes)
    )
    return Listed(codes, taxonomy, versions.pop() if len(versions) == 1 else "", tuple(notes))


def _levels(names: Sequence[str]) -> list[int]:
    """Columns one for each level of the tree: called so, or a label with nameless columns behind it."""
    named = [at for at, name in enumerate(names) if _LEVEL.fullmatch(name)]
    if len(named) > 1:
        return named
    if "label" not in names:
        return []
    first = last = names.index("label")
    while last + 1 < len(names) and not names[last + 1]:
        last += 1
    return list(range(first, last + 1)) if last > first else []


def _cells(names: Sequence[str], row: Sequence[str], levels: Sequence[int]) -> dict[str, str]:
    """Cells by column; those of levels by their place."""
    cells = dict(zip(names, row, strict=False))
    return cells | {f"\0{at}": row[at].strip() if at < len(row) else "" for at in levels}


def _of_one_taxonomy(rows: Sequence[Row], slug: str) -> tuple[list[Row], str]:
    """Of a codebook of several taxonomies the rows of one, and its slug; "" where none is named."""
    slugs = list(dict.fromkeys(cells.get("taxonomy", "").strip() for _, cells in rows))
    if slug in slugs:
        return [row for row in rows if row[1].get("taxonomy", "").strip() == slug], slug
    if len(slugs) > 1:
        said = ", ".join(filter(None, slugs))
        raise UserError(f"The file holds several taxonomies; name one of them as slug: {said}.")
    return list(rows), slugs[0] if slugs else ""


def _with_parent_ids(codes: Sequence[Code], where: Sequence[str]) -> tuple[Code, ...]:
    """Parents given by notation, or else by label, become ids."""
    ids = {code.id for code in codes}
    named: dict[str, dict[str, list[str]]] = {"notation": {}, "label": {}}
    for code in codes:
        for kind, held in named.items():
            held.setdefault(getattr(code, kind), []).append(code.id)
    found = []
    for code, place in zip(codes, where, strict=True):
        if code.parent is not None and code.parent not in ids:
            kind = "notation" if code.parent in named["notation"] else "label"
            meant = named[kind].get(code.parent, [])
            if len(meant) > 1:
                raise UserError(f"{place}: the parent “{code.parent}” is the {kind} of more than one code.")
            code = replace(code, parent=meant[0] if meant else code.parent)
        found.append(code)
    return tuple(found)


def _outline(rows: Sequence[Row], levels: Sequence[int]) -> Iterator[tuple[Row, tuple[str, ...]]]:
    """Each row with its path: what stands left of its first label is as in the row before."""
    before: tuple[str, ...] = ()
    for place, cells in rows:
        labels = [cells[f"\0{at}"] for at in levels]
        first = next((at for at, label in enumerate(labels) if label), None)
        if first is None:
            raise UserError(f"{place}: the code has no label.")
        if first > len(before):
            raise UserError(
                f"{place}: “{labels[first]}” stands more than one level below the code before it."
            )
        own = labels[first:]
        while own and not own[-1]:
            own.pop()
        if "" in own:
            raise UserError(f"{place}: a level between “{own[0]}” and “{own[-1]}” is empty.")
        before = (*before[:first], *own)
        yield (place, cells), before


def _paths(rows: Sequence[Row]) -> Iterator[tuple[Row, tuple[str, ...]]]:
    """Each row with its path, which ends with the code's label or, where all do not, with its parent."""
    divider = next(
        (each for each in DIVIDERS if any(each in cells.get("path", "") for _, cells in rows)), DIVIDERS[0]
    )
    split = [
        tuple(filter(None, (part.strip() for part in cells.get("path", "").split(divider))))
        for _, cells in rows
    ]
    labels = [cells.get("label", "").strip() for _, cells in rows]
    whole = all(not label or path[-1:] == (label,) for path, label in zip(split, labels, strict=True))
    for row, path, label in zip(rows, split, labels, strict=True):
        way = path if whole else (*path, label)
        if not way or not way[-1]:
            raise UserError(f"{row[0]}: the code has no label.")
        yield row, way


def _along_paths(
    rows: Iterable[tuple[Row, tuple[str, ...]]], slug: str, notes: list[str]
) -> tuple[Code, ...]:
    """A code for each row, and for each step of a path that has no row of its own."""
    found: dict[tuple[str, ...], Code | None] = {}
    places: dict[tuple[str, ...], str] = {}
    for (place, cells), way in rows:
        if way in places:
            raise UserError(
                f"{place}: the path “{' > '.join(way)}” was already used ({places[way].lower()})."
            )
        places[way] = place
        for depth in range(1, len(way)):
            found.setdefault(way[:depth], None)
        found[way] = make({**cells, "label": way[-1], "parent": ""}, place, slug, " > ".join(way))
    made = [
        code or make({"label": way[-1]}, "The file", slug, " > ".join(way)) for way, code in found.items()
    ]
    if missing := len(found) - len(places):
        notes.append(
            f"Codes that stand only in the paths of others: {missing:,}; they came in with their label."
        )
    ids = dict(zip(found, (code.id for code in made), strict=True))
    return tuple(replace(code, parent=ids.get(way[:-1])) for way, code in zip(found, made, strict=True))
