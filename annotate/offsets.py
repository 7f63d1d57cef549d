"""Code points, UTF-16 units and UTF-8 bytes of one text, and the way between them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

_ASTRAL = "[\U00010000-\U0010ffff]"
_CHUNK = 8192
_PIECE = 512


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


class ByteMap:
    """Maps positions of `text` in code points to positions in its UTF-8 bytes, and back."""

    __slots__ = ("_begins", "_plain", "_text", "length")

    def __init__(self, text: str) -> None:
        self._text, self._plain = text, text.isascii()
        pieces = [] if self._plain else [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
        self._begins = list(accumulate((len(piece.encode()) for piece in pieces), initial=0))
        self.length = len(text) if self._plain else self._begins[-1]  # in bytes

    def to_bytes(self, place: int) -> int:
        """The position in bytes of the code point position `place`."""
        if self._plain:
            return place
        piece = place // _PIECE
        return self._begins[piece] + len(self._text[piece * _PIECE : place].encode())

    def to_points(self, byte: int) -> int:
        """The code point position of the byte position; within a character, of its start. Beyond the end, beyond."""
        if self._plain or byte >= self.length:
            return byte - self.length + len(self._text)
        piece = bisect_right(self._begins, byte) - 1
        begin = self._text[piece * _PIECE : (piece + 1) * _PIECE].encode()[: byte - self._begins[piece]]
        return piece * _PIECE + len(begin.decode("utf-8", "ignore"))
