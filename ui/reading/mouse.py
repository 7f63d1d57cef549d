"""What a hand does on the page: selects by whole words, drags the edges of a mark. All in code points."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF

from annotate.frozen import frozen
from annotate.model import Span
from ui.reading.page import Page
from ui.reading.values import Mark
from ui.reading.words import whole_characters, whole_words, word

NEAR = 5.0  # pixels from the edge of a mark


@frozen
class EdgeDrag:
    """The edge of a mark in the hand: `mark` as it was, `now` as it would be when let go."""

    mark: Mark
    at_start: bool
    now: Mark

    def moved(self, text: str, place: int, by_word: bool) -> EdgeDrag:
        """The edge brought to a place; it never crosses the other edge of its stretch."""
        spans = list(self.mark.spans)
        at = 0 if self.at_start else -1
        start, end = spans[at]
        if self.at_start:
            start = min(_edge(text, place, by_word, True), whole_characters(text, (end - 1, end))[0])
        else:
            end = max(_edge(text, place, by_word, False), whole_characters(text, (start, start + 1))[1])
        spans[at] = (start, end)
        return replace(self, now=replace(self.mark, spans=tuple(spans)))


def _edge(text: str, place: int, by_word: bool, at_start: bool) -> int:
    """The edge at a place: it takes in the word there, or keeps to whole characters."""
    start, end = word(text, place) if by_word else (place, place)
    if start < place < end:
        return start if at_start else end
    return whole_characters(text, (place, place))[0]


def snapped(text: str, pressed: int, place: int, by_word: bool) -> tuple[int, int]:
    """Anchor and caret of a selection drawn from `pressed` to `place`, grown to whole words or characters."""
    span = min(pressed, place), max(pressed, place)
    start, end = whole_words(text, span) if by_word else whole_characters(text, span)
    return (start, end) if place >= pressed else (end, start)


def edge_at(page: Page, mark: Mark, point: QPointF) -> str:
    """Which edge of a mark lies under a point of the page: "start", "end" or ""."""
    for name, (place, inside) in edges(mark).items():
        laid = page.layout.known(page.number_of(place))
        if laid is None or not laid.lines:
            continue
        units = page.offsets.to_units
        boxes = laid.rectangles(units(inside) - laid.start, units(inside + 1) - laid.start)
        if not boxes:
            continue
        box = boxes[0]
        before = (name == "start") != laid.right
        x = page.layout.left + (box.left if before else box.right)
        y = page.layout.top(laid.number) + laid.tops[box.line]
        if abs(point.x() - x) <= NEAR and 0 <= point.y() - y <= laid.style.line:
            return name
    return ""


def edges(mark: Mark) -> dict[str, Span]:
    """Where a mark's edges are, each with the character inside it."""
    return {"start": (mark.start, mark.start), "end": (mark.end, mark.end - 1)}
