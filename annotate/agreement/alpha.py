"""Krippendorff's alpha (Content Analysis, 4th ed. 2018, ch. 12), for any distance between values."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property
from itertools import accumulate

from annotate.agreement.estimate import NO_PAIR, NO_VARIATION, Estimate, estimate, none
from annotate.agreement.units import Ratings, Spread, Units
from annotate.agreement.weights import Distance, differs


def alpha(units: Units, distance: Distance = differs) -> Estimate:
    """1 - observed / expected disagreement, over the units with two values or more. Not defined where all those
    values are the same: nothing could have been confused.
    """
    held = Disagreement(units, distance)
    return none(held.undefined) if held.undefined else held.estimate()


def alpha_alone(units: Units) -> Estimate:
    """Of nominal values, without an interval."""
    held = Disagreement(units, differs)
    return none(held.undefined) if held.undefined else Estimate(held.coefficient)


def ordinal_alpha(units: Units) -> Estimate:
    """With categories in order: how far two are apart depends on how many values lie between them."""
    return alpha(units, by_rank(units))


def alpha_of_category(ratings: Ratings, category: int) -> Estimate:
    """Of this category against all others."""
    return alpha(ratings.against_rest(category).units)


def by_rank(units: Units) -> Distance:
    """Krippendorff's ordinal distance for these data: (the values from one to the other, each end by half)²."""
    margins = Disagreement(units, differs).margins
    below = [0, *accumulate(margins)]
    rank = {each: at for at, each in enumerate(units.categories)}

    def distance(one: Hashable, other: Hashable) -> float:
        low, high = sorted((rank[one], rank[other]))
        return (below[high + 1] - below[low] - (margins[low] + margins[high]) / 2) ** 2

    return distance


class Disagreement:
    """Observed and expected disagreement of pairable values."""

    def __init__(self, units: Units, distance: Distance) -> None:
        self.units, self._distance = units, distance
        self._known: dict[tuple[int, int], float] = {}
        self.margins = [0] * len(units.categories)
        for spread, number, _ in units.paired:
            for at, chosen in spread:
                self.margins[at] += number * chosen
        self.values = sum(self.margins)
        self._used = [(at, number) for at, number in enumerate(self.margins) if number]

    @property
    def undefined(self) -> str:
        """Why there is no coefficient, or nothing."""
        if not self.units.pairs:
            return NO_PAIR
        return "" if self.expected else NO_VARIATION

    @property
    def coefficient(self) -> float:
        return 1 - self.observed / self.expected

    def between(self, one: int, other: int) -> float:
        """The distance of two categories, by index."""
        key = (one, other) if one < other else (other, one)
        if key not in self._known:
            categories = self.units.categories
            same = one == other
            self._known[key] = 0.0 if same else self._distance(categories[key[0]], categories[key[1]])
        return self._known[key]

    @cached_property
    def observed(self) -> float:
        """The mean distance of two values of the same unit."""
        found = sum(
            number * self._within(spread) / (coders - 1) for spread, number, coders in self.units.paired
        )
        return found / self.values

    @cached_property
    def expected(self) -> float:
        """The mean distance of two values of whatever units."""
        found = sum(self.far(at) * number for at, number in self._used)
        return found / (self.values * (self.values - 1)) if self.values > 1 else 0.0

    def far(self, category: int) -> float:
        """The distances from a category to all values together."""
        return sum(number * self.between(category, other) for other, number in self._used)

    def _within(self, spread: Spread) -> float:
        return sum(
            chosen * number * self.between(at, other) for at, chosen in spread for other, number in spread
        )

    def estimate(self) -> Estimate:
        """With Gwet's variance, which goes by how far each unit moves the coefficient (On Krippendorff's Alpha
        Coefficient, 2015). Distances are turned into agreement: the scale falls out.
        """
        units, total = self.units, self.units.pairs
        value = self.coefficient
        most = max(self.between(a, b) for a, _ in self._used for b, _ in self._used)
        mean = self.values / total
        near = {at: 1 - self.far(at) / (self.values * most) for at, _ in self._used}
        expected = sum(number / self.values * near[at] for at, number in self._used)
        rest = 1 - expected
        parts = [
            (spread, number, coders, (coders - self._within(spread) / (most * (coders - 1))) / mean)
            for spread, number, coders in units.paired
        ]
        observed = sum(number * agreed for _, number, _, agreed in parts) / total
        middle = (observed - expected) / rest
        adjusted = observed + (1 - observed) / self.values  # for the values being few
        squares = 0.0
        for spread, number, coders, agreed in parts:
            larger = (coders - mean) / mean
            own = (agreed - adjusted * larger - expected) / rest
            chance = sum(chosen * near[at] for at, chosen in spread) / mean - expected * larger
            squares += number * (own - 2 * (1 - middle) * (chance - expected) / rest - middle) ** 2
        return estimate(value, squares / (total * (total - 1)) if total > 1 else 0.0, total)
