"""Numbers of paragraphs as Word shows them: "1.", "(a)", "2.3", counted over the whole document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotate.readers.word_names import W, is_on, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""  # "%1.%2)"
    style: str = ""  # of the paragraphs that have this level without saying so
    tight: bool = False  # no space behind the number
    plain: bool = False  # levels above it are counted in digits too
    restarts: bool = True


@dataclass(slots=True)
class _List:
    """Levels and how far they have been counted; lists with one definition go on counting together."""

    levels: dict[int, Level] = field(default_factory=dict)
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbers:
    """The lists of a document, counted as its paragraphs are asked for in their order."""

    def __init__(self, tree: _Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        if tree is None:
            return
        definitions = {each.get(W + "abstractNumId") or "": each for each in tree.iterfind(W + "abstractNum")}
        linked = {value(each, "styleLink"): each for each in definitions.values()}
        made: dict[str, _List] = {}
        for each in tree.iterfind(W + "num"):
            id, defined = each.get(W + "numId") or "", value(each, "abstractNumId")
            if defined not in definitions:
                continue
            if defined not in made:
                link = value(definitions[defined], "numStyleLink")
                made[defined] = _List(
                    _levels(linked.get(link, definitions[defined]) if link else definitions[defined])
                )
            self._lists[id] = self._overridden(each, id, made[defined])

    def _overridden(self, element: _Element, id: str, shared: _List) -> _List:
        """The list as one of its users changes it."""
        restarts, own = {}, dict(shared.levels)
        for each in element.iterfind(W + "lvlOverride"):
            level = number(each.get(W + "ilvl"))
            start = number(value(each, "startOverride"))
            if start >= 0:
                restarts[level] = start
            own.update(_levels(each))
        self._restarts[id] = restarts
        return shared if own == shared.levels else _List(own, shared.counts)

    def level_of_style(self, id: str, style: str) -> int:
        """The level of a list that belongs to a paragraph style."""
        found = self._lists.get(id)
        return next((at for at, level in found.levels.items() if level.style == style), 0) if found else 0

    def next(self, id: str, at: int) -> str | None:
        """What stands before the next paragraph of a list at a level ("2.1 "), "" for a bullet.

        None where there is no such list.
        """
        found = self._lists.get(id)
        if found is None or not 0 <= at < _LEVELS:
            return None
        for place, start in self._restarts.pop(id, {}).items():
            if 0 <= place < _LEVELS:
                found.counts[place] = start - 1
        level = found.levels.get(at, Level())
        before = found.counts[at]
        found.counts[at] = level.start if before is None else before + 1
        for above in range(at):
            if found.counts[above] is None:
                found.counts[above] = found.levels.get(above, Level()).start
        for below in range(at + 1, _LEVELS):
            if found.levels.get(below, Level()).restarts:
                found.counts[below] = None
        return self._label(found, level)

    def _label(self, found: _List, level: Level) -> str:
        if level.format == "bullet":
            return ""

        def shown(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            kind = found.levels.get(place, Level()).format
            return spoken(found.counts[place] or 0, "decimal" if level.plain else kind)

        label = _PLACE.sub(shown, level.text).strip()
        return label and (label if level.tight else label + " ")


def _levels(parent: _Element) -> dict[int, Level]:
    return {
        number(each.get(W + "ilvl")): Level(
            start=number(value(each, "start"), 0),
            format=value(each, "numFmt") or "decimal",
            text=value(each, "lvlText"),
            style=value(each, "pStyle"),
            tight=value(each, "suff") == "nothing",
            plain=is_on(each, "isLgl"),
            restarts=value(each, "lvlRestart") != "0",
        )
        for each in parent.iterfind(W + "lvl")
    }


def spoken(count: int, format: str) -> str:
    """A number in one of Word's formats; those not known are shown in digits."""
    if format.endswith("Letter"):
        letters = chr(97 + (count - 1) % 26) * min((count - 1) // 26 + 1, 20) if count > 0 else ""
        return letters.upper() if format.startswith("upper") else letters
    if format.endswith("Roman"):
        return roman(count).upper() if format.startswith("upper") else roman(count)
    if format == "none":
        return ""
    return f"{count:02d}" if format == "decimalZero" else str(count)


def roman(count: int) -> str:
    """In lower case; digits where the Romans had none."""
    if not 0 < count < 4000:
        return str(count)
    found = ""
    for worth, letters in _ROMAN:
        times, count = divmod(count, worth)
        found += letters * times
    return found
