"""What the layers of a code say: how far coders agree on where it is."""

from __future__ import annotations

import random
from array import array
from collections.abc import Callable, Mapping, Sequence
from operator import mul

from annotate.agreement.alpha import alpha_alone
from annotate.agreement.estimate import NOTHING, SHARE, Estimate, none
from annotate.agreement.layers import Layer, of_columns, pooled
from annotate.agreement.unitizing import GAP, Continuum
from annotate.agreement.units import Units

DRAWS, LEAST_DRAWS, MOST_PICKS = 1000, 200, 10_000_000
Figure = Callable[[Layer], Estimate]


def position_alpha(layer: Layer) -> Estimate:
    """Krippendorff's alpha over all positions: covered by the code, or not. No interval: positions that lie side by
    side are not independent.
    """
    coders = len(layer.covered) - 1
    if not any(layer.covered[1:]):
        return none(NOTHING)
    spreads = {
        tuple(part for part in ((0, coders - number), (1, number)) if part[1]): length
        for number, length in enumerate(layer.covered)
        if length
    }
    return alpha_alone(Units((False, True), spreads))


def unit_alpha(layer: Layer) -> Estimate:
    """|u-alpha of the code: where its units begin and end, however long the texts."""
    coders = len(layer.covered) - 1
    meet = {(GAP, GAP): 0.0, (GAP, True): 0.0, (True, GAP): 0.0, (True, True): 0.0}
    for number, length in enumerate(layer.covered):
        rest = coders - number
        meet[True, True] += length * number * (number - 1) / (coders - 1)
        meet[GAP, GAP] += length * rest * (rest - 1) / (coders - 1)
        meet[GAP, True] += length * number * rest / (coders - 1)
    meet[True, GAP] = meet[GAP, True]
    gaps = sum(length * (coders - number) for number, length in enumerate(layer.covered))
    found = Continuum(meet, {GAP: gaps, True: layer.squares}, {})
    return found.relevant() if any(layer.covered[1:]) else none(NOTHING)


def exact_f1(layer: Layer) -> Estimate:
    """2 x marks in common / marks of both, over all pairs of coders: the same stretches. Not corrected for chance."""
    return Estimate(2 * layer.exact / layer.marks) if layer.marks else none(NOTHING)


def overlap_f1(layer: Layer) -> Estimate:
    """The same, of marks that overlap, each paired with one at most."""
    return Estimate(2 * layer.overlapping / layer.marks) if layer.marks else none(NOTHING)


class Draws:
    """Texts drawn again and again, with replacement: the same draws for every code, from the seed."""

    def __init__(self, lengths: Sequence[int], seed: int, draws: int = DRAWS) -> None:
        """Of very many texts fewer draws are made; `draws` says how many."""
        made = random.Random(seed)
        self.draws, self.seed, self._lengths = fewer(draws, len(lengths)), seed, lengths
        self._times: list[array[int]] = []  # for each draw how often each text was drawn
        self._totals: list[int] = []
        for _ in range(self.draws if len(lengths) > 1 else 0):
            times = array("H", bytes(2 * len(lengths)))
            for at in made.choices(range(len(lengths)), k=len(lengths)):
                times[at] += 1
            self._times.append(times)
            self._totals.append(sum(map(mul, times, lengths)))

    def intervals(
        self, layers: Mapping[int, Layer], coders: int, figures: Sequence[Figure]
    ) -> list[tuple[Estimate, int]]:
        """Each figure of all texts with its 95 % interval (percentiles of the draws), and how many draws had none.
        `layers` are those of the texts in which a coder marked something, by their place. No interval for one text,
        nor where half the draws or more had none.
        """
        whole = pooled(layers.values(), coders, sum(self._lengths))
        columns = list(zip(*(each.columns() for each in layers.values()), strict=True))
        places = list(layers)
        found: list[list[float]] = [[] for _ in figures]
        for times, total in zip(self._times, self._totals, strict=True):
            often = [times[at] for at in places]
            drawn = of_columns(
                [sum(map(mul, often, column)) for column in columns] or [0] * (coders + 5), total
            )
            for held, figure in zip(found, figures, strict=True):
                if (value := figure(drawn).value) is not None:
                    held.append(value)
        return [
            (_with_interval(figure(whole), held, self.draws), self.draws - len(held))
            for figure, held in zip(figures, found, strict=True)
        ]


def fewer(draws: int, texts: int) -> int:
    """How many draws are made of so many texts: at most ten million picks, but two hundred draws where they are asked
    for.
    """
    return min(draws, max(LEAST_DRAWS, MOST_PICKS // max(texts, 1)))


def _with_interval(found: Estimate, values: list[float], draws: int) -> Estimate:
    if found.value is None or len(values) * 2 <= draws:
        return found
    values.sort()
    return Estimate(
        found.value,
        low=quantile(values, (1 - SHARE) / 2),
        high=quantile(values, (1 + SHARE) / 2),
    )


def quantile(values: Sequence[float], share: float) -> float:
    """Of sorted values, between the two that are nearest."""
    place = share * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)
