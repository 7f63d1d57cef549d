"""Rules: what they say, how they are kept, and where they are broken."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.model import Block, BlockKind, Code, Highlight, Layout, Scope, Taxonomy
from annotate.questions import Option, Question
from annotate.rules import FIELDS, Extent, Rule, RuleKind, Where, in_words, made, qualifiers_for, told
from annotate.violations import Checker, CodedText, violations

CODES = (
    Code("f", "t", None, "F", "Frames", assignable=False),
    Code("f1", "t", "f", "1", "Economic"),
    Code("f11", "t", "f1", "11", "Costs"),
    Code("f2", "t", "f", "2", "Legality", position=1),
    Code("a", "t", None, "A", "Actor", position=1),
    Code("h", "t", None, "H", "Headline", position=2, scope=Scope.HEADLINE),
    Code("w", "t", None, "W", "Off topic", position=3, scope=Scope.ARTICLE),
)
KNOWN = {code.id: code for code in CODES}
TEXT = "The title\nOne sentence. Another one here.\nA last paragraph."
SENTENCE, SECOND, LAST = (10, 23), (24, 41), (42, 59)


def mark(code: str | None, *spans: tuple[int, int], coder: str = "ana", **more: Any) -> Highlight:
    id = more.pop("id", f"{code}-{spans[0][0]}-{spans[-1][1]}-{coder}")
    parts = spans if len(spans) > 1 else ()
    return Highlight(id, "x", coder, code, spans[0][0], spans[-1][1], parts, **more)


def coded(*marks: Highlight, done: bool = False, answers: Any = None, text: str = TEXT) -> CodedText:
    layout = Layout((Block(0, 9, BlockKind.TITLE),))
    ordered = sorted(marks, key=lambda each: each.start)
    return CodedText("x", ordered, lambda: text, lambda: layout, done=done, answers=answers)


def broken(rules: list[Rule], *marks: Highlight, **more: Any) -> list[str]:
    taxonomy = Taxonomy("t", "t", "Study", codes=CODES, rules=tuple(rules))
    return [each.says for each in violations([taxonomy], [coded(*marks, **more)])]


def rule(kind: RuleKind, code: str | None = "f", **more: Any) -> Rule:
    return Rule("r", "t", kind, code, **more)


def test_leaves_only() -> None:
    leaves = [rule(RuleKind.LEAVES)]
    assert broken(leaves, mark("f11", SENTENCE), mark("f2", LAST)) == []
    assert broken(leaves, mark("f1", SENTENCE)) == ["“Economic” has codes below it; choose one of these."]


@pytest.mark.parametrize(
    ("where", "spans", "says"),
    [
        (Where.OVERLAP, ((10, 23), (22, 30)), "“Economic” and “Legality” overlap; at most one of “Frames” may."),
        (Where.OVERLAP, ((10, 23), (23, 30)), ""),
        (Where.SAME, ((10, 23), (10, 22)), ""),
        (Where.SAME, ((10, 23), (10, 23)), "“Economic” and “Legality” stand on the same span; at most one of "
         "“Frames” may."),
        (Where.ARTICLE, ((10, 23), (42, 59)), "“Economic” and “Legality” stand in one article; at most one of "
         "“Frames” may."),
    ],
)  # fmt: skip
def test_at_most_one_of_a_group(where: Where, spans: Any, says: str) -> None:
    rules = [rule(RuleKind.EXCLUSIVE, where=where)]
    assert broken(rules, mark("f1", spans[0]), mark("f2", spans[1])) == ([says] if says else [])
    assert broken(rules, mark("f1", spans[0]), mark("f2", spans[1], coder="ben")) == []
    assert broken(rules, mark("f1", spans[0]), mark("a", spans[1])) == []


def test_a_mark_in_the_gap_of_another_does_not_overlap_it() -> None:
    rules = [rule(RuleKind.EXCLUSIVE)]
    assert broken(rules, mark("f1", (10, 13), (30, 41)), mark("f2", (14, 22))) == []
    assert len(broken(rules, mark("f1", (10, 13), (30, 41)), mark("f2", (40, 41)))) == 1


def test_a_done_article_needs_one_of_the_codes() -> None:
    rules = [rule(RuleKind.REQUIRED)]
    says = "The article has no code of “Frames”."
    assert broken(rules, mark("a", SENTENCE)) == []
    assert broken(rules, mark("a", SENTENCE), done=True) == [says]
    assert broken(rules, done=True) == [says]
    assert broken(rules, mark("f11", SENTENCE), mark("a", SENTENCE, coder="ben"), done=True) == [says]


@pytest.mark.parametrize(
    ("extent", "fits", "not_"),
    [
        (Extent.SENTENCE, [SENTENCE, SECOND, (9, 24), (11, 14)], [(10, 30), (30, 50)]),
        (Extent.PARAGRAPH, [SENTENCE, (10, 41), LAST], [(30, 50), (0, 12)]),
        (Extent.PARAGRAPHS, [(0, 9), (10, 41), (10, 59), (9, 42)], [SENTENCE, (11, 41)]),
    ],
)
def test_what_a_mark_may_cover(extent: Extent, fits: Any, not_: Any) -> None:
    rules = [rule(RuleKind.SPAN, extent=extent)]
    assert broken(rules, *(mark("f1", span) for span in fits)) == []
    for span in not_:
        assert len(broken(rules, mark("f1", span))) == 1, span


def test_only_together_with_another() -> None:
    near = [rule(RuleKind.TOGETHER, "a", others=("f",))]
    assert broken(near, mark("a", (10, 12)), mark("f11", (11, 23))) == []
    assert broken(near, mark("a", (10, 12)), mark("f11", (12, 23))) == [
        "“Actor” needs “Frames” overlapping it."
    ]
    same = [rule(RuleKind.TOGETHER, "a", others=("f",), where=Where.SAME)]
    assert broken(same, mark("a", (10, 12)), mark("f2", (10, 12))) == []
    assert len(broken(same, mark("a", (10, 12)), mark("f2", (10, 13)))) == 1
    article = [rule(RuleKind.TOGETHER, "a", others=("f", "h"), where=Where.ARTICLE)]
    assert broken(article, mark("a", (10, 12)), mark("f2", (50, 53))) == []
    assert broken(article, mark("a", (10, 12))) == ["“Actor” needs “Frames” or “Headline” in the article."]


def test_a_qualifier_is_asked_of_the_branch_alone() -> None:
    stance = [rule(RuleKind.QUALIFIER, name="stance", values=("for", "against"), required=True)]
    assert broken(stance, mark("f1", SENTENCE, qualifiers=(("stance", "for"),)), mark("a", LAST)) == []
    assert broken(stance, mark("f1", SENTENCE)) == ["“Economic” does not say its stance."]
    assert broken(stance, mark("f1", SENTENCE, qualifiers=(("stance", "mild"),))) == [
        "The stance of “Economic” is “mild”, which is not among its values."
    ]
    assert broken(stance, mark("a", SENTENCE, qualifiers=(("stance", "for"),))) == [
        "“Actor” has a stance, which its code does not take."
    ]


def test_the_qualifier_of_the_nearest_branch_holds() -> None:
    whole = Rule("1", "t", RuleKind.QUALIFIER, None, name="stance", values=("for", "against"))
    branch = Rule("2", "t", RuleKind.QUALIFIER, "f1", name="stance", values=("pro", "contra"))
    other = Rule("3", "u", RuleKind.QUALIFIER, None, name="strength", values=("low", "high"))
    rules = [branch, whole, other]
    assert qualifiers_for("f11", rules, KNOWN) == (branch,)
    assert qualifiers_for("f2", rules, KNOWN) == (whole,)
    assert qualifiers_for(None, rules, KNOWN) == qualifiers_for("gone", rules, KNOWN) == ()


def test_a_code_for_headlines_or_articles_stays_there() -> None:
    assert broken([], mark("h", (0, 9))) == []
    assert broken([], mark("h", SENTENCE)) == ["“Headline” is for headlines alone."]
    assert broken([], mark("w", SENTENCE)) == ["“Off topic” is for whole articles, not for passages."]


def test_required_questions_are_missed_when_the_article_is_done() -> None:
    question = Question("q", "t", "tone", options=(Option("+", "Good"), Option("-", "Bad")), required=True)
    taxonomy = Taxonomy("t", "t", "Study", codes=CODES, questions=(question,))

    def found(**more: Any) -> list[str]:
        return [each.says for each in violations([taxonomy], [coded(mark("f1", SENTENCE), **more)])]

    assert found() == []
    assert found(done=True) == ["“tone” has no answer."]
    assert found(done=True, answers={"ana": {"q": ("+",)}}) == []
    assert found(answers={"ana": {"q": ("0",)}}) == ["“0” is not one of the answers to “tone”."]


def test_what_a_new_mark_breaks_is_told_at_once() -> None:
    rules = (
        Rule("1", "t", RuleKind.EXCLUSIVE, "f"),
        Rule("2", "t", RuleKind.TOGETHER, "a", others=("f",), where=Where.ARTICLE),
    )
    checker = Checker([Taxonomy("t", "t", "Study", codes=CODES, rules=rules)])
    old, new = mark("f1", SENTENCE), mark("f2", (12, 30))
    assert [each.marks for each in checker.broken_by(new, coded(old, new))] == [(new.id, old.id)]
    assert [each.marks for each in checker.broken_by(old, coded(old, new))] == [(new.id, old.id)]
    assert checker.broken_by(mark("a", LAST), coded(old, mark("a", LAST))) == []
    assert len(checker.broken_by(mark("a", LAST), coded(mark("a", LAST)))) == 1


RULES = st.builds(
    Rule, st.just("r"), st.just("t"), st.sampled_from(RuleKind), where=st.sampled_from(Where),
    extent=st.sampled_from(Extent), others=st.lists(st.sampled_from(["a", "f"]), min_size=1, unique=True).map(tuple),
    name=st.sampled_from(["stance", "strength"]), values=st.just(("for", "against")), ordered=st.booleans(),
    required=st.booleans(),
)  # fmt: skip


@given(RULES)
def test_a_rule_that_goes_out_comes_back_with_all_that_its_kind_says(each: Rule) -> None:
    back = made("r", "t", each.kind, told(each))
    assert all(getattr(back, name) == getattr(each, name) for name in FIELDS[each.kind])
    assert told(back) == told(each)
    assert in_words(each, KNOWN).endswith(".")


@pytest.mark.parametrize(
    ("kind", "held", "says"),
    [
        ("odd", {}, "Line 3: there is no kind of rule “odd”"),
        ("together", {}, "Say which codes"),
        ("qualifier", {"values": ["a", "b"]}, "needs a name"),
        ("qualifier", {"name": "stance", "values": ["a", "a"]}, "two values or more"),
        ("span", {"extent": "page"}, "“extent” of a rule cannot be “page”"),
        ("together", {"others": "f"}, "“others” of a rule is a list"),
    ],
)
def test_what_is_no_rule_is_said(kind: str, held: Any, says: str) -> None:
    with pytest.raises(UserError, match=says):
        made("r", "t", kind, held, place="Line 3")


def test_a_hundred_thousand_marks_are_checked_in_seconds() -> None:
    rules = tuple(
        Rule(str(at), "t", kind, "f", others=("a",), name="stance", values=("for", "against"))
        for at, kind in enumerate(RuleKind)
    )
    taxonomy = Taxonomy("t", "t", "Study", codes=CODES, rules=rules)
    codes = ["f1", "f11", "f2", "a"]
    text = "A sentence of words. " * 5_000
    marks = [mark(codes[at % 4], (at, at + 21), id=str(at)) for at in range(100_000)]
    marks += [mark("f2", (0, 100_000), id="whole")]
    began = time.perf_counter()
    found = list(violations([taxonomy], [coded(*marks, text=text)]))
    assert time.perf_counter() - began < 8
    assert len(found) > 50_000
