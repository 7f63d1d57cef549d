"""Text that runs to the left: from characters as they are seen to characters as they are read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_LEFTWARDS = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def runs_left(text: str) -> bool:
    """Whether any of it may run from right to left."""
    return not text.isascii() and _LEFTWARDS.search(text) is not None


def logical(visual: Sequence[str]) -> str:
    """Characters seen from left to right, as they are read."""
    order = reading_order(visual)
    return "".join(visual[place].translate(MIRRORED) if turned else visual[place] for place, turned in order)


def reading_order(visual: Sequence[str]) -> list[tuple[int, bool]]:
    """The order in which characters seen from left to right are read, and which of them run to the left.

    Runs are turned round as in UAX 9, rule L2.
    """
    kinds = [_direction(text) for text in visual] if runs_left("".join(visual)) else []
    if "R" not in kinds:
        return [(place, False) for place in range(len(visual))]
    base = "R" if kinds.count("R") >= kinds.count("L") else "L"
    levels = _resolved(kinds, base)
    runs = [list(run) for _, run in groupby(range(len(visual)), key=lambda place: levels[place])]
    out: list[tuple[int, bool]] = []
    for run in reversed(runs) if base == "R" else runs:
        turned = levels[run[0]] == "R"
        out += [(place, turned) for place in (reversed(run) if turned else run)]
    return out


def is_rtl(text: str) -> bool:
    """Whether most letters run from right to left."""
    if not runs_left(text):
        return False
    kinds = [unicodedata.bidirectional(c) for c in text]
    return sum(kind in ("R", "AL") for kind in kinds) > kinds.count("L")


def _direction(text: str) -> str:
    kind = unicodedata.bidirectional(text[0])
    if kind in ("R", "AL"):
        return "R"
    if kind == "L":
        return "L"
    return "N" if kind in ("EN", "AN") else "C" if kind in ("CS", "ES", "ET") else ""


def _resolved(kinds: Sequence[str], base: str) -> list[str]:
    """A direction for each place: numbers run left to right, what is neutral runs as its sides do."""
    strong = list(kinds)
    for place, kind in enumerate(kinds):
        if kind == "C":
            inside = 0 < place < len(kinds) - 1 and kinds[place - 1] == kinds[place + 1] == "N"
            percent = (place > 0 and kinds[place - 1] == "N") or (
                place + 1 < len(kinds) and kinds[place + 1] == "N"
            )
            strong[place] = "N" if inside or percent else ""
    levels = ["L" if kind in ("L", "N") else kind for kind in strong]
    place = 0
    while place < len(levels):
        if levels[place]:
            place += 1
            continue
        end = place
        while end < len(levels) and not levels[end]:
            end += 1
        before = levels[place - 1] if place else base
        after = levels[end] if end < len(levels) else base
        levels[place:end] = [before if before == after else base] * (end - place)
        place = end
    return levels
