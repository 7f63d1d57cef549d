"""Where the words of a mark stand in a text that is not quite the one they were marked in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from annotate.model import Span

MOST = 10_000  # places looked at, for a quote like "e"


def anchored(text: str, quote: str, prefix: str = "", suffix: str = "") -> Span | None:
    """The one place of the quote, or that of several before and behind which most of prefix and suffix stand.

    None where it is not there, or where several places fit as well.
    """
    places = list(_places(text, quote)) if quote else []
    if len(places) == 1:
        return places[0]
    scored = sorted(((fit(text, place, prefix, suffix), place) for place in places), reverse=True)
    if not scored or scored[0][0] == scored[1][0]:
        return None
    return scored[0][1]


def anchored_by_letters(text: str, quote: str) -> Span | None:
    """The one place of the quote, where white space does not count: some programs put it between all that was marked
    up, or take it away. None where it is not there, or in several places.
    """
    places = [at for at, sign in enumerate(text) if not sign.isspace()]
    letters = "".join(text[at] for at in places)
    found = list(islice(_places(letters, "".join(quote.split())), 2)) if quote.split() else []
    if len(found) != 1:
        return None
    start, end = found[0]
    return places[start], places[end - 1] + 1


def fit(text: str, place: Span, prefix: str, suffix: str) -> int:
    """How many characters before and behind a place are those of prefix and suffix."""
    start, end = place
    before = text[max(0, start - len(prefix)) : start]
    return _alike(before[::-1], prefix[::-1]) + _alike(text[end : end + len(suffix)], suffix)


def _alike(one: str, other: str) -> int:
    """How many characters they have alike from the beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))


def _places(text: str, quote: str) -> Iterator[Span]:
    at = text.find(quote)
    for _ in range(MOST):
        if at < 0:
            return
        yield at, at + len(quote)
        at = text.find(quote, at + 1)
