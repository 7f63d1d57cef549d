"""Crosswalks: which code of one taxonomy is which of another, as SKOS says it (W3C 2009, section 10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from annotate.frozen import frozen
from annotate.model import Code


class Match(StrEnum):
    """What the other code is to the first: the same, nearly the same, wider, narrower, or only related."""

    EXACT = "exact"
    CLOSE = "close"
    BROAD = "broad"
    NARROW = "narrow"
    RELATED = "related"


SAID = {
    Match.EXACT: "is the same as",
    Match.CLOSE: "is nearly the same as",
    Match.BROAD: "is part of",
    Match.NARROW: "is wider than",
    Match.RELATED: "is related to",
}
LEADING = (
    Match.EXACT,
    Match.CLOSE,
    Match.BROAD,
)  # by which a coding can be told in the other taxonomy, best first
_TURNED = {Match.BROAD: Match.NARROW, Match.NARROW: Match.BROAD}


@frozen
class Link:
    """One line of a crosswalk: `code` of the first taxonomy, `other` of the second; ids."""

    id: str
    code: str
    match: Match
    other: str
    note: str = ""


@frozen
class Crosswalk:
    """From one taxonomy to another, both by their ids. `origin` says who states it."""

    id: str
    title: str
    taxonomy: str
    other: str
    origin: str = ""
    note: str = ""
    position: int = 0
    mappings: tuple[Link, ...] = ()


@frozen
class Way:
    """Where a code leads: `to` holds several ids where one became many; `above` if by the mapping of a code above."""

    to: tuple[str, ...]
    match: Match
    above: bool = False


def turned(crosswalk: Crosswalk) -> Crosswalk:
    """The same, read from the other taxonomy to the first."""
    mappings = tuple(
        Link(each.id, each.other, _TURNED.get(each.match, each.match), each.code, each.note)
        for each in crosswalk.mappings
    )
    return Crosswalk(
        crosswalk.id, crosswalk.title, crosswalk.other, crosswalk.taxonomy, crosswalk.origin, crosswalk.note,
        crosswalk.position, mappings,
    )  # fmt: skip


def ways(crosswalk: Crosswalk, codes: Mapping[str, Code]) -> dict[str, Way]:
    """Where each of `codes` leads; those that lead nowhere are left out.

    Of several mappings the best kind counts (the same, then nearly the same, then a wider one). A code without one
    goes where the nearest code above it does: what is part of that, is part of its like.
    """
    own: dict[str, dict[Match, list[str]]] = {}
    for each in crosswalk.mappings:
        if each.match in LEADING:
            own.setdefault(each.code, {}).setdefault(each.match, []).append(each.other)
    found: dict[str, Way] = {}
    for id in codes:
        above: str | None = id
        while above is not None and above not in own and above in codes:
            above = codes[above].parent
        if above in own:
            match = next(kind for kind in LEADING if kind in own[above])
            found[id] = Way(tuple(dict.fromkeys(own[above][match])), match, above != id)
    return found


class Likeness:
    """Codes that may be meant by another's label: by the words that both have, in whatever form."""

    def __init__(self, codes: Iterable[Code]) -> None:
        self._words = {code.id: _stems(code) for code in codes if code.offered}

    def best(self, code: Code, limit: int = 5) -> list[str]:
        """Ids, best first; none that shares no word."""
        mine = _stems(code)
        scored = [
            (2 * len(shared) / (len(mine) + len(words)), id)
            for id, words in self._words.items()
            if (shared := mine & words)
        ]
        scored.sort(key=lambda each: -each[0])
        return [id for _, id in scored[:limit]]


def _stems(code: Code) -> frozenset[str]:
    from annotate.fuzzy import plain

    words = "".join(each if each.isalnum() else " " for each in plain(" ".join((code.label, *code.synonyms))))
    return frozenset(
        word[:6] for word in words.split() if len(word) > 2 and word not in ("and", "the", "for")
    )
