"""How near two categories are: agreement weights from 0 to 1, and distances between values."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

Weights = list[list[float]]
"""Square, 1 on the diagonal, as many rows as categories."""
Distance = Callable[[Hashable, Hashable], float]
"""0 for the same; taken as it is, not squared."""


def identity(count: int) -> Weights:
    """Only the same agrees."""
    return [[float(row == column) for column in range(count)] for row in range(count)]


def linear(values: Sequence[float]) -> Weights:
    """1 - |a - b| / range."""
    reach = max(values) - min(values)
    return [[1 - abs(one - other) / reach for other in values] for one in values]


def quadratic(values: Sequence[float]) -> Weights:
    """1 - (a - b)² / range²."""
    reach = (max(values) - min(values)) ** 2
    return [[1 - (one - other) ** 2 / reach for other in values] for one in values]


def ordinal(count: int) -> Weights:
    """Gwet's (Handbook of Inter-Rater Reliability): by the number of pairs of ranks from one to the other."""

    def between(one: int, other: int) -> int:
        ranks = abs(one - other) + 1
        return ranks * (ranks - 1) // 2

    most = max(between(0, count - 1), 1)
    return [[1 - between(row, column) / most for column in range(count)] for row in range(count)]


def of_distance(values: Sequence[Hashable], distance: Distance) -> Weights:
    """1 - d / the largest d: a coefficient that does not change with the scale of d has the same value by these."""
    table = [[distance(one, other) for other in values] for one in values]
    most = max((each for row in table for each in row), default=0.0) or 1.0
    return [[1 - each / most for each in row] for row in table]


def differs(one: Hashable, other: Hashable) -> float:
    """The nominal distance: 1 for two that are not the same."""
    return float(one != other)


def interval(one: Hashable, other: Hashable) -> float:
    """(a - b)², of numbers."""
    return (_number(one) - _number(other)) ** 2


def ratio(one: Hashable, other: Hashable) -> float:
    """((a - b) / (a + b))², of numbers that are not negative. Raises ValueError for one that is."""
    a, b = _number(one), _number(other)
    if a < 0 or b < 0:
        raise ValueError("ratios need numbers that are not negative")
    return ((a - b) / (a + b)) ** 2 if a != b else 0.0


def jaccard(one: Hashable, other: Hashable) -> float:
    """1 - what two sets share of both together; 0 for two empty ones."""
    a, b = _set(one), _set(other)
    return 1 - len(a & b) / len(a | b) if a | b else 0.0


def masi(one: Hashable, other: Hashable) -> float:
    """Passonneau 2006: 1 - Jaccard x M; M is 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap,
    0 where they share nothing.
    """
    a, b = _set(one), _set(other)
    if a == b:
        return 0.0
    if not a & b:
        return 1.0
    return 1 - len(a & b) / len(a | b) * (2 / 3 if a <= b or b <= a else 1 / 3)


def _number(value: Hashable) -> float:
    assert isinstance(value, (int, float))
    return value


def _set(value: Hashable) -> frozenset[Hashable]:
    assert isinstance(value, frozenset)
    return value
