"""The characters of a PDF page with their places, as pdfminer.six finds them."""

from __future__ import annotations

import logging
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from annotate.errors import PasswordNeeded, UserError

UNKNOWN = "\ufffd"  # stands for a glyph whose font does not say which character it is
_MOST_GLYPHS = 200_000  # a page has a few thousand; more is a trap
_MOST_FOLLOWED = 100  # references to references in a row
_FARTHEST = 1e5  # points: beyond that no page reaches
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


def open_pdf(data: bytes, name: str, password: str | None) -> Opened:
    """The document; PasswordNeeded where it is encrypted, UserError where it is damaged."""
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFParser

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL + 1)
    try:
        document = _document_class()(PDFParser(BytesIO(data)), password or "")
    except PDFPasswordIncorrect:
        wanted = "give its password" if password is None else "that is not its password"
        raise PasswordNeeded(f"{name} is encrypted; {wanted}.") from None
    except Exception as error:  # pdfminer.six raises anything on damaged files
        raise UserError(f"{name} is a damaged PDF and cannot be read ({_reason(error)}).") from None
    info: dict[str, Any] = document.info[-1] if document.info and isinstance(document.info[-1], dict) else {}
    return Opened(_string(info.get("Title")), _string(info.get("Author")), _pages(document, name))


def _pages(document: Any, name: str) -> Iterator[PageGlyphs]:
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    manager = PDFResourceManager()
    device = _device_class()(manager)
    interpreter = PDFPageInterpreter(manager, device)
    pages = PDFPage.create_pages(document)
    number = 0
    while True:
        try:
            page = next(pages, None)
        except Exception as error:
            if number == 0:
                raise UserError(f"{name} is a damaged PDF and cannot be read ({_reason(error)}).") from None
            return
        if page is None:
            return
        number += 1
        problem = ""
        device.begin()
        try:
            interpreter.process_page(page)
        except Exception as error:
            problem = _reason(error)
        label = page.label if isinstance(page.label, str) and page.label.strip() else str(number)
        left, bottom, width, height = _shown(page)
        glyphs = tuple(device.glyphs)
        yield PageGlyphs(number, label, width, height, glyphs, left, bottom, problem, device.images > 0)


def _shown(page: Any) -> tuple[float, float, float, float]:
    """What a viewer shows of the page, its crop box: left and bottom edge as pdfminer.six turns the page to lie,
    width and height.
    """
    try:
        media, crop = (_sorted(box) for box in (page.mediabox, page.cropbox or page.mediabox))
    except (TypeError, ValueError):
        return 0.0, 0.0, 612.0, 792.0
    x0, y0, x1, y1 = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    if x0 >= x1 or y0 >= y1:
        x0, y0, x1, y1 = media
    left, bottom, right, top = x0 - media[0], y0 - media[1], media[2] - x1, media[3] - y1
    width, height = x1 - x0, y1 - y0
    turned = {
        90: (bottom, right, height, width),
        180: (right, top, width, height),
        270: (top, left, height, width),
    }
    return turned.get(page.rotate % 360, (left, bottom, width, height))


def _sorted(box: Any) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(edge) for edge in box)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


@cache
def _document_class() -> Any:
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.pdftypes import PDFObjRef

    class Document(PDFDocument):
        """Gives up on an object that only refers to itself, which pdfminer.six would follow for ever."""

        followed = 0

        def getobj(self, objid: int) -> object:
            found = super().getobj(objid)
            self.followed = self.followed + 1 if isinstance(found, PDFObjRef) else 0
            if self.followed > _MOST_FOLLOWED:
                raise PDFException(f"object {objid} refers to itself")
            return found

    return Document


@cache
def _device_class() -> Any:
    from pdfminer.pdfdevice import PDFTextDevice
    from pdfminer.pdffont import PDFUnicodeNotDefined

    class GlyphDevice(PDFTextDevice):
        """Takes down each character with its place; figures (form XObjects) need no care of their own."""

        def begin(self) -> None:
            self.glyphs: list[Glyph] = []
            self.images = 0

        def render_image(self, name: str, stream: object) -> None:
            self.images += 1

        def render_char(  # type: ignore[no-untyped-def]
            self, matrix, font, fontsize, scaling, rise, cid, ncs, graphicstate
        ) -> float:
            try:
                text = font.to_unichr(cid)
            except PDFUnicodeNotDefined:
                text = UNKNOWN
            advance = font.char_width(cid) * fontsize * scaling
            if len(self.glyphs) < _MOST_GLYPHS and all(
                abs(n) < _FARTHEST for n in (*matrix, advance, fontsize)
            ):
                self.glyphs.append(_glyph(text, matrix, advance, fontsize, rise, font))
            return float(advance)

    return GlyphDevice


def _glyph(text: str, matrix: Any, advance: float, fontsize: float, rise: float, font: Any) -> Glyph:
    a, b, c, d, e, f = matrix
    along = math.hypot(a, b) or 1e-6
    angle = round(math.degrees(math.atan2(b, a)))
    if font.is_vertical():
        angle -= 90
    turn = math.radians(angle)
    cos, sin = math.cos(turn), math.sin(turn)
    x, y = e + c * rise, f + d * rise
    size = abs(fontsize) * (abs(a * d - b * c) / along or along)
    width = abs(advance) * (math.hypot(c, d) if font.is_vertical() else along)
    place = (x * cos + y * sin, y * cos - x * sin)
    return Glyph(_plain(text), *place, width, max(size, 0.5), angle % 360, _is_bold(font))


@cache
def _plain(text: str) -> str:
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


def _is_bold(font: Any) -> bool:
    name = str(font.fontname).lower()
    return any(mark in name for mark in ("bold", "black", "heavy", "demi", "-medi", "cmbx", "sfbx"))


def _string(value: object) -> str:
    """A text string of the document's information dictionary."""
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    try:
        value = resolve1(value)
        return str(decode_text(value)).strip("\0 \t\r\n") if isinstance(value, bytes) else ""
    except Exception:
        return ""


def _reason(error: Exception) -> str:
    words = " ".join(str(error).split())[:80].rstrip(".")
    return words or type(error).__name__
