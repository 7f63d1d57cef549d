"""A text as words that are compared by their hashes: white space, and the forms of quotes and dashes, do not count."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate

from annotate.model import Span
from annotate.tokens import tokens, touched

AROUND = 5  # words before and behind a mark whose hash is kept
DIGITS = 32  # hexadecimal ones of a hash: 128 bits
RULE = (
    "Words are the tokens of annotate/tokens.py: runs of letters and digits (with an apostrophe between letters, a "
    "point or comma between digits), single Chinese characters and kana, emoji with their joiners, and every other "
    "sign by itself; white space divides them and does not count. Each word is put into Unicode form NFKC, without "
    "soft hyphens and zero-width spaces, with ' for ‘ ’ ‚ ‛, \" for “ ” „ ‟ « » and - for all dashes. The words are "
    "joined with U+001F, written as UTF-8, and hashed with SHA-256, of which the first 32 hexadecimal digits are kept."
)
_DIVIDER = "\x1f"
_PLAIN = {
    **dict.fromkeys(map(ord, "‘’‚‛"), "'"),
    **dict.fromkeys(map(ord, "“”„‟«»"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"), ""),
}


def form(word: str) -> str:
    """A word as it is compared."""
    return word if word.isascii() else unicodedata.normalize("NFKC", word.translate(_PLAIN))


def hashed(forms: Sequence[str]) -> str:
    """What stands for a run of words in their forms."""
    return hashlib.sha256(_DIVIDER.join(forms).encode()).hexdigest()[:DIGITS]


class Words:
    """The words of a text, in order. Positions are code points of `text`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = tokens(text)
        self.forms = [form(text[start:end]) for start, end in self.spans]
        self._places: dict[int, dict[str, list[int]]] = {}

    def touched(self, span: Span) -> tuple[int, int]:
        """The words that a stretch covers or cuts, as a range; it is empty where there is white space only."""
        return touched(self.spans, *span)

    def clipped(self, first: int, behind: int, edges: Span) -> list[str]:
        """The forms of a range of words of which the first begins, the last ends `edges` code points later."""
        found = self.forms[first:behind]
        begin, end = max(0, edges[0]), min(0, edges[1])
        if begin or end:
            start, stop = self.spans[first][0] + begin, self.spans[behind - 1][1] + end
            for at in {0, len(found) - 1}:
                one, other = self.spans[first + at]
                found[at] = form(self.text[max(one, start) : min(other, stop)])
        return found

    def before(self, first: int) -> str:
        """The hash of the words before a place."""
        return hashed(self.forms[max(0, first - AROUND) : first])

    def behind(self, place: int) -> str:
        """The hash of the words from a place on."""
        return hashed(self.forms[place : place + AROUND])

    def places(self, number: int, hash: str, edges: Span) -> list[int]:
        """Where runs of so many words with this hash begin."""
        if edges[0] <= 0 <= edges[1]:
            if number not in self._places:
                self._places[number] = self._hashes(number)
            return self._places[number].get(hash, [])
        last = len(self.forms) - number
        return [at for at in range(last + 1) if hashed(self.clipped(at, at + number, edges)) == hash]

    def ends(self, before: str) -> list[int]:
        """The places before which words with this hash stand."""
        return self._befores.get(before, [])

    def starts(self, behind: str) -> list[int]:
        """The places from which words with this hash stand."""
        return self._behinds.get(behind, [])

    def occurrence(self, first: int, behind: int) -> tuple[int, int]:
        """The how manieth of how many runs of the same words this is, from 1."""
        sought = _DIVIDER + _DIVIDER.join(self.forms[first:behind]) + _DIVIDER
        own = self._joints[first]
        number = total = 0
        at = self._joined.find(sought)
        while at >= 0:
            total += 1
            number += at <= own
            at = self._joined.find(sought, at + 1)
        return number, total

    @cached_property
    def _joined(self) -> str:
        return _DIVIDER + _DIVIDER.join(self.forms) + _DIVIDER

    @cached_property
    def _joints(self) -> list[int]:
        """Where in what is joined the divider before each word stands."""
        return list(accumulate((len(word) + 1 for word in self.forms), initial=0))

    @cached_property
    def _befores(self) -> dict[str, list[int]]:
        return _by_hash(map(self.before, range(len(self.forms) + 1)))

    @cached_property
    def _behinds(self) -> dict[str, list[int]]:
        return _by_hash(map(self.behind, range(len(self.forms) + 1)))

    def _hashes(self, number: int) -> dict[str, list[int]]:
        runs = range(len(self.forms) - number + 1)
        return _by_hash(hashed(self.forms[at : at + number]) for at in runs)


def _by_hash(hashes: Iterable[str]) -> dict[str, list[int]]:
    """Where each of the hashes stands."""
    found: dict[str, list[int]] = {}
    for at, hash in enumerate(hashes):
        found.setdefault(hash, []).append(at)
    return found
