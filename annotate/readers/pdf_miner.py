"""The characters of PDF pages as pdfminer.six finds them, written in Python: slow, and rarely wrong."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

from annotate.errors import PasswordNeeded, UserError
from annotate.readers.pdf_glyphs import FARTHEST, MOST_GLYPHS, UNKNOWN, Glyph, PageGlyphs, is_bold, plain

_LIGATURES = dict(zip((*range(11, 16), *range(27, 32)), ("ff", "fi", "fl", "ffi", "ffl") * 2, strict=True))
_LATEX = {**_LIGATURES, 16: "“", 17: "”", 21: "–", 22: "—"}  # codes of its text fonts, OT1 and T1
_MOST_FOLLOWED = 100  # references to references in a row


class Miner:
    """A document opened by pdfminer.six. PasswordNeeded where it is encrypted, UserError where it is damaged."""

    def __init__(self, data: bytes, name: str, password: str | None) -> None:
        from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
        from pdfminer.pdfpage import PDFPage

        document = _document(data, name, password)
        info = document.info[-1] if document.info and isinstance(document.info[-1], dict) else {}
        self.title, self.author = _string(info.get("Title")), _string(info.get("Author"))
        self._name = name
        self._coming = PDFPage.create_pages(document)
        self._found: list[Any] = []
        manager = PDFResourceManager()
        self._device = _device_class()(manager)
        self._interpreter = PDFPageInterpreter(manager, self._device)

    def pages(self) -> Iterator[PageGlyphs]:
        """The pages one by one, up to the first that is too damaged to be found."""
        number = 1
        while (page := self.page(number)) is not None:
            yield page
            number += 1

    def page(self, number: int) -> PageGlyphs | None:
        """A page, counted from 1, or None where there is none. UserError where not even the first is found."""
        page = self._sheet(number)
        if page is None:
            return None
        problem = ""
        self._device.begin()
        try:
            self._interpreter.process_page(page)
        except Exception as error:
            problem = _reason(error)
        self._device.end()
        label = page.label if isinstance(page.label, str) and page.label.strip() else str(number)
        left, bottom, width, height = _shown(page)
        glyphs, images = tuple(self._device.glyphs), self._device.images > 0
        return PageGlyphs(number, label, width, height, glyphs, left, bottom, problem, images)

    def _sheet(self, number: int) -> Any:
        while len(self._found) < number:
            try:
                page = next(self._coming, None)
            except Exception as error:
                if not self._found:
                    raise UserError(
                        f"{self._name} is a damaged PDF and cannot be read ({_reason(error)})."
                    ) from None
                page = None
            if page is None:
                return None
            self._found.append(page)
        return self._found[number - 1]


def _document(data: bytes, name: str, password: str | None) -> Any:
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFParser

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL + 1)
    try:
        return _document_class()(PDFParser(BytesIO(data)), password or "")
    except PDFPasswordIncorrect:
        wanted = "give its password" if password is None else "that is not its password"
        raise PasswordNeeded(f"{name} is encrypted; {wanted}.") from None
    except Exception as error:  # pdfminer.six raises anything on damaged files
        raise UserError(f"{name} is a damaged PDF and cannot be read ({_reason(error)}).") from None


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
    from pdfminer.pdffont import PDFType3Font, PDFUnicodeNotDefined

    class GlyphDevice(PDFTextDevice):
        """Takes down each character with its place; figures (form XObjects) need no care of their own."""

        def begin(self) -> None:
            self.glyphs: list[Glyph] = []
            self.images = 0
            self.guessed: list[tuple[int, str]] = []  # places of glyphs, and what they may be
            self.fonts: list[object] = []

        def end(self) -> None:
            """Puts in what stands beside a letter of its font: LaTeX's bitmap fonts do not say what is in them."""
            for place, text in self.guessed:
                near = [at for at in (place - 1, place + 1) if 0 <= at < len(self.glyphs)]
                if any(
                    self.fonts[at] is self.fonts[place]
                    and self.glyphs[at].text.islower()
                    and abs(self.glyphs[at].x - self.glyphs[place].x) < 1.5 * self.glyphs[at].size
                    for at in near
                ):
                    self.glyphs[place].text = text

        def render_image(self, name: str, stream: object) -> None:
            self.images += 1

        def render_char(  # type: ignore[no-untyped-def]
            self, matrix, font, fontsize, scaling, rise, cid, ncs, graphicstate
        ) -> float:
            try:
                text = font.to_unichr(cid)
            except PDFUnicodeNotDefined:
                text = UNKNOWN
                if cid in _LATEX and isinstance(font, PDFType3Font):
                    self.guessed.append((len(self.glyphs), _LATEX[cid]))
            advance = font.char_width(cid) * fontsize * scaling
            if len(self.glyphs) < MOST_GLYPHS and all(
                abs(n) < FARTHEST for n in (*matrix, advance, fontsize)
            ):
                self.glyphs.append(_glyph(text, matrix, advance, fontsize, rise, font))
                self.fonts.append(font)
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
    return Glyph(plain(text), *place, width, max(size, 0.5), angle % 360, is_bold(str(font.fontname)))


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
