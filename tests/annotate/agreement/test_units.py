"""Coefficients of units and categories against what was published, and at their edges."""

from __future__ import annotations

import math
import random
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.agreement import alpha as alphas
from annotate.agreement import chance, pairwise, weights
from annotate.agreement.estimate import Estimate, in_figures, student
from annotate.agreement.units import Ratings, Units
from tests.annotate.agreement.tables import cases, holds, ratings, units, values


def weighed(table, check):
    """The weights a check asks for; None for the identity."""
    held, name = values(table) if "ratings" in table["data"] else None, check["params"].get("weights")
    categories = held or table["data"].get("categories") or range(1, 1 + len(units(table).categories))
    match name:
        case None | "identity":
            return None
        case "linear":
            return weights.linear(numbers(categories, check))
        case "quadratic":
            return weights.quadratic(numbers(categories, check))
        case "ordinal":
            return weights.ordinal(len(categories))
        case list():
            return name
    raise ValueError(name)


def numbers(categories, check):
    if check["params"].get("weights_on") == "category_index":
        return list(range(len(categories)))
    return [float(each) for each in categories]


@pytest.mark.parametrize(("table", "check"), cases("percent_agreement"))
def test_percent(table, check):
    assert holds(chance.percent(units(table), weighed(table, check)).value, check)


@pytest.mark.parametrize(("table", "check"), cases("gwet_ac", "gwet_ac_se", "gwet_ac_ci_low"))
def test_gwet(table, check):
    found = chance.gwet(units(table), weighed(table, check))
    assert holds(asked(found, check), check)


@pytest.mark.parametrize(("table", "check"), cases("fleiss_kappa", "fleiss_kappa_se"))
def test_fleiss(table, check):
    assert holds(asked(chance.fleiss(units(table), weighed(table, check)), check), check)


@pytest.mark.parametrize(("table", "check"), cases("brennan_prediger", "brennan_prediger_se", "bennett_s"))
def test_brennan_prediger(table, check):
    assert holds(asked(chance.brennan_prediger(units(table), weighed(table, check)), check), check)


@pytest.mark.parametrize(("table", "check"), cases("scott_pi"))
def test_scott_is_fleiss_of_two(table, check):
    assert holds(chance.fleiss(units(table)).value, check)


@pytest.mark.parametrize(
    ("table", "check"), cases("cohen_kappa", "cohen_kappa_max", "cohen_pe", "cohen_kappa_se")
)
def test_cohen(table, check):
    matrix = ratings(table).table(0, 1)
    match check["coefficient"]:
        case "cohen_pe":
            found = pairwise.expected(matrix)
        case "cohen_kappa_max":
            found = pairwise.most_cohen(matrix).value
        case "cohen_kappa_se":
            found = pairwise.cohen(matrix).error
        case _:
            found = pairwise.cohen(matrix).value
    assert holds(found, check)


@pytest.mark.parametrize(("table", "check"), cases("weighted_kappa"))
def test_weighted_kappa(table, check):
    held = ratings(table)
    assert holds(pairwise.cohen(held.table(0, 1), weighed(table, check)).value, check)


@pytest.mark.parametrize(("table", "check"), cases("light_kappa", "conger_kappa"))
def test_kappa_of_more_than_two(table, check):
    held = ratings(table)
    match check["coefficient"]:
        case "light_kappa":
            found = pairwise.light(held)[0]
        case _:
            found = pairwise.conger(held, weighed(table, check))
    assert holds(found.value, check)


@pytest.mark.parametrize(("table", "check"), cases("krippendorff_alpha"))
def test_alpha(table, check):
    held, params = units(table), check["params"]
    match params["metric"]:
        case "ordinal":
            found = alphas.ordinal_alpha(held)
        case "matrix":
            index = {each: at for at, each in enumerate(held.categories)}
            matrix = params["distance"]
            found = alphas.alpha(held, lambda one, other: matrix[index[one]][index[other]])
        case metric:
            distance = {
                "nominal": weights.differs,
                "interval": weights.interval,
                "ratio": weights.ratio,
            }[metric]
            found = alphas.alpha(held, distance)
    assert holds(found.value, check)


@pytest.mark.parametrize(("table", "check"), cases("alpha_Do", "alpha_De"))
def test_disagreement_of_alpha(table, check):
    distance = {"nominal": weights.differs, "interval": weights.interval}[check["params"]["metric"]]
    held = alphas.Disagreement(units(table), distance)
    found = held.observed if check["coefficient"] == "alpha_Do" else held.expected
    assert holds(found, check)


