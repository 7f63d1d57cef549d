"""Marks of two coders paired off, so that they have as much text in common as can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from annotate.model import Span

FAR = float("inf")


def best_pairs(one: Sequence[tuple[Span, ...]], other: Sequence[tuple[Span, ...]]) -> list[tuple[int, int]]:
    """Which mark of `one` (by index) goes with which of `other`: one to one, only marks that overlap, the overlap
    largest in sum; where that is the same, as many pairs as can be.
    """
    shared = {(a, b): common for a, b in _near(one, other) if (common := overlap(one[a], other[b]))}
    pairs: list[tuple[int, int]] = []
    for group in _groups(shared):
        rows, columns = sorted({a for a, _ in group}), sorted({b for _, b in group})
        many = min(len(rows), len(columns)) + 1  # so that no number of pairs outweighs a position
        worth = [[shared[a, b] * many + 1 if (a, b) in shared else 0 for b in columns] for a in rows]
        pairs += [
            (rows[at], columns[to]) for at, to in enumerate(assigned(worth)) if to >= 0 and worth[at][to]
        ]
    return sorted(pairs)


def _near(one: Sequence[tuple[Span, ...]], other: Sequence[tuple[Span, ...]]) -> Iterator[tuple[int, int]]:
    """Marks that may overlap: from where they begin to where they end they do. Both are gone through once."""
    coming = sorted(range(len(other)), key=lambda at: other[at][0][0], reverse=True)
    here: list[int] = []
    for a in sorted(range(len(one)), key=lambda at: one[at][0][0]):
        start, end = one[a][0][0], one[a][-1][1]
        here = [b for b in here if other[b][-1][1] > start]
        while coming and other[coming[-1]][0][0] < end:
            here.append(coming.pop())
        for b in here:
            yield a, b


def overlap(one: tuple[Span, ...], other: tuple[Span, ...]) -> int:
    """How many positions two marks have in common."""
    if one[0][0] >= other[-1][1] or other[0][0] >= one[-1][1]:
        return 0
    return sum(max(0, min(end, last) - max(start, first)) for start, end in one for first, last in other)


def assigned(worth: Sequence[Sequence[int]]) -> list[int]:
    """For each row the column it is given, each column once, the sum of what they are worth largest; -1 for none.
    The Hungarian method with potentials, O(rows² x columns).
    """
    if len(worth) > len(worth[0]):
        turned = assigned(list(zip(*worth, strict=True)))
        return [turned.index(row) if row in turned else -1 for row in range(len(worth))]
    rows, columns = len(worth), len(worth[0])
    of_row, of_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    taken = [0] * (columns + 1)  # the row that has the column, from 1
    for row in range(1, rows + 1):
        taken[0], column = row, 0
        least, came, seen = [FAR] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
        while taken[column]:
            seen[column] = True
            at, step, following = taken[column], FAR, 0
            for to in range(1, columns + 1):
                if seen[to]:
                    continue
                cost = -worth[at - 1][to - 1] - of_row[at] - of_column[to]
                if cost < least[to]:
                    least[to], came[to] = cost, column
                if least[to] < step:
                    step, following = least[to], to
            for to in range(columns + 1):
                if seen[to]:
                    of_row[taken[to]] += step
                    of_column[to] -= step
                else:
                    least[to] -= step
            column = following
        while column:
            taken[column] = taken[came[column]]
            column = came[column]
    given = [-1] * rows
    for column, row in enumerate(taken):
        if column and row:
            given[row - 1] = column - 1
    return given


def _groups(pairs: Iterable[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Pairs that hang together by a mark they share."""
    above: dict[tuple[int, int], tuple[int, int]] = {}
    """From (side, mark) to one of its group; the first has itself."""

    def first(key: tuple[int, int]) -> tuple[int, int]:
        while above.setdefault(key, key) != key:
            above[key] = key = above[above[key]]
        return key

    held = list(pairs)
    for a, b in held:
        above[first((1, b))] = first((0, a))
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for a, b in held:
        groups.setdefault(first((0, a)), []).append((a, b))
    return list(groups.values())
