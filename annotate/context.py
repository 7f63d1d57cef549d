"""The words around a quote."""

from __future__ import annotations

import re

from annotate.text import WORD

_WORD = re.compile(WORD)

REACH = 48  # characters that a word is looked for in, at most


def words_before(text: str, place: int, number: int) -> str:
    """The text from the `number`-th word before a place up to it; Chinese and Japanese by character."""
    begin = max(0, place - number * REACH)
    starts = [found.start() for found in _WORD.finditer(text, begin, place)]
    return text[starts[-number] if len(starts) >= number else begin : place] if number else ""


def words_after(text: str, place: int, number: int) -> str:
    """The text from a place up to the end of the `number`-th word behind it."""
    if not number:
        return ""
    end = min(len(text), place + number * REACH)
    last = end
    for count, found in enumerate(_WORD.finditer(text, place, end), 1):
        if count == number:
            last = found.end()
            break
    return text[place:last]