@pytest.mark.parametrize(
    ("table", "check"),
    cases("alpha_se_gwet", "alpha_ci_low_gwet", "alpha_agreement_weights"),
)
def test_precision_of_alpha(table, check):
    family = weighed(table, check)
    held = units(table)
    index = {each: at for at, each in enumerate(held.categories)}
    distance = weights.differs if family is None else lambda one, other: 1 - family[index[one]][index[other]]
    assert holds(asked(alphas.alpha(held, distance), check), check)


def asked(found: Estimate, check) -> float | None:
    """The value, its error (by units, or as the check's source divides) or where its interval begins."""
    name = check["coefficient"]
    if "_ci_low" in name:
        return found.low
    if "_se" not in name:
        return found.value
    assert found.error is not None
    return found.error * (math.sqrt(99 / 100) if check["params"].get("variance_divisor") == "n" else 1)


# ------------------------------------------------------------ sets and hierarchies


def steps(one, other):
    """Passonneau 2004."""
    if one == other:
        return 0.0
    if one <= other or other <= one:
        return 1 / 3
    return 2 / 3 if one & other else 1.0


@pytest.mark.parametrize(
    ("table", "check"), cases("alpha_set", "alpha_Do_set", "alpha_De_set", "percent_agreement_sets")
)
def test_alpha_of_sets(table, check):
    rows = [tuple(map(frozenset, row)) for row in table["data"]["ratings"]]
    held = Ratings.of(("1", "2"), sorted({each for row in rows for each in row}, key=sorted), rows).units
    name = check["coefficient"]
    if name == "percent_agreement_sets":
        found = chance.percent(held).value
    elif name == "alpha_set":
        found = alphas.alpha(held, steps).value
    else:
        disagreement = alphas.Disagreement(held, steps)
        found = disagreement.observed if name == "alpha_Do_set" else disagreement.expected
    assert holds(found, check)


@pytest.mark.parametrize(("table", "check"), cases("masi_distance", "jaccard_distance"))
def test_set_distances(table, check):
    distance = weights.masi if check["coefficient"] == "masi_distance" else weights.jaccard
    found = [distance(frozenset(one), frozenset(other)) for one, other in table["data"]["pairs"]]
    assert found == pytest.approx(check["expected"])
    assert distance(frozenset(), frozenset()) == 0
    assert distance(frozenset(), frozenset("a")) == 1


@pytest.mark.parametrize(("table", "check"), cases("krippendorff_alpha_level1"))
def test_alpha_at_a_level_of_the_tree(table, check):
    rows = [tuple(value.split(".")[0] for value in row) for row in table["data"]["ratings"]]
    found = alphas.alpha(Ratings.of(("1", "2"), sorted({v for row in rows for v in row}), rows).units)
    assert holds(found.value, check)


# ------------------------------------------------------------ edges


def of(rows, categories=("a", "b")) -> Ratings:
    return Ratings.of([str(at) for at in range(len(rows[0]))], categories, rows)


def test_what_cannot_be_told_says_why_and_is_no_number():
    alike, alone = of([("a", "a")] * 9), of([("a", None), (None, "b")])
    assert alphas.alpha(alike.units).said() == "not defined (no variation)"
    assert pairwise.cohen(alike.table(0, 1)).why == "no variation"
    assert chance.fleiss(alike.units).why == "no variation"
    assert chance.gwet(alike.units).value == 1
    for held in (
        chance.percent(alone.units),
        chance.gwet(alone.units),
        chance.fleiss(alone.units),
        chance.brennan_prediger(alone.units),
        alphas.alpha(alone.units),
        pairwise.cohen(alone.table(0, 1)),
        pairwise.conger(alone),
    ):
        assert (held.value, held.why) == (None, "no unit that two coders coded")
    assert chance.gwet(of([("a", "a")], ("a",)).units).why == "fewer than two categories"


def test_categories_that_nobody_used_count_where_chance_goes_by_their_number():
    few, more = (
        of([("a", "a")] * 8 + [("a", "b")] * 2),
        of([("a", "a")] * 8 + [("a", "b")] * 2, ("a", "b", "c", "d")),
    )
    assert chance.brennan_prediger(more.units).value > chance.brennan_prediger(few.units).value
    assert chance.gwet(more.units).value > chance.gwet(few.units).value
    assert alphas.alpha(more.units).value == alphas.alpha(few.units).value


