"""Coefficients that correct for chance, for any number of coders, with gaps in what they coded.

Formulas and standard errors after Gwet, Handbook of Inter-Rater Reliability (2014): the coefficient is taken as a mean
of values of the units, whose spread gives the variance. Weights make them right for ordered categories.
"""

from __future__ import annotations

from collections.abc import Callable

from annotate.agreement.estimate import NO_PAIR, NO_VARIATION, Estimate, estimate, none
from annotate.agreement.units import Spread, Units
from annotate.agreement.weights import Weights, identity

Of = Callable[[Spread, int], float]  # of a unit's spread and the number of its coders


def percent(units: Units, weights: Weights | None = None) -> Estimate:
    """The mean over the units of the share of their pairs of coders who agree (each unit counts alike)."""
    held = _Held(units, weights)
    if not units.pairs:
        return none(NO_PAIR)
    return Estimate(held.observed())


def gwet(units: Units, weights: Weights | None = None) -> Estimate:
    """AC1; AC2 with weights. Two categories or more must be declared."""
    held = _Held(units, weights)
    count, shares = len(units.categories), held.shares
    if not units.pairs:
        return none(NO_PAIR)
    if count < 2:
        return none("fewer than two categories")
    factor = held.weight_sum / (count * (count - 1))
    expected = factor * sum(share * (1 - share) for share in shares)

    def by_chance(spread: Spread, coders: int) -> float:
        return factor * sum(chosen * (1 - shares[at]) for at, chosen in spread) / coders

    return _corrected(held, expected, by_chance)


def fleiss(units: Units, weights: Weights | None = None) -> Estimate:
    """Fleiss' kappa in Gwet's form, which takes units with fewer coders too; Scott's pi of two coders."""
    held = _Held(units, weights)
    if not units.pairs:
        return none(NO_PAIR)
    near = held.nearness(held.shares)
    expected = sum(share * each for share, each in zip(held.shares, near, strict=True))

    def by_chance(spread: Spread, coders: int) -> float:
        return sum(chosen * near[at] for at, chosen in spread) / coders

    return _corrected(held, expected, by_chance)


def brennan_prediger(units: Units, weights: Weights | None = None) -> Estimate:
    """Bennett's S, Randolph's kappa: chance depends on nothing but the number of categories declared."""
    held = _Held(units, weights)
    if not units.pairs:
        return none(NO_PAIR)
    expected = held.weight_sum / len(units.categories) ** 2
    return _corrected(held, expected, lambda spread, coders: expected)


class _Held:
    """What the formulas have in common."""

    def __init__(self, units: Units, weights: Weights | None) -> None:
        self.units = units
        self.plain = weights is None
        self.weights = weights if weights is not None else identity(len(units.categories))
        self.shares = units.shares()
        self.weight_sum = sum(map(sum, self.weights))
        coded = sum(number for _, number, _ in units.coded)
        self.scale = coded / units.pairs if units.pairs else 0.0  # units coded, to those that can agree

    def agreed(self, spread: Spread, coders: int) -> float:
        """The share of a unit's pairs of coders who agree; 0 where there is none."""
        if coders < 2:
            return 0.0
        if self.plain:
            both = float(sum(chosen * (chosen - 1) for _, chosen in spread))
        else:
            both = sum(
                chosen * (sum(self.weights[at][other] * number for other, number in spread) - 1)
                for at, chosen in spread
            )
        return both / (coders * (coders - 1))

    def observed(self) -> float:
        paired = self.units.paired
        return (
            sum(number * self.agreed(spread, coders) for spread, number, coders in paired) / self.units.pairs
        )

    def nearness(self, shares: list[float]) -> list[float]:
        """For each category how near a coder's choice is to it, on average."""
        if self.plain:
            return list(shares)
        return [sum(w * share for w, share in zip(row, shares, strict=True)) for row in self.weights]


def _corrected(held: _Held, expected: float, by_chance: Of) -> Estimate:
    """(observed - expected) / (1 - expected), its variance from the values of the units: what the unit's own part of
    the agreement by chance moves is taken in twice, for the two coders of a pair.
    """
    rest = 1 - expected
    if abs(rest) < 1e-12:
        return none(NO_VARIATION)
    value = (held.observed() - expected) / rest
    values = []
    for spread, number, coders in held.units.coded:
        own = held.scale * (held.agreed(spread, coders) - (expected if coders > 1 else 0.0)) / rest
        moved = 2 * (1 - value) * (by_chance(spread, coders) - expected) / rest
        values.append((own - moved, number))
    return _spread(value, values)


def _spread(value: float, values: list[tuple[float, int]]) -> Estimate:
    """With the variance of a mean of unit values, (value, how many units)."""
    total = sum(number for _, number in values)
    if total < 2:
        return Estimate(value)
    squares = sum(number * (each - value) ** 2 for each, number in values)
    return estimate(value, squares / (total * (total - 1)), total)
