"""ProQuest's HTML: documents behind anchors, a paragraph for each field, the text in an element of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from annotate.model import Draft
from annotate.readers.blocks import Line, tree_lines
from annotate.readers.database import drafts, mark_headings, outermost, stated_by_numbers, words_of
from annotate.readers.html_page import decode_page, parse
from annotate.readers.proquest import TEXT, Record, notes_on

if TYPE_CHECKING:
    from lxml.html import HtmlElement

NAME = "ProQuest HTML"
SUFFIXES = ()

_ANCHOR = re.compile(r"<a\s[^>]{0,100}name=[\"']?DocID_", re.IGNORECASE)
_SIGN = re.compile(rb"<a\s[^>]{0,100}name=[\"']?DocID_", re.IGNORECASE)
_LISTED = re.compile(r"href=[\"']?#(DocID_[\w.-]+)", re.IGNORECASE)
_NUMBER = re.compile(r">\s*Document (\d{1,6}) of (\d{1,6})\s*<")
_LABEL = re.compile(r"([A-Z][\w /-]{2,40}):")


def sniff(head: bytes) -> bool:
    """Never certain: a table of contents may stand before the first document."""
    return False


def sniff_whole(data: bytes) -> bool:
    return b"ProQuest document" in data and bool(_SIGN.search(data))


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """The articles in their order, without the table of contents."""
    found = decode_page(data, name)
    page = found.text
    starts = [match.start() for match in _ANCHOR.finditer(page)]
    # Each document is parsed for itself: the text in it is an HTML document with a head and body of its own.
    trees = (parse(page[start:end]) for start, end in pairwise([*starts, len(page)]))
    records = [_record(tree) for tree in trees if tree is not None]
    listed = set(_LISTED.findall(page[: starts[0]] if starts else ""))
    numbers = [(int(match[1]), int(match[2])) for match in _NUMBER.finditer(page)]
    notes = (*((found.note,) if found.note else ()), *notes_on(records))
    return drafts(
        [record.entry() for record in records], name, len(listed) or stated_by_numbers(numbers), notes
    )


def _record(tree: HtmlElement) -> Record:
    record = Record()
    for part in list(outermost(tree, lambda element: element.tag == "text")):
        record.words = record.words or part.get("wordcount") or ""
        _take_pictures(record, part)
        mark_headings(part)
        record.text += tree_lines(part)
        part.drop_tree()
    under = ""  # the label of the paragraphs that follow
    for element in _fields(tree):
        words = words_of(element)
        label = _label(element)
        if label == TEXT:
            record.text += [Line(value)] if (value := words[len(label) + 1 :].strip()) else []
        elif label:
            record.take(label, words[len(label) + 1 :])
        elif under == TEXT:
            record.text += tree_lines(element)
        elif under:
            record.take(under, words)
        elif words and not record.title:
            record.title = words
        under = label or under
    return record


def _fields(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The paragraphs, and the divisions that hold none."""
    for element in tree.iter("p", "div"):
        if element.tag == "p" or next(element.iterdescendants("p", "div"), None) is None:
            yield element


def _label(element: HtmlElement) -> str:
    """The label at its beginning, "" where there is none."""
    first = next(element.iterchildren(), None)
    if first is None or first.tag not in ("strong", "b") or (element.text or "").strip():
        return ""
    match = _LABEL.fullmatch(words_of(first))
    return match[1] if match else ""


def _take_pictures(record: Record, part: HtmlElement) -> None:
    """Pictures' captions and links go from the text."""
    for picture in [each for each in part.iter("div") if "document_view_image" in (each.get("class") or "")]:
        if picture.getparent() is not None:
            picture.drop_tree()
