"""Articles drawn and dealt: the same for the same seed, in proportion, evenly."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.sampling import Candidate, Method, overlapping, plan, proportional, shuffled


def candidates(count: int, strata: str = "", groups: int = 0) -> list[Candidate]:
    return [
        Candidate(
            f"a{at}",
            f"h{at}",
            strata[at % len(strata)] if strata else "",
            f"g{at % groups}" if groups else "",
        )
        for at in range(count)
    ]


def test_the_order_is_that_of_the_stated_hash_and_stays_so():
    """A seed in a published package must draw the same in ten years."""
    assert [each.id for each in shuffled(candidates(8), 7)] == [
        "a4",
        "a1",
        "a7",
        "a2",
        "a5",
        "a0",
        "a3",
        "a6",
    ]


def test_one_more_article_moves_no_other():
    few = [each.id for each in shuffled(candidates(20), 3)]
    more = [each.id for each in shuffled(reversed(candidates(21)), 3)]
    assert [id for id in more if id != "a20"] == few


def test_part_is_coded_by_all_and_the_rest_dealt_evenly():
    made = plan(candidates(100), ["A", "B", "C"], Method(articles=50, overlap="20%"), 1)
    assert (len(made.articles), len(made.overlap), len(made.assignments)) == (50, 10, 3 * 10 + 40)
    times = Counter(article for article, _ in made.assignments)
    assert {times[id] for id in made.overlap} == {3}
    assert {times[id] for id in made.articles if id not in made.overlap} == {1}
    assert sorted(made.load().values()) == [23, 23, 24]


def test_two_of_three_coders_code_what_overlaps_each_pair_as_often():
    made = plan(candidates(30), ["A", "B", "C"], Method(overlap="12", together=2), 1)
    pairs = Counter(
        tuple(coder for article, coder in made.assignments if article == id) for id in made.overlap
    )
    assert set(pairs.values()) == {4}
    assert sorted(made.load().values()) == [14, 14, 14]


def test_in_proportion_by_a_field():
    made = plan(candidates(100, "NNNS"), ["A"], Method(articles=10, by="region"), 1)
    assert made.strata == {"N": 8, "S": 2} or made.strata == {"N": 7, "S": 3}
    assert proportional({"N": 75, "S": 25}, 10) == {"N": 8, "S": 2}
    assert proportional({"a": 1, "b": 1, "c": 1}, 2) == {"a": 1, "b": 1, "c": 0}


def test_near_duplicates_are_drawn_once_unless_all_are_taken_or_it_is_asked_for():
    held = candidates(10, groups=4)
    made = plan(held, ["A"], Method(articles=4), 1)
    assert (len({held[int(id[1:])].group for id in made.articles}), made.passed) == (4, 6)
    assert len(plan(held, ["A"], Method(articles=8, near=True), 1).articles) == 8
    assert len(plan(held, ["A"], Method(), 1).articles) == 10


@pytest.mark.parametrize(
    ("method", "coders", "said"),
    [
        (Method(articles=11), ["A"], "11 articles cannot be drawn: there are 10."),
        (Method(articles=0), ["A"], "A round needs an article."),
        (Method(), [], "A round needs a coder."),
        (Method(overlap="20%"), ["A"], "name two coders or more"),
        (Method(overlap="11"), ["A", "B"], "11 articles for several coders are more than the 10 drawn."),
        (Method(overlap="half"), ["A", "B"], "“half” is no overlap"),
        (Method(overlap="101%"), ["A", "B"], "100% at most"),
        (Method(overlap="1", together=3), ["A", "B"], "2 to 2 of these coders, not 3"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(method, coders, said):
    with pytest.raises(UserError, match=said.replace("(", r"\(")) as error:
        plan(candidates(10), coders, method, 1)
    assert str(error.value).count("\n") == 0


def test_an_overlap_is_a_share_or_a_number():
    assert [overlapping(each, 30) for each in ("20%", "10 %", "33.4%", "7", "0")] == [6, 3, 11, 7, 0]


def test_methods_say_themselves_in_words():
    method = Method(40, "outlet=Globe", "date", "20%", 2)
    assert method.in_words() == (
        "40 articles, drawn at random in proportion by date, of those with outlet=Globe, "
        "20% of them coded by 2 coders, no two near duplicates"
    )
    assert Method(overlap="100%").in_words() == "All articles, 100% of them coded by all coders"


@given(
    st.integers(1, 60),
    st.integers(1, 4),
    st.integers(0, 100),
    st.integers(0, 9),
    st.sampled_from(["", "NS", "abc"]),
)
def test_everything_drawn_is_dealt_and_loads_differ_by_one(count, coders, share, seed, strata):
    people = [f"c{at}" for at in range(coders)]
    method = Method(max(1, count // 2), by="x" if strata else "", overlap=f"{share if coders > 1 else 0}%")
    made = plan(candidates(count, strata), people, method, seed)
    assert {article for article, _ in made.assignments} == set(made.articles)
    assert len(made.assignments) == len(set(made.assignments))
    load = [made.load().get(each, 0) for each in people]
    assert max(load) - min(load) <= 1
    assert made == plan(reversed(candidates(count, strata)), people, method, seed)
