"""Factiva's HTML: its articles with outlet, date, length and indexing; in any language of its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

from annotate.model import Draft
from annotate.readers.blocks import tree_lines
from annotate.readers.database import (
    Entry,
    drafts,
    length_stated,
    mark_headings,
    outermost,
    page_tree,
    words_of,
)
from annotate.readers.dates import date_within
from annotate.readers.languages import language_code

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

NAME = "Factiva HTML"
SUFFIXES = ()

_ARTICLE = re.compile(r"article [a-z]{2,8}Article")
_BEGINS = re.compile(rb"<div[^>]{0,200}class=[\"']article [a-z]{2,8}Article[\"']")
_CODE = re.compile(r"[A-Z]{2,4}")
_NUMBER = re.compile(r"(?:\S{1,20}\s+)?([A-Za-z]\w{0,9}\d{8}\w{4,12})")  # "Dokument" and the accession number
_TIME = re.compile(r"\d{1,2}:\d\d")
_PAGE = re.compile(r"[A-Z]{0,4}[-.]?\d{1,4}[A-Z]?(?:\s*[,/–-]\s*[A-Z]{0,4}[-.]?\d{1,4}[A-Z]?){0,30}")
_VOLUME = re.compile(r"(?:vol|band|jg|issue|heft|num)", re.IGNORECASE)
_RIGHTS = re.compile(r"\(c\)|©|copyright", re.IGNORECASE)
_KEYS = {
    "SE": "section",
    "CLM": "column",
    "ED": "edition",
    "PG": "page",
    "VOL": "volume",
    "ET": "time",
    "SC": "source code",
    "CR": "credit",
    "ART": "captions",
    "CO": "companies",
    "IN": "industries",
    "NS": "subjects",
    "RE": "regions",
    "IPD": "descriptors",
    "PUB": "publisher",
    "DS": "dateline",
    "CX": "correction",
}


def sniff(head: bytes) -> bool:
    """Never certain: the articles stand behind long scripts and styles."""
    return False


def sniff_whole(data: bytes) -> bool:
    return b"activa" in data and b"Article" in data and bool(_BEGINS.search(data))


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """The articles in their order."""
    tree, notes = page_tree(data, name)
    places = {each.get("id") for each in tree.iter("div") if (each.get("id") or "").startswith("article-")}
    found = outermost(tree, lambda element: bool(_ARTICLE.fullmatch((element.get("class") or "").strip())))
    return drafts([_entry(article) for article in found], name, len(places), notes)


def _entry(article: HtmlElement) -> Entry:
    entry = Entry()
    coded = list(_coded_rows(article))
    if coded:
        for code, cell in coded:
            _take(entry, code, cell)
    else:
        _take_unlabelled(entry, article)
    if not entry.language:
        entry.language = language_code((article.get("class") or "").split()[-1][:2])
    return entry


def _coded_rows(article: _Element) -> Iterator[tuple[str, _Element]]:
    """The rows of an article saved with its fields' codes: ("HD", cell)."""
    for table in article.iterchildren("table"):
        for row in table.iter("tr"):
            cells = list(row.iterchildren("td"))
            if len(cells) == 2 and "index" in (cells[0].get("class") or ""):
                code = words_of(cells[0])
                if _CODE.fullmatch(code):
                    yield code, cells[1]


def _take(entry: Entry, code: str, cell: _Element) -> None:
    value = words_of(cell)
    match code:
        case "HD":
            entry.title = value
        case "BY":
            entry.put_author(value)
        case "WC":
            entry.put_length(value)
        case "PD":
            entry.date = date_within(value)
        case "SN":
            entry.outlet = value
        case "LA":
            entry.language = language_code(value)
        case "LP" | "TD":
            mark_headings(cell)
            entry.lines += tree_lines(cell)
        case "AN":
            entry.put("document id", _document(value))
        case _ if code in _KEYS:
            entry.put(_KEYS[code], value.replace(" | ", "; "))


def _take_unlabelled(entry: Entry, article: HtmlElement) -> None:
    """Fields by their order: the headline, then length, date, time, outlet and on to the copyright line."""
    values = []
    for each in _head(article):
        value = words_of(each)
        if each.get("id") == "hd":
            entry.title = value
        elif "author" in (each.get("class") or "").lower():
            entry.put_author(value)
        elif value:
            values.append(value)
        each.drop_tree()
    _take_values(entry, values)
    _take_number(entry, article)
    mark_headings(article)
    entry.lines += tree_lines(article)


def _head(article: HtmlElement) -> list[HtmlElement]:
    """The divisions before the first paragraph, up to the copyright line."""
    found = []
    for each in takewhile(lambda child: not _is_body(child), article.iterchildren()):
        if each.tag == "div":
            found.append(each)
            if _RIGHTS.match(words_of(each)):
                break
    return found


def _take_number(entry: Entry, article: HtmlElement) -> None:
    """The last plain paragraph is the document's number, and the publisher may stand before it."""
    last = [each for each in article.iterchildren("p") if not each.get("class") and words_of(each)][-2:]
    if not last or not (match := _NUMBER.fullmatch(words_of(last[-1]))):
        return
    entry.put("document id", match[1])
    if len(last) > 1 and last[0].getnext() is last[1]:
        entry.put("publisher", words_of(last[0]))
        last[0].drop_tree()
    last[-1].drop_tree()


def _is_body(element: _Element) -> bool:
    return element.tag not in ("div", "p", "span", "br") or "aragraph" in (element.get("class") or "")


def _take_values(entry: Entry, values: list[str]) -> None:
    at = next((place for place, value in enumerate(values) if length_stated(value)), None)
    if at is None:
        at = next((place for place, value in enumerate(values) if date_within(value)), 0) - 1
    else:
        entry.put_length(values[at])
    for value in values[: max(0, at)]:
        entry.put("section", value)
    rest = values[at + 1 :]
    if rest and date_within(rest[0]):
        entry.date = date_within(rest.pop(0))
    if rest and _TIME.fullmatch(rest[0]):
        entry.put("time", rest.pop(0))
    if rest:
        entry.outlet = rest.pop(0)
    if rest and not _RIGHTS.search(rest[0]):
        entry.put("source code", rest.pop(0))
    fields = list(takewhile(lambda value: not _RIGHTS.match(value), rest))
    if fields and (language_code(fields[-1]) or len(fields) < len(rest)):
        entry.language = language_code(fields.pop())
    for value in fields:
        entry.put(_unlabelled_key(value), value)


def _unlabelled_key(value: str) -> str:
    if _PAGE.fullmatch(value):
        return "page"
    return "volume" if _VOLUME.match(value) else "edition"


def _document(value: str) -> str:
    match = _NUMBER.fullmatch(value)
    return match[1] if match else value
