"""Europresse (Eureka) HTML, in its older layout of tables and its newer one of <article> elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from annotate.model import BlockKind, Draft
from annotate.readers.blocks import Line, one_line, tree_lines
from annotate.readers.database import Entry, drafts, page_tree, words_of
from annotate.readers.dates import about_date, date_within

if TYPE_CHECKING:
    from lxml.html import HtmlElement

NAME = "Europresse HTML"
SUFFIXES = ()

_BEGINS = re.compile(rb"class=[\"']?DocPublicationName")
_NUMBER = re.compile(r"news[·•.]\d{8}[·•.][^\s]{1,60}")
_STATED = re.compile(r"Numéro de document\s*:|Document number\s*:|Document ID\s*:", re.IGNORECASE)
_DAY = re.compile(
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_PAGE = re.compile(r",?\s+pp?\.\s*([\w-]+(?:\s*,\s*[\w-]+)*)\s*$")
_LENGTH = re.compile(r"\b((?:\d{1,3}(?:\s\d{3})*|\d{4,6})\s*(?:mots|words))\b")
_ISSUE = re.compile(r",?\s+n[o°º]\.?\s*([\w-]+)$")
_RIGHTS = re.compile(r"©|\(c\)", re.IGNORECASE)


def sniff(head: bytes) -> bool:
    """Never certain: the first article stands behind styles."""
    return False


def sniff_whole(data: bytes) -> bool:
    return b"itreArticleVisu" in data and bool(_BEGINS.search(data))


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """The articles in their order."""
    tree, notes = page_tree(data, name)
    stated = len(_STATED.findall("".join(map(str, tree.itertext()))))
    articles = list(_articles(tree))
    entries = [_entry(each) if each.tag == "article" else _older_entry(each) for each in articles]
    return drafts(entries, name, stated, notes)


def _articles(tree: HtmlElement) -> Iterator[HtmlElement]:
    """What holds an article: the element around a publication's name."""
    seen = None
    for outlet in _of_class(tree, "docpublicationname"):
        around = next(outlet.iterancestors("article"), None)
        if around is None:
            around = next(outlet.iterancestors("td", "body"), None)
        if around is not None and around is not seen:
            seen = around
            yield around


def _entry(article: HtmlElement) -> Entry:
    """Of the newer layout: <header>, <section>, <aside> and <footer>."""
    entry = Entry()
    _take_head(entry, article)
    entry.lines += _title_lines(entry, article)
    for part in article.iter("section"):
        entry.lines += tree_lines(part)
    for part in article.iter("aside"):
        entry.put("notes", _without_labels(words_of(part)))
    return entry


def _title_lines(entry: Entry, article: HtmlElement) -> Iterator[Line]:
    """The lines about the title; the author stands behind it."""
    around = next(_of_class(article, "titrearticle"), None)
    if around is None:
        return
    for each in around.iter("p", "div"):
        words = words_of(each)
        is_inner = all(inner is each for inner in each.iter("p", "div"))
        if words and is_inner and each is not around and words != entry.title:
            yield Line(words, BlockKind.HEADING, 2)
    following = (words_of(each) for each in around.itersiblings() if each.tag in ("div", "p"))
    entry.put_author(next((words for words in following if words), ""))


def _without_labels(notes: str) -> str:
    return re.sub(r"(?:Illustration|Note)\(s\)\s*:\s*", "", notes).strip()


def _older_entry(article: HtmlElement) -> Entry:
    """Of the older layout: all in one cell, divided by breaks and empty paragraphs."""
    entry = Entry()
    title = _take_head(entry, article)
    author = "" if title is None else _line_after(title)
    for table in list(article.iter("table")):
        if table.getparent() is not None:
            table.drop_tree()
    known = _head_lines(article)
    lines = [line for line in tree_lines(article) if line.text not in known]
    at = next((place for place, line in enumerate(lines) if line.text == entry.title), -1)
    heading = [Line(line.text, BlockKind.HEADING, 2) for line in lines[: max(0, at)]]
    body = list(_body(lines[at + 1 :]))
    if author and body and body[0].text == author:
        entry.put_author(author)
        body = body[1:]
    entry.lines = heading + body
    return entry


def _head_lines(article: HtmlElement) -> set[str]:
    """The lines that tell the publication's name and the date."""
    joined = "".join(str(each.text_content()) for each in _of_class(article, "docheader"))
    return {one_line(joined), *map(words_of, _of_class(article, "docpublicationname"))}


def _line_after(title: HtmlElement) -> str:
    """The line under the title that a break and an empty paragraph divide from the text: the author."""
    for each in title.itersiblings():
        if each.tag != "br":
            return ""
        if words := one_line(each.tail or ""):
            end = each.getnext()
            gap = end.getnext() if end is not None else None
            is_apart = end is not None and end.tag == "br" and not (end.tail or "").strip()
            return words if is_apart and gap is not None and gap.tag == "p" and not words_of(gap) else ""
    return ""


def _body(lines: list[Line]) -> Iterator[Line]:
    """Without the copyright and the document's number at the end."""
    for place, line in enumerate(lines):
        ends = place >= len(lines) - 4 and (_RIGHTS.match(line.text) or _STATED.match(line.text))
        if not ends:
            yield line


def _take_head(entry: Entry, article: HtmlElement) -> HtmlElement | None:
    """Outlet, date and the like, the title and the number of the document; gives the title's element."""
    outlet = " ".join(map(words_of, islice(_of_class(article, "docpublicationname"), 1)))
    if match := _ISSUE.search(outlet):
        entry.put("issue", match[1])
        outlet = outlet[: match.start()]
    entry.outlet = outlet
    header = one_line("".join(str(each.text_content()) for each in _of_class(article, "docheader")))
    _take_header(entry, header)
    if match := _NUMBER.search(str(article.text_content())):
        entry.put("document id", match[0])
        stated = match[0][5:13]
        entry.date = entry.date or date_within(f"{stated[:4]}-{stated[4:6]}-{stated[6:]}")
    title = next(_of_class(article, "titrearticlevisu"), None)
    entry.title = "" if title is None else words_of(title)
    return title


def _take_header(entry: Entry, header: str) -> None:
    """`Politique, jeudi 5 octobre 2013 1 247 mots, p. 03`."""
    if match := _PAGE.search(header):
        entry.put("page", match[1])
        header = header[: match.start()]
    if match := _LENGTH.search(header):
        entry.put_length(match[1])
        header = header[: match.start()] + header[match.end() :]
    about = about_date(header)
    entry.date = about.date
    if about.date:
        entry.put("section", _DAY.sub("", about.before).strip(" ,"))


def _of_class(root: HtmlElement, name: str) -> Iterator[HtmlElement]:
    """Elements of a class, given in lower case."""
    for each in root.iter():
        if isinstance(each.tag, str) and name in (each.get("class") or "").lower().split():
            yield each
