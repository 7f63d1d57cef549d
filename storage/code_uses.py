"""What hangs on codes besides marks, when these go, become others or move: rules, questions, answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from annotate.errors import UserError
from annotate.model import Code, Taxonomy
from annotate.questions import Option, Question, Source, options_to_json
from annotate.rules import Rule, RuleKind
from annotate.uses import Uses
from annotate.uses_plan import UsesPlan
from storage import answers, questions, relations, rules
from storage.project import Project
from storage.steps import Row, Step


def with_uses(project: Project, found: Sequence[Taxonomy]) -> list[Taxonomy]:
    """Taxonomies with their rules and questions."""
    ruled, asked = rules.by_taxonomy(project), questions.by_taxonomy(project)
    return [replace(each, rules=ruled.get(each.id, ()), questions=asked.get(each.id, ())) for each in found]


def held(step: Step, taxonomy: str) -> Uses:
    """How a taxonomy's codes are used, as it stands in this step."""

    def rows(table: str) -> Iterator[Row]:
        ids = step.ids_where(table, "taxonomy", [taxonomy], "position, id")
        found = step.rows(table, ids)
        return (found[id] for id in ids)

    return Uses(
        tuple(map(rules.from_row, rows("rule"))),
        tuple(map(questions.from_row, rows("question"))),
        tuple(map(relations.type_from_row, rows("relation_type"))),
    )


def add_uses(step: Step, taxonomy: Taxonomy) -> None:
    """Adds the rules and questions that come with a taxonomy. Raises UserError where one is there already."""
    _refuse_taken(step, taxonomy.rules, taxonomy.questions)
    rules.put_in(step, [replace(rule, taxonomy=taxonomy.id) for rule in taxonomy.rules])
    questions.put_in(step, [replace(each, taxonomy=taxonomy.id) for each in taxonomy.questions])


def bring(step: Step, plan: UsesPlan, *, changed: bool = True) -> None:
    """Adds what is new in a plan and, unless told otherwise, changes what is. Answers and relations stay as they are.
    Raises UserError where an id or a name is taken.
    """
    new = plan.new
    _refuse_taken(step, new.rules, new.questions)
    rules.add(step, new.rules)
    questions.add(step, new.questions)
    relations.add_types(step, new.relation_types)
    if not changed:
        return
    for rule in plan.changed.rules:
        rules.edit(step, rule)
    for question in plan.changed.questions:
        questions.edit(step, question)
    for type in plan.changed.relation_types:
        relations.edit_type(step, type.id, **{name: getattr(type, name) for name in relations.TYPE_EDITABLE})


def _refuse_taken(step: Step, new: Sequence[Rule], asked: Sequence[Question]) -> None:
    taken = step.rows("question", [question.id for question in asked])
    taken |= step.rows("rule", [rule.id for rule in new])
    if taken:
        raise UserError(f"The project has a rule or question “{next(iter(taken))}” already.")


def codes_gone(step: Step, codes: Sequence[Code], to: str | None = None, *, merged: bool = False) -> None:
    """Codes are about to be taken out. `to` gets their answers, and where they are merged into it their rules
    and questions as well. Else their own rules go; a question whose options stood below one of them keeps
    these as options of its own, so that its answers stay what they were.
    """
    ids = [code.id for code in codes]
    if merged and to:
        _hang_elsewhere(step, ids, to)
    else:
        _free_questions(step, ids)
        step.remove("rule", step.ids_where("rule", "code", ids))
    _drop_from_rules(step, set(ids), to if merged else None)
    answers.say_codes(step, dict.fromkeys(ids, to))


def taxonomy_gone(step: Step, id: str) -> None:
    """Its rules and questions go with it, and what was answered."""
    questions.take_out(step, step.ids_where("question", "taxonomy", [id]))
    step.remove("rule", step.ids_where("rule", "taxonomy", [id]))


def codes_moved(step: Step, codes: Iterable[Code]) -> None:
    """Rules and questions of a branch go along with it to another taxonomy."""
    for code in codes:
        for table, column in (("rule", "code"), ("question", "branch")):
            held = step.ids_where(table, column, [code.id])
            step.put(table, [{"id": each, "taxonomy": code.taxonomy} for each in held])


def _hang_elsewhere(step: Step, ids: Sequence[str], to: str) -> None:
    (home,) = step.db.conn.execute("SELECT taxonomy FROM code WHERE id = ?", [to]).fetchone()
    for table, column in (("rule", "code"), ("question", "branch")):
        held = step.ids_where(table, column, ids)
        step.put(table, [{"id": each, column: to, "taxonomy": home} for each in held])


def _free_questions(step: Step, ids: Sequence[str]) -> None:
    from storage.taxonomies import codes_of

    for id, row in step.rows("question", step.ids_where("question", "branch", ids)).items():
        below = step.db.conn.execute(
            "SELECT id FROM code WHERE parent = ? AND coalesce(retired, 0) = 0 ORDER BY position, id",
            [row["branch"]],
        ).fetchall()
        known = codes_of(step, [code for (code,) in below])
        options = [Option(code, known[code].name) for (code,) in below]
        step.put(
            "question",
            [{"id": id, "branch": None, "source": str(Source.OWN), "options": options_to_json(options)}],
        )


def _drop_from_rules(step: Step, gone: set[str], to: str | None) -> None:
    """Rules that name one of the codes as what must stand beside name another, or one less; or go."""
    held = step.ids_where("rule", "kind", [str(RuleKind.TOGETHER)])
    for id, row in step.rows("rule", held).items():
        rule = rules.from_row(row)
        if gone.isdisjoint(rule.others):
            continue
        others = tuple(dict.fromkeys(filter(None, (to if each in gone else each for each in rule.others))))
        if others:
            step.put("rule", [rules.as_row(replace(rule, others=others))])
        else:
            step.remove("rule", [id])
