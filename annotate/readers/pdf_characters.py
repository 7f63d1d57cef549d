"""The characters on a page as drawn, from what pdfium makes of them.

pdfium adds spaces and line ends, gives the letters of a ligature apart, and puts text that runs to the left into
reading order with its brackets turned. Here all that is undone: our own ordering wants the page as it is drawn.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Sequence
from ctypes import c_double, c_float, c_void_p
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from struct import Struct
from typing import Any

from annotate.readers.pdf_calls import calls
from annotate.readers.pdf_glyphs import FARTHEST, MOST_GLYPHS, UNKNOWN, Glyph, is_bold, plain

_LINE_END_HYPHEN = 2  # what pdfium makes of a hyphen there
_SPACE = 32
_BRACKETS = "()[]{}<>«»‹›"
_MIRRORED = str.maketrans(_BRACKETS, ")(][}{><»«›‹")
_CJK = "\u2e80"  # from here on
_SHAPED, _UNSHAPED, _SHAPES = (
    0x590,
    0x2000,
    0xFB00,
)  # between the first two, and from the last on: many shapes

Map = tuple[float, float, float, float, float, float]  # x' = a x + c y + e and y' = b x + d y + f


@dataclass(frozen=True, slots=True)
class _Run:
    """What the characters of a text object have in common: the pen's place and the width as linear maps."""

    font: int | None
    scale: float  # points for a type size of 1, along the text
    size: float
    angle: int
    bold: bool
    x: tuple[float, float, float]
    y: tuple[float, float, float]
    width: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Letter:
    """What a code of a font stands for; `advance` of the pen for a type size of 1, 0 where it is to be measured."""

    text: str
    advance: float


class Characters:
    """The characters of one page."""

    def __init__(self, text: Any, on_page: Map) -> None:
        self._text = ctypes.cast(text, c_void_p).value
        self._on_page = on_page
        self._bold: dict[int | None, bool] = {}
        self._letters: dict[tuple[int | None, int], _Letter] = {}
        self._box = (c_float * 4)()  # left, top, right, bottom
        self.falls = 0

    def glyphs(self) -> list[Glyph]:
        """One for each character drawn, in pdfium's order."""
        call, text, letters = calls(), self._text, self._letters
        object_at, unicode_at, origin_at = call.object, call.unicode, call.origin
        spot = (c_double * 2)()
        unpacked = Struct("dd").unpack_from
        to_x = ctypes.addressof(spot)
        to_y = to_x + ctypes.sizeof(c_double)
        made: list[Glyph] = []
        brackets: list[int] = []
        last: int | None = None
        run: _Run | None = None
        before: tuple[float, ...] = ()
        for place in range(min(call.count(text), MOST_GLYPHS)):
            handle = object_at(text, place)
            if handle is None:  # a space or a line end added between two objects
                continue
            if handle != last:
                last, run, before = handle, self._run(handle, place), ()
            if run is None:
                continue
            code = unicode_at(text, place)
            letter = letters.get((run.font, code)) or self._letter(run, code, place)
            origin_at(text, place, to_x, to_y)
            x, y = here = unpacked(spot)
            if here == before and self._measured(place - 1) == self._measured(place):
                made[-1].text += letter.text
                made[-1].width = self._drawn(run, place)
                continue
            added = code == _SPACE and call.is_generated(text, place) == 1  # between two words of the object
            if added or not abs(x) + abs(y) < FARTHEST:
                continue
            before = here
            (ax, bx, cx), (ay, by, cy) = run.x, run.y
            width, drawn = letter.advance * run.scale or self._drawn(run, place), letter.text
            x, y = ax * x + bx * y + cx, ay * x + by * y + cy
            glyph = Glyph(drawn, x, y, width, run.size, run.angle, run.bold)
            if drawn >= _CJK and made and _falls(made[-1], glyph):
                self.falls += 1
            if drawn in _BRACKETS:
                brackets.append(len(made))
            made.append(glyph)
        for glyph in made:
            if len(glyph.text) > 1:
                glyph.text = _as_drawn(glyph.text)
        _turn(brackets, made)
        return made

    def _letter(self, run: _Run, code: int, place: int) -> _Letter:
        """Found out once for each font."""
        call = calls()
        if code == _LINE_END_HYPHEN and call.is_hyphen(self._text, place) == 1:
            return _Letter("-", 0.0)
        known = code < 0x110000 and not 0xD800 <= code < 0xE000 and not call.map_error(self._text, place)
        said = c_float()
        if known and not (_SHAPED <= code < _UNSHAPED or code >= _SHAPES):
            call.glyph_width(run.font, code, 1.0, ctypes.addressof(said))
        drawn = self._drawn(run, place)
        advance = said.value if 0.35 * drawn < said.value * run.scale < 1.01 * drawn else 0.0
        letter = _Letter(plain(chr(code)) if known else UNKNOWN, advance)
        if code != _LINE_END_HYPHEN:
            self._letters[run.font, code] = letter
        return letter

    def _measured(self, place: int) -> list[float]:
        """Left, top, right and bottom edge of a character's box."""
        calls().box(self._text, place, ctypes.addressof(self._box))
        return list(self._box)

    def _drawn(self, run: _Run, place: int) -> float:
        """The width of a character's box along the text, with what hangs over."""
        left, top, right, bottom = self._measured(place)
        return max((right - left) * run.width[0] + (top - bottom) * run.width[1], 0.0)

    def _run(self, handle: int, place: int) -> _Run | None:
        """What the characters of the text object have in common; None where it has no extent."""
        call, matrix = calls(), (c_float * 6)()
        call.matrix(self._text, place, ctypes.addressof(matrix))
        fontsize = abs(call.font_size(self._text, place))
        a, b, c, d = matrix[:4]
        width = _widths(a, b, c, d)
        if width is None or not fontsize * max(abs(n) for n in (a, b, c, d)) < FARTHEST:
            return None
        size = fontsize * abs(a * d - b * c) / math.hypot(a, b)
        ma, mb, mc, md, me, mf = self._on_page
        a, b = a * ma + b * mc, a * mb + b * md
        angle = round(math.degrees(math.atan2(b, a)))
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        font = call.font(handle)
        return _Run(
            font,
            fontsize * math.hypot(a, b),
            max(size, 0.5),
            angle % 360,
            self._is_bold(font),
            (ma * cos + mb * sin, mc * cos + md * sin, me * cos + mf * sin),
            (mb * cos - ma * sin, md * cos - mc * sin, mf * cos - me * sin),
            width,
        )

    def _is_bold(self, font: int | None) -> bool:
        if font not in self._bold:
            name = ctypes.create_string_buffer(200)
            calls().font_name(font, name, 200)
            self._bold[font] = is_bold(name.value.decode("utf-8", "replace"))
        return self._bold[font]


