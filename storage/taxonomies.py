"""Taxonomies and their codes, and what can be done to them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotate.codetree import in_order
from annotate.errors import UserError
from annotate.ids import new_id
from annotate.model import Code, CodeKind, Scope, Taxonomy
from annotate.relations import RelationType
from storage import change_log, highlights, relations, standards
from storage.change_log import What
from storage.project import Project
from storage.steps import Row, Step

TAXONOMY_FIELDS = "id, slug, title, version, licence, source, credit, note, position, locked, language, shown"
TAXONOMY_NAMES = tuple(TAXONOMY_FIELDS.split(", "))
CODE_FIELDS = (
    "id, taxonomy, parent, notation, label, definition, use_when, avoid_when, examples, colour, shortcut, "
    "assignable, position, counter_examples, synonyms, related, retired, replaced_by, labels, kind, scope, own"
)
FIELD_NAMES = tuple(CODE_FIELDS.split(", "))
LISTS = ("synonyms", "related")
FLAGS = ("assignable", "retired", "own")
_AT = {name: at for at, name in enumerate(FIELD_NAMES)}
_AT_LISTS, _AT_FLAGS = [_AT[name] for name in LISTS], [_AT[name] for name in FLAGS]
CODE_EDITABLE = (
    "notation", "label", "definition", "use_when", "avoid_when", "examples", "colour", "shortcut",
    "assignable", "parent", "position", "taxonomy", "counter_examples", "synonyms", "related",
    "retired", "replaced_by", "labels", "kind", "scope", "own",
)  # fmt: skip


def all_taxonomies(project: Project, *, uses: bool = True) -> list[Taxonomy]:
    """Every taxonomy with its codes in tree order; without `uses` its rules and questions are left out."""
    by_taxonomy: dict[str, list[Code]] = {}
    for row in project.rows(f"SELECT {CODE_FIELDS} FROM code ORDER BY taxonomy, position, id"):
        code = _code(row)
        by_taxonomy.setdefault(code.taxonomy, []).append(code)
    types: dict[str, list[RelationType]] = {}
    for type in relations.all_types(project):
        types.setdefault(type.taxonomy, []).append(type)
    found = [
        _taxonomy(row, in_order(by_taxonomy.get(row[0], [])), tuple(types.get(row[0], ())))
        for row in project.rows(f"SELECT {TAXONOMY_FIELDS} FROM taxonomy ORDER BY position, id")
    ]
    if not uses or not project.value("SELECT EXISTS (SELECT 1 FROM rule) OR EXISTS (SELECT 1 FROM question)"):
        return found  # and the modules of rules and questions need not be loaded
    from storage.code_uses import with_uses

    return with_uses(project, found)


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
    row = {name: getattr(taxonomy, name) for name in TAXONOMY_NAMES}
    step.add("taxonomy", [row | {"locked": int(taxonomy.locked), "position": position}])
    step.add("code", [as_row(code) | {"taxonomy": taxonomy.id} for code in taxonomy.codes])
    relations.put_types_in(step, [replace(type, taxonomy=taxonomy.id) for type in taxonomy.relation_types])
    if taxonomy.rules or taxonomy.questions:
        from storage.code_uses import add_uses

        add_uses(step, taxonomy)


def make_code(taxonomy: str, parent: str | None, label: str, *, notation: str = "", **more: Any) -> Code:
    """A new code of one's own."""
    label = label.strip()
    if not label:
        raise UserError("A code needs a label.")
    return Code(new_id(), taxonomy, parent, notation.strip(), label, **more)


def add_codes(step: Step, codes: Sequence[Code], *, reason: str = "") -> None:
    """Adds codes behind their last sibling. The log of changes says so."""
    for code, own in zip(codes, standards.at_home(step, codes), strict=True):
        code = replace(code, own=own or code.own)
        position = step.next_position("code", taxonomy=code.taxonomy, parent=code.parent)
        step.add("code", [as_row(code) | {"position": position}])
        change_log.note(step, What.ADDED, code, reason)


