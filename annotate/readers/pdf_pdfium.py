"""The characters of PDF pages as pdfium finds them: quick, and right but where a page's `doubts` say so.

pdfium adds spaces and line ends, gives the letters of a ligature apart, and puts text that runs to the left into
reading order with its brackets turned. Here all that is undone: our own ordering wants the page as it is drawn.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Callable
from ctypes import c_double, c_float, c_int, c_uint, c_void_p
from dataclasses import dataclass
from functools import cache
from typing import Any

from annotate.readers.pdf_glyphs import FARTHEST, MOST_GLYPHS, UNKNOWN, Glyph, PageGlyphs, is_bold, plain

_LINE_END_HYPHEN = 2  # what pdfium makes of a hyphen there
_BRACKETS = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_SHAPED = "\u0590"  # from here on
_IMAGE, _FORM = 3, 5  # kinds of page objects


class UnreadableError(Exception):
    """pdfium cannot open the document."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page as pdfium finds it; `falls`: how often a character stands under the one before, as in vertical text."""

    page: PageGlyphs
    falls: int


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

    def glyph(self, text: str, x: float, y: float, width: float) -> Glyph:
        """A character at a point of the document's coordinates."""
        across, up = self.x, self.y
        return Glyph(
            text,
            across[0] * x + across[1] * y + across[2],
            up[0] * x + up[1] * y + up[2],
            width,
            self.size,
            self.angle,
            self.bold,
        )


class Pdfium:
    """A document opened by pdfium. UnreadableError where it cannot, because of damage or of its password."""

    def __init__(self, data: bytes, password: str | None) -> None:
        from pypdfium2 import PdfDocument, PdfiumError

        try:
            self._document = PdfDocument(data, password=password)
            self.count = len(self._document)
        except (PdfiumError, ValueError) as error:
            raise UnreadableError(str(error)) from None
        self.title, self.author = (
            str(self._document.get_metadata_value(key)).strip("\0 \t\r\n") for key in ("Title", "Author")
        )

    def page(self, number: int) -> Found | None:
        """A page, counted from 1; None where pdfium cannot load it."""
        raw = _raw()
        page = raw.FPDF_LoadPage(self._document, number - 1)
        if not page:
            return None
        text = raw.FPDFText_LoadPage(page)
        try:
            return self._found(page, text, number) if text else None
        finally:
            if text:
                raw.FPDFText_ClosePage(text)
            raw.FPDF_ClosePage(page)

    def _found(self, page: Any, text: Any, number: int) -> Found:
        box = _raw().FS_RECTF()
        _raw().FPDF_GetPageBoundingBox(page, box)
        turns = _raw().FPDFPage_GetRotation(page)
        characters = _Characters(text, _on_page(box, turns))
        glyphs = characters.glyphs()
        width, height = box.right - box.left, box.top - box.bottom
        if turns % 2:
            width, height = height, width
        label = self._document.get_page_label(number - 1).strip() or str(number)
        has_images = not any(c.isalnum() for glyph in glyphs for c in glyph.text) and _has_images(page)
        found = PageGlyphs(number, label, width, height, tuple(glyphs), has_images=has_images)
        return Found(found, characters.falls)


Map = tuple[float, float, float, float, float, float]  # x' = a x + c y + e and y' = b x + d y + f


def _on_page(box: Any, turns: int) -> Map:
    """From a document's coordinates to those of the page as displayed, from its bottom left corner."""
    if turns == 1:
        return 0, -1, 1, 0, -box.bottom, box.right
    if turns == 2:
        return -1, 0, 0, -1, box.right, box.top
    if turns == 3:
        return 0, 1, -1, 0, box.top, -box.left
    return 1, 0, 0, 1, -box.left, -box.bottom


