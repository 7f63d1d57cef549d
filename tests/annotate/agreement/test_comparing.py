"""Coders compared on texts: codes, taxonomies, questions, and how it is told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.agreement.compared import Asked, CodedText, Comparison
from annotate.agreement.comparing import Comparing
from annotate.agreement.report import markdown, plain
from annotate.agreement.tables import sheets
from annotate.model import Code, Taxonomy
from annotate.questions import Question, QuestionKind
from annotate.spans import joined

FRAMES = Taxonomy(
    "t", "frames", "Frames",
    codes=(
        Code("a", "t", None, "1", "Cost | price"), Code("b", "t", None, "2", "Law"),
        Code("c", "t", None, "3", "Unused"),
    ),
    questions=(
        Question("q1", "t", "tone"),
        Question("q2", "t", "degree", kind=QuestionKind.SCALE),
        Question("q3", "t", "deaths", kind=QuestionKind.NUMBER),
        Question("q4", "t", "voices", kind=QuestionKind.MULTIPLE),
        Question("q5", "t", "summary", kind=QuestionKind.TEXT),
    ),
)  # fmt: skip
ASKED = (
    Asked("q1", QuestionKind.SINGLE, ("for", "against", "neutral")),
    Asked("q2", QuestionKind.SCALE, ("low", "middle", "high")),
    Asked("q3", QuestionKind.NUMBER),
    Asked("q4", QuestionKind.MULTIPLE, ("press", "state", "people")),
    Asked("q5", QuestionKind.TEXT),
)


def text(ana, ben, of_ana=None, of_ben=None, length=100) -> CodedText:
    return CodedText(length, [ana, ben], [of_ana or {}, of_ben or {}])


def compared(*texts: CodedText, draws: int = 50, coders=("Ana", "Ben")):
    held = Comparing(coders, {"a": "t", "b": "t", "c": "t"}, ASKED)
    for each in texts:
        held.take(each)
    return held.compared(1, draws)


def mark(code: str, start: int, end: int):
    return code, ((start, end),)


def test_a_code_not_used_in_an_article_is_a_decision():
    found = compared(
        text([mark("a", 0, 9)], [mark("a", 0, 9)]), text([mark("a", 5, 9)], []), text([], []), text([], [])
    )
    (code,) = found.codes
    assert (code.articles, code.positive, code.marks) == ((2, 1), 2, (2, 1))
    assert code.presence.percent.value == 0.75
    assert code.passages.exact.value == pytest.approx(2 / 3)
    assert code.few


def test_a_passage_twice_with_one_code_counts_once():
    """As where two codes are counted as the one above them."""
    found = compared(text([mark("a", 0, 9), mark("a", 0, 9)], [mark("a", 0, 9)]), text([], []))
    assert found.codes[0].marks == (1, 1)
    assert found.codes[0].passages.exact.value == 1


def test_a_taxonomy_tells_where_from_what():
    """All mark the same passages and call them otherwise."""
    found = compared(
        *[text([mark("a", at, at + 9)], [mark("b", at, at + 9)]) for at in range(0, 40, 4)], text([], [])
    )
    (scheme,) = found.schemes
    assert scheme.places.exact.value == 1
    assert scheme.places.unit.value == pytest.approx(1)
    assert scheme.labels.value < 0
    assert scheme.coding.value < 0
    assert scheme.coverage == 1
    assert scheme.confusion == {(0, "a", "b"): 10}


def test_codes_over_each_other_are_compared_as_sets_and_have_no_cu_alpha():
    both = [mark("a", 0, 20), mark("b", 10, 30)]
    found = compared(text(both, both), text([mark("a", 0, 9)], [mark("b", 0, 9)]))
    (scheme,) = found.schemes
    assert (scheme.coding.value, scheme.coding.why) == (None, "codes lie over each other")
    assert 0 < scheme.labels.value < 1
    assert scheme.confusion == {(0, "a", "a"): 1, (0, "b", "b"): 1, (0, "a", "b"): 1}


def test_marks_that_nobody_met_stand_against_none():
    found = compared(text([mark("a", 0, 9)], [mark("b", 50, 60)]))
    assert found.schemes[0].confusion == {(0, "a", None): 1, (0, None, "b"): 1}
    assert found.schemes[0].labels.why == "no marks of two coders meet"


def test_the_same_place_and_code_go_together_before_a_longer_overlap():
    one, other = [mark("a", 0, 10), mark("b", 0, 30)], [mark("a", 0, 10), mark("a", 0, 30)]
    found = compared(text(one, other))
    assert found.schemes[0].confusion == {(0, "a", "a"): 1, (0, "b", "a"): 1}


def test_each_kind_of_question_is_compared_as_its_answers_allow():
    found = compared(
        text([], [], {"q1": ("for",), "q2": ("low",), "q3": ("10",), "q4": ("press",), "q5": ("x",)},
             {"q1": ("for",), "q2": ("middle",), "q3": ("12",), "q4": ("press", "state"), "q5": ("y",)}),
        text([], [], {"q1": ("against",), "q2": ("high",), "q3": ("1",), "q4": ("people",)},
             {"q1": ("neutral",), "q2": ("high",), "q3": ("1",), "q4": ("people",)}),
        text([], [], {"q1": ("against",)}, {}),
    )  # fmt: skip
    told = {each.question: each for each in found.questions}
    assert {id: each.metric for id, each in told.items()} == {
        "q1": "nominal", "q2": "ordinal", "q3": "interval", "q4": "MASI",
    }  # fmt: skip
    assert (told["q1"].answered, told["q1"].figures.units) == ((3, 2), 2)
    assert told["q1"].figures.percent.value == 0.5
    assert set(told["q1"].categories) == {"for", "against", "neutral"}
    assert 0 < told["q2"].figures.alpha.value < 1
    assert told["q3"].figures.alpha.value > 0.9
    assert 0 < told["q4"].figures.alpha.value < 1
    assert told["q4"].figures.ac.why == "the values are not declared"
    assert len(told["q1"].pairs) == 1


def test_three_coders_are_compared_all_with_all():
    rows = [[[mark("a", 0, 9)], [mark("a", 0, 9)], []], [[], [], []], [[mark("a", 0, 9)]] * 3]
    found = compared(*[CodedText(100, row, [{}, {}, {}]) for row in rows], coders=("A", "B", "C"))
    (code,) = found.codes
    assert code.presence.units == 3
    assert code.presence.percent.value == pytest.approx((1 / 3 + 1 + 1) / 3)
    assert code.passages.exact.value == pytest.approx(2 * (1 + 3) / (2 + 1 + 1 + 6))
    assert {pair for pair, _, _ in found.schemes[0].confusion} == {0, 1, 2}


@pytest.fixture
def comparison() -> Comparison:
    held = compared(
        text([mark("a", 0, 9)], [mark("b", 0, 9)], {"q1": ("for",)}, {"q1": ("for",)}),
        text([mark("b", 0, 9)], [mark("b", 0, 9)], {"q1": ("against",)}, {"q1": ("for",)}),
    )
    return Comparison(held, (FRAMES,), not_done=3, not_by_all=1)


def test_a_report_says_what_it_compares_and_keeps_to_its_tables(comparison):
    said = markdown([comparison], "Agreement: *Study*")
    assert "Ana and Ben on 2 articles, each done and coded by all of them." in said
    assert "Left out: 3 not done, 1 not coded by all of them." in said
    rows = [line for line in said.split("\n") if line.startswith("| 1 Cost")]
    assert len(rows) == 1
    assert "Cost \\| price\\*" in rows[0]
    assert "Unused" not in said
    assert "| Ana | 1 Cost \\| price | Ben | 2 Law | 1 |" in said
    assert "50 draws of articles with the seed 1" in said


def test_a_terminal_has_columns_that_stand_below_each_other(comparison):
    lines = list(plain([comparison]))
    head = next(line for line in lines if line.startswith("code "))
    (row,) = [line for line in lines if line.startswith("2 Law")]
    assert head.index("used in") + len("used in") == row.index("2", 3) + 1
    assert not any("\\" in line or line.startswith("|") for line in lines)


def test_tables_hold_every_figure_and_say_why_one_is_not_defined(comparison):
    held = {sheet.name: sheet for sheet in sheets([comparison, comparison])}
    codes = held["code_agreement"]
    names = [field.name for field in codes.fields]
    rows = [dict(zip(names, row, strict=True)) for row in codes.rows()]
    assert [(row["comparison"], row["code"]) for row in rows] == [(1, "a"), (1, "b"), (2, "a"), (2, "b")]
    assert rows[0]["path"] == "Cost | price"
    assert rows[0]["kappa"] == 0
    law = rows[1]
    assert (law["percent"], law["used_in"]) == (0.5, 2)
    for sheet in held.values():
        keys = [field.name for field in sheet.fields]
        made = [dict(zip(keys, row, strict=True)) for row in sheet.rows()]
        assert len({tuple(row[name] for name in sheet.key) for row in made}) == len(made)
        assert all(
            row[field.name] not in (None, "") for row in made for field in sheet.fields if field.needed
        )
    uses = list(held["code_use_by_coder"].rows())
    assert (1, "a", "Ana", 1, 0.5, 1) in uses


def test_tables_without_rows_are_left_out():
    empty = compared(text([], []), text([], []))
    assert [sheet.name for sheet in sheets([Comparison(empty, (FRAMES,))])] == [
        "comparisons",
        "compared_coders",
    ]
    assert "None of them marked or answered anything there." in markdown([Comparison(empty, (FRAMES,))], "x")


stretches = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    min_size=1,
    max_size=3,
).map(joined)
coded_marks = st.lists(st.tuples(st.sampled_from("abc"), stretches), max_size=5)
given_answers = st.fixed_dictionaries(
    {},
    optional={
        "q1": st.sampled_from([("for",), ("against",)]),
        "q2": st.sampled_from([("low",), ("high",)]),
        "q3": st.sampled_from([("1",), ("2.5",), ("-3",)]),
        "q4": st.lists(st.sampled_from(["press", "state"]), min_size=1, unique=True).map(tuple),
    },
)


@settings(deadline=None)
@given(
    st.lists(st.lists(st.tuples(coded_marks, given_answers), min_size=3, max_size=3), min_size=1, max_size=5)
)
def test_whatever_was_coded_is_compared_and_the_order_of_coders_does_not_matter(rows):
    def found(order):
        held = Comparing([f"c{at}" for at in order], {"a": "t", "b": "t", "c": "t"}, ASKED)
        for row in rows:
            held.take(CodedText(60, [row[at][0] for at in order], [row[at][1] for at in order]))
        return held.compared(1, 5)

    one, other = found((0, 1, 2)), found((2, 0, 1))
    turned = {each.code: each for each in other.codes}
    for each in one.codes:
        again = turned[each.code]
        assert each.presence.alpha.value == pytest.approx(again.presence.alpha.value)
        assert each.presence.ac.value == pytest.approx(again.presence.ac.value)
        assert each.presence.conger.value == pytest.approx(again.presence.conger.value)
        for name in ("position", "unit", "exact", "overlap"):
            this, that = getattr(each.passages, name), getattr(again.passages, name)
            assert this.value == pytest.approx(that.value)
            assert this.value is None or this.value <= 1 + 1e-9
        assert sum(each.marks) == sum(again.marks)
        assert each.positive <= one.articles
    for each in one.schemes:
        pairs = [n for (pair, a, b), n in each.confusion.items() if pair == 0 and a is not None]
        assert sum(pairs) == each.marks[0]
    said = markdown([Comparison(one, (FRAMES,))], "x")
    assert "nan" not in said
    assert list(plain([Comparison(one, (FRAMES,))]))
    for sheet in sheets([Comparison(one, (FRAMES,))]):
        assert all(len(row) == len(sheet.fields) for row in sheet.rows())
