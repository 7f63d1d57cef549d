"""Styles of a Word document: which are headings, titles, quotes, numbered or hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotate.readers.word_names import W, is_on, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_QUOTES = frozenset(("quote", "intense quote", "block text", "quotations", "quotation"))
_DEEPEST = 20  # styles based on styles
_LEVELS = range(9)


@dataclass(frozen=True, slots=True)
class Style:
    """`heading` is 1-6 or 0; `numbering` the id of a list and `level` the level in it, "" and -1 where not stated."""

    heading: int = 0
    is_title: bool = False
    is_quote: bool = False
    is_hidden: bool = False
    numbering: str = ""
    level: int = -1


class Styles:
    """The styles by id; what one does not say, the one says that it is based on."""

    def __init__(self, tree: _Element | None) -> None:
        elements = () if tree is None else tree.iterfind(W + "style")
        self._elements = {each.get(W + "styleId") or "": each for each in elements}
        self._made: dict[str, Style] = {}

    def style(self, id: str) -> Style:
        if id not in self._made:
            self._made[id] = self._make(id)
        return self._made[id]

    def _make(self, id: str) -> Style:
        line = self._line(id)
        names = [value(each, "name").lower() for each in line]
        list_id, level = "", -1
        for each in line:
            list_id = list_id or value(each, "pPr", "numPr", "numId")
            level = number(value(each, "pPr", "numPr", "ilvl")) if level < 0 else level
        return Style(
            heading=self._heading(line, names),
            is_title="title" in names[:2],
            is_quote=not _QUOTES.isdisjoint(names),
            is_hidden=is_on(line[0], "rPr", "vanish") if line else False,
            numbering=list_id,
            level=level,
        )

    def _line(self, id: str) -> list[_Element]:
        """The style and those it is based on, nearest first."""
        line: list[_Element] = []
        while id in self._elements and len(line) < _DEEPEST:
            line.append(self._elements[id])
            id = value(line[-1], "basedOn")
        return line

    def _heading(self, line: list[_Element], names: list[str]) -> int:
        for each, name in zip(line, names, strict=True):
            stated = number(value(each, "pPr", "outlineLvl"))
            if stated >= 0:
                return heading_of(stated)
            if name.startswith("heading ") and name[8:].isdecimal():
                return heading_of(number(name[8:]) - 1)
        return 0


def heading_of(outline: int) -> int:
    """The level of a heading (1-6) from an outline level (0-8; 9 is body text: 0)."""
    return min(outline + 1, 6) if outline in _LEVELS else 0
