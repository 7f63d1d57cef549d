"""Widths of a table's columns, from what its rows hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence

GAP = 20
_LEAST = 48
_LOOKED_AT = 200


def column_widths(rows: Sequence[str], width: int, measure: Callable[[str], float]) -> tuple[int, ...]:
    """How wide each column of a table is, so that all stand in `width` pixels.

    `rows` hold cells divided by TAB; `measure` gives a text's width. Narrow columns keep what they need, wide
    ones share the rest.
    """
    cells = [row.split("\t") for row in rows[:_LOOKED_AT]]
    count = max(map(len, cells), default=1)
    wanted = []
    for at in range(count):
        longest = sorted((row[at] for row in cells if at < len(row)), key=len)[-3:]
        wanted.append(max(map(measure, longest), default=0.0) + GAP + 2)
    room, left = float(width), list(range(count))
    given = [0.0] * count
    while left:
        share = room / len(left)
        modest = [at for at in left if wanted[at] <= share]
        for at in modest or left:
            given[at] = wanted[at] if modest else share
            room -= given[at]
        left = [at for at in left if modest and at not in modest]
    return tuple(max(int(size), _LEAST) for size in given)
