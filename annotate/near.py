"""How alike two texts are: MinHash over shingles of five words, so that the alike among many are found quickly.

After Broder, "On the resemblance and containment of documents" (1997). Instead of many orders of the shingles
one is used: they lie on a circle by their hash, and each of SLOTS even points of it takes the first one at or
behind it (one permutation hashing with rotation; Shrivastava and Li, "Densifying one permutation hashing", 2014).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate, compress
from operator import eq
from zlib import crc32

from annotate.text import UNSPACED

WORDS = 5  # in a shingle
BANDS, ROWS = 10, 3  # two texts meet if they agree in all slots of a band: 995 of 1,000 that are 0.8 alike do
SLOTS = BANDS * ROWS
WIDTH = 3  # bytes kept of each slot
SIZE = SLOTS * WIDTH  # of a signature, in bytes

ALIKE = 0.8  # from which two texts are called near duplicates
CONTAINED = 0.95  # or so much of the shorter one stands in the longer one

_POINTS = tuple((slot << 32) // SLOTS for slot in range(SLOTS))
_LETTERS = bytes(byte if byte > 127 or chr(byte).isalnum() else 32 for byte in range(256))
# Typography that often differs between sources, by the bytes it begins with: it is blank, or nothing.
_SIGNS = {
    b"\xe2\x80": tuple(sign.encode() for sign in "‘’“”„‚‹›–—‐‑…•\u202f"),
    b"\xc2": tuple(sign.encode() for sign in "«»·\u00a0"),
    b"\xe3\x80": tuple(sign.encode() for sign in "\u3000。、「」『』"),
    b"\xef\xbc": tuple(sign.encode() for sign in "，！？：；（）"),
}
_NOTHING = tuple(sign.encode() for sign in "\u00ad\u200b\u2060\ufeff")
# Bytes in a word: lengths that are common in every script, as letters take one to three.
_BEGIN = bytes(length in (3, 6, 7, 10, 14, 20) or (length > 20 and length % 3 == 0) for length in range(256))
_LONG = 12  # characters in a word on the average, above which the script has no spaces
_UNSPACED = re.compile(f"[{UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Likeness:
    """`resembling`: shingles in both, of those in either (Jaccard); `contained`: of those in the shorter text."""

    resembling: float
    contained: float

    def is_near(self, threshold: float = ALIKE) -> bool:
        """Whether two texts should be looked at as versions of one."""
        return self.resembling >= threshold or self.contained >= max(threshold, CONTAINED)


def shingles(text: str) -> list[int]:
    """The hashes (32 bits) of every five words in a row; of all, where there are fewer; of none, none.

    Case, punctuation and white space do not count. In scripts without spaces each character is a word.
    """
    words = _words(text)
    if not words:
        return []
    starts = list(accumulate(map(len, words), initial=0))
    return _hashes(b"".join(words), starts, starts[WORDS:] or starts[-1:])


def signature(text: str) -> bytes:
    """SIZE bytes in which texts that are alike agree; none for a text without words.

    The slots of a band stand together; they are taken far from each other on the circle. Only the shingles
    that begin with a word of certain lengths are used, about a third: the others would say the same.
    """
    words = _words(text)
    if not words:
        return b""
    run, starts = b"".join(words), list(accumulate(map(len, words), initial=0))
    ends = starts[WORDS:] or starts[-1:]
    some = _lengths(words).translate(_BEGIN)
    hashes = _hashes(run, compress(starts, some), compress(ends, some)) or _hashes(run, starts, ends)
    hashes.sort()
    hashes.append(hashes[0])
    taken = [hashes[bisect_left(hashes, point, 0, len(hashes) - 1)] & 0xFFFFFF for point in _POINTS]
    return b"".join(
        taken[slot].to_bytes(WIDTH) for band in range(BANDS) for slot in range(band, SLOTS, BANDS)
    )


def bands(signature: bytes) -> list[bytes]:
    """What to look others up by: texts that share one of these may be alike."""
    step = ROWS * WIDTH
    return [signature[at : at + step] for at in range(0, len(signature), step)]


def estimate(one: bytes, other: bytes) -> float:
    """How much two texts resemble each other, from their signatures; off by 0.07 on the average at 0.8."""
    if not one or not other:
        return 0.0
    return int(sum(map(eq, _slots(one), _slots(other)))) / SLOTS


def likeness(one: Set[int], other: Set[int]) -> Likeness:
    """How alike two texts are, from their shingles."""
    if not one or not other:
        return Likeness(0.0, 0.0)
    both = len(one & other)
    return Likeness(both / (len(one) + len(other) - both), both / min(len(one), len(other)))


def _hashes(run: bytes, starts: Iterable[int], ends: Iterable[int]) -> list[int]:
    return list(map(crc32, map(run.__getitem__, map(slice, starts, ends))))


def _lengths(words: Sequence[bytes]) -> bytes:
    """How long they are, in bytes; 255 is the most."""
    sizes = list(map(len, words))
    return bytes(sizes) if max(sizes) < 256 else bytes(min(size, 255) for size in sizes)


def _slots(signature: bytes) -> zip[tuple[int, ...]]:
    bytes_ = iter(signature)
    return zip(*[bytes_] * WIDTH, strict=True)


def _words(text: str) -> list[bytes]:
    words = _plain(text.casefold()).split()
    if len(text) > _LONG * len(words) and _UNSPACED.search(text):
        words = _plain(_UNSPACED.sub(r" \g<0> ", text.casefold())).split()
    return words


def _plain(folded: str) -> bytes:
    """UTF-8 without punctuation."""
    data = folded.encode()
    if len(data) > len(folded):
        for sign in _NOTHING:
            data = data.replace(sign, b"")
        for begin, signs in _SIGNS.items():
            if begin in data:
                for sign in signs:
                    data = data.replace(sign, b" ")
    return data.translate(_LETTERS)
