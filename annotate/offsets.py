"""Code points and UTF-16 units of one text, and the way between them."""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = "[\U00010000-\U0010ffff]"
_CHUNK = 8192


class OffsetMap:
    """Maps positions of `text` in code points to positions in UTF-16 units, as Qt counts, and back.

    Text without characters beyond U+FFFF costs nothing to look up; otherwise a look-up bisects over those.
    """

    __slots__ = ("_astral", "_units", "length")

    def __init__(self, text: str) -> None:
        self.length = len(text)
        self._astral = _astral_positions(text)
        self._units = [place + before for before, place in enumerate(self._astral)]

    @property
    def units(self) -> int:
        """The length of the text in UTF-16 units."""
        return self.length + len(self._astral)

    def to_units(self, place: int) -> int:
        """The UTF-16 position of the code point position `place`."""
        return place + bisect_left(self._astral, place) if self._astral else place

    def to_points(self, unit: int) -> int:
        """The code point position of the UTF-16 position `unit`; within a pair, of its start."""
        return unit - bisect_left(self._units, unit) if self._astral else unit


def _astral_positions(text: str) -> list[int]:
    """Where characters beyond U+FFFF stand, in code points."""
    if text.isascii() or len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text):
        return []
    found: list[int] = []
    for start in range(0, len(text), _CHUNK):
        chunk = text[start : start + _CHUNK]
        if chunk.isascii() or len(chunk.encode("utf-16-le", "surrogatepass")) == 2 * len(chunk):
            continue
        found.extend(start + match.start() for match in re.finditer(_ASTRAL, chunk))
    return found
