"""Relations between marks and their types: read, made, changed, and kept right when marks and codes go."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotate.errors import UserError
from annotate.ids import new_id, now
from annotate.model import Code
from annotate.relations import Ends, Relation, RelationType, fits, why_not
from storage.project import Project
from storage.steps import Row, Step

TYPE_FIELDS = "id, taxonomy, label, sources, targets, symmetric, colour, note, position"
FIELDS = "id, article, coder, type, source, target, memo, created, modified"
TYPE_EDITABLE = frozenset({"label", "sources", "targets", "symmetric", "colour", "note", "position"})
END_GONE = "That highlight is no longer in the project; it was removed meanwhile."


# ---------------------------------------------------------------- read


def all_types(project: Project) -> list[RelationType]:
    """In the order of the taxonomies and of each one's own."""
    return [
        type_from(row)
        for row in project.rows(
            f"""SELECT {", ".join(f"r.{name}" for name in TYPE_FIELDS.split(", "))} FROM relation_type r
                JOIN taxonomy t ON t.id = r.taxonomy ORDER BY t.position, t.id, r.position, r.id"""
        )
    ]


def of_article(project: Project, article: str) -> list[Relation]:
    """The relations of an article whose marks are both in place, in the order they were made."""
    return _found(project, "r.article = ?", [article])


def of_mark(project: Project, mark: str) -> list[Relation]:
    """The relations that begin or end at a mark, in the order they were made."""
    return _found(project, "(r.source = ?1 OR r.target = ?1)", [mark])


def all_relations(project: Project) -> list[Relation]:
    """In the order of the articles."""
    return _found(project, "1", [])


def count_by_type(project: Project) -> dict[str, int]:
    """How many relations there are of each type, those of lost marks too; types with none are left out."""
    return dict(project.rows("SELECT type, count(*) FROM relation GROUP BY type"))


def misfits(project: Project, codes: Mapping[str, Code]) -> list[Relation]:
    """Relations whose marks have other codes by now than their type takes."""
    types = {type.id: type for type in all_types(project)}
    held = all_relations(project)
    coded = dict(
        project.rows(
            "SELECT id, code FROM highlight WHERE id IN (SELECT source FROM relation UNION SELECT target FROM relation)"
        )
    )
    return [
        each
        for each in held
        if each.type in types and not fits(types[each.type], coded[each.source], coded[each.target], codes)
    ]


def _found(project: Project, where: str, parameters: Sequence[Any]) -> list[Relation]:
    fields = ", ".join(f"r.{name}" for name in FIELDS.split(", "))
    return [
        Relation(*(value or "" for value in row))
        for row in project.rows(
            f"""SELECT {fields} FROM relation r JOIN highlight s ON s.id = r.source
                JOIN highlight t ON t.id = r.target JOIN article a ON a.id = r.article
                WHERE {where} ORDER BY a.number, r.created, r.id""",
            parameters,
        )
    ]


# ---------------------------------------------------------------- types


def make_type(
    taxonomy: str, label: str, sources: Ends = None, targets: Ends = None, **more: Any
) -> RelationType:
    """A new type of one's own. Raises UserError for an empty label."""
    return RelationType(new_id(), taxonomy, _checked_label(label), sources, targets, **more)


def add_types(step: Step, types: Sequence[RelationType]) -> None:
    """Behind those that their taxonomy has. Raises UserError for an id or a label that is taken there."""
    from storage.uses_log import noted

    with noted(step, {type.taxonomy for type in types}):
        put_types_in(step, types)


def put_types_in(step: Step, types: Sequence[RelationType]) -> None:
    """The same without a word in the change log: with their taxonomy."""
    for type in types:
        if step.rows("relation_type", [type.id]):
            raise UserError(f"The relation type “{type.label}” is in the project already.")
        _check_free(step, type.taxonomy, type.label, type.id)
        position = step.next_position("relation_type", taxonomy=type.taxonomy)
        step.add("relation_type", [_type_row(replace(type, position=position))])


