"""EPUB books: one article in reading order, chapters as headings, metadata from the package."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from annotate.model import Draft
from annotate.readers.archive import Archive
from annotate.readers.blocks import compose, one_line, same_words
from annotate.readers.contract import no_text, stem
from annotate.readers.dates import iso_date
from annotate.readers.epub_pages import page_lines
from annotate.readers.epub_parts import CONTAINER, Book
from annotate.readers.office import counted, language_code
from annotate.readers.xml_tree import local

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "EPUB book"
SUFFIXES = (".epub",)

_TYPE = b"application/epub+zip"
_ROLE = "{http://www.idpf.org/2007/opf}role"
_EVENT = "{http://www.idpf.org/2007/opf}event"
_ISBN = re.compile(r"(?:urn:isbn:|isbn[:\s]*)?((?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx])", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)


def sniff(head: bytes) -> bool:
    """Never by the first bytes: a ZIP is told by what is in it."""
    return False


def sniff_archive(archive: Archive) -> bool:
    """Whether it says so, or at least names a package."""
    if "mimetype" in archive and archive.read("mimetype").strip().startswith(_TYPE):
        return True
    return CONTAINER in archive and b"oebps-package" in archive.read(CONTAINER)


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """One article: all pages, one after another."""
    book = Book(Archive(data, name))
    headings = book.headings()
    lines = [line for page in book.pages for line in page_lines(book.read(page), headings.get(page, {}))]
    if not lines:
        raise no_text(name)
    said = _said(book.package)
    title = _first(said["title"])
    text, layout = compose(lines, title if title and same_words(lines[0].text, title) else "")
    return [
        Draft(
            text,
            title=title or stem(name),
            outlet=_first(said["publisher"]),
            author=_authors(said),
            date=_date(said["date"]),
            url=_address(said["identifier"]),
            language=language_code(_first(said["language"])),
            attributes=_attributes(said),
            layout=layout,
            notes=counted(book.missing, "page", "missing in the file"),
        )
    ]


def _said(package: _Element) -> defaultdict[str, list[_Element]]:
    """The elements of the metadata by their names without namespace."""
    found: defaultdict[str, list[_Element]] = defaultdict(list)
    for block in package.iter():
        if local(block) == "metadata":
            for each in block.iter():
                found[local(each)].append(each)
    return found


def _text(element: _Element) -> str:
    return one_line("".join(map(str, element.itertext())))


def _first(elements: list[_Element]) -> str:
    return next((text for each in elements if (text := _text(each))), "")


def _authors(said: defaultdict[str, list[_Element]]) -> str:
    """All creators but those that are said to be something else than authors."""
    roles = {each.get("refines"): _text(each) for each in said["meta"] if each.get("property") == "role"}
    creators = [
        (_text(each), each.get(_ROLE) or roles.get("#" + (each.get("id") or ""), "aut"))
        for each in said["creator"]
    ]
    authors = [name for name, role in creators if role == "aut"] or [name for name, _ in creators]
    return ", ".join(dict.fromkeys(filter(None, authors)))


def _date(dates: list[_Element]) -> str:
    ranked = sorted(dates, key=lambda each: each.get(_EVENT) not in (None, "publication"))
    return next((date for each in ranked if (date := iso_date(_text(each)))), "")


def _address(identifiers: list[_Element]) -> str:
    return next((text for text in map(_text, identifiers) if re.match(r"https?://\S+\Z", text)), "")


def _attributes(said: defaultdict[str, list[_Element]]) -> dict[str, str]:
    identifiers = [_text(each) for each in said["identifier"]]
    found = {
        "isbn": next((isbn for isbn in map(_isbn, identifiers) if isbn), ""),
        "doi": next((match[1] for each in identifiers if (match := _DOI.fullmatch(each))), ""),
        "subject": "; ".join(filter(None, map(_text, said["subject"]))),
    }
    return {key: value for key, value in found.items() if value}


def _isbn(identifier: str) -> str:
    """The digits of an ISBN whose check digit is right, "" for another number."""
    match = _ISBN.fullmatch(identifier)
    digits = re.sub(r"[- ]", "", match[1]).upper() if match else ""
    worth = [10 if each == "X" else int(each) for each in digits]
    if len(worth) == 13:
        return digits if (sum(worth[::2]) + 3 * sum(worth[1::2])) % 10 == 0 else ""
    return digits if worth and sum(n * (10 - at) for at, n in enumerate(worth)) % 11 == 0 else ""
