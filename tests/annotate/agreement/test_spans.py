"""Agreement on where marks are, against what was published, by definition, and at the edges."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.agreement import alpha as alphas
from annotate.agreement import chance, pairwise, places
from annotate.agreement.layers import Layer, apart, layer, pooled
from annotate.agreement.matching import assigned, best_pairs, overlap
from annotate.agreement.unitizing import continuum
from annotate.agreement.units import Ratings
from tests.annotate.agreement.tables import cases, holds


def of_table(table):
    data = table["data"]
    return continuum(
        [(data["length"], [[tuple(unit) for unit in units] for units in data["units"].values()])]
    )


@pytest.mark.parametrize(
    ("table", "check"), cases("u_alpha", "bar_u_alpha", "cu_alpha", "ku_alpha", "ku_coverage")
)
def test_the_u_alpha_family(table, check):
    held, kind = of_table(table), check["params"].get("category")
    found = {
        "u_alpha": lambda: held.all().value,
        "bar_u_alpha": lambda: held.relevant().value,
        "cu_alpha": lambda: held.coding().value,
        "ku_alpha": lambda: held.category(kind).value,
        "ku_coverage": lambda: held.coverage(kind),
    }[check["coefficient"]]()
    assert holds(found, check)


@pytest.mark.parametrize(("table", "check"), cases("token_alpha", "token_kappa", "token_pi"))
def test_by_position(table, check):
    kind, data = check["params"]["category"], table["data"]
    marked = [[((s, e),) for s, e, c in units if c == kind] for units in data["units"].values()]
    held = layer(data["length"], marked)
    rows = [
        tuple(any(s <= at < e for mark in marks for s, e in mark) for marks in marked)
        for at in range(data["length"])
    ]
    ratings = Ratings.of(("1", "2"), (False, True), rows)
    found = {
        "token_alpha": places.position_alpha(held).value,
        "token_kappa": pairwise.cohen(ratings.table(0, 1)).value,
        "token_pi": chance.fleiss(ratings.units).value,
    }[check["coefficient"]]
    assert holds(found, check)
    assert places.position_alpha(held).value == pytest.approx(alphas.alpha(ratings.units).value)


@pytest.mark.parametrize(("table", "check"), cases("bar_u_alpha"))
def test_a_layer_has_the_u_alpha_of_its_units(table, check):
    """Of every category alone, as if there were no other."""
    data = table["data"]
    for kind in {c for units in data["units"].values() for *_, c in units}:
        alone = [[(s, e, c) for s, e, c in units if c == kind] for units in data["units"].values()]
        held = layer(data["length"], [[((s, e),) for s, e, _ in units] for units in alone])
        wanted = continuum([(data["length"], alone)]).relevant().value
        assert places.unit_alpha(held).value == pytest.approx(wanted)


def test_nothing_marked_is_no_agreement():
    empty = layer(60, [[], []])
    for figure in (places.position_alpha, places.unit_alpha, places.exact_f1, places.overlap_f1):
        assert (figure(empty).value, figure(empty).why) == (None, "nothing was marked")
    assert continuum([(60, [[], []])]).all().why == "nothing was marked"


def test_a_silent_coder_agrees_on_nothing():
    one = layer(60, [[((2, 9),)], []])
    assert places.unit_alpha(one).value == pytest.approx(-1 / 20)
    assert places.exact_f1(one).value == 0
    assert continuum([(60, [[(2, 9, "1")], []])]).coding().why == "no marks of two coders meet"


def test_one_that_is_marked_throughout_has_nothing_to_tell_it_from():
    assert places.unit_alpha(layer(10, [[((0, 10),)], [((0, 10),)]])).why == "no variation"


def test_a_perfect_text_and_a_lone_mark_differ_from_both_together():
    perfect, lone = layer(100, [[((10, 50),)], [((10, 50),)]]), layer(100, [[((0, 5),)], []])
    assert places.unit_alpha(perfect).value == pytest.approx(1)
    assert places.unit_alpha(lone).value < 0
    assert 0.8 < places.unit_alpha(pooled([perfect, lone], 2, 200)).value < 1


@pytest.mark.parametrize(("table", "check"), cases("holsti"))
def test_marks_in_common_are_counted_as_holsti_does(table, check):
    data = table["data"]
    held = Layer((1, 0, 0), 0, data["agreements"], 0, data["n1"] + data["n2"])
    assert holds(places.exact_f1(held).value, check)


def test_stretches_that_overlap_are_one_and_those_that_touch_are_two():
    assert apart([(5, 9), (0, 3), (2, 5), (9, 10)]) == [(0, 5), (5, 9), (9, 10)]


def test_a_mark_with_gaps_is_the_same_only_with_the_same_gaps():
    gapped, whole = ((0, 5), (10, 15)), ((0, 15),)
    held = layer(20, [[gapped], [whole]])
    assert (held.exact, held.overlapping, held.marks) == (0, 1, 2)
    assert overlap(gapped, whole) == 10
    assert layer(20, [[gapped], [gapped]]).exact == 1


def test_pairs_share_the_most_text_and_not_the_first_they_meet():
    """Taken in the order of the file, the first would take the second's only partner."""
    one = [((0, 10),), ((8, 20),)]
    other = [((9, 20),), ((0, 3),)]
    assert best_pairs(one, other) == [(0, 1), (1, 0)]


