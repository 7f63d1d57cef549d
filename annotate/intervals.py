"""An index over the spans of one text: which touch a stretch, quickly, however long some of them are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

Entry = tuple[int, int, str]
"""Start, end (half open, in one unit throughout) and whose span it is."""

_SIZE = 128


class IntervalIndex:
    """Spans sorted by start, in buckets that each know their greatest end.

    A query looks once at each bucket and then only into those that can hold something, so that a few spans
    over the whole text cost a few buckets; adding or taking one away touches a single bucket.
    """

    __slots__ = ("_buckets", "_firsts", "_reach", "_size")

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        ordered = sorted(entries)
        self._size = len(ordered)
        self._buckets = [ordered[at : at + _SIZE] for at in range(0, len(ordered), _SIZE)]
        self._firsts = [bucket[0] for bucket in self._buckets]
        self._reach = [max(ends(bucket)) for bucket in self._buckets]

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Entry]:
        return chain.from_iterable(self._buckets)

    def add(self, entry: Entry) -> None:
        """Put one span in."""
        self._size += 1
        if not self._buckets:
            self._buckets, self._firsts, self._reach = [[entry]], [entry], [entry[1]]
            return
        at = max(bisect_right(self._firsts, entry) - 1, 0)
        bucket = self._buckets[at]
        insort(bucket, entry)
        if len(bucket) > 2 * _SIZE:
            self._buckets[at : at + 1] = [bucket[:_SIZE], bucket[_SIZE:]]
            self._firsts.insert(at + 1, bucket[_SIZE])
            self._reach.insert(at + 1, max(ends(bucket[_SIZE:])))
        self._renew(at)

    def remove(self, entry: Entry) -> None:
        """Take one span out; KeyError if it is not there."""
        at = max(bisect_right(self._firsts, entry) - 1, 0)
        bucket = self._buckets[at] if self._buckets else []
        place = bisect_left(bucket, entry)
        if place == len(bucket) or bucket[place] != entry:
            raise KeyError(entry)
        del bucket[place]
        self._size -= 1
        if bucket:
            self._renew(at)
        else:
            del self._buckets[at], self._firsts[at], self._reach[at]

    def touching(self, start: int, end: int) -> list[Entry]:
        """The spans that share at least one position with [start, end), by start; empty spans share none."""
        last = bisect_left(self._firsts, (end,))
        near = [at for at, reach in enumerate(self._reach[:last]) if reach > start]
        return [entry for at in near for entry in self._buckets[at] if entry[1] > start and entry[0] < end]

    def _renew(self, at: int) -> None:
        self._firsts[at] = self._buckets[at][0]
        self._reach[at] = max(ends(self._buckets[at]))


def ends(entries: Iterable[Entry]) -> list[int]:
    """The ends of `entries`."""
    return [entry[1] for entry in entries]


def lanes(spans: Sequence[tuple[int, int]]) -> list[int]:
    """A lane (from 0) for each span, so that spans that overlap have different ones.

    Spans are served by start, longest first, and take the lowest lane that is free: adding a span moves none
    that starts before it.
    """
    free: list[int] = []
    given = [0] * len(spans)
    for which in sorted(range(len(spans)), key=lambda at: (spans[at][0], -spans[at][1], at)):
        start, end = spans[which]
        lane = next((at for at, until in enumerate(free) if until <= start), len(free))
        if lane == len(free):
            free.append(end)
        else:
            free[lane] = end
        given[which] = lane
    return given
