"""A taxonomy brought to the state of a file, as a plan says: one step, codes keep their ids and so their marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from annotate.codetree import by_id, children
from annotate.errors import UserError
from annotate.model import Code
from annotate.questions import Form
from annotate.spoken import counted
from annotate.taxonomy_plan import Plan
from storage import answers, change_log, code_uses, standards, taxonomies
from storage.change_log import What
from storage.project import Project
from storage.steps import Step

MISSING = ("keep", "retire", "remove-unused")  # what becomes of codes that the file lacks


@dataclass(frozen=True, slots=True)
class Updated:
    """How many codes were added, changed, moved, retired and removed, and how many the file lacks were kept; and how
    many rules, questions and types of relations were added or changed.
    """

    added: int = 0
    changed: int = 0
    moved: int = 0
    retired: int = 0
    removed: int = 0
    kept: int = 0
    rules: int = 0
    questions: int = 0
    relation_types: int = 0


def said(done: Updated) -> str:
    """What was done in one line; "" for nothing."""
    codes = ("added", "changed", "moved", "retired", "removed", "kept")
    facts = [f"{number:,} {name}" for name in codes if (number := getattr(done, name))]
    uses = ((done.rules, "rule"), (done.questions, "question"), (done.relation_types, "relation type"))
    return ", ".join([*facts, *(counted(number, noun) for number, noun in uses if number)])


def marks_on(project: Project, codes: Iterable[Code]) -> dict[str, int]:
    """The number of marks with each code that has any; those that lost their place count too."""
    wanted = {code.id for code in codes}
    found: dict[str, int] = {}
    for table in ("highlight", "lost_highlight"):
        for code, number in project.rows(
            f"SELECT code, count(*) FROM [{table}] WHERE code IS NOT NULL GROUP BY code"
        ):
            if code in wanted:
                found[code] = found.get(code, 0) + number
    return found


def answers_unfit(project: Project, plan: Plan) -> dict[str, int]:
    """How many answers to each question that changes would fit it no more, by its id; they stay as they are."""
    held = plan.uses.held.questions
    changed = {each.id for each in plan.uses.changed.questions}
    if not changed:
        return {}
    before = Form(held, plan.before)
    after = Form(plan.uses.after.questions, by_id(plan.after))
    found: dict[str, int] = {}
    for given in answers.given(project, [each.id for each in held]):
        for id in changed & given.keys():
            one, other = before.question(id), after.question(id)
            if one and other and after.problem(other, given) and not before.problem(one, given):
                found[id] = found.get(id, 0) + 1
    return found


def update(project: Project, step: Step, plan: Plan, *, missing: str = "keep", reason: str = "") -> Updated:
    """Does what the plan says. Raises UserError where the id of a new code is taken by another taxonomy."""
    taken = taxonomies.codes_of(step, [code.id for code in plan.new])
    if taken:
        raise UserError(f"The code id “{next(iter(taken))}” is in another taxonomy of the project already.")
    with standards.opened(step, plan.held.id):
        return _update(project, step, plan, missing, reason)


def _update(project: Project, step: Step, plan: Plan, missing: str, reason: str) -> Updated:
    taxonomies.add_codes(step, plan.new, reason=reason)
    for id, fields in plan.changed.items():
        taxonomies.edit_codes(step, [id], reason=reason, **fields)
        if fields.get("retired"):
            change_log.note(step, What.RETIRED, plan.before[id], reason)
    taxonomies.move_codes(step, _places(plan), reason=reason)
    if plan.about:
        step.edit("taxonomy", [{"id": plan.held.id, **plan.about}])
    code_uses.bring(step, plan.uses)
    retired = _retire(step, plan, reason) if missing == "retire" else 0
    removed = _remove_unused(project, step, plan, reason) if missing == "remove-unused" else 0
    return Updated(
        len(plan.new), len(plan.changed), len(plan.moved), retired, removed,
        len(plan.missing) - retired - removed,
        **plan.uses.counts,
    )  # fmt: skip


def removable(project: Project, plan: Plan) -> list[str]:
    """The missing codes that have no marks, nor anything below them that stays."""
    marks, lacking = marks_on(project, plan.missing), {code.id for code in plan.missing}
    below = children(plan.after)
    found: list[str] = []
    gone: set[str] = set()
    for code in reversed(plan.after):  # what is below a code comes before it
        stays = any(kid.id not in gone for kid in below.get(code.id, ()))
        if code.id in lacking and code.id not in marks and not stays:
            gone.add(code.id)
            found.append(code.id)
    return found


def _places(plan: Plan) -> list[Code]:
    """The codes that stand elsewhere now, or among other siblings; new ones stand last as they were added."""
    before = plan.before
    return [
        code
        for code in plan.after
        if code.id not in before
        or (before[code.id].parent, before[code.id].position) != (code.parent, code.position)
    ]


def _retire(step: Step, plan: Plan, reason: str) -> int:
    codes = [code for code in plan.missing if not code.retired]
    for code in codes:
        taxonomies.edit_codes(step, [code.id], retired=True)
        change_log.note(step, What.RETIRED, replace(code, retired=True), reason)
    return len(codes)


def _remove_unused(project: Project, step: Step, plan: Plan, reason: str) -> int:
    doomed = removable(project, plan)
    taxonomies.remove_codes(step, doomed, reason=reason)
    return len(doomed)
