"""The one tokeniser of all formats that have tokens. Positions are code points.

A token is
- a run of letters and digits; an apostrophe between letters, a point or comma between digits belong to it
  ("don’t", "1,200.50"), a hyphen does not ("third-country" is three);
- one Chinese character or one kana; scripts written without spaces are otherwise one run;
- one emoji with its joiners, variation and skin tone, two regional indicators being one flag;
- any other sign but white space.
Combining marks and joiners belong to what stands before them. A token holds no white space, and nothing but
white space stands between two.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from annotate.model import Span
from annotate.sentences import sentences as spans_of_sentences

_IDEOGRAPH = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = f"(?:(?![{_IDEOGRAPH}_])\\w)"
_PIECE = re.compile(
    f"[{_IDEOGRAPH}]"
    f"|{_LETTER}+(?:(?:(?<=[0-9])[.,](?=[0-9])|(?<![0-9])['’](?=[^\\W0-9])){_LETTER}+)*"
    "|[\U0001f1e6-\U0001f1ff]{2}"
    "|\\S"
)


def tokens(text: str) -> list[Span]:
    """All tokens, in order."""
    found: list[Span] = []
    for match in _PIECE.finditer(text):
        start, end = match.span()
        if found and found[-1][1] == start and _joined(text, found[-1], start):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _joined(text: str, before: Span, start: int) -> bool:
    """Whether what begins at `start` belongs to the token that touches it."""
    sign, last = text[start], text[start - 1]
    if sign < "\u0300" and last < "\u0300":
        return False
    if _clings(sign) or last == "\u200d":
        return True
    return _clings(last) and sign.isalnum() and text[before[0]].isalnum()


def _clings(sign: str) -> bool:
    """A combining mark, a joiner, a skin tone."""
    if sign < "\u0300":
        return False
    return (
        unicodedata.category(sign)[0] == "M"
        or sign in "\u200c\u200d\u2060"
        or "\U0001f3fb" <= sign <= "\U0001f3ff"
    )


def sentences(text: str, of: Sequence[Span], language: str = "") -> Iterator[tuple[int, int]]:
    """The sentences (annotate.sentences) as ranges of tokens, half open; every token is in one."""
    begins = [start for start, _ in spans_of_sentences(text, language)]
    heads = sorted({bisect_left(of, start, key=lambda token: token[0]) for start in begins} | {0, len(of)})
    yield from pairwise(heads)


def touched(of: Sequence[Span], start: int, end: int) -> tuple[int, int]:
    """The tokens that a stretch covers or cuts, as a range; it is empty where there is white space only."""
    first = bisect_right(of, start, key=lambda token: token[1])
    return first, max(first, bisect_left(of, end, key=lambda token: token[0]))
