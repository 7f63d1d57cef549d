"""Where a mark stands in a text that is not quite the one it was made on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from annotate.anchoring import fit
from annotate.model import Span
from annotate.sharing.anchors import Anchor
from annotate.sharing.near_words import near_run
from annotate.sharing.words import Words, form, hashed
from annotate.tokens import tokens

TELLING = 4  # words that are not met twice by chance
SPARE = 0.25  # of a mark's words that may have come or gone between those around it


class Why(StrEnum):
    """Why a mark has no place."""

    NO_WORDS = "it holds no words to be found by"
    NOT_FOUND = "its words are not in the text"
    AMBIGUOUS = "its words are there in several places, none of which fits better"
    ELSEWHERE = "its words are there, but not where they stood"
    ORDER = "its parts are there, but in another order"


@dataclass(frozen=True, slots=True)
class Placed:
    """The spans of a mark in the text; `changed` where its words are not quite what they were."""

    spans: tuple[Span, ...]
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Plain:
    """What a file says in words: the quote of a mark of one part, what stands before and behind it."""

    quote: str = ""
    prefix: str = ""
    suffix: str = ""


_NOTHING = Plain()


def place(words: Words, anchors: Sequence[Anchor | None], plain: Plain = _NOTHING) -> Placed | Why:
    """The parts are found one by one, and must stand in their order."""
    spans: list[Span] = []
    changed = False
    for anchor in anchors:
        found = _part(words, anchor, plain) if anchor else Why.NO_WORDS
        if isinstance(found, Why):
            return found
        changed |= found.changed
        spans += found.spans
    if any(one[1] > other[0] for one, other in pairwise(spans)):
        return Why.ORDER
    return Placed(tuple(spans), changed) if spans else Why.NO_WORDS


def _part(words: Words, anchor: Anchor, plain: Plain) -> Placed | Why:
    plainly = _with_the_same_around(words, anchor)
    if len(plainly) == 1:
        return Placed((_edges(words, plainly[0], plainly[0] + anchor.words, anchor.edges),))
    places = words.places(anchor.words, anchor.hash, anchor.edges)
    if not places:
        run = _mended(words, anchor, plain)
        return run if isinstance(run, Why) else Placed((_edges(words, *run, anchor.edges),), True)
    at = _best(words, anchor, plain, places)
    if isinstance(at, Why):
        return at
    return Placed((_edges(words, at, at + anchor.words, anchor.edges),))


def _with_the_same_around(words: Words, anchor: Anchor) -> list[int]:
    """Where its words stand between those that were around them: nothing fits better, and they are found at once."""
    number = anchor.words
    return [
        at
        for at in words.ends(anchor.before)
        if at + number <= len(words.forms)
        and words.behind(at + number) == anchor.behind
        and hashed(words.clipped(at, at + number, anchor.edges)) == anchor.hash
    ]


def _best(words: Words, anchor: Anchor, plain: Plain, places: list[int]) -> int | Why:
    """The place with the right words around it; else the same one of as many."""
    scores = {at: _score(words, anchor, at) for at in places}
    most = max(scores.values())
    best = [at for at in places if scores[at] == most]
    if len(best) > 1 and (plain.prefix or plain.suffix):
        fits = {
            at: fit(words.text, _whole(words, at, anchor.words), plain.prefix, plain.suffix) for at in best
        }
        best = [at for at in best if fits[at] == max(fits.values())]
    if len(best) == 1 and (most or anchor.total == 1 or anchor.words >= TELLING):
        return best[0]
    if (
        len(places) == anchor.total
        and 0 < anchor.number <= anchor.total
        and places[anchor.number - 1] in best
    ):
        return places[anchor.number - 1]
    return Why.AMBIGUOUS if len(best) > 1 else Why.ELSEWHERE


def _score(words: Words, anchor: Anchor, at: int) -> int:
    return (words.before(at) == anchor.before) + (words.behind(at + anchor.words) == anchor.behind)


def _mended(words: Words, anchor: Anchor, plain: Plain) -> tuple[int, int] | Why:
    """The words that stand where the mark's stood, if they are nearly those."""
    if plain.quote:
        sought = [form(plain.quote[start:end]) for start, end in tokens(plain.quote)]
        if alike := near_run(words.forms, sought):
            return alike[0] if len(alike) == 1 else Why.AMBIGUOUS
    lasts = words.starts(anchor.behind)
    least, most = max(1, anchor.words * (1 - SPARE)), anchor.words * (1 + SPARE) + 1
    runs: list[tuple[int, int]] = []
    for first in words.ends(anchor.before):
        fitting = lasts[bisect_left(lasts, first + least) : bisect_right(lasts, first + most)]
        runs += [(first, last) for last in fitting[:2]]
        if len(runs) > 1:
            return Why.AMBIGUOUS
    return runs[0] if runs else Why.NOT_FOUND


def _whole(words: Words, at: int, number: int) -> Span:
    return words.spans[at][0], words.spans[at + number - 1][1]


def _edges(words: Words, first: int, behind: int, edges: Span) -> Span:
    """The stretch of these words, with edges as they were where the text allows it."""
    start, end = words.spans[first][0], words.spans[behind - 1][1]
    begin = max(edges[0], words.spans[first - 1][1] - start if first else -start)
    stop = min(edges[1], (words.spans[behind][0] if behind < len(words.spans) else len(words.text)) - end)
    begun, stopped = start + begin, end + stop
    return (begun, stopped) if begun < stopped else (start, end)
