"""Colours given to many codes at once, so that they stay apart for all eyes, on light paper and on dark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from annotate.codetree import PALETTE
from annotate.colour_difference import closest

Looks = Sequence[str]  # one colour as #rrggbb, in each theme
OKABE_ITO = (
    "#e69f00",
    "#56b4e9",
    "#009e73",
    "#f0e442",
    "#0072b2",
    "#d55e00",
    "#cc79a7",
)  # Okabe and Ito 2008
TOL_MUTED = (
    "#332288", "#88ccee", "#44aa99", "#117733", "#999933", "#ddcc77", "#cc6677", "#882255", "#aa4499",
)  # Tol 2021, SRON/EPS/TN/09-002  # fmt: skip
CANDIDATES = (*PALETTE, *OKABE_ITO, *TOL_MUTED)


def apart(one: Looks, other: Looks) -> float:
    """The least distance (CIEDE2000) of two colours in any theme, to any eyes."""
    return min(closest(mine, theirs)[0] for mine, theirs in zip(one, other, strict=True))


def spread(candidates: Mapping[str, Looks], number: int) -> list[str]:
    """Names of `number` candidates: the first, and then always the one that is farthest from those taken.

    Where there are fewer candidates than that they come again in the same order.
    """
    names = list(candidates)
    taken = names[:1]
    distance = {name: apart(candidates[name], candidates[taken[0]]) for name in names[1:]}
    while distance and len(taken) < number:
        best = max(distance, key=lambda name: distance[name])
        taken.append(best)
        del distance[best]
        for name in distance:
            distance[name] = min(distance[name], apart(candidates[name], candidates[best]))
    return [taken[at % len(taken)] for at in range(number)]


def nearest(looks: Sequence[Looks]) -> tuple[float, int, int]:
    """How far apart the two nearest of several colours are, and which they are. Needs two."""
    return min((apart(looks[a], looks[b]), a, b) for a, b in combinations(range(len(looks)), 2))
