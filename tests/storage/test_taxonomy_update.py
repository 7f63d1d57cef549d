"""A taxonomy is updated from a file as one step: marks stay with their codes, and undo gives everything back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from annotate.errors import UserError
from annotate.model import Code, Taxonomy
from annotate.questions import Option, Question, QuestionKind
from annotate.relations import RelationType
from annotate.rules import Rule, RuleKind
from annotate.taxonomy import load_shipped
from annotate.taxonomy_plan import plan
from annotate.uses import Uses
from storage import Step, answers, change_log, highlights, questions, rules, taxonomies
from storage.taxonomy_update import Updated, answers_unfit, marks_on, removable, said, update
from tests.storage.conftest import Filled, contents, mark


def held(filled: Filled) -> Taxonomy:
    return taxonomies.all_taxonomies(filled.project)[0]


def newer() -> Taxonomy:
    """The frames without two codes and with another, one renamed, one moved."""
    known = load_shipped("policy-frames")
    codes = [code for code in known.codes if code.id not in ("pfc:1", "pfc:2")]
    codes = [replace(code, label="Renamed") if code.id == "pfc:3" else code for code in codes]
    codes = [replace(code, parent="pfc:3", position=0) if code.id == "pfc:4" else code for code in codes]
    codes.append(Code("pfc:new", known.id, "pfc:3", "99", "New", position=1))
    return replace(known, version="9", codes=tuple(codes))


def updated(filled: Filled, missing: str = "keep") -> Updated:
    told: list[Updated] = []
    found = plan(held(filled), newer())
    filled.project.do(
        "Update", lambda step: told.append(update(filled.project, step, found, missing=missing, reason="v9"))
    )
    assert held(filled).codes == found.after or missing != "keep"
    return told[0]


def test_codes_keep_their_ids_and_marks_and_undo_gives_all_back(filled: Filled) -> None:
    marks = [mark(filled, code="pfc:1"), mark(filled, code="pfc:3")]
    before = contents(filled.project)
    assert updated(filled) == Updated(added=1, changed=1, moved=1, kept=2)
    after = held(filled)
    assert after.version == "9"
    assert [code.id for code in after.codes if code.parent == "pfc:3"] == ["pfc:4", "pfc:new"]
    stored = {mark: filled.project.value("SELECT code FROM highlight WHERE id = ?", [mark]) for mark in marks}
    assert list(stored.values()) == ["pfc:1", "pfc:3"]
    lines = change_log.lines(filled.project, after.id)
    assert sorted(str(line.what) for line in lines) == ["added", "moved", "renamed"]
    assert {line.reason for line in lines} == {"v9"}
    assert plan(after, newer()).nothing
    filled.project.undo()
    assert contents(filled.project) == before


def test_missing_codes_without_marks_are_removed_when_asked(filled: Filled) -> None:
    mark(filled, code="pfc:1")
    found = plan(held(filled), newer())
    assert marks_on(filled.project, found.missing) == {"pfc:1": 1}
    assert removable(filled.project, found) == ["pfc:2"]
    assert updated(filled, "remove-unused") == Updated(added=1, changed=1, moved=1, removed=1, kept=1)
    assert {"pfc:1", "pfc:2"} & {code.id for code in held(filled).codes} == {"pfc:1"}


def test_a_missing_code_stays_while_something_below_it_does(filled: Filled) -> None:
    known = held(filled)
    own = taxonomies.make_code(known.id, "pfc:2", "Of my own")
    filled.project.do("Add", lambda step: taxonomies.add_codes(step, [own]))
    made = highlights.make(filled.first, filled.ana, own.id, [(0, 3)])
    filled.project.do("Mark", lambda step: highlights.add(step, [made]), filled.ana)
    assert removable(filled.project, plan(held(filled), newer())) == ["pfc:1"]


def test_missing_codes_are_retired_when_asked(filled: Filled) -> None:
    assert updated(filled, "retire") == Updated(added=1, changed=1, moved=1, retired=2)
    assert {code.id for code in held(filled).codes if code.retired} == {"pfc:1", "pfc:2"}


def test_an_id_of_another_taxonomy_is_not_taken(filled: Filled) -> None:
    other = Taxonomy("o", "o", "Other", codes=(Code("pfc:new", "o", None, "", "Taken"),))
    filled.project.do("Add", lambda step: taxonomies.add(step, other))
    with pytest.raises(UserError, match="“pfc:new” is in another taxonomy"):
        updated(filled)


def test_rules_questions_and_types_of_a_file_come_in_the_same_step(filled: Filled) -> None:
    project, home = filled.project, held(filled)
    options = tuple(Option(str(value), name) for value, name in enumerate(("low", "middle", "high"), 1))
    asked = questions.new(home.id, "urgency", options=options)
    rule = rules.new(home.id, RuleKind.LEAVES)
    project.do("Use", lambda step: (questions.add(step, [asked]), rules.add(step, [rule])))
    for article, value in ((filled.first, "3"), (filled.second, "1")):
        project.do("Answer", partial(_answer, article, filled.ana, asked.id, value))
    home = held(filled)
    asked = home.questions[-1]
    fewer = replace(asked, options=asked.options[:2], required=True)
    incoming = replace(
        home,
        rules=(Rule("r", home.id, RuleKind.EXCLUSIVE, "pfc:2"),),
        questions=(fewer, Question("u", home.id, "urgent", kind=QuestionKind.YES_NO)),
        relation_types=(RelationType("c", home.id, "causes", ("pfc:1",), ("pfc:2",)),),
    )
    found = plan(home, incoming)
    assert answers_unfit(project, found) == {asked.id: 1}
    assert found.uses.missing == Uses(home.rules, home.questions[:2])
    before = contents(project)
    told: list[Updated] = []
    project.do("Update", lambda step: told.append(update(project, step, found)))
    assert told == [Updated(rules=1, questions=2, relation_types=1)]
    assert said(told[0]) == "1 rule, 2 questions, 1 relation type"
    after = held(filled)
    assert [each.kind for each in after.rules] == [RuleKind.LEAVES, RuleKind.EXCLUSIVE]
    assert [each.name for each in after.questions] == ["primary_frame", "tone", "urgency", "urgent"]
    assert after.questions[2] == fewer
    assert [each.label for each in after.relation_types] == ["causes"]
    assert answers.of_article(project, filled.first)[filled.ana] == {
        asked.id: ("3",)
    }  # and is told by a check
    assert plan(after, incoming).nothing
    project.undo()
    assert contents(project) == before


def _answer(article: str, coder: str, question: str, value: str, step: Step) -> None:
    answers.give(step, article, coder, question, [value])
