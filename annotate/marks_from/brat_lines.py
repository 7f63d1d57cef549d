"""The lines of a brat .ann file, each told by the sign it begins with."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from annotate.marks import BadLine
from annotate.model import Span
from annotate.writers.brat_files import OURS

_SPANS = re.compile(r"(\S+) (\d{1,12} \d{1,12}(?:;\d{1,12} \d{1,12})*)")
_ENDS = re.compile(r"(\S+) Arg1:(\S+) Arg2:(\S+)\s*")
LEFT = {
    "R": "relations with an event at an end",
    "*": "groups of the same",
    "N": "normalisations",
    "E": "structures of events",
}


@dataclass(slots=True)
class TextBound:
    """A stretch with a type; `words` are what the file says stands there."""

    number: int
    kind: str
    spans: tuple[Span, ...]
    words: str
    notes: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    own: dict[str, Any] = field(default_factory=dict)  # what Postil adds


@dataclass(slots=True)
class Link:
    """A relation between two stretches, by their signs."""

    kind: str
    source: str
    target: str
    notes: list[str] = field(default_factory=list)
    own: dict[str, Any] = field(default_factory=dict)


class AnnLines:
    """Reads one file. `left` counts what has no place in a project."""

    def __init__(self, text: str, left: Counter[str]) -> None:
        self.bounds: dict[str, TextBound] = {}
        self.bad: list[BadLine] = []
        self.links: dict[str, Link] = {}
        self._left = left
        self._events: dict[str, str] = {}  # the trigger of an event
        later: list[tuple[int, str, str]] = []
        for number, line in enumerate(text.split("\n"), 1):
            id, _, rest = line.rstrip("\r").partition("\t")
            if id.startswith("T"):
                self._bound(number, id, rest)
            elif id.startswith(("#", "A", "M")):
                later.append((number, id, rest))
            elif id.startswith("R") and (found := _ENDS.fullmatch(rest)):
                self.links[id] = Link(found[1], found[2], found[3])
            elif id[:1] in LEFT:
                left[LEFT[id[0]]] += 1
                if id.startswith("E"):
                    self._events[id] = rest.partition(" ")[0].rpartition(":")[2]
            elif line.strip():
                self.bad.append(BadLine(number, "no line of brat standoff"))
        for number, id, rest in later:
            (self._note if id.startswith("#") else self._attribute)(number, rest)
        self._check_links()

    def _bound(self, number: int, id: str, rest: str) -> None:
        head, _, words = rest.partition("\t")
        found = _SPANS.fullmatch(head)
        if found is None:
            self.bad.append(BadLine(number, "no type with a start and an end"))
            return
        pairs = (piece.split(" ") for piece in found[2].split(";"))
        self.bounds[id] = TextBound(
            number, found[1], tuple((int(start), int(end)) for start, end in pairs), words
        )

    def _check_links(self) -> None:
        """Those between stretches stay, an event standing for its trigger."""
        for id, link in list(self.links.items()):
            if not self._ends_of(link):
                self._left[LEFT["R"]] += 1
                del self.links[id]

    def _ends_of(self, link: Link) -> bool:
        """Brings the ends of events to their triggers; False where one is no stretch."""
        link.source = self._events.get(link.source, link.source)
        link.target = self._events.get(link.target, link.target)
        return link.source in self.bounds and link.target in self.bounds

    def _on(self, id: str) -> TextBound | None:
        return self.bounds.get(self._events.get(id, id))

    def _note(self, number: int, rest: str) -> None:
        head, _, said = rest.partition("\t")
        kind, _, target = head.partition(" ")
        bound = self.links.get(target) or self._on(target)
        if bound is None:
            self._left["notes that stand on no mark"] += 1
        elif kind == OURS:
            bound.own = _object(said)
        elif said:
            bound.notes.append(said)

    def _attribute(self, number: int, rest: str) -> None:
        name, target, *value = [*rest.split(" ", 2), ""][:3] if " " in rest else [rest, ""]
        bound = self._on(target)
        if bound is None:
            self._left["attributes that stand on no mark"] += 1
        else:
            bound.values[name] = (value[0] if value else "") or "yes"


def _object(said: str) -> dict[str, Any]:
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
