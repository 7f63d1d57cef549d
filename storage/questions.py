"""The questions that taxonomies ask of whole articles, and what can be done to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from annotate.errors import UserError
from annotate.ids import new_id
from annotate.questions import (
    Question,
    QuestionKind,
    Source,
    checked,
    condition_from_json,
    condition_to_json,
    options_from_json,
    options_to_json,
)
from storage.project import Project
from storage.steps import Row, Step

NAMES = (
    "id", "taxonomy", "name", "text", "kind", "source", "options", "branch", "follows", "required", "condition",
    "note", "position",
)  # fmt: skip
FIELDS = ", ".join(NAMES)


def by_taxonomy(project: Project) -> dict[str, tuple[Question, ...]]:
    """The questions of each taxonomy that has some, in their order."""
    found: dict[str, tuple[Question, ...]] = {}
    for row in project.rows(f"SELECT {FIELDS} FROM question ORDER BY position, id"):
        question = _question(row)
        found[question.taxonomy] = (*found.get(question.taxonomy, ()), question)
    return found


def new(taxonomy: str, name: str, **values: Any) -> Question:
    """A question to be added."""
    return Question(new_id(), taxonomy, name, **values)


def add(step: Step, questions: Sequence[Question]) -> None:
    """Adds questions behind those that are there. Raises UserError for one that lacks something."""
    from storage.uses_log import noted

    with noted(step, {question.taxonomy for question in questions}):
        put_in(step, questions)


def put_in(step: Step, questions: Sequence[Question]) -> None:
    """The same without a word in the change log: with their taxonomy."""
    for question in questions:
        others = _of(step, question.taxonomy)
        last = max((each.position for each in others), default=-1)
        step.add("question", [as_row(replace(checked(question, others), position=last + 1))])


def edit(step: Step, question: Question) -> None:
    """Gives a question other contents. Answers stay; those that no longer fit are found by a check."""
    held = step.rows("question", [question.id]).get(question.id)
    if held is None:
        raise UserError("That question is no longer in the project; it was removed meanwhile.")
    from storage.uses_log import noted

    row = as_row(checked(question, _of(step, question.taxonomy)))
    with noted(step, {held["taxonomy"]}):
        step.edit("question", [row | {"position": held["position"]}])


def move(step: Step, id: str, by: int) -> None:
    """Moves a question up (negative) or down among those of its taxonomy."""
    held = step.rows("question", [id]).get(id)
    order = [each.id for each in _of(step, held["taxonomy"])] if held else []
    if not order:
        return
    at = order.index(id)
    order.insert(max(0, min(len(order) - 1, at + by)), order.pop(at))
    step.edit("question", [{"id": each, "position": place} for place, each in enumerate(order)])


def remove(step: Step, ids: Iterable[str]) -> None:
    """Takes questions out with their answers. Those that waited for one of them wait no more; those whose
    options stood below its answers go too.
    """
    from storage.uses_log import noted

    gone = list(dict.fromkeys(ids))
    with noted(step, {row["taxonomy"] for row in step.rows("question", gone).values()}):
        take_out(step, gone)


def take_out(step: Step, ids: Iterable[str]) -> None:
    """The same without a word in the change log: with their taxonomy."""
    gone = list(dict.fromkeys(ids))
    for id in gone:
        gone += [other for other in step.ids_where("question", "follows", [id]) if other not in gone]
    for id in gone:
        step.remove("answer", step.ids_where("answer", "question", [id]))
    _free_conditions(step, set(gone))
    step.remove("question", gone)


def as_row(question: Question) -> Row:
    row = {name: getattr(question, name) for name in NAMES}
    return row | {
        "kind": str(question.kind),
        "source": str(question.source),
        "options": options_to_json(question.options),
        "condition": condition_to_json(question.condition),
        "required": int(question.required),
    }


def from_row(row: Row) -> Question:
    return _question(tuple(row[name] for name in NAMES))


def _of(step: Step, taxonomy: str) -> list[Question]:
    found = step.db.conn.execute(
        f"SELECT {FIELDS} FROM question WHERE taxonomy = ? ORDER BY position, id", [taxonomy]
    )
    return [_question(row) for row in found.fetchall()]


def _free_conditions(step: Step, gone: set[str]) -> None:
    waiting = step.db.conn.execute(
        "SELECT id, condition FROM question WHERE condition IS NOT NULL"
    ).fetchall()
    for id, condition in waiting:
        held = condition_from_json(condition)
        if held and held.question in gone and id not in gone:
            step.edit("question", [{"id": id, "condition": None}])


def _question(row: tuple[Any, ...]) -> Question:
    held = dict(zip(NAMES, row, strict=True))
    return Question(
        held["id"],
        held["taxonomy"],
        held["name"],
        held["text"] or "",
        QuestionKind(held["kind"]),
        Source(held["source"] or ""),
        options_from_json(held["options"]),
        held["branch"],
        held["follows"],
        bool(held["required"]),
        condition_from_json(held["condition"]),
        held["note"] or "",
        held["position"] or 0,
    )