def _widths(a: float, b: float, c: float, d: float) -> tuple[float, float] | None:
    """How the width along the text follows from width and height of an upright box around the character."""
    along = math.hypot(a, b)
    a, b, c, d = abs(a), abs(b), abs(c), abs(d)
    area = a * d - b * c
    if along < 1e-9 or max(c, d) < 1e-9:
        return None
    if abs(area) < 0.2 * along * math.hypot(c, d):  # askew: as if as wide as high
        return along / (a + c), 0.0
    return along * d / area, -along * c / area


def _falls(above: Glyph, glyph: Glyph) -> bool:
    """Whether a character stands right under the one before it."""
    fall = above.y - glyph.y
    return (
        abs(glyph.x - above.x) < 0.3 * glyph.size
        and 0.5 * glyph.size < fall < 1.5 * glyph.size
        and above.text >= _CJK
    )


@cache
def _as_drawn(text: str) -> str:
    """The letters drawn by one glyph: pdfium turns them round where text runs to the left."""
    if len(text) > 1 and unicodedata.bidirectional(text[-1]) in ("R", "AL", "NSM"):
        turned = text[::-1]
        if unicodedata.combining(text[0]) or (text not in _shapes() and not unicodedata.combining(turned[0])):
            text = turned
    return plain(text.replace("ſt", "st"))


@cache
def _shapes() -> frozenset[str]:
    """What Hebrew and Arabic ligatures stand for."""
    codes = (*range(0xFB1D, 0xFE00), *range(0xFE70, 0xFEFD))
    return frozenset(unicodedata.normalize("NFKC", chr(code)) for code in codes)


def _turn(brackets: Sequence[int], glyphs: Sequence[Glyph]) -> None:
    """Brackets as they are drawn: pdfium turns those round that stand in text which it reads to the left."""
    leftwards = [
        any(_leads_left(one, other) for one, other in pairwise(glyphs[max(0, place - 1) : place + 2]))
        for place in brackets
    ]
    for place, turned in zip(brackets, leftwards, strict=True):
        if turned:
            glyphs[place].text = glyphs[place].text.translate(_MIRRORED)


def _leads_left(one: Glyph, other: Glyph) -> bool:
    """Whether the second stands in the same line close to the left of the first."""
    return (
        one.angle == other.angle
        and abs(one.y - other.y) < 0.3 * one.size
        and 0 < one.x - other.x < 3 * one.size
    )
