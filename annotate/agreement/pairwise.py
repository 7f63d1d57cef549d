"""Coefficients of two coders from their confusion matrix, and what becomes of them for more."""

from __future__ import annotations

import math
from collections.abc import Sequence

from annotate.agreement.chance import percent
from annotate.agreement.estimate import NO_PAIR, NO_VARIATION, Estimate, none
from annotate.agreement.units import Ratings
from annotate.agreement.weights import Weights, identity

Table = Sequence[Sequence[int]]
"""Square: rows are the first coder's categories, columns the second's."""


def observed(table: Table, weights: Weights | None = None) -> float | None:
    """The share of units on which both agree; None where there is none."""
    total = sum(map(sum, table))
    w = weights or identity(len(table))
    return _sum(table, w) / total if total else None


def expected(table: Table, weights: Weights | None = None) -> float:
    """The share on which they would agree by chance, each keeping to the own habits (Cohen)."""
    total, w = sum(map(sum, table)), weights or identity(len(table))
    rows, columns = _margins(table)
    return sum(
        w[at][to] * row * column for at, row in enumerate(rows) for to, column in enumerate(columns)
    ) / (total * total)


def cohen(table: Table, weights: Weights | None = None) -> Estimate:
    """Cohen's kappa, weighted where there are weights; not defined where both use one category alone."""
    agreed = observed(table, weights)
    if agreed is None:
        return none(NO_PAIR)
    by_chance = expected(table, weights)
    if abs(1 - by_chance) < 1e-12:
        return none(NO_VARIATION)
    value = (agreed - by_chance) / (1 - by_chance)
    return Estimate(value, "", _error(table, by_chance, value) if weights is None else None)


def most_cohen(table: Table) -> Estimate:
    """The largest kappa that the coders' habits leave room for."""
    total = sum(map(sum, table))
    if not total:
        return none(NO_PAIR)
    rows, columns = _margins(table)
    by_chance = expected(table)
    if abs(1 - by_chance) < 1e-12:
        return none(NO_VARIATION)
    most = sum(map(min, rows, columns)) / total
    return Estimate((most - by_chance) / (1 - by_chance))


def _error(table: Table, by_chance: float, kappa: float) -> float:
    """Fleiss, Cohen and Everitt 1969."""
    total = sum(map(sum, table))
    rows, columns = ([each / total for each in margin] for margin in _margins(table))
    kept = sum(
        row[at] / total * (1 - (rows[at] + columns[at]) * (1 - kappa)) ** 2 for at, row in enumerate(table)
    )
    crossed = (1 - kappa) ** 2 * sum(
        each / total * (columns[at] + rows[to]) ** 2
        for at, row in enumerate(table)
        for to, each in enumerate(row)
        if at != to
    )
    less = (kappa - by_chance * (1 - kappa)) ** 2
    return math.sqrt(max(kept + crossed - less, 0.0) / total) / (1 - by_chance)


def light(ratings: Ratings, weights: Weights | None = None) -> tuple[Estimate, int]:
    """The mean of all pairs' kappas (Light 1971), and how many pairs have none."""
    found = [cohen(table, weights).value for table in ratings.tables()]
    known = [value for value in found if value is not None]
    lost = len(found) - len(known)
    return (Estimate(sum(known) / len(known)) if known else none(NO_VARIATION)), lost


def conger(ratings: Ratings, weights: Weights | None = None) -> Estimate:
    """Conger's kappa (1980) in Gwet's form: chance from each coder's own habits; Cohen's for two coders."""
    units, count = ratings.units, len(ratings.categories)
    if not units.pairs:
        return none(NO_PAIR)
    w = weights or identity(count)
    habits = []
    for at in range(len(ratings.coders)):
        chosen = [0] * count
        for pattern, number in ratings.patterns.items():
            if (value := pattern[at]) is not None:
                chosen[value] += number
        if total := sum(chosen):
            habits.append([each / total for each in chosen])
    coders = len(habits)
    mean = [sum(column) / coders for column in zip(*habits, strict=True)]
    by_chance = 0.0
    for row in range(count):
        for column in range(count):
            together = sum(habit[row] * habit[column] for habit in habits)
            apart = (together - coders * mean[row] * mean[column]) / (coders - 1) if coders > 1 else 0.0
            by_chance += w[row][column] * (mean[row] * mean[column] - apart / coders)
    agreed = percent(units, weights).value
    if agreed is None or abs(1 - by_chance) < 1e-12:
        return none(NO_VARIATION)
    return Estimate((agreed - by_chance) / (1 - by_chance))


def _sum(table: Table, weights: Weights) -> float:
    return sum(
        w * each for row, near in zip(table, weights, strict=True) for each, w in zip(row, near, strict=True)
    )


def _margins(table: Table) -> tuple[list[int], list[int]]:
    return [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
