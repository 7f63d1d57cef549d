"""The characters of a PDF page with their places: what every source of them gives."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

UNKNOWN = "\ufffd"  # stands for a glyph whose font does not say which character it is
MOST_GLYPHS = 200_000  # a page has a few thousand; more is a trap
FARTHEST = 1e5  # points: beyond that no page reaches
_SYMBOL_BULLETS = "\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8\uf06e\uf06c\uf071\uf0be"  # of Symbol and Wingdings


@dataclass(slots=True)
class Glyph:
    """One drawn character, in points, turned so that text runs to the right; the pen stands at (x, y)."""

    text: str
    x: float
    y: float
    width: float
    size: float
    angle: int  # degrees by which its text is turned on the page
    bold: bool
    order: int = 0  # how many were drawn before it on the page

    @property
    def end(self) -> float:
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """A page's number (from 1), what it is called, its size in points and its characters as drawn."""

    number: int
    label: str
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    left: float = 0.0  # where the part that is displayed begins
    bottom: float = 0.0
    problem: str = ""  # why its characters, or the rest of them, could not be read
    has_images: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A PDF whose pages can be read one by one."""

    title: str
    author: str
    pages: Iterator[PageGlyphs]


@cache
def plain(text: str) -> str:
    """Ligatures and Arabic shapes as the letters they stand for; control characters as unknown."""
    out = "".join(unicodedata.normalize("NFKC", c) if _is_shape(c) else c for c in text)
    return "".join(
        " " if c in "\t\n\r\xa0" else "•" if c in _SYMBOL_BULLETS else UNKNOWN if _is_private(c) else c
        for c in out
    )


def _is_private(c: str) -> bool:
    return ord(c) < 32 or 0xE000 <= ord(c) < 0xF900


def _is_shape(c: str) -> bool:
    return (
        "\ufb00" <= c <= "\ufb4f"
        or "\ufb50" <= c <= "\ufdcf"
        or "\ufdf0" <= c <= "\ufdff"
        or "\ufe70" <= c <= "\ufefc"
    )


def is_bold(font: str) -> bool:
    """Whether a font's name says that it is bold."""
    name = font.lower()
    return any(mark in name for mark in ("bold", "black", "heavy", "demi", "-medi", "cmbx", "sfbx"))
