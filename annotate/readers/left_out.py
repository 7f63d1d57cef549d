"""What a reader left out of a page or a PDF: menus and notices, running heads and page numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotate.errors import UserError
from annotate.readers import html_page, opened, pdf
from annotate.readers.blocks import tree_lines


def left_out(data: bytes, name: str, text: str, password: str | None = None) -> list[str]:
    """The lines of a file that the article's `text` does not hold, in their order, each once.

    Knows web pages and PDFs; of other kinds nothing is left out but what the import's report says. Raises UserError.
    """
    data, reader = opened(data, name)
    if reader is html_page:
        return list(_missing(_html_lines(data, name), text))
    if reader is pdf:
        return list(_missing(_pdf_lines(data, name, password), text))
    return []


def _html_lines(data: bytes, name: str) -> Iterator[str]:
    tree = html_page.parse(html_page.decode_page(data, name).text)
    if tree is None:
        raise UserError(f"{name} holds no page.")
    return (line.text for line in tree_lines(tree))


def _pdf_lines(data: bytes, name: str, password: str | None) -> Iterator[str]:
    from annotate.readers.pdf_columns import rows
    from annotate.readers.pdf_lines import pieces
    from annotate.readers.pdf_source import open_pdf

    for page in open_pdf(data, name, password).pages:
        for group in pieces(page.glyphs):
            for row in rows(group):
                yield " ".join(piece.text for piece in row)


def _missing(lines: Iterable[str], text: str) -> Iterator[str]:
    held, seen = _letters(text), set[str]()
    for line in lines:
        letters = _letters(line)
        if letters and letters not in held and letters not in seen:
            seen.add(letters)
            yield line


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
