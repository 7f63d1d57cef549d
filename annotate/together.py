"""Which marks stand at one place: what rules about several codes are checked with. One coder's marks, by start."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from annotate.model import Highlight
from annotate.rules import Where
from annotate.spans import joined


def crowded(marks: Sequence[Highlight], where: Where) -> Iterator[tuple[Highlight, list[Highlight]]]:
    """Marks that stand where marks with other codes stand already, each with one of every such code."""
    if where is Where.OVERLAP:
        yield from _overlapping(marks)
        return
    first: dict[object, dict[str | None, Highlight]] = {}
    for mark in marks:
        here = first.setdefault(mark.spans if where is Where.SAME else None, {})
        others = [each for code, each in here.items() if code != mark.code]
        if others and mark.code not in here:
            yield mark, others
        here.setdefault(mark.code, mark)


class Company:
    """Marks that others need beside them, ready to be asked."""

    def __init__(self, marks: Sequence[Highlight], where: Where) -> None:
        self._where, self._any = where, bool(marks)
        self._spans = {mark.spans for mark in marks} if where is Where.SAME else set()
        self._joined = joined(span for mark in marks for span in mark.spans) if where is Where.OVERLAP else ()
        self._starts = [start for start, _ in self._joined]

    def keeps(self, mark: Highlight) -> bool:
        """Whether one of them stands at the same place as the mark."""
        if self._where is Where.ARTICLE:
            return self._any
        if self._where is Where.SAME:
            return mark.spans in self._spans
        return any(self._touched(start, end) for start, end in mark.spans)

    def _touched(self, start: int, end: int) -> bool:
        at = bisect_left(self._starts, end) - 1
        return at >= 0 and self._joined[at][1] > start


def _overlapping(marks: Sequence[Highlight]) -> Iterator[tuple[Highlight, list[Highlight]]]:
    """A sweep over the stretches. Of each code only the one that reaches furthest is kept in mind, so that
    marks over a whole text cost no more than short ones.
    """
    stretches = sorted(
        ((start, end, at) for at, mark in enumerate(marks) for start, end in mark.spans),
        key=lambda each: each[0],
    )
    reach: dict[str | None, tuple[int, int]] = {}  # code -> where its furthest stretch ends, whose it is
    found: dict[int, dict[str | None, int]] = {}
    for start, end, at in stretches:
        code = marks[at].code
        reach = {each: held for each, held in reach.items() if held[0] > start}
        for other, (_, by) in reach.items():
            if other != code:
                found.setdefault(max(at, by), {}).setdefault(marks[min(at, by)].code, min(at, by))
        if end > reach.get(code, (-1, 0))[0]:
            reach[code] = (end, at)
    for at, others in sorted(found.items()):
        yield marks[at], [marks[by] for by in others.values()]
