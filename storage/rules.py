"""The rules of the project's taxonomies, and what can be done to them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from annotate.errors import UserError
from annotate.ids import new_id
from annotate.rules import Rule, RuleKind, checked, made, to_json
from storage import highlights
from storage.project import Project
from storage.steps import Row, Step

FIELDS = "id, taxonomy, code, kind, value, note, position"


def by_taxonomy(project: Project) -> dict[str, tuple[Rule, ...]]:
    """The rules of each taxonomy that has some, in their order."""
    found: dict[str, tuple[Rule, ...]] = {}
    for row in project.rows(f"SELECT {FIELDS} FROM rule ORDER BY position, id"):
        rule = _rule(row)
        found[rule.taxonomy] = (*found.get(rule.taxonomy, ()), rule)
    return found


def new(taxonomy: str, kind: RuleKind, code: str | None = None, **values: Any) -> Rule:
    """A rule to be added. Raises UserError where it lacks something."""
    return checked(Rule(new_id(), taxonomy, kind, code, **values))


def add(step: Step, rules: Sequence[Rule]) -> None:
    """Adds rules behind those that are there."""
    from storage.uses_log import noted

    with noted(step, {rule.taxonomy for rule in rules}):
        put_in(step, rules)


def put_in(step: Step, rules: Sequence[Rule]) -> None:
    """The same without a word in the change log: with their taxonomy."""
    for rule in rules:
        position = step.next_position("rule", taxonomy=rule.taxonomy)
        step.add("rule", [as_row(replace(checked(rule), position=position))])


def edit(step: Step, rule: Rule) -> None:
    """Gives a rule other contents; where a qualifier gets another name, the marks that have it follow."""
    held = step.rows("rule", [rule.id]).get(rule.id)
    if held is None:
        raise UserError("That rule is no longer in the project; it was removed meanwhile.")
    from storage.uses_log import noted

    before, after = from_row(held), checked(rule)
    with noted(step, {before.taxonomy}):
        step.edit("rule", [as_row(after) | {"position": held["position"]}])
    if before.kind is after.kind is RuleKind.QUALIFIER and before.name != after.name:
        rename_qualifier(step, before, after.name)


def remove(step: Step, ids: Iterable[str]) -> None:
    """Takes rules out. What marks say of themselves stays with them."""
    from storage.uses_log import noted

    ids = list(ids)
    with noted(step, {row["taxonomy"] for row in step.rows("rule", ids).values()}):
        step.remove("rule", ids)


def rename_qualifier(step: Step, rule: Rule, name: str) -> None:
    """Marks of the rule's branch that have its qualifier have it under another name."""
    from storage.taxonomies import with_descendants

    roots = [rule.code] if rule.code else step.ids_where("code", "taxonomy", [rule.taxonomy])
    codes = json.dumps(with_descendants(step, roots))
    for table in ("highlight", "lost_highlight"):
        found = step.db.conn.execute(
            f"""SELECT id, qualifiers FROM {table} WHERE qualifiers IS NOT NULL
                AND code IN (SELECT value FROM json_each(?))""",
            [codes],
        ).fetchall()
        step.put(
            table,
            [{"id": id, "qualifiers": _renamed(said, rule.name, name)} for id, said in found],
        )


def as_row(rule: Rule) -> Row:
    return {
        "id": rule.id,
        "taxonomy": rule.taxonomy,
        "code": rule.code,
        "kind": str(rule.kind),
        "value": to_json(rule),
        "note": rule.note,
        "position": rule.position,
    }


def from_row(row: Row) -> Rule:
    return _rule(tuple(row[name] for name in FIELDS.split(", ")))


def _rule(row: tuple[Any, ...]) -> Rule:
    id, taxonomy, code, kind, value, note, position = row
    return made(
        id, taxonomy, kind, json.loads(value or "{}"), code=code, note=note or "", position=position or 0
    )


def _renamed(said: str, old: str, new: str) -> str | None:
    pairs = highlights.qualifiers_from_text(said)
    return highlights.stored_qualifiers((new if name == old else name, value) for name, value in pairs)