def edit_codes(step: Step, ids: Iterable[str], *, reason: str = "", **values: Any) -> None:
    """Changes fields of codes; what is worth remembering goes into the log of changes."""
    if unknown := set(values) - set(CODE_EDITABLE):
        raise ValueError(f"not editable: {unknown}")
    if "label" in values and not values["label"].strip():
        raise UserError("A code needs a label.")
    ids = list(ids)
    before = codes_of(step, ids)
    standards.keep(step, before.values(), values)
    stored = {name: _stored(name, value) for name, value in values.items()}
    step.edit("code", [{"id": id, **stored} for id in ids])
    after = [replace(code, **values) for code in before.values()]
    for code in after:
        change_log.note_edit(step, before[code.id], code, reason)
    _note_moves(step, before, after, reason)


def rename_taxonomy(step: Step, id: str, title: str) -> None:
    if not title.strip():
        raise UserError("A taxonomy needs a title.")
    step.edit("taxonomy", [{"id": id, "title": title.strip()}])


def move_codes(step: Step, changed: Iterable[Code], *, reason: str = "") -> None:
    """Stores the new parents and positions that annotate.codetree worked out."""
    changed = list(changed)
    before = codes_of(step, [code.id for code in changed])
    own = standards.placed(step, before, changed)
    step.edit(
        "code",
        [
            {
                "id": code.id,
                "parent": code.parent,
                "position": code.position,
                "taxonomy": code.taxonomy,
                "own": int(own[code.id]),
            }
            for code in changed
        ],
    )
    _note_moves(step, before, changed, reason)
    if carried := [code for code in changed if code.taxonomy != before[code.id].taxonomy]:
        from storage import code_uses

        code_uses.codes_moved(step, carried)


def _note_moves(step: Step, before: Mapping[str, Code], after: Sequence[Code], reason: str) -> None:
    """A line for each code that hangs elsewhere now, with the labels of what it hung under."""
    arrived = {code.id for code in after}
    moved = [
        code
        for code in after
        if before[code.id].parent != code.parent
        or (before[code.id].taxonomy != code.taxonomy and code.parent not in arrived)
    ]
    parents = {parent for code in moved for parent in (before[code.id].parent, code.parent) if parent}
    labels = {id: parent.label for id, parent in codes_of(step, list(parents)).items()}
    for code in moved:
        old, new = before[code.id].parent or "", code.parent or ""
        change_log.note(step, What.MOVED, code, reason, before=labels.get(old, ""), after=labels.get(new, ""))


def remove_codes(
    step: Step, ids: Iterable[str], *, marks: str = "keep", to: str | None = None, reason: str = ""
) -> None:
    """Deletes codes with all below them. Their marks are kept without code ("keep"), go to another
    code ("move", `to`), or are deleted too ("delete"). What points to them points there no more.
    """
    doomed = with_descendants(step, ids)
    gone = codes_of(step, doomed)
    standards.keep(step, gone.values())
    _remove(step, doomed, marks, to)
    point_elsewhere(step, set(doomed), None)
    for code in gone.values():
        change_log.note(step, What.REMOVED, code, reason)


def _remove(step: Step, doomed: list[str], marks: str, to: str | None) -> None:
    from storage import code_uses

    if to in doomed:
        raise UserError("The marks cannot go to a code that is deleted with them.")
    code_uses.codes_gone(step, list(codes_of(step, doomed).values()), to if marks == "move" else None)
    for code in doomed:
        held = step.ids_where("highlight", "code", [code])
        if marks == "delete":
            highlights.remove(step, held)
        else:
            highlights.edit(step, held, code=to if marks == "move" else None)
        _free_lost(step, code, marks, to)
    step.remove("code", doomed)


def _free_lost(step: Step, code: str, marks: str, to: str | None) -> None:
    """The same for marks that lost their place."""
    held = step.ids_where("lost_highlight", "code", [code])
    if marks == "delete":
        relations.forget_marks(step, held)
        step.remove("lost_highlight", held)
    else:
        step.edit("lost_highlight", [{"id": id, "code": to if marks == "move" else None} for id in held])


