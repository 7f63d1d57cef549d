"""The stored text: how it is normalised, hashed, counted and cut into lines.

All positions are Unicode code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import bidirectional

from annotate.model import Span

GAP = " … "  # stands between the parts of a quote with gaps
RULE = (  # what `normalise` and `text_hash` do, for those who have the texts from elsewhere
    "The text as decoded, without a byte order mark at its beginning; CR LF, CR, VT, FF, U+0085, U+2028 and U+2029 "
    "become LF; other C0 controls but TAB and LF, U+FDD0, U+FDD1, U+FFFC and lone surrogates become U+FFFD; nothing "
    "else changes, no Unicode normalisation, no trimming. text_hash is the SHA-256 of this in UTF-8, hexadecimal"
)
# Patterns are compiled when first used: few of them are on the way to the window.
_BREAKS = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
_FOREIGN = "[\x00-\x08\x0e-\x1f\ufdd0\ufdd1\ufffc\ud800-\udfff]"
_HALVES = "[\ud800-\udfff]"
# Looking for single characters is many times faster than searching for a class of them.
_BREAK_SIGNS = "\r\x0b\x0c\x85\u2028\u2029"
_FOREIGN_SIGNS = "".join(map(chr, [*range(9), *range(14, 32)])) + "\ufdd0\ufdd1\ufffc"
_SIGNS_ASCII = bytes(each for each in range(128) if not (chr(each).isalnum() or chr(each) in "_ \t\n\r\f\v"))
WORD = r"([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w[^\s\u3040-\u30ff\u3400-\u9fff]*)"
_PIECE = 1 << 20
# Scripts that put no space between words, for use inside a class of characters.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)


def normalise(raw: str) -> str:
    """The text as it is stored: safe in a QTextDocument, its offsets those of the file.

    - a byte order mark (U+FEFF) at the beginning goes; further on it stays;
    - CR LF, CR, VT, FF, NEL (U+0085), U+2028 and U+2029 become LF;
    - NUL and the other C0 controls (but TAB and LF), the frame marks U+FDD0 and U+FDD1, the object mark
      U+FFFC and lone surrogates each become one U+FFFD, so that no offset behind them moves.

    Nothing else changes: no Unicode normalisation, no trimming. Idempotent.
    """
    text = raw.lstrip("\ufeff")
    if any(each in text for each in _BREAK_SIGNS):
        text = re.sub(_BREAKS, "\n", text)
    if any(each in text for each in _FOREIGN_SIGNS) or not (
        text.isascii() or re.search(_HALVES, text) is None
    ):
        text = re.sub(_FOREIGN, "\ufffd", text)
    return text


def text_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8, hexadecimal: what an article is known by."""
    import hashlib  # 2 ms, and nothing is hashed on the way to the window

    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def word_count(text: str) -> int:
    """Words between white space that hold a letter or a digit; Chinese and Japanese by character."""
    return sum(map(_ascii_words if text.isascii() else _any_words, _pieces(text)))


def _ascii_words(text: str) -> int:
    """What is left between white space when punctuation is gone: twice as quick as looking for words."""
    return len(text.encode().translate(None, _SIGNS_ASCII).split())


def _any_words(text: str) -> int:
    return len(re.findall(WORD, text))


def _pieces(text: str) -> Iterator[str]:
    """The text cut at spaces into pieces of about a megabyte, so that counting takes little memory."""
    start = 0
    while len(text) - start > _PIECE:
        cut = text.rfind(" ", start, start + _PIECE)
        end = cut if cut > start else start + _PIECE
        yield text[start:end]
        start = end
    yield text[start:]


def lines(text: str) -> Iterator[Span]:
    """The span of every line without its LF, empty ones included."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield start, end
        start = end + 1
    yield start, len(text)


def runs_right(text: str) -> bool:
    """Whether a text runs from right to left, as its first strong letter says."""
    strong = next((kind for kind in map(bidirectional, text) if kind in ("L", "R", "AL")), "L")
    return strong != "L"
