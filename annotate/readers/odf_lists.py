"""Lists of an OpenDocument text, counted as they are opened and closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotate.readers.odf_names import TEXT, whole
from annotate.readers.odf_styles import OdfStyles, label

if TYPE_CHECKING:
    from lxml.etree import _Element

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_DEEPEST = 10  # levels that the format knows
NO_COUNT = -1


@dataclass(slots=True)
class _Open:
    """One list that is open, with the counts of its levels (index 0 is not used); inner lists share them."""

    style: str
    counts: list[int]
    is_waiting: bool = False  # an item has begun and its first paragraph has not
    own: str = ""  # the item's number as the file itself tells it
    start: int = NO_COUNT


@dataclass(slots=True)
class Lists:
    """Those open in one place of a document."""

    styles: OdfStyles
    _open: list[_Open] = field(default_factory=list)
    _by_id: dict[str, list[int]] = field(default_factory=dict)
    _by_style: dict[str, list[int]] = field(default_factory=dict)

    def inner(self) -> Lists:
        """Lists of a place within this one (a table cell, a note); their numbering may go on from these."""
        return Lists(self.styles, [], self._by_id, self._by_style)

    @property
    def depth(self) -> int:
        """How many lists are open."""
        return len(self._open)

    def begin(self, element: _Element) -> None:
        style = element.get(TEXT + "style-name") or (self._open[-1].style if self._open else "")
        if self._open:
            counts = self._open[-1].counts
            if not self._open[-1].is_waiting and self.depth < _DEEPEST:
                counts[self.depth + 1] = NO_COUNT
        else:
            counts = self._continued(element, style) or [NO_COUNT] * (_DEEPEST + 1)
            self._by_style[style] = counts
        if id := element.get(_ID):
            self._by_id[id] = counts
        self._open.append(_Open(style, counts))

    def _continued(self, element: _Element, style: str) -> list[int] | None:
        if goes_on := element.get(TEXT + "continue-list"):
            return self._by_id.get(goes_on)
        return self._by_style.get(style) if element.get(TEXT + "continue-numbering") == "true" else None

    def end(self) -> None:
        if self._open:
            self._open.pop()

    def begin_item(self, element: _Element) -> None:
        if self._open:
            item = self._open[-1]
            number = element.find(TEXT + "number")
            item.is_waiting = True
            item.own = "" if number is None else "".join(map(str, number.itertext())).strip()
            item.start = whole(element, TEXT + "start-value", NO_COUNT)

    def label(self) -> str:
        """What stands before a paragraph that begins here; counts its item if it is the item's first."""
        if not self._open or not self._open[-1].is_waiting:
            return ""
        item, depth = self._open[-1], min(self.depth, _DEEPEST)
        for each in self._open:
            each.is_waiting = False
        levels = self.styles.list_levels(item.style)
        before = item.counts[depth]
        started = levels[depth].start if depth in levels else 1
        for place in range(1, depth):
            if item.counts[place] == NO_COUNT:
                item.counts[place] = levels[place].start if place in levels else 1
        item.counts[depth] = started if before == NO_COUNT else before + 1
        if item.start != NO_COUNT:
            item.counts[depth] = item.start
        item.counts[depth + 1 :] = [NO_COUNT] * (_DEEPEST - depth)
        return f"{item.own} " if item.own else label(levels, item.counts, depth)