def test_a_category_against_the_rest():
    held = of([("a", "a"), ("b", "c"), ("c", "c"), ("a", "b"), ("b", "b")], ("a", "b", "c"))
    by_hand = of([(True, True), (False, False), (False, False), (True, False), (False, False)], (False, True))
    assert alphas.alpha_of_category(held, 0).value == alphas.alpha(by_hand.units).value


def test_one_unit_has_a_coefficient_and_no_interval():
    found = alphas.alpha(of([("a", "b")]).units)
    assert (found.value, found.low) == (0.0, None)


def test_negative_numbers_have_no_ratio():
    with pytest.raises(ValueError, match="not negative"):
        alphas.alpha(of([(-1, 2), (3, 3)], (-1, 2, 3)).units, weights.ratio)


def test_light_says_how_many_pairs_have_no_kappa():
    held = of([("a", "a", "a"), ("a", "a", "b"), ("a", "a", "a")])
    found, lost = pairwise.light(held)
    assert (found.value, lost) == (0.0, 1)


rows = st.lists(st.tuples(*[st.sampled_from(["a", "b", "c", None])] * 3), min_size=1, max_size=30)


@given(rows)
def test_it_does_not_matter_who_is_named_first_nor_which_unit(held):
    mixed = [tuple(reversed(row)) for row in reversed(held)]
    for measure in (alphas.alpha, chance.gwet, chance.fleiss, chance.percent, chance.brennan_prediger):
        one, other = measure(of(held, "abc").units), measure(of(mixed, "abc").units)
        assert one.why == other.why
        assert one.value == pytest.approx(other.value)
        assert one.error == pytest.approx(other.error)


@given(rows)
def test_alpha_is_what_its_definition_says(held):
    """Against the sum over all pairs of values, without patterns and margins."""
    kept = [[v for v in row if v is not None] for row in held]
    kept = [row for row in kept if len(row) > 1]
    pool = [v for row in kept for v in row]
    within = sum((a != b) / (len(row) - 1) for row in kept for a in row for b in row)
    across = sum(a != b for a in pool for b in pool)
    found = alphas.alpha(of(held, "abc").units).value
    if not across:
        assert found is None
    else:
        assert found == pytest.approx(1 - (within / len(pool)) / (across / (len(pool) * (len(pool) - 1))))


@given(rows)
def test_an_interval_holds_its_coefficient(held):
    for measure in (alphas.alpha, chance.gwet, chance.fleiss):
        found = measure(of(held, "abc").units)
        if found.low is not None:
            assert found.low <= found.value + 1e-12
            assert found.value - 1e-12 <= found.high <= 1


def test_the_interval_covers_the_truth_about_as_often_as_it_says():
    """Studies of a hundred units, where two coders each err in one of ten."""
    made = random.Random(4)
    truth = chance_free_alpha(0.1)
    covered = 0
    for _ in range(200):
        units_of = []
        for _ in range(100):
            right = made.random() < 0.5
            units_of.append(tuple(right != (made.random() < 0.1) for _ in range(2)))
        found = alphas.alpha(of(units_of, (False, True)).units)
        covered += found.low <= truth <= found.high
    assert 180 <= covered <= 198


def chance_free_alpha(error: float) -> float:
    """1 - Do / De for balanced categories."""
    return 1 - 2 * error * (1 - error) / 0.5


def test_students_quantiles():
    known = {1: 12.7062, 2: 4.30265, 5: 2.57058, 10: 2.22814, 30: 2.04227, 100: 1.98397, 401: 1.96588}
    for freedom, value in known.items():
        assert student(0.975, freedom) == pytest.approx(value, abs=2e-5)
    assert student(0.975, 400) == pytest.approx(student(0.975, 401), abs=2e-5)
    assert student(0.975, 10**6) == pytest.approx(NormalDist().inv_cdf(0.975), abs=1e-5)


def test_numbers_are_said_with_a_true_minus_and_no_minus_before_zero():
    assert (in_figures(-0.25), in_figures(-0.0001), in_figures(0.5)) == ("−0.250", "0.000", "0.500")


def test_units_by_counts_are_those_by_coders():
    held = of([("a", "b"), ("a", "a"), (None, "b")])
    assert Units.of_counts("ab", [(1, 1), (2, 0), (0, 1)]).spreads == held.units.spreads
