"""Where the characters of a PDF come from: pdfium, and pdfminer.six where pdfium is wrong.

pdfium reads a page ten times as quickly. pdfminer.six takes over a document that pdfium cannot open, because of
damage or of its password, and single pages: those that pdfium cannot load, those with vertical text, and those of
whose characters pdfium does not know more than one in a hundred, unless pdfminer.six knows no more of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from annotate.errors import UserError
from annotate.readers.pdf_glyphs import UNKNOWN, Opened, PageGlyphs
from annotate.readers.pdf_miner import Miner
from annotate.readers.pdf_pdfium import Found, Pdfium, UnreadableError

_MOST_UNKNOWN = 0.01  # of the characters of a page
_MOST_FALLS = 3


def open_pdf(data: bytes, name: str, password: str | None) -> Opened:
    """The document; PasswordNeeded where it is encrypted, UserError where it is damaged."""
    try:
        pdfium = Pdfium(data, password)
    except UnreadableError:
        miner = Miner(data, name, password)
        return Opened(miner.title, miner.author, map(_displayed, miner.pages()))
    return Opened(pdfium.title, pdfium.author, map(_displayed, _pages(pdfium, data, name, password)))


def _pages(pdfium: Pdfium, data: bytes, name: str, password: str | None) -> Iterator[PageGlyphs]:
    miner: Miner | None = None
    for number in range(1, pdfium.count + 1):
        found = pdfium.page(number)
        if found is not None and not _is_doubtful(found):
            yield found.page
            continue
        try:
            miner = miner or Miner(data, name, password)
            other = miner.page(number)
        except UserError:
            other = None
        yield _better(number, found, other)


def _is_doubtful(found: Found) -> bool:
    unknown = _unknown(found.page)
    return found.falls > _MOST_FALLS or unknown > _MOST_UNKNOWN * len(found.page.glyphs)


def _better(number: int, found: Found | None, other: PageGlyphs | None) -> PageGlyphs:
    if found is None:
        return other or PageGlyphs(number, str(number), 612.0, 792.0, (), problem="it is damaged")
    if other is None or other.problem or len(other.glyphs) < 0.8 * len(found.page.glyphs):
        return found.page
    return other if found.falls > _MOST_FALLS or _unknown(other) < _unknown(found.page) else found.page


def _unknown(page: PageGlyphs) -> int:
    return sum(UNKNOWN in glyph.text for glyph in page.glyphs)


def _displayed(page: PageGlyphs) -> PageGlyphs:
    """The page without characters beyond its edges (marks for the printer), where they are few."""
    left, right, bottom, top = page.left, page.left + page.width, page.bottom, page.bottom + page.height
    outside = set()
    for place, glyph in enumerate(page.glyphs):
        x, y = _upright(glyph.x, glyph.y, glyph.angle) if glyph.angle else (glyph.x, glyph.y)
        if not (left <= x <= right and bottom <= y <= top) and not glyph.angle % 90:
            size = glyph.size
            if not (left - size < x < right + size and bottom - size < y < top + size):
                outside.add(place)
    if not outside or 2 * len(outside) > len(page.glyphs):
        return page
    inside = tuple(glyph for place, glyph in enumerate(page.glyphs) if place not in outside)
    return replace(page, glyphs=inside)


def _upright(x: float, y: float, angle: int) -> tuple[float, float]:
    """Where a point stands on the page whose text is turned by a multiple of 90 degrees."""
    return {90: (-y, x), 180: (-x, -y), 270: (y, -x)}.get(angle, (x, y))
