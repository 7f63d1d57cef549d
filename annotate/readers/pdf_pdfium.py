"""PDF documents opened by pdfium, which reads a page ten times as quickly as pdfminer.six."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

from annotate.readers.pdf_calls import raw
from annotate.readers.pdf_characters import Characters, Map
from annotate.readers.pdf_glyphs import PageGlyphs

_IMAGE, _FORM = 3, 5  # kinds of page objects


class UnreadableError(Exception):
    """pdfium cannot open the document."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page as pdfium finds it; `falls`: how often a character stands under the one before, as in vertical text."""

    page: PageGlyphs
    falls: int


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
            _string(raw().FPDF_GetMetaText, self._document, key) for key in (b"Title", b"Author")
        )

    def page(self, number: int) -> Found | None:
        """A page, counted from 1; None where pdfium cannot load it."""
        pdfium = raw()
        page = pdfium.FPDF_LoadPage(self._document, number - 1)
        if not page:
            return None
        text = pdfium.FPDFText_LoadPage(page)
        try:
            return self._found(page, text, number) if text else None
        finally:
            if text:
                pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(page)

    def _found(self, page: Any, text: Any, number: int) -> Found:
        box = raw().FS_RECTF()
        raw().FPDF_GetPageBoundingBox(page, box)
        turns = raw().FPDFPage_GetRotation(page)
        characters = Characters(text, _on_page(box, turns))
        glyphs = characters.glyphs()
        width, height = box.right - box.left, box.top - box.bottom
        if turns % 2:
            width, height = height, width
        label = _string(raw().FPDF_GetPageLabel, self._document, number - 1) or str(number)
        has_images = not any(c.isalnum() for glyph in glyphs for c in glyph.text) and _has_images(page)
        found = PageGlyphs(number, label, width, height, tuple(glyphs), has_images=has_images)
        return Found(found, characters.falls)


def _string(function: Any, *about: object) -> str:
    """What a function of pdfium writes in UTF-16 when it is given enough room."""
    size = function(*about, None, 0)
    room = ctypes.create_string_buffer(size)
    function(*about, room, size)
    return room.raw.decode("utf-16-le", "replace").strip("\0 \t\r\n")


def _on_page(box: Any, turns: int) -> Map:
    """From a document's coordinates to those of the page as displayed, from its bottom left corner."""
    if turns == 1:
        return 0, -1, 1, 0, -box.bottom, box.right
    if turns == 2:
        return -1, 0, 0, -1, box.right, box.top
    if turns == 3:
        return 0, 1, -1, 0, box.top, -box.left
    return 1, 0, 0, 1, -box.left, -box.bottom


def _has_images(page: Any) -> bool:
    """Whether there are pictures on the page, or in the forms on it."""
    pdfium = raw()
    for place in range(pdfium.FPDFPage_CountObjects(page)):
        found = pdfium.FPDFPage_GetObject(page, place)
        kind = pdfium.FPDFPageObj_GetType(found)
        inner = pdfium.FPDFFormObj_CountObjects(found) if kind == _FORM else 0
        if kind == _IMAGE or any(
            pdfium.FPDFPageObj_GetType(pdfium.FPDFFormObj_GetObject(found, at)) == _IMAGE
            for at in range(inner)
        ):
            return True
    return False
