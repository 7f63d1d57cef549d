"""Factiva's XML (a PPS response): articles with outlet, date, length and indexing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers.blocks import Line
from annotate.readers.database import Entry, drafts, outermost, words_of
from annotate.readers.dates import date_within
from annotate.readers.languages import language_code
from annotate.readers.wrapped import paragraphs
from annotate.text import normalise

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "Factiva XML"
SUFFIXES = ()

_BEGINS = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:\w+:)?(?:PPSResponse|ppsArticleResponse|ppsarticle)\b"
)
_TEXTS = ("leadParagraph", "tailParagraphs")
_KEYS = {
    "sectionName": "section",
    "columnName": "column",
    "edition": "edition",
    "pages": "page",
    "volume": "volume",
    "sourceCode": "source code",
    "publisherName": "publisher",
    "newsSubject": "subjects",
    "region": "regions",
    "industry": "industries",
    "company": "companies",
    "credit": "credit",
    "notes": "notes",
    "accessionNo": "document id",
    "wordCount": "length",
}


def sniff(head: bytes) -> bool:
    return bool(_BEGINS.match(head))


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """The articles in their order; a file that breaks off gives those before the break."""
    from lxml import etree

    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise UserError(f"{name} is damaged: its XML cannot be read.")
    notes = ("The file is damaged: what could be read of it came in.",) if len(parser.error_log) else ()
    counts = (each.get("count") or "" for each in root.iter("{*}ppsarticleResultSet"))
    stated = sum(int(count) for count in counts if count.isdecimal() and len(count) < 7)
    articles = outermost(root, lambda element: _tag(element) == "article")
    return drafts([_entry(article) for article in articles], name, stated, notes)


def _entry(article: _Element) -> Entry:
    entry = Entry()
    for field in article:
        tag = _tag(field)
        value = words_of(field)
        match tag:
            case "headline":
                entry.title = value
            case "byline":
                entry.put_author(value)
            case "sourceName":
                entry.outlet = value
            case "publicationDate":
                entry.date = date_within(value)
            case "baseLanguage":
                entry.language = language_code(value)
            case _ if tag in _TEXTS:
                entry.lines += _lines(field)
            case _ if tag in _KEYS:
                entry.put(_KEYS[tag], value)
    return entry


def _lines(field: _Element) -> Iterator[Line]:
    """Paragraphs that stand as such, or a text whose paragraphs begin with an indented line."""
    marked = [each for each in field if _tag(each) == "paragraph"]
    if not marked:
        yield from map(Line, paragraphs(_raw(field).split("\n")))
    for each in marked:
        if (each.get("display") or "").lower() == "fixed":
            yield from (Line(line.rstrip()) for line in _raw(each).split("\n") if line.strip())
        else:
            yield Line(words_of(each))


def _raw(element: _Element) -> str:
    return normalise("".join(map(str, element.itertext())))


def _tag(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
