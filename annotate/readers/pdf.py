"""PDF documents: text in reading order with paragraphs, headings and page breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from annotate.errors import UserError
from annotate.model import Block, BlockKind, Draft, Layout, PageMark
from annotate.places import to_bytes
from annotate.readers.blocks import one_line
from annotate.readers.contract import no_text, stem
from annotate.readers.pdf_blocks import Para, Words, flowing, paragraphs, with_headings
from annotate.readers.pdf_columns import regions
from annotate.readers.pdf_furniture import without_furniture, without_stamps
from annotate.readers.pdf_glyphs import UNKNOWN, Opened, PageGlyphs
from annotate.readers.pdf_lines import Piece, pieces
from annotate.readers.pdf_notes import notes_last
from annotate.readers.pdf_places import places_of
from annotate.readers.pdf_rows import Row, region_rows
from annotate.readers.pdf_source import open_pdf
from annotate.text import normalise

NAME = "PDF"
SUFFIXES = (".pdf",)
HEAVY = True  # wants a worker process

_NO_TITLE = re.compile(
    r"microsoft word|untitled|^\W*$|\.(?:docx?|pdf|indd|qxd|tex|dvi|rtf|xlsx?)$|^[\w-]+$", re.IGNORECASE
)


def sniff(head: bytes) -> bool:
    """The mark of a PDF stands within the first kilobyte (ISO 32000-1, H.3, note 13)."""
    return b"%PDF-" in head[:1024]


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """One article; UserError for a damaged or encrypted file, and for pictures of pages."""
    opened = open_pdf(data, name, password)
    pages = list(opened.pages)
    groups = [pieces(page.glyphs) for page in pages]
    main = without_furniture([group[0] if group else [] for group in groups])
    others = without_stamps([group[1:] for group in groups])
    lines = [_page_rows([first, *turned]) for first, turned in zip(main, others, strict=True)]
    words = Words.of(row.text for page in lines for region in page for row in region)
    found = (
        para
        for number, page in enumerate(lines)
        for region in page
        for para in paragraphs(region, number, words)
    )
    blocks = [para for para in flowing(found, words) if para.text.strip()]
    if not any(c.isalnum() for para in blocks for c in para.text):
        raise _nothing(pages, name)
    return [_draft(opened, pages, blocks, name)]


def _page_rows(groups: Sequence[list[Piece]]) -> list[list[Row]]:
    """The regions of a page's rows: those of its main direction of text first."""
    return [rows for group in groups for rows in notes_last([region_rows(part) for part in regions(group)])]


def _nothing(pages: Sequence[PageGlyphs], name: str) -> UserError:
    if not pages or all(page.problem for page in pages):
        return UserError(f"{name} is a damaged PDF: none of its pages can be read.")
    if any(page.has_images for page in pages):
        return UserError(f"{name} holds pictures of pages but no text; it needs OCR first.")
    return no_text(name)


@dataclass(slots=True)
class _Writer:
    """The text as it grows, with its blocks and page marks."""

    texts: list[str]
    blocks: list[Block]
    marks: list[PageMark]
    place: int = 0

    def write(self, text: str, kind: BlockKind, level: int) -> int:
        """Adds a block and gives the place at which it begins."""
        start = self.place
        self.texts.append(text)
        self.blocks.append(Block(start, start + len(text), kind, level))
        self.place += len(text) + 1
        return start


def _draft(opened: Opened, pages: Sequence[PageGlyphs], blocks: Sequence[Para], name: str) -> Draft:
    levels = with_headings(blocks)
    titled = _title_place(opened, levels)
    writer = _Writer([], [], [])
    placed: list[tuple[int, str, Para]] = []
    begun = -1  # index of the last page that has its mark
    for place, (para, level) in enumerate(levels):
        kind, depth = (
            (BlockKind.TITLE, 0)
            if place == titled
            else (BlockKind.HEADING, level)
            if level
            else (para.kind, 0)
        )
        words = normalise(para.text)
        start = writer.write(words, kind, depth)
        placed.append((start, words, para))
        for offset, page in [(0, para.page), *para.breaks]:
            if page > begun:
                writer.marks.append(PageMark(start + offset, pages[page].label))
                begun = page
    text = "\n".join(writer.texts)
    title = one_line(blocks[titled].text) if titled >= 0 else _stated(opened) or stem(name)
    layout = Layout(tuple(writer.blocks), tuple(writer.marks) if len(pages) > 1 else ())
    notes = tuple(
        _notes(pages, {para.page for para in blocks} | {p for para in blocks for _, p in para.breaks}, text)
    )
    places = to_bytes(places_of(placed, pages))
    return Draft(text, title, author=one_line(opened.author), layout=layout, places=places, notes=notes)


def _title_place(opened: Opened, levels: Sequence[tuple[Para, int]]) -> int:
    """Which block is the title: as the document states it, else the largest type on page one; or -1."""
    first = [(place, para, level) for place, (para, level) in enumerate(levels[:30]) if para.page == 0]
    stated = _letters(_stated(opened))
    for place, para, _ in first:
        if stated and len(para.text) < 300 and _letters(para.text) == stated:
            return place
    headings = [(-para.size, place) for place, para, level in first if level and "://" not in para.text]
    sizes = Counter[float]()
    for _, para, _ in first:
        sizes[para.size] += len(para.text)
    return min(headings)[1] if headings and -min(headings)[0] > 1.1 * sizes.most_common(1)[0][0] else -1


def _stated(opened: Opened) -> str:
    title = one_line(opened.title)
    return "" if _NO_TITLE.search(title) or UNKNOWN in title else title


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _notes(pages: Sequence[PageGlyphs], written: set[int], text: str) -> list[str]:
    notes = [f"Page {page.label} cannot be read whole ({page.problem})." for page in pages if page.problem]
    empty = [page.label for place, page in enumerate(pages) if place not in written and not page.problem]
    if empty:
        some = ", ".join(empty[:10]) + (" and more" if len(empty) > 10 else "")
        notes.append(f"No text on page {some}.")
    if unknown := text.count(UNKNOWN):
        notes.append(f"{unknown} characters are unknown, since a font does not say what they are.")
    return notes
