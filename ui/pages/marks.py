"""The marks of a page as boxes, stacked in lanes where they lie over each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from annotate.model import Span
from annotate.places import Box, Places
from ui.reading.values import Mark

DEEPEST = 3


@dataclass(frozen=True, slots=True)
class PageMark:
    """A mark on one page: its boxes there, and the lane of its underline."""

    mark: Mark
    boxes: tuple[Box, ...]
    lane: int


class PageMarks:
    """What is marked on each page, found once until `forget`."""

    def __init__(self, places: Places, touching: Callable[[int, int], Sequence[tuple[Span, Mark]]]) -> None:
        self._places = places
        self._touching = touching
        self._reach: dict[int, Span] = {}
        self._found: dict[int, list[PageMark]] = {}
        for line in places.lines:
            first, last = self._reach.get(line.page, (line.start, line.end))
            self._reach[line.page] = (min(first, line.start), max(last, line.end))

    def reach(self, page: int) -> Span:
        """From the first to the last code point that stands on a page."""
        return self._reach.get(page, (0, 0))

    def forget(self) -> None:
        self._found.clear()

    def on(self, page: int) -> list[PageMark]:
        """The marks of a page in order of their start."""
        if page not in self._found:
            self._found[page] = self._find(page)
        return self._found[page]

    def _find(self, page: int) -> list[PageMark]:
        reach = self._reach.get(page)
        if reach is None:
            return []
        spans: dict[str, list[Span]] = {}
        marks: dict[str, Mark] = {}
        for (start, end), mark in self._touching(*reach):
            marks[mark.id] = mark
            spans.setdefault(mark.id, []).append((max(start, reach[0]), min(end, reach[1])))
        lanes: list[int] = []  # where the last mark of each lane ends
        found = []
        for id in sorted(spans, key=lambda id: (spans[id][0], -marks[id].end)):
            boxes = tuple(box for box in self._places.boxes(sorted(spans[id])) if box.page == page)
            start, end = spans[id][0][0], spans[id][-1][1]
            lane = next((at for at, taken in enumerate(lanes) if taken <= start), len(lanes))
            lanes[lane:] = [end, *lanes[lane + 1 :]]
            if boxes:
                found.append(PageMark(marks[id], boxes, min(lane, DEEPEST)))
        return found