class _Characters:
    """The characters of one page."""

    def __init__(self, text: Any, on_page: Map) -> None:
        self._text = ctypes.cast(text, c_void_p).value
        self._on_page = on_page
        self._fonts: dict[int | None, bool] = {}
        self._advances: dict[tuple[int | None, str], float] = {}  # for a type size of 1
        self.falls = 0

    def glyphs(self) -> list[Glyph]:
        """One for each character drawn, in pdfium's order."""
        calls, text = _calls(), self._text
        x, y, box = c_double(), c_double(), (c_float * 4)()  # left, top, right, bottom
        to_x, to_y, to_box = (ctypes.addressof(place) for place in (x, y, box))
        made: list[Glyph] = []
        before: tuple[float, ...] = ()
        drawn = 0.0
        last: int | None = None
        run: _Run | None = None
        for place in range(min(calls.count(text), MOST_GLYPHS)):
            handle = calls.object(text, place)
            if handle is None:  # a space or a line end added between two objects
                continue
            if handle != last:
                last, run, before = handle, self._run(handle, place), ()
            if run is None:
                continue
            calls.origin(text, place, to_x, to_y)
            calls.box(text, place, to_box)
            left, top, right, bottom = box
            here = (x.value, y.value, left, right)
            if here == before:
                made[-1].text += self._letter(place)
                made[-1].width = drawn
                continue
            if not abs(here[0]) + abs(here[1]) < FARTHEST:
                continue
            letter = self._letter(place)
            if letter == " " and left == right and top == bottom:  # added between two words of the object
                continue
            before = here
            drawn = max((right - left) * run.width[0] + (top - bottom) * run.width[1], 0.0)
            made.append(run.glyph(letter, here[0], here[1], self._advance(run, letter, drawn)))
            self.falls += len(made) > 1 and _falls(made[-2], made[-1])
        for glyph in made:
            glyph.text = _drawn(glyph.text)
        _turn_brackets(made)
        return made

    def _letter(self, place: int) -> str:
        calls = _calls()
        code: int = calls.unicode(self._text, place)
        if code == _LINE_END_HYPHEN and calls.is_hyphen(self._text, place) == 1:
            return "-"
        if calls.map_error(self._text, place) or not code < 0x110000 or 0xD800 <= code < 0xE000:
            return UNKNOWN
        return chr(code)

    def _advance(self, run: _Run, letter: str, drawn: float) -> float:
        """How far the pen moves: as the font says, which leaves out what hangs over, else what is drawn.

        The font cannot be asked where letters have several shapes.
        """
        if letter >= _SHAPED:
            return drawn
        key = run.font, letter
        if key not in self._advances:
            said = c_float()
            _calls().glyph_width(run.font, ord(letter), 1.0, ctypes.addressof(said))
            self._advances[key] = said.value
        advance = self._advances[key] * run.scale
        return advance if 0.35 * drawn < advance < drawn else drawn

    def _run(self, handle: int, place: int) -> _Run | None:
        """What the characters of the text object have in common; None where it has no extent."""
        calls, matrix = _calls(), (c_float * 6)()
        calls.matrix(self._text, place, ctypes.addressof(matrix))
        fontsize = abs(calls.font_size(self._text, place))
        a, b, c, d = matrix[:4]
        width = _widths(a, b, c, d)
        if width is None or not fontsize * max(abs(n) for n in (a, b, c, d)) < FARTHEST:
            return None
        size = fontsize * abs(a * d - b * c) / math.hypot(a, b)
        ma, mb, mc, md, me, mf = self._on_page
        a, b = a * ma + b * mc, a * mb + b * md
        angle = round(math.degrees(math.atan2(b, a)))
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        font = calls.font(handle)
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
        if font not in self._fonts:
            name = ctypes.create_string_buffer(200)
            _calls().font_name(font, name, 200)
            self._fonts[font] = is_bold(name.value.decode("utf-8", "replace"))
        return self._fonts[font]


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
        and all("\u2e80" <= each.text[0] <= "\uffef" for each in (above, glyph))
    )


@cache
def _drawn(text: str) -> str:
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


def _turn_brackets(glyphs: list[Glyph]) -> None:
    """Brackets as they are drawn: pdfium turns those round that stand in text which it reads to the left."""
    for place, glyph in enumerate(glyphs):
        if len(glyph.text) == 1 and glyph.text in "()[]{}<>«»‹›":
            before, after = glyphs[place - 1 : place], glyphs[place + 1 : place + 2]
            leftwards = any(_leads_left(other, glyph) for other in before) or any(
                _leads_left(glyph, other) for other in after
            )
            if leftwards:
                glyph.text = glyph.text.translate(_BRACKETS)


def _leads_left(one: Glyph, other: Glyph) -> bool:
    """Whether the second stands in the same line close to the left of the first."""
    return (
        one.angle == other.angle
        and abs(one.y - other.y) < 0.3 * one.size
        and 0 < one.x - other.x < 3 * one.size
    )


def _has_images(page: Any) -> bool:
    """Whether there are pictures on the page, or in the forms on it."""
    raw = _raw()
    for place in range(raw.FPDFPage_CountObjects(page)):
        found = raw.FPDFPage_GetObject(page, place)
        kind = raw.FPDFPageObj_GetType(found)
        inner = raw.FPDFFormObj_CountObjects(found) if kind == _FORM else 0
        if kind == _IMAGE or any(
            raw.FPDFPageObj_GetType(raw.FPDFFormObj_GetObject(found, at)) == _IMAGE for at in range(inner)
        ):
            return True
    return False


@cache
def _raw() -> Any:
    import pypdfium2.raw

    return pypdfium2.raw


@dataclass(frozen=True, slots=True)
class _Calls:
    """pdfium's functions for characters, taking plain addresses, which makes a call twice as quick."""

    count: Callable[..., Any]
    object: Callable[..., Any]
    unicode: Callable[..., Any]
    origin: Callable[..., Any]
    box: Callable[..., Any]
    is_hyphen: Callable[..., Any]
    map_error: Callable[..., Any]
    matrix: Callable[..., Any]
    font_size: Callable[..., Any]
    font: Callable[..., Any]
    font_name: Callable[..., Any]
    glyph_width: Callable[..., Any]


@cache
def _calls() -> _Calls:
    raw = _raw()

    def call(function: Any, result: Any, *wanted: Any) -> Callable[..., Any]:
        address = ctypes.cast(function, c_void_p).value or 0
        return ctypes.CFUNCTYPE(result, *wanted)(address)

    place = (c_void_p, c_int)
    return _Calls(
        count=call(raw.FPDFText_CountChars, c_int, c_void_p),
        object=call(raw.FPDFText_GetTextObject, c_void_p, *place),
        unicode=call(raw.FPDFText_GetUnicode, c_uint, *place),
        origin=call(raw.FPDFText_GetCharOrigin, c_int, *place, c_void_p, c_void_p),
        box=call(raw.FPDFText_GetLooseCharBox, c_int, *place, c_void_p),
        is_hyphen=call(raw.FPDFText_IsHyphen, c_int, *place),
        map_error=call(raw.FPDFText_HasUnicodeMapError, c_int, *place),
        matrix=call(raw.FPDFText_GetMatrix, c_int, *place, c_void_p),
        font_size=call(raw.FPDFText_GetFontSize, c_double, *place),
        font=call(raw.FPDFTextObj_GetFont, c_void_p, c_void_p),
        font_name=call(raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, c_void_p, c_void_p, ctypes.c_size_t),
        glyph_width=call(raw.FPDFFont_GetGlyphWidth, c_int, c_void_p, c_uint, c_float, c_void_p),
    )
