"""The one tokeniser of all formats that have tokens, and where sentences begin. Positions are code points.

A token is
- a run of letters and digits; an apostrophe between letters, a point or comma between digits belong to it
  ("don’t", "1,200.50"), a hyphen does not ("third-country" is three);
- one Chinese character or one kana; scripts written without spaces are otherwise one run;
- one emoji with its joiners, variation and skin tone, two regional indicators being one flag;
- any other sign but white space.
Combining marks and joiners belong to what stands before them. Tokens do not touch white space, and nothing but white
space stands between them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from annotate.model import Span

_IDEOGRAPH = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = f"(?:(?![{_IDEOGRAPH}_])\\w)"
_PIECE = re.compile(
    f"[{_IDEOGRAPH}]"
    f"|{_LETTER}+(?:(?:(?<=[0-9])[.,](?=[0-9])|(?<![0-9])['’](?=[^\\W0-9])){_LETTER}+)*"
    "|[\U0001f1e6-\U0001f1ff]{2}"
    "|\\S"
)
_ENDS = frozenset(".!?…。！？؟۔")
_WIDE_ENDS = frozenset("。！？")
_WIDE_CLOSES = frozenset("」』")
_CLOSES = frozenset("\"'”’»)]}›」』")
_SHORT = frozenset(
    ("mr", "mrs", "ms", "dr", "prof", "st", "no", "vs", "art", "cf", "etc", "bzw", "nr", "sr", "sra")
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


def sentences(text: str, of: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The sentences as ranges of tokens, half open.

    One ends with its line; and behind a full stop, question or exclamation mark (with the quotes and brackets that
    close behind it) before white space (the wide ones without), unless a small letter follows, or the point
    stands behind a single letter or a usual short form.
    """
    begin = 0
    for here in range(1, len(of)):
        between = text[of[here - 1][1] : of[here][0]]
        if "\n" in between or _ended(text, of, begin, here, spaced=bool(between)):
            yield begin, here
            begin = here
    if of:
        yield begin, len(of)


def _ended(text: str, of: Sequence[Span], begin: int, here: int, *, spaced: bool) -> bool:
    if text[of[here][0]].islower() or text[of[here][0]] in _WIDE_CLOSES:
        return False
    last = here - 1
    while last > begin and text[of[last][0]] in _CLOSES:
        last -= 1
    start, end = of[last]
    if text[start] not in (_ENDS if spaced else _WIDE_ENDS):
        return False
    before = text[slice(*of[last - 1])] if last > begin and of[last - 1][1] == start else ""
    initial = len(before) == 1 and before.isalpha()
    return not (text[start:end] == "." and (initial or before.lower() in _SHORT))


def touched(of: Sequence[Span], start: int, end: int) -> tuple[int, int]:
    """The tokens that a stretch covers or cuts, as a range; it is empty where there is white space only."""
    first = bisect_right(of, start, key=lambda token: token[1])
    return first, max(first, bisect_left(of, end, key=lambda token: token[0]))