def remove_taxonomy(step: Step, id: str, *, marks: str = "keep") -> None:
    from storage import code_uses, crosswalks

    codes = step.ids_where("code", "taxonomy", [id])
    code_uses.taxonomy_gone(step, id)
    _remove(step, codes, marks, None)
    point_elsewhere(step, set(codes), None)
    relations.forget_taxonomy(step, id)
    crosswalks.forget_taxonomy(step, id)
    change_log.forget(step, id)
    step.remove("taxonomy_version", step.ids_where("taxonomy_version", "taxonomy", [id]))
    step.remove("taxonomy", [id])


def point_elsewhere(step: Step, ids: set[str], to: str | None) -> None:
    """Codes that name one of `ids` as related, or as what replaces them, name `to` instead, or nothing; so do the
    types of relations.
    """
    from storage import crosswalks

    relations.point_elsewhere(step, ids, to)
    crosswalks.point_elsewhere(step, ids, to)
    pointing = step.db.conn.execute(
        f"SELECT {CODE_FIELDS} FROM code WHERE replaced_by IS NOT NULL OR related IS NOT NULL"
    ).fetchall()
    for row in pointing:
        code = _code(row)
        if code.id in ids or not ids.intersection((*code.related, code.replaced_by)):
            continue
        related = dict.fromkeys(to if id in ids else id for id in code.related)
        replaced_by = to if code.replaced_by in ids else code.replaced_by
        row_after = {
            "id": code.id,
            "related": _stored("related", tuple(id for id in related if id and id != code.id)),
            "replaced_by": None if replaced_by == code.id else replaced_by,
        }
        step.edit("code", [row_after])


def codes_of(step: Step, ids: Sequence[str]) -> dict[str, Code]:
    """The codes as they stand in this step, by id."""
    rows = step.rows("code", ids)
    return {id: _code(tuple(row[name] for name in FIELD_NAMES)) for id, row in rows.items()}


def as_row(code: Code) -> Row:
    return {name: _stored(name, getattr(code, name)) for name in FIELD_NAMES}


def _stored(name: str, value: Any) -> Any:
    """A field's value as its column has it."""
    if name in LISTS:
        return json.dumps(value, ensure_ascii=False) if value else None
    if name == "labels":
        return json.dumps(dict(value), ensure_ascii=False) if value else None
    return int(value) if name in FLAGS else value


def with_descendants(step: Step, ids: Iterable[str]) -> list[str]:
    doomed = list(dict.fromkeys(ids))
    known = set(doomed)
    for parent in doomed:
        for child in step.ids_where("code", "parent", [parent]):
            if child not in known:
                known.add(child)
                doomed.append(child)
    return doomed


def _taxonomy(row: tuple[Any, ...], codes: tuple[Code, ...], types: tuple[RelationType, ...]) -> Taxonomy:
    values: dict[str, Any] = {
        name: "" if value is None else value for name, value in zip(TAXONOMY_NAMES, row, strict=True)
    }
    return Taxonomy(**values | {"locked": bool(values["locked"]), "codes": codes, "relation_types": types})


def _code(row: Sequence[Any]) -> Code:
    """A row of CODE_FIELDS, which stand in the order of the value's own fields."""
    values: list[Any] = ["" if value is None else value for value in row]
    values[_AT["parent"]], values[_AT["replaced_by"]] = row[_AT["parent"]], row[_AT["replaced_by"]]
    values[_AT["position"]] = row[_AT["position"]] or 0
    for at in _AT_FLAGS:
        values[at] = bool(row[at])
    for at in _AT_LISTS:
        values[at] = tuple(json.loads(row[at])) if row[at] else ()
    labels, kind, scope = _AT["labels"], _AT["kind"], _AT["scope"]
    values[labels] = tuple(json.loads(row[labels]).items()) if row[labels] else ()
    values[kind] = CodeKind(row[kind]) if row[kind] else CodeKind.PLAIN
    values[scope] = Scope(row[scope]) if row[scope] else Scope.SPAN
    return Code(*values)
