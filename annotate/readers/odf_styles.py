"""Styles of an OpenDocument text: which are titles, quotes or hidden, and how lists are numbered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotate.readers.odf_names import STYLE, TEXT, whole
from annotate.readers.word_numbers import spoken

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST = 20  # styles with parents
_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How one level of a list is numbered; `format` is empty for bullets and where nothing is shown."""

    format: str = ""
    before: str = ""
    after: str = ""
    shown: int = 1  # levels shown: 2 for "1.3"
    start: int = 1


class OdfStyles:
    """The named and the automatic styles of a document."""

    def __init__(self, roots: Iterable[_Element | None]) -> None:
        self._styles: dict[str, _Element] = {}
        self._lists: dict[str, dict[int, ListLevel]] = {}
        self.outline: dict[int, ListLevel] = {}
        for root in roots:
            for each in (
                ()
                if root is None
                else root.iter(STYLE + "style", TEXT + "list-style", TEXT + "outline-style")
            ):
                if each.tag == STYLE + "style":
                    self._styles[each.get(STYLE + "name") or ""] = each
                elif each.tag == TEXT + "list-style":
                    self._lists[each.get(STYLE + "name") or ""] = _levels(each)
                else:
                    self.outline = _levels(each)

    def list_levels(self, name: str) -> dict[int, ListLevel]:
        return self._lists.get(name, {})

    def named(self, name: str) -> frozenset[str]:
        """The names of a style and those it comes from ("P1", "Title"), as their user sees them."""
        line: list[str] = []
        while name and len(line) < _DEEPEST:
            element = self._styles.get(name)
            line.append(name if element is None else element.get(STYLE + "display-name") or name)
            name = "" if element is None else element.get(STYLE + "parent-style-name") or ""
        return frozenset(line)

    def is_hidden(self, name: str) -> bool:
        element = self._styles.get(name)
        properties = None if element is None else element.find(STYLE + "text-properties")
        return properties is not None and properties.get(TEXT + "display") == "none"


def _levels(parent: _Element) -> dict[int, ListLevel]:
    return {
        whole(each, TEXT + "level", 0): ListLevel(
            format=_FORMATS.get(each.get(STYLE + "num-format") or "", ""),
            before=each.get(STYLE + "num-prefix") or "",
            after=each.get(STYLE + "num-suffix") or "",
            shown=whole(each, TEXT + "display-levels", 1),
            start=whole(each, TEXT + "start-value", 1),
        )
        for each in parent
        if each.tag in (TEXT + "list-level-style-number", TEXT + "outline-level-style")
    }


def label(levels: dict[int, ListLevel], counts: list[int], depth: int) -> str:
    """What stands before an item at a depth (from 1) that has been counted: "2.1. ", "" for a bullet."""
    level = levels.get(depth, ListLevel())
    if not level.format:
        return ""
    places = range(max(1, depth - level.shown + 1), depth + 1)
    numbers = [spoken(counts[place], own) for place in places if (own := levels.get(place, level).format)]
    return f"{level.before}{'.'.join(numbers)}{level.after}".strip() + " "
