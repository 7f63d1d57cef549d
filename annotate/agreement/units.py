"""What coders said of units, counted by pattern: a hundred thousand units are a few hundred patterns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import combinations

Pattern = tuple[int | None, ...]
"""The category of each coder, as an index; None where one did not code the unit."""
Spread = tuple[tuple[int, int], ...]
"""How many coders chose each category of a unit, (index, number), in order; those nobody chose are left out."""


class Units:
    """Units x categories. The categories are those declared, used or not: chance depends on their number."""

    def __init__(self, categories: Sequence[Hashable], spreads: Mapping[Spread, int]) -> None:
        self.categories = tuple(categories)
        self.spreads = dict(spreads)

    @classmethod
    def of_counts(cls, categories: Sequence[Hashable], counts: Iterable[Sequence[int]]) -> Units:
        """From a row of numbers for each unit, one for each category."""
        return cls(
            categories,
            Counter(tuple((at, number) for at, number in enumerate(row) if number) for row in counts),
        )

    @cached_property
    def coded(self) -> list[tuple[Spread, int, int]]:
        """Each spread with how many units have it and how many coders those have: one or more."""
        found = [(spread, number, sum(n for _, n in spread)) for spread, number in self.spreads.items()]
        return [each for each in found if each[2]]

    @cached_property
    def paired(self) -> list[tuple[Spread, int, int]]:
        """The same of the units that two coders or more coded."""
        return [each for each in self.coded if each[2] > 1]

    @cached_property
    def pairs(self) -> int:
        """How many units two coders or more coded."""
        return sum(number for _, number, _ in self.paired)

    def shares(self) -> list[float]:
        """For each category the mean share of a unit's coders who chose it, over all units that were coded."""
        total, held = 0, [0.0] * len(self.categories)
        for spread, number, coders in self.coded:
            total += number
            for at, chosen in spread:
                held[at] += number * chosen / coders
        return [each / total for each in held] if total else held


class Ratings:
    """Units x coders: who said what."""

    def __init__(
        self, coders: Sequence[str], categories: Sequence[Hashable], patterns: Mapping[Pattern, int]
    ) -> None:
        self.coders, self.categories = tuple(coders), tuple(categories)
        self.patterns = dict(patterns)

    @classmethod
    def of(
        cls, coders: Sequence[str], categories: Sequence[Hashable], rows: Iterable[Sequence[Hashable]]
    ) -> Ratings:
        """From a row for each unit, one value for each coder; None for none. KeyError for a value not declared."""
        index: dict[Hashable, int | None] = {each: at for at, each in enumerate(categories)}
        index[None] = None
        patterns = Counter(tuple(index[value] for value in row) for row in rows)
        return cls(coders, categories, patterns)

    @cached_property
    def units(self) -> Units:
        """The same without telling the coders apart."""
        spreads: Counter[Spread] = Counter()
        for pattern, number in self.patterns.items():
            chosen = Counter(each for each in pattern if each is not None)
            spreads[tuple(sorted(chosen.items()))] += number
        return Units(self.categories, spreads)

    def table(self, one: int, other: int) -> list[list[int]]:
        """The confusion matrix of two coders, over the units that both coded: rows are the first's categories."""
        size = len(self.categories)
        made = [[0] * size for _ in range(size)]
        for pattern, number in self.patterns.items():
            row, column = pattern[one], pattern[other]
            if row is not None and column is not None:
                made[row][column] += number
        return made

    def tables(self) -> list[list[list[int]]]:
        """Those of all pairs of coders."""
        return [self.table(*pair) for pair in combinations(range(len(self.coders)), 2)]

    def against_rest(self, category: int) -> Ratings:
        """Whether it was this category or another."""
        patterns: Counter[Pattern] = Counter()
        for pattern, number in self.patterns.items():
            patterns[tuple(None if each is None else int(each == category) for each in pattern)] += number
        return Ratings(self.coders, (False, True), patterns)
