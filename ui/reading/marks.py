"""The marks of one article: which there are, which touch a stretch, which come next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from annotate.intervals import Entry, IntervalIndex
from annotate.model import Span
from ui.reading.values import Mark

Shown = Callable[[Mark], bool]


class MarkSet:
    """Marks by id, with an index over the spans of those that are shown. All positions are code points."""

    def __init__(self, marks: Iterable[Mark] = (), shown: Shown | None = None) -> None:
        self._marks = {mark.id: mark for mark in marks}
        self._shown = shown
        self._index = IntervalIndex()
        self.show(shown)

    def __len__(self) -> int:
        return len(self._marks)

    def get(self, id: str | None) -> Mark | None:
        """The mark with that id."""
        return self._marks.get(id) if id is not None else None

    def show(self, shown: Shown | None) -> None:
        """Show only the marks for which `shown` says so; all for None."""
        self._shown = shown
        marks: Iterable[Mark] = self._marks.values()
        if shown is not None:
            marks = filter(shown, marks)
        self._index = IntervalIndex([(start, end, mark.id) for mark in marks for start, end in mark.spans])

    def add(self, mark: Mark) -> None:
        """Put a mark in; one of the same id is replaced."""
        self.remove(mark.id)
        self._marks[mark.id] = mark
        for entry in self._entries(mark):
            self._index.add(entry)

    def remove(self, id: str) -> Mark | None:
        """Take a mark out; returns it, or None if there is none."""
        mark = self._marks.pop(id, None)
        if mark is not None:
            for entry in self._entries(mark):
                self._index.remove(entry)
        return mark

    def _entries(self, mark: Mark) -> list[Entry]:
        if self._shown is not None and not self._shown(mark):
            return []
        return [(start, end, mark.id) for start, end in mark.spans]

    def touching(self, start: int, end: int) -> list[tuple[Span, Mark]]:
        """The shown stretches of marks that share a position with [start, end), by start."""
        marks = self._marks
        return [((begin, stop), marks[id]) for begin, stop, id in self._index.touching(start, end)]

    def at(self, position: int) -> list[Mark]:
        """The shown marks around the place before `position`, the shortest first."""
        found = {mark.id: mark for _, mark in self.touching(position - 1, position + 1)}
        around = [mark for mark in found.values() if covers(mark, position)]
        return sorted(around, key=lambda mark: (mark.end - mark.start, mark.start, mark.id))

    def in_order(self) -> list[Mark]:
        """The shown marks by their start, each once."""
        seen: dict[str, Mark] = {}
        for _, _, id in self._index:
            seen.setdefault(id, self._marks[id])
        return list(seen.values())


def covers(mark: Mark, position: int) -> bool:
    """Whether one of the mark's stretches holds the character at `position` or ends just there."""
    return any(start <= position <= end for start, end in mark.spans)


def neighbour(marks: Sequence[Mark], position: int, selected: str | None, step: int) -> Mark | None:
    """The mark after (step 1) or before (-1) the selected one, or else a position; goes round the end.

    `marks` are in order of their start.
    """
    if not marks:
        return None
    for at, mark in enumerate(marks):
        if mark.id == selected:
            return marks[(at + step) % len(marks)]
    ahead = [mark for mark in marks if mark.start >= position]
    behind = [mark for mark in marks if mark.start < position]
    return (ahead or marks)[0] if step > 0 else (behind or marks)[-1]
