"""Rules and questions in the files of a taxonomy, as somebody writes them by hand."""

from __future__ import annotations

import pytest

from annotate.errors import UserError
from annotate.model import Taxonomy
from annotate.questions import Condition, Form, Option, QuestionKind, Source
from annotate.rules import RuleKind
from annotate.taxonomy import load_shipped
from annotate.taxonomy_files import read_taxonomy

HEAD = "title: Study\ncodes:\n- {id: a, label: Actor}\n- {id: f, label: Frame, children: [{id: f1, label: Law}]}\n"


def read(text: str) -> Taxonomy:
    return read_taxonomy((HEAD + text).encode(), "study.yaml").taxonomy


def test_a_few_lines_by_hand_are_enough() -> None:
    found = read(
        """
rules:
- kind: leaves
- {kind: together, code: a, others: [f], where: article}
- {kind: qualifier, code: f, name: stance, values: [for, against], required: yes}
questions:
- {name: tone, options: [good, {value: "-", label: bad}], required: true}
- {text: "Why is it bad?", kind: text, condition: {question: tone, values: "-"}}
- {name: frame, source: codes, branch: f}
- {name: more, source: follows, follows: frame}
"""
    )
    assert [rule.kind for rule in found.rules] == [RuleKind.LEAVES, RuleKind.TOGETHER, RuleKind.QUALIFIER]
    assert found.rules[2].values == ("for", "against")
    assert found.rules[2].required
    tone, why, frame, more = found.questions
    assert tone.options == (Option("good", "good"), Option("-", "bad"))
    assert (why.name, why.kind, why.condition) == (
        "Why is it bad?",
        QuestionKind.TEXT,
        Condition(tone.id, ("-",)),
    )
    assert (frame.branch, more.source, more.follows) == ("f", Source.FOLLOWS, frame.id)
    assert len({each.id for each in (*found.rules, *found.questions)}) == 7


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("rules: [{kind: odd}]", "Rule 1: there is no kind of rule “odd”"),
        ("rules: [{kind: leaves, code: x}]", "Rule 1: there is no code “x”"),
        ("rules: [{kind: together, others: [x]}]", "Rule 1: there is no code “x”"),
        ("rules: leaves", "“rules” is no list"),
        (
            "questions: [{kind: odd, name: x}]",
            "Question 1: 'odd' is not a valid QuestionKind; kinds are single",
        ),
        ("questions: [{name: x, options: [a]}]", "needs two answers"),
        (
            "questions: [{name: x, kind: text, condition: {question: y}}]",
            "Question 1: there is no question “y”",
        ),
        ("questions: [{name: x, kind: text, condition: y}]", "its condition needs"),
        ("questions: [{name: x, kind: text}, {name: x, kind: text}]", "the id “study:x” was already used"),
        (
            "questions: [{name: x, kind: text, id: '1'}, {name: X, kind: text}]",
            "already a question called “X”",
        ),
        ("questions: [{name: x, options: [[a]]}]", "an option is a text"),
    ],
)
def test_what_cannot_be_is_said_with_its_place(text: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        read(text)


def test_shipped_schemes_that_are_coded_by_article_ask_for_it() -> None:
    frames = load_shipped("policy-frames")
    form = Form(frames.questions, {code.id: code for code in frames.codes})
    assert [each.name for each in form.shown({})] == ["primary_frame"]
    assert [each.name for each in form.shown({"pfc:primary_frame": ("pfc:5",)})] == ["primary_frame", "tone"]
    assert [each.name for each in form.shown({"pfc:primary_frame": ("pfc:16",)})] == ["primary_frame"]
    assert len(form.options(frames.questions[1], {})) == 5
    cap = load_shipped("cap")
    form = Form(cap.questions, {code.id: code for code in cap.codes})
    major, sub = cap.questions
    assert len(form.options(major, {})) == 22
    assert form.options(sub, {major.id: ("cap:9",)})[0].value.startswith("cap:9")
