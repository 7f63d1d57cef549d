"""The u-alpha family: agreement on where units begin and end, and on what they are.

After Krippendorff, Mathet, Bouvry and Widlöcher (2016), On the reliability of unitizing textual continua, and
Krippendorff (2019), Content Analysis, section 12.6. Each coder's texts are parted into units with a category and gaps
between them; several texts are laid end to end, gaps ending with each text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from annotate.agreement.estimate import NO_MEETING, NO_VARIATION, NOTHING, Estimate, none
from annotate.frozen import frozen

Unit = tuple[int, int, Hashable]
"""Start, end (half open), category."""
Key = TypeVar("Key")
GAP: Hashable = None
"""The category of what lies between units."""


@frozen
class Continuum:
    """Lengths by which coders meet, summed over ordered pairs of coders and divided by the number of others.

    `meet[c, k]` is the length of c that another coder has as k; `squares[c]` the sum of the squared lengths of the
    units of c (of gaps: their length); `within[c]` the same of what others have marked of each unit, whatever as.
    """

    meet: Mapping[tuple[Hashable, Hashable], float]
    squares: Mapping[Hashable, float]
    within: Mapping[Hashable, float]

    def all(self) -> Estimate:
        """u-alpha: places and categories together."""
        return self._of(self._kinds(), self.squares, self._unlike)

    def relevant(self) -> Estimate:
        """|u-alpha: whether a place is marked, whatever as. It is that of one code where there is no other."""
        return self._of(self._kinds(), self.squares, lambda c, k: (c is GAP) != (k is GAP))

    def coding(self) -> Estimate:
        """cu-alpha: the categories, where units of two coders meet."""
        return self._of(self._valued(), self.within, self._unlike)

    def category(self, kind: Hashable) -> Estimate:
        """(k)u-alpha: whether what one coder has as this category, the others have so too, where units meet."""
        kinds = self._valued()
        chance = self._chance(kinds, self.within)
        length = sum(self.meet.get((c, kind), 0.0) for c in kinds)
        expected = sum(chance.get((c, kind), 0.0) for c in kinds)
        same, by_chance = self.meet.get((kind, kind), 0.0), chance.get((kind, kind), 0.0)
        if not length:
            return none(NO_MEETING)
        if abs(expected - by_chance) < 1e-12:
            return none(NO_VARIATION)
        return Estimate(1 - expected / length * (length - same) / (expected - by_chance))

    def coverage(self, kind: Hashable = GAP) -> float:
        """The share of a category's length that meets a unit of another coder; of all units for the gap. 0 to 1."""
        ends = self._valued() if kind is GAP else [kind]
        inside = sum(self.meet.get((c, k), 0.0) for k in ends for c in self._valued())
        whole = sum(self.meet.get((c, k), 0.0) for k in ends for c in self._kinds())
        return inside / whole if whole else 0.0

    def _kinds(self) -> list[Hashable]:
        return sorted({c for pair in self.meet for c in pair}, key=lambda c: (c is not GAP, str(c)))

    def _valued(self) -> list[Hashable]:
        return [c for c in self._kinds() if c is not GAP]

    @staticmethod
    def _unlike(one: Hashable, other: Hashable) -> bool:
        return one != other

    def _of(
        self,
        kinds: Sequence[Hashable],
        squares: Mapping[Hashable, float],
        counts: Callable[[Hashable, Hashable], bool],
    ) -> Estimate:
        """1 - observed / expected length of the meetings that count as disagreement."""
        if not any(c is not GAP for c in self._kinds()):
            return none(NOTHING)
        if not any(self.meet.get((c, k)) for c in kinds for k in kinds):
            return none(NO_MEETING)
        pairs = [(c, k) for c in kinds for k in kinds if counts(c, k)]
        chance = self._chance(kinds, squares)
        expected = sum(chance.get(pair, 0.0) for pair in pairs)
        if not expected:
            return none(NO_VARIATION)
        return Estimate(1 - sum(self.meet.get(pair, 0.0) for pair in pairs) / expected)

    def _chance(
        self, kinds: Sequence[Hashable], squares: Mapping[Hashable, float]
    ) -> dict[tuple[Hashable, Hashable], float]:
        """The lengths expected if units met by chance: no unit meets itself."""
        margins = {c: sum(self.meet.get((c, k), 0.0) for k in kinds) for c in kinds}
        total, alone = sum(margins.values()), sum(squares.get(c, 0.0) for c in kinds)
        rest = total * total - alone
        if rest <= 0:
            return {}
        return {
            (c, k): total * (margins[c] * margins[k] - (squares.get(c, 0.0) if c == k else 0.0)) / rest
            for c in kinds
            for k in kinds
        }


def continuum(texts: Sequence[tuple[int, Sequence[Sequence[Unit]]]]) -> Continuum:
    """From (length, the units of each coder) of each text; a coder's units must not overlap."""
    meet: Counter[tuple[Hashable, Hashable]] = Counter()
    squares: Counter[Hashable] = Counter()
    within: Counter[Hashable] = Counter()
    others = 1
    for length, coders in texts:
        others = max(len(coders) - 1, 1)
        marked: dict[tuple[int, int, int], int] = {}  # coder, unit, other coder: what that one marked of it
        for start, end, here in _steps(length, coders):
            for at, (one, unit) in enumerate(here):
                for to, (other, _) in enumerate(here):
                    if at != to:
                        meet[one, other] += end - start
                        if unit is not None and other is not GAP:
                            key = at, unit, to
                            marked[key] = marked.get(key, 0) + end - start
        for coder, units in enumerate(coders):
            for start, end, kind in units:
                squares[kind] += (end - start) ** 2
            squares[GAP] += length - sum(end - start for start, end, _ in units)
            for (at, unit, _), shared in marked.items():
                if at == coder:
                    within[units[unit][2]] += shared**2
    return Continuum(_shared(meet, others), dict(squares), _shared(within, others))


def _shared(counts: Mapping[Key, int], others: int) -> dict[Key, float]:
    return {key: number / others for key, number in counts.items()}


def _steps(
    length: int, coders: Sequence[Sequence[Unit]]
) -> Iterator[tuple[int, int, list[tuple[Hashable, int | None]]]]:
    """From edge to edge: start, end, and for each coder the category there and the number of its unit."""
    edges = sorted(
        {0, length, *(edge for units in coders for start, end, _ in units for edge in (start, end))}
    )
    orders = [
        [number for *_, number in sorted((*unit[:2], at) for at, unit in enumerate(units))]
        for units in coders
    ]
    at = [0] * len(coders)
    for start, end in pairwise(edges):
        here: list[tuple[Hashable, int | None]] = []
        for coder, (units, order) in enumerate(zip(coders, orders, strict=True)):
            while at[coder] < len(order) and units[order[at[coder]]][1] <= start:
                at[coder] += 1
            number = order[at[coder]] if at[coder] < len(order) else None
            inside = number is not None and units[number][0] <= start
            here.append((units[number][2], number) if inside and number is not None else (GAP, None))
        yield start, end, here
