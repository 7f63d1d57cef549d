"""Taxonomies and their codes, and what can be done to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from annotate.errors import UserError
from annotate.ids import new_id
from annotate.model import Code, Taxonomy
from annotate.taxonomy import in_order
from storage import highlights
from storage.project import Project
from storage.steps import Row, Step

TAXONOMY_FIELDS = "id, slug, title, version, licence, source, credit, note, position"
CODE_FIELDS = (
    "id, taxonomy, parent, notation, label, definition, use_when, avoid_when, examples, colour, shortcut, "
    "assignable, position"
)
CODE_EDITABLE = (
    "notation", "label", "definition", "use_when", "avoid_when", "examples", "colour", "shortcut",
    "assignable", "parent", "position", "taxonomy",
)  # fmt: skip


def all_taxonomies(project: Project) -> list[Taxonomy]:
    """Every taxonomy with its codes in tree order."""
    by_taxonomy: dict[str, list[Code]] = {}
    for row in project.rows(f"SELECT {CODE_FIELDS} FROM code ORDER BY taxonomy, position, id"):
        code = _code(row)
        by_taxonomy.setdefault(code.taxonomy, []).append(code)
    return [
        replace(Taxonomy(*row), codes=in_order(by_taxonomy.get(row[0], [])))
        for row in project.rows(f"SELECT {TAXONOMY_FIELDS} FROM taxonomy ORDER BY position, id")
    ]


def code(project: Project, id: str) -> Code | None:
    found = project.rows(f"SELECT {CODE_FIELDS} FROM code WHERE id = ?", [id])
    return _code(found[0]) if found else None


def add(step: Step, taxonomy: Taxonomy) -> None:
    """Adds a taxonomy with its codes. Raises UserError if its slug or one of its ids is taken."""
    known = step.db.conn.execute("SELECT 1 FROM taxonomy WHERE slug = ?", [taxonomy.slug]).fetchone()
    if known:
        raise UserError(f"The taxonomy “{taxonomy.title}” is in the project already.")
    taken = step.rows("code", [code.id for code in taxonomy.codes])
    if taken:
        raise UserError(
            f"The code ids of “{taxonomy.title}” are in the project already ({next(iter(taken))})."
        )
    position = int(step.db.conn.execute("SELECT coalesce(max(position), 0) + 1 FROM taxonomy").fetchone()[0])
    names = TAXONOMY_FIELDS.split(", ")
    step.add("taxonomy", [{name: getattr(taxonomy, name) for name in names} | {"position": position}])
    step.add("code", [as_row(code) | {"taxonomy": taxonomy.id} for code in taxonomy.codes])


def make_code(taxonomy: str, parent: str | None, label: str, *, notation: str = "", **more: Any) -> Code:
    """A new code of one's own."""
    label = label.strip()
    if not label:
        raise UserError("A code needs a label.")
    return Code(new_id(), taxonomy, parent, notation.strip(), label, **more)


def add_codes(step: Step, codes: Sequence[Code]) -> None:
    """Adds codes behind their last sibling."""
    for code in codes:
        last = step.db.conn.execute(
            "SELECT coalesce(max(position), -1) FROM code WHERE taxonomy = ? AND parent IS ?",
            [code.taxonomy, code.parent],
        ).fetchone()[0]
        step.add("code", [as_row(code) | {"position": last + 1}])


def edit_codes(step: Step, ids: Iterable[str], **values: Any) -> None:
    if unknown := set(values) - set(CODE_EDITABLE):
        raise ValueError(f"not editable: {unknown}")
    if "label" in values and not values["label"].strip():
        raise UserError("A code needs a label.")
    step.edit("code", [{"id": id, **values} for id in ids])


def rename_taxonomy(step: Step, id: str, title: str) -> None:
    if not title.strip():
        raise UserError("A taxonomy needs a title.")
    step.edit("taxonomy", [{"id": id, "title": title.strip()}])


def move_codes(step: Step, changed: Iterable[Code]) -> None:
    """Stores the new parents and positions that annotate.taxonomy worked out."""
    step.edit(
        "code",
        [
            {"id": code.id, "parent": code.parent, "position": code.position, "taxonomy": code.taxonomy}
            for code in changed
        ],
    )


def remove_codes(step: Step, ids: Iterable[str], *, marks: str = "keep", to: str | None = None) -> None:
    """Deletes codes with all below them. Their marks are kept without code ("keep"), go to another
    code ("move", `to`), or are deleted too ("delete").
    """
    doomed = _with_descendants(step, ids)
    if to in doomed:
        raise UserError("The marks cannot go to a code that is deleted with them.")
    for code in doomed:
        held = [id for (id,) in step.db.conn.execute("SELECT id FROM highlight WHERE code = ?", [code])]
        if marks == "delete":
            highlights.remove(step, held)
        else:
            highlights.edit(step, held, code=to if marks == "move" else None)
        _free_lost(step, code, marks, to)
    step.remove("code", doomed)


def _free_lost(step: Step, code: str, marks: str, to: str | None) -> None:
    """The same for marks that lost their place."""
    rows = step.db.conn.execute("SELECT id FROM lost_highlight WHERE code = ?", [code]).fetchall()
    held = [id for (id,) in rows]
    if marks == "delete":
        step.remove("lost_highlight", held)
    else:
        step.edit("lost_highlight", [{"id": id, "code": to if marks == "move" else None} for id in held])


def remove_taxonomy(step: Step, id: str, *, marks: str = "keep") -> None:
    roots = step.db.conn.execute("SELECT id FROM code WHERE taxonomy = ? AND parent IS NULL", [id])
    remove_codes(step, [code for (code,) in roots.fetchall()], marks=marks)
    step.remove("taxonomy", [id])


def as_row(code: Code) -> Row:
    return {name: getattr(code, name) for name in CODE_FIELDS.split(", ")} | {
        "assignable": int(code.assignable)
    }


def _with_descendants(step: Step, ids: Iterable[str]) -> list[str]:
    doomed = list(dict.fromkeys(ids))
    known = set(doomed)
    for parent in doomed:
        for (child,) in step.db.conn.execute("SELECT id FROM code WHERE parent = ?", [parent]).fetchall():
            if child not in known:
                known.add(child)
                doomed.append(child)
    return doomed


def _code(row: tuple[Any, ...]) -> Code:
    values: dict[str, Any] = {
        name: "" if value is None and name != "parent" else value
        for name, value in zip(CODE_FIELDS.split(", "), row, strict=True)
    }
    return Code(**values | {"assignable": bool(values["assignable"]), "position": values["position"] or 0})
