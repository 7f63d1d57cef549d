"""Questions about whole articles: what is asked, what can be answered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.model import Code
from annotate.questions import (
    Condition,
    Form,
    Option,
    Question,
    QuestionKind,
    Source,
    checked,
    condition_from_json,
    condition_to_json,
    fitting,
    options_from_json,
    options_to_json,
)

CODES = {
    code.id: code
    for code in (
        Code("c1", "cap", None, "1", "Economy"),
        Code("c11", "cap", "c1", "101", "Inflation"),
        Code("c12", "cap", "c1", "102", "Jobs", retired=True),
        Code("c9", "cap", None, "9", "Immigration"),
        Code("z", "other", None, "", "Elsewhere"),
    )
}
MAJOR = Question("major", "cap", "major", "Major topic", source=Source.CODES, required=True)
SUB = Question("sub", "cap", "sub", source=Source.FOLLOWS, follows="major", required=True)
TONE = Question("tone", "cap", "tone", options=(Option("+", "Good"), Option("-", "Bad")))
WHY = Question(
    "why", "cap", "why", "Why?", QuestionKind.TEXT, condition=Condition("tone", ("-",)), required=True
)
MORE = Question("more", "cap", "more", "", QuestionKind.NUMBER, condition=Condition("why"))
FORM = Form([MAJOR, SUB, TONE, WHY, MORE], CODES)


def names(questions: list[Question]) -> list[str]:
    return [each.name for each in questions]


def test_options_are_the_topmost_codes_and_then_those_below_the_answer() -> None:
    assert [each.label for each in FORM.options(MAJOR, {})] == ["1 Economy", "9 Immigration"]
    assert FORM.options(SUB, {}) == ()
    assert FORM.options(SUB, {"major": ("c1",)}) == (Option("c11", "101 Inflation"),)


def test_a_question_waits_for_the_answers_it_depends_on() -> None:
    assert names(FORM.shown({})) == ["major", "tone"]
    assert names(FORM.shown({"major": ("c1",), "tone": ("-",)})) == ["major", "sub", "tone", "why"]
    assert names(FORM.shown({"major": ("c9",), "tone": ("-",), "why": ("so",)})) == [
        "major",
        "tone",
        "why",
        "more",
    ]
    assert names(FORM.shown({"why": ("so",)})) == ["major", "tone"]


def test_progress_and_what_is_missing_count_what_is_asked() -> None:
    assert FORM.progress({}) == (0, 2)
    assert FORM.progress({"major": ("c1",), "tone": ("-",)}) == (2, 4)
    assert names(FORM.missing({})) == ["major"]
    assert names(FORM.missing({"major": ("c1",), "tone": ("-",)})) == ["sub", "why"]


def test_answers_that_cannot_be_are_said() -> None:
    assert FORM.problem(MAJOR, {"major": ("c9",)}) == ""
    assert FORM.problem(MAJOR, {"major": ("z",)}) == "“Elsewhere” is not one of the answers to “Major topic”."
    assert FORM.problem(WHY, {"why": ("so",)}) == "“Why?” is answered, but not asked after the other answers."
    said = {"tone": ("-",), "why": ("so",), "more": ("many",)}
    assert FORM.problem(MORE, said) == "The answer to “more” is “many”, which is no number."


def test_two_questions_that_wait_for_each_other_are_never_asked() -> None:
    one = Question("1", "t", "one", condition=Condition("2"))
    form = Form([one, Question("2", "t", "two", condition=Condition("1"))], {})
    assert form.shown({"1": ("x",), "2": ("x",)}) == []


@pytest.mark.parametrize(("said", "kept"), [("3", "3"), (" 2,5 ", "2.5"), ("\u22124", "-4"), ("", "")])
def test_numbers_are_kept_as_one_writes_them(said: str, kept: str) -> None:
    assert fitting(MORE, [said]) == ((kept,) if kept else ())


@pytest.mark.parametrize("said", ["many", "1 000", "nan", "inf"])
def test_what_is_no_number_is_refused(said: str) -> None:
    with pytest.raises(UserError, match="no number"):
        fitting(MORE, [said])


def test_several_answers_only_where_several_may_be_given() -> None:
    several = Question("m", "t", "m", kind=QuestionKind.MULTIPLE)
    assert fitting(several, ["a", " b ", "a", ""]) == ("a", "b")
    with pytest.raises(UserError, match="takes one answer"):
        fitting(TONE, ["+", "-"])


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (Question("q", "t", " "), "needs a name"),
        (Question("q", "t", "Major"), "already a question called “Major”"),
        (Question("q", "t", "x", options=(Option("a", "A"),)), "two answers or more"),
        (Question("q", "t", "x", options=(Option("a", "A"), Option("a", "B"))), "two answers or more"),
        (Question("q", "t", "x", source=Source.FOLLOWS), "Say which question"),
        (Question("q", "t", "x", kind=QuestionKind.TEXT, condition=Condition("q")), "its own answer"),
    ],
)
def test_what_is_no_question_is_said(question: Question, says: str) -> None:
    with pytest.raises(UserError, match=says):
        checked(question, [MAJOR])


def test_a_question_without_a_name_is_named_by_its_words() -> None:
    made = checked(replace(TONE, name="", text="Is it  good?", options=(Option("", "Yes"), Option("n", ""))))
    assert (made.name, made.text) == ("Is it good?", "Is it good?")
    assert made.options == (Option("Yes", "Yes"), Option("n", "n"))


WORDS = st.text(max_size=5)


@given(
    st.lists(st.builds(Option, WORDS, WORDS)).map(tuple),
    st.none() | st.builds(Condition, WORDS, st.tuples(WORDS)),
)
def test_options_and_conditions_come_back_as_they_went(options, condition) -> None:
    assert options_from_json(options_to_json(options)) == options
    assert condition_from_json(condition_to_json(condition)) == condition
