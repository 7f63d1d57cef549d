"""Rules, questions, answers and qualifiers in the file: kept, edited, and taken along when codes change."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotate.errors import UserError
from annotate.questions import Condition, Option, QuestionKind, Source
from annotate.rules import RuleKind
from storage import (
    Project,
    answers,
    articles,
    corrections,
    highlights,
    lost_marks,
    questions,
    restructuring,
    rules,
)
from storage import taxonomies as stored
from tests.storage.data import FRAMES, ada, contents, ids_of, mark, project_with


@pytest.fixture
def study(tmp_path: Path):
    with project_with(tmp_path / "p.postil") as project:
        yield project


def add_rule(project: Project, kind: RuleKind, code: str | None = "f-1", **values):
    made = rules.new("t-frames", kind, code, **values)
    project.do("Rule", lambda step: rules.add(step, [made]))
    return made


def ask(project: Project, name: str, **values):
    if "kind" not in values and "source" not in values:
        values["options"] = (Option("x", "X"), Option("y", "Y"))
    made = questions.new("t-frames", name, **values)
    project.do("Question", lambda step: questions.add(step, [made]))
    return made


def answer(project: Project, question: str, *values: str) -> None:
    first = ids_of(project)[0]
    project.do("Answer", lambda step: answers.give(step, first, ada(project), question, values))


def answered(project: Project) -> dict[str, tuple[str, ...]]:
    return answers.of_article(project, ids_of(project)[0]).get(ada(project), {})


def test_a_taxonomy_comes_with_its_rules_and_questions(study: Project) -> None:
    stance = add_rule(study, RuleKind.QUALIFIER, name="stance", values=("for", "against"))
    leaves = add_rule(study, RuleKind.LEAVES, None)
    tone = ask(study, "tone")
    later = ask(study, "why", kind=QuestionKind.TEXT, condition=Condition(tone.id, ("x",)))
    (held,) = stored.all_taxonomies(study)
    assert held.rules == (stance, replace(leaves, position=1))
    assert held.questions == (tone, replace(later, position=1))
    study.do("Edit", lambda step: questions.edit(step, replace(tone, text="How?", required=True)))
    study.do("Order", lambda step: questions.move(step, later.id, -1))
    (held,) = stored.all_taxonomies(study)
    assert [(each.name, each.text, each.required) for each in held.questions] == [
        ("why", "", False), ("tone", "How?", True),
    ]  # fmt: skip


def test_a_qualifier_of_another_name_takes_its_marks_along(study: Project) -> None:
    stance = add_rule(study, RuleKind.QUALIFIER, name="stance", values=("for", "against"))
    inside, outside = mark(study, ids_of(study)[0], 0, 3, "f-11"), mark(study, ids_of(study)[0], 0, 3, "f-2")
    both = [inside.id, outside.id]
    said = (("stance", "for"), ("x", "1"))
    study.do("Stance", lambda step: highlights.edit(step, both, qualifiers=said))
    before = contents(study)
    study.do("Rename", lambda step: rules.edit(step, replace(stance, name="position")))
    assert highlights.highlight(study, inside.id).qualifiers == (("position", "for"), ("x", "1"))
    assert highlights.highlight(study, outside.id).qualifiers == (("stance", "for"), ("x", "1"))
    study.undo()
    assert contents(study) == before


def test_an_answer_is_one_row_that_changes_and_goes(study: Project) -> None:
    tone = ask(study, "tone")
    answer(study, tone.id, "x")
    answer(study, tone.id, "y")
    assert answered(study) == {tone.id: ("y",)}
    assert answers.count(study, tone.id) == 1
    step = study.last_step()
    answer(study, tone.id, "y")
    assert study.last_step() == step
    answer(study, tone.id)
    assert answers.count(study) == 0
    with pytest.raises(UserError, match="takes one answer"):
        answer(study, tone.id, "x", "y")
    with pytest.raises(UserError, match="no longer in the project"):
        answer(study, "gone", "x")


def test_a_question_goes_with_its_answers_and_frees_those_that_waited(study: Project) -> None:
    tone = ask(study, "tone")
    why = ask(study, "why", kind=QuestionKind.TEXT, condition=Condition(tone.id))
    below = ask(study, "below", source=Source.FOLLOWS, follows=tone.id)
    for each in (tone, why, below):
        answer(study, each.id, "x")
    before = contents(study)
    study.do("Remove", lambda step: questions.remove(step, [tone.id]))
    (held,) = stored.all_taxonomies(study)
    assert held.questions == (replace(why, condition=None, position=1),)
    assert answered(study) == {why.id: ("x",)}
    study.undo()
    assert contents(study) == before


def test_when_a_branch_goes_its_question_keeps_the_options_and_the_answers(study: Project) -> None:
    costs = ask(study, "costs", source=Source.CODES, branch="f-1")
    add_rule(study, RuleKind.LEAVES)
    needs = add_rule(study, RuleKind.TOGETHER, "f-2", others=("f-1", "f-2"))
    add_rule(study, RuleKind.TOGETHER, "f-2", others=("f-11",))
    answer(study, costs.id, "f-11")
    before = contents(study)
    study.do("Delete", lambda step: stored.remove_codes(step, ["f-1"]))
    (held,) = stored.all_taxonomies(study)
    assert held.questions[0].options == (Option("f-11", "1.1 Costs"),)
    assert answered(study) == {costs.id: ("f-11",)}
    assert held.rules == (replace(needs, others=("f-2",), position=1),)
    study.undo()
    assert contents(study) == before


def test_answers_that_are_codes_follow_a_merge_and_lose_what_is_deleted(study: Project) -> None:
    several = ask(study, "frames", kind=QuestionKind.MULTIPLE, source=Source.CODES)
    add_rule(study, RuleKind.EXCLUSIVE, "f-11")
    answer(study, several.id, "f-1", "f-2")
    study.do("Merge", lambda step: restructuring.merge(step, ["f-1"], "f-2"))
    assert answered(study) == {several.id: ("f-2",)}
    study.undo()
    study.do("Delete", lambda step: stored.remove_codes(step, ["f-1"]))
    assert answered(study) == {several.id: ("f-2",)}
    study.do("Delete", lambda step: stored.remove_codes(step, ["f-2"]))
    assert answered(study) == {}
    (held,) = stored.all_taxonomies(study)
    assert held.rules == ()


def test_a_merged_branch_hands_on_its_rules_and_questions(study: Project) -> None:
    add_rule(study, RuleKind.EXCLUSIVE, "f-1")
    ask(study, "which", source=Source.CODES, branch="f-1")
    study.do("Merge", lambda step: restructuring.merge(step, ["f-1"], "f-2"))
    (held,) = stored.all_taxonomies(study)
    assert (held.rules[0].code, held.questions[0].branch) == ("f-2", "f-2")


def test_a_taxonomy_and_an_article_go_with_all_that_was_asked(study: Project) -> None:
    tone = ask(study, "tone")
    add_rule(study, RuleKind.LEAVES, None)
    answer(study, tone.id, "x")
    before = contents(study)
    study.do("Article", lambda step: articles.remove(step, [ids_of(study)[0]]))
    assert answers.count(study) == 0
    study.undo()
    study.do("Taxonomy", lambda step: stored.remove_taxonomy(step, FRAMES.id))
    assert stored.all_taxonomies(study) == []
    assert study.value("SELECT count(*) FROM rule") == study.value("SELECT count(*) FROM question") == 0
    study.undo()
    assert contents(study) == before


def test_marks_keep_their_qualifiers_when_they_are_lost_and_found_and_joined(study: Project) -> None:
    first = ids_of(study)[0]
    one, other = mark(study, first, 4, 8, "f-1"), mark(study, first, 4, 8, "f-2")
    study.do("Stance", lambda step: highlights.edit(step, [one.id], qualifiers=(("stance", "for"),)))
    study.do(
        "Stance",
        lambda step: highlights.edit(step, [other.id], qualifiers=(("stance", "against"), ("force", "2"))),
    )
    study.do("Correct", lambda step: corrections.correct(step, first, "One."))
    assert lost_marks.count(study) == 2
    study.undo()
    study.do("Merge", lambda step: restructuring.merge(step, ["f-1"], "f-2"))
    (kept,) = highlights.of_article(study, first)
    assert dict(kept.qualifiers) == {"stance": "against", "force": "2"}
    study.do("Correct", lambda step: corrections.correct(step, first, "One."))
    study.do("Repair", lambda step: lost_marks.repair(step, kept.id, [(0, 3)]))
    assert dict(highlights.of_article(study, first)[0].qualifiers) == {"stance": "against", "force": "2"}


def test_outsiders_see_answers_by_their_labels(study: Project) -> None:
    tone, code = ask(study, "tone"), ask(study, "frame", source=Source.CODES)
    answer(study, tone.id, "x")
    answer(study, code.id, "f-2")
    rows = study.rows("SELECT article, taxonomy, question, answer, coder FROM answer_overview")
    assert rows == [
        ("One text.", "Frames", "tone", "X", "Ada"),
        ("One text.", "Frames", "frame", "2 Moral", "Ada"),
    ]
    ((answered, held),) = study.rows("SELECT answered, answers FROM coded_article")
    assert (answered, json.loads(held)) == (2, {"tone": "X", "frame": "2 Moral"})
    made = mark(study, ids_of(study)[0], 0, 3)
    study.do("Stance", lambda step: highlights.edit(step, [made.id], qualifiers=(("stance", "for"),)))
    assert study.rows("SELECT quote, qualifiers FROM coded_span") == [("One", '{"stance": "for"}')]