def edit_type(step: Step, id: str, **values: Any) -> None:
    """Changes fields of a type. Relations that no longer fit it stay, and are told by `misfits`."""
    if unknown := set(values) - TYPE_EDITABLE:
        raise ValueError(f"not editable: {unknown}")
    row = step.rows("relation_type", [id]).get(id)
    if row is None:
        raise UserError("That relation type is no longer in the project; it was removed meanwhile.")
    if "label" in values:
        values["label"] = _checked_label(values["label"])
        _check_free(step, row["taxonomy"], values["label"], id)
    from storage.uses_log import noted

    with noted(step, {row["taxonomy"]}):
        step.edit(
            "relation_type", [{"id": id, **{name: _stored(name, each) for name, each in values.items()}}]
        )


def remove_types(step: Step, ids: Iterable[str]) -> None:
    """Takes types out with all relations of them."""
    from storage.uses_log import noted

    ids = list(ids)
    with noted(step, {row["taxonomy"] for row in step.rows("relation_type", ids).values()}):
        _take_out(step, ids)


def _take_out(step: Step, ids: Sequence[str]) -> None:
    _remove_where(step, "type", ids)
    step.remove("relation_type", ids)


def _checked_label(label: str) -> str:
    label = " ".join(label.split())
    if not label:
        raise UserError("A relation type needs a name, as “is addressed to”.")
    return label


def _check_free(step: Step, taxonomy: str, label: str, id: str) -> None:
    if step.db.conn.execute(
        "SELECT 1 FROM relation_type WHERE taxonomy = ? AND label = ? AND id != ?", [taxonomy, label, id]
    ).fetchone():
        raise UserError(f"There is a relation type “{label}” in this taxonomy already.")


# ---------------------------------------------------------------- relations


def make(article: str, coder: str, type: str, source: str, target: str, memo: str = "") -> Relation:
    """A new relation, not yet stored."""
    at = now()
    return Relation(new_id(), article, coder, type, source, target, memo, at, at)


def add(step: Step, relations: Sequence[Relation]) -> None:
    """Stores relations. Raises UserError, with the reason, for one that cannot be: its ends are one mark, stand in
    different articles or do not fit its type, or the coder has it already.
    """
    for each in relations:
        _check(step, each)
        step.add("relation", [_row(each)])


def edit(step: Step, id: str, memo: str) -> None:
    """Gives a relation another memo."""
    step.edit("relation", [{"id": id, "memo": memo, "modified": now()}])


def turn(step: Step, id: str) -> None:
    """Lets a relation lead the other way. Raises UserError where its type does not take that."""
    row = step.rows("relation", [id]).get(id)
    if row is None:
        raise UserError("That relation is no longer in the project; it was removed meanwhile.")
    _check(step, replace(_relation(row), source=row["target"], target=row["source"]))
    step.edit("relation", [{"id": id, "source": row["target"], "target": row["source"], "modified": now()}])


def remove(step: Step, ids: Iterable[str]) -> None:
    step.remove("relation", ids)


def _check(step: Step, relation: Relation) -> None:
    row = step.rows("relation_type", [relation.type]).get(relation.type)
    if row is None:
        raise UserError("That relation type is no longer in the project; it was removed meanwhile.")
    type = type_from_row(row)
    if relation.source == relation.target:
        raise UserError("A highlight cannot be related to itself; choose another one.")
    marks = step.rows("highlight", [relation.source, relation.target])
    if len(marks) < 2:
        raise UserError(END_GONE)
    source, target = marks[relation.source], marks[relation.target]
    if not source["article"] == target["article"] == relation.article:
        raise UserError("Two highlights can be related only within one article.")
    ends = source["code"], target["code"]
    known = _codes_above(step, [code for code in ends if code], type)
    if why := why_not(type, ends[0], ends[1], known):
        raise UserError(why)
    if _standing(step, relation, type.symmetric):
        raise UserError(f"These two highlights are related by “{type.label}” already.")


def _codes_above(step: Step, codes: Sequence[str], type: RelationType) -> dict[str, Code]:
    """These codes with all above them, and those that a type names."""
    from storage import taxonomies

    found: dict[str, Code] = {}
    waiting = [*codes, *(type.sources or ()), *(type.targets or ())]
    while waiting:
        known = taxonomies.codes_of(step, waiting)
        found |= known
        waiting = [code.parent for code in known.values() if code.parent and code.parent not in found]
    return found