def test_of_pairings_that_share_as_much_text_the_one_with_more_pairs_counts():
    """Else what is found would hang on which coder comes first."""
    one = [((4, 10),), ((22, 27), (32, 33))]
    other = [((5, 6), (13, 24)), ((27, 36),)]
    assert best_pairs(one, other) == [(0, 0), (1, 1)]
    assert best_pairs(other, one) == [(0, 0), (1, 1)]


spans = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda pair: ((pair[0], pair[0] + pair[1]),)),
    max_size=5,
)
worths = st.integers(1, 5).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(0, 9), min_size=columns, max_size=columns), min_size=1, max_size=5
    )
)


@given(worths)
def test_no_other_assignment_is_worth_more(worth):
    given_to = assigned(worth)
    used = [column for column in given_to if column >= 0]
    assert len(used) == len(set(used)) == min(len(worth), len(worth[0]))
    found = sum(worth[row][column] for row, column in enumerate(given_to) if column >= 0)
    rows, columns = len(worth), len(worth[0])
    if rows <= columns:
        best = max(
            sum(worth[r][c] for r, c in enumerate(order)) for order in permutations(range(columns), rows)
        )
    else:
        best = max(
            sum(worth[r][c] for c, r in enumerate(order)) for order in permutations(range(rows), columns)
        )
    assert found == best


@given(spans, spans)
def test_pairs_are_one_to_one_and_as_many_either_way(one, other):
    pairs = best_pairs(one, other)
    assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)
    assert all(overlap(one[a], other[b]) for a, b in pairs)
    back = best_pairs(other, one)
    assert len(back) == len(pairs)
    assert sum(overlap(one[a], other[b]) for a, b in pairs) == sum(overlap(other[a], one[b]) for a, b in back)


@given(spans, spans, spans)
def test_positions_add_up_and_order_of_coders_does_not_matter(one, other, third):
    held = layer(40, [one, other, third])
    assert sum(held.covered) == 40
    turned = layer(40, [third, one, other])
    assert (turned.covered, turned.squares, turned.exact, turned.marks) == (
        held.covered,
        held.squares,
        held.exact,
        held.marks,
    )
    assert held.exact <= held.overlapping


@given(st.lists(st.tuples(spans, spans), min_size=1, max_size=4))
def test_texts_laid_end_to_end_are_the_sum_of_their_layers(texts):
    held = pooled([layer(40, list(marked)) for marked in texts], 2, 40 * len(texts))
    units = [
        (40, [[(s, e, "x") for s, e in apart([span for mark in marks for span in mark])] for marks in marked])
        for marked in texts
    ]
    wanted, found = continuum(units).relevant(), places.unit_alpha(held)
    assert found.why == wanted.why
    assert found.value == pytest.approx(wanted.value)


def test_an_interval_is_the_same_for_the_same_seed_and_holds_the_figure():
    layers = {at: layer(100, [[((at, at + 20),)], [((at + at % 5, at + 20),)]]) for at in range(30)}
    layers |= {40 + at: layer(100, [[((0, 9),)], []]) for at in range(3)}
    lengths = [100] * 43
    figures = (places.position_alpha, places.unit_alpha, places.overlap_f1)
    found = places.Draws(lengths, 7, 300).intervals(layers, 2, figures)
    assert found == places.Draws(lengths, 7, 300).intervals(layers, 2, figures)
    assert found != places.Draws(lengths, 8, 300).intervals(layers, 2, figures)
    for (each, lost), figure in zip(found, figures, strict=True):
        assert each.value == figure(pooled(layers.values(), 2, 4300)).value
        assert each.low < each.value < each.high
        assert lost == 0


def test_draws_without_a_figure_are_counted_and_many_of_them_give_no_interval():
    layers = {3: layer(100, [[((0, 9),)], [((0, 9),)]])}
    ((found, lost),) = places.Draws([100] * 21, 1, 200).intervals(layers, 2, (places.unit_alpha,))
    assert found.value == pytest.approx(1)
    assert 40 < lost < 120
    assert found.low == pytest.approx(1)
    ((alone, lost),) = places.Draws([100], 1, 50).intervals({0: layers[3]}, 2, (places.exact_f1,))
    assert (alone.value, alone.low, lost) == (1, None, 50)
    ((nothing, lost),) = places.Draws([100, 50], 1, 50).intervals({}, 2, (places.exact_f1,))
    assert (nothing.why, lost) == ("nothing was marked", 50)


def test_of_very_many_texts_fewer_draws_are_made():
    assert [places.fewer(1000, texts) for texts in (10, 10_000, 20_000, 10**6)] == [1000, 1000, 500, 200]
    assert places.fewer(50, 10**6) == 50


def test_quantiles_lie_between_the_nearest():
    assert places.quantile([0.0, 1.0], 0.5) == 0.5
    assert places.quantile([3.0], 0.975) == 3


def test_texts_without_a_layer_are_unmarked_throughout():
    one = layer(100, [[((0, 9),)], [((2, 9),)]])
    assert pooled([one], 2, 300) == Layer((291, 2, 7), 130, 0, 1, 2)
    assert pooled([], 2, 300) == Layer((300, 0, 0), 0, 0, 0, 0)


def test_hundreds_of_marks_over_each_other_are_paired():
    made = random.Random(1)
    one, other = (
        [((start, start + made.randrange(200, 900)),) for start in made.choices(range(1000), k=200)]
        for _ in "ab"
    )
    assert len(best_pairs(one, other)) > 150
