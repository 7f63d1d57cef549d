"""Accents and vowel signs that are drawn apart from their letters are put where they belong."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from annotate.readers.pdf_glyphs import Glyph

_MARKS = dict(
    zip(
        "`´ˆ˜¯˘˙¨˚˝ˇ¸˛^~",
        "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327\u0328\u0302\u0303",
        strict=True,
    )
)
FIRST_MARK = "\u0300"  # no combining character comes before it
_DOTLESS = str.maketrans("ıȷ", "ij")


def with_accents(glyphs: list[Glyph]) -> list[Glyph]:
    """The characters, with accents that are drawn over a letter put into it, as LaTeX needs it, and combining
    marks on the baseline of their letter.
    """
    apart = [
        glyph
        for glyph in glyphs
        if glyph.text in _MARKS or (glyph.text >= FIRST_MARK and unicodedata.combining(glyph.text[0]))
    ]
    if not apart:
        return glyphs
    letters = [glyph for glyph in glyphs if glyph.text[0].isalpha() and glyph.text not in _MARKS]
    letters.sort(key=lambda glyph: glyph.y)
    heights = [glyph.y for glyph in letters]
    gone: set[int] = set()
    for mark in apart:
        low, high = bisect_left(heights, mark.y - mark.size), bisect_right(heights, mark.y + mark.size)
        letter = _under(mark, letters[low:high])
        if letter is None:
            continue
        if mark.text not in _MARKS:
            mark.y = letter.y
            continue
        whole = unicodedata.normalize("NFC", letter.text.translate(_DOTLESS) + _MARKS[mark.text])
        if len(whole) == 1 and abs(mark.y - letter.y) < 0.5 * letter.size:
            letter.text = whole
            gone.add(id(mark))
    return [glyph for glyph in glyphs if id(glyph) not in gone]


def _under(mark: Glyph, letters: Sequence[Glyph]) -> Glyph | None:
    """The letter over or under which a mark is drawn."""
    if mark.text in _MARKS:
        middle = mark.x + mark.width / 2
        beside = [glyph for glyph in letters if glyph.x < middle < glyph.end]
    else:
        beside = [glyph for glyph in letters if glyph.x - 1 <= mark.x <= glyph.end + 1]
    return min(beside, key=lambda glyph: abs(glyph.y - mark.y), default=None)
