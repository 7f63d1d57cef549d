"""The figures that studies report, of units and of passages."""

from __future__ import annotations

from collections.abc import Mapping

from annotate.agreement import chance, pairwise, places, weights
from annotate.agreement.alpha import alpha, by_rank
from annotate.agreement.compared import Figures, Passages
from annotate.agreement.estimate import NOTHING, Estimate, none
from annotate.agreement.layers import Layer
from annotate.agreement.units import Ratings

OPEN: dict[str, weights.Distance] = {"interval": weights.interval, "MASI": weights.masi}
"""Metrics of values that are not declared: numbers, sets."""


def figures(ratings: Ratings, metric: str = "nominal") -> Figures:
    """Units of one variable. Ordered categories agree in part. Of numbers and of sets there is alpha alone: their
    categories are not declared, and all else depends on how many there are.
    """
    units, weighed = ratings.units, None
    if metric in OPEN:
        open_ended = none("the values are not declared")
        found = alpha(units, OPEN[metric])
        return Figures(
            units.pairs,
            chance.percent(units),
            found,
            open_ended,
            open_ended,
            0,
            open_ended,
            open_ended,
            open_ended,
        )
    distance: weights.Distance = weights.differs
    if metric == "ordinal":
        distance, weighed = by_rank(units), weights.ordinal(len(units.categories))
    kappa, lost = _kappa(ratings, weighed)
    return Figures(
        units.pairs,
        chance.percent(units),
        alpha(units, distance),
        chance.gwet(units, weighed),
        kappa,
        lost,
        chance.fleiss(units, weighed),
        pairwise.conger(ratings, weighed),
        chance.brennan_prediger(units, weighed),
    )


def _kappa(ratings: Ratings, weighed: weights.Weights | None) -> tuple[Estimate, int]:
    if len(ratings.coders) == 2:
        return pairwise.cohen(ratings.table(0, 1), weighed), 0
    return pairwise.light(ratings, weighed)


def passages_of(layers: Mapping[int, Layer], coders: int, drawn: places.Draws) -> Passages:
    """Layers by the place of their text among all."""
    told = drawn.intervals(
        layers,
        coders,
        (places.position_alpha, places.unit_alpha, places.exact_f1, places.overlap_f1),
    )
    own = [value for each in layers.values() if (value := places.unit_alpha(each).value) is not None]
    mean = Estimate(sum(own) / len(own)) if own else none(NOTHING)
    (position, _), (unit, lost), (exact, _), (overlap, _) = told
    return Passages(position, unit, exact, overlap, lost, mean, len(own))