def _standing(step: Step, relation: Relation, symmetric: bool) -> bool:
    """Whether the coder has the same relation already."""
    ways = [(relation.source, relation.target)]
    if symmetric:
        ways.append((relation.target, relation.source))
    return any(
        step.db.conn.execute(
            "SELECT 1 FROM relation WHERE source = ? AND target = ? AND type = ? AND coder = ? AND id != ?",
            [*way, relation.type, relation.coder, relation.id],
        ).fetchone()
        for way in ways
    )


# ---------------------------------------------------------------- kept right when something else goes


def forget_marks(step: Step, marks: Iterable[str]) -> None:
    """The marks are taken out: so are their relations."""
    marks = list(marks)
    for end in ("source", "target"):
        _remove_where(step, end, marks)


def forget_articles(step: Step, articles: Sequence[str]) -> None:
    _remove_where(step, "article", articles)


def forget_taxonomy(step: Step, taxonomy: str) -> None:
    """Its types go, with all relations of them."""
    _take_out(step, step.ids_where("relation_type", "taxonomy", [taxonomy]))


def join_marks(step: Step, into: Mapping[str, str]) -> None:
    """Marks became one with others (`into`: mark that goes -> mark that stays): so do their relations. What would
    link a mark with itself goes, and so does what is there twice.
    """
    symmetric = {
        id for (id,) in step.db.conn.execute("SELECT id FROM relation_type WHERE symmetric = 1").fetchall()
    }
    touched = _ids_where(step, "source", [*into]) + _ids_where(step, "target", [*into])
    for id in dict.fromkeys(touched):
        row = step.rows("relation", [id])[id]
        source, target = (into.get(row[end], row[end]) for end in ("source", "target"))
        moved = replace(_relation(row), source=source, target=target)
        if source == target or _standing(step, moved, row["type"] in symmetric):
            step.remove("relation", [id])
        else:
            step.edit("relation", [{"id": id, "source": source, "target": target}])


def point_elsewhere(step: Step, ids: Collection[str], to: str | None) -> None:
    """Types that name one of these codes at an end name `to` instead, or do without it."""
    rows = step.db.conn.execute(
        "SELECT id, sources, targets FROM relation_type WHERE sources IS NOT NULL OR targets IS NOT NULL"
    ).fetchall()
    for id, *ends in rows:
        changed = {
            name: _without(held, ids, to) for name, held in zip(("sources", "targets"), ends, strict=True)
        }
        step.edit("relation_type", [{"id": id, **changed}])


def _without(held: str | None, ids: Collection[str], to: str | None) -> str | None:
    if held is None:
        return None
    named = dict.fromkeys(to if code in ids else code for code in json.loads(held))
    return json.dumps([code for code in named if code])


def _remove_where(step: Step, column: str, ids: Sequence[str]) -> None:
    step.remove("relation", _ids_where(step, column, ids))


def _ids_where(step: Step, column: str, ids: Sequence[str]) -> list[str]:
    if not ids or not step.db.conn.execute("SELECT 1 FROM relation LIMIT 1").fetchone():
        return []
    return step.ids_where("relation", column, ids)


# ---------------------------------------------------------------- rows


def type_from(row: Sequence[Any]) -> RelationType:
    """The type of a row of `TYPE_FIELDS`."""
    id, taxonomy, label, sources, targets, symmetric, colour, note, position = row
    return RelationType(
        id, taxonomy, label, _ends(sources), _ends(targets), bool(symmetric), colour or "", note or "", position or 0
    )  # fmt: skip


def type_from_row(row: Row) -> RelationType:
    """The type of a row by the names of its columns."""
    return type_from([row[name] for name in TYPE_FIELDS.split(", ")])


def _ends(held: str | None) -> Ends:
    return None if held is None else tuple(json.loads(held))


def _type_row(type: RelationType) -> Row:
    return {name: _stored(name, getattr(type, name)) for name in TYPE_FIELDS.split(", ")}


def _stored(name: str, value: Any) -> Any:
    if name in ("sources", "targets"):
        return None if value is None else json.dumps(list(value))
    return int(value) if name == "symmetric" else value


def _relation(row: Row) -> Relation:
    return Relation(*(row[name] or "" for name in FIELDS.split(", ")))


def _row(relation: Relation) -> Row:
    return {name: getattr(relation, name) for name in FIELDS.split(", ")}
