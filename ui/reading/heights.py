"""Heights of many paragraphs, some estimated: where each stands, and which stands where."""

from __future__ import annotations

from collections.abc import Sequence

_SIZE = 256


class Heights:
    """Whole pixels per paragraph, with sums over groups so that one change costs nothing much."""

    __slots__ = ("_groups", "_heights", "total")

    def __init__(self, heights: Sequence[int]) -> None:
        self._heights = list(heights)
        self._groups = [sum(self._heights[at : at + _SIZE]) for at in range(0, len(heights), _SIZE)]
        self.total = sum(self._groups)

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, number: int) -> int:
        return self._heights[number]

    def top(self, number: int) -> int:
        """Where paragraph `number` begins."""
        group = number // _SIZE
        return sum(self._groups[:group]) + sum(self._heights[group * _SIZE : number])

    def at(self, y: float) -> int:
        """The paragraph at height `y`; the first or last one when outside."""
        group, last = 0, len(self._groups) - 1
        while group < last and y >= self._groups[group]:
            y -= self._groups[group]
            group += 1
        number, last = group * _SIZE, len(self._heights) - 1
        while number < last and y >= self._heights[number]:
            y -= self._heights[number]
            number += 1
        return number

    def set(self, number: int, height: int) -> int:
        """Give paragraph `number` its height; returns by how much it grew."""
        grown = height - self._heights[number]
        if grown:
            self._heights[number] = height
            self._groups[number // _SIZE] += grown
            self.total += grown
        return grown
