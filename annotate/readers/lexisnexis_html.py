"""LexisNexis as HTML: documents behind anchors, fields with bold labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from annotate.model import BlockKind, Draft
from annotate.readers.blocks import tree_lines
from annotate.readers.database import (
    drafts,
    outermost,
    stated_by_numbers,
    stated_by_ranges,
    words_of,
)
from annotate.readers.html_page import decode_page, parse
from annotate.readers.lexisnexis import COVER, Part, entry_of

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "LexisNexis HTML"
SUFFIXES = ()

_ANCHOR = re.compile(r"<a\s+name=[\"']?DOC_ID_\w+", re.IGNORECASE)
_STATED = re.compile(r"<meta\b[^>]{0,200}\bdocuments=[\"']?(\d{1,6})", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:FOCUS - )?(?:Do[ck]ument )?(\d{1,6}) (?:of|von|de|van) (\d{1,6})(?: DO[CK]UMENT\w{0,3})?"
)
_STYLE = re.compile(r"\.(c\d{1,3})\s*\{([^}]{0,400})\}")
_BOLD = re.compile(r"font-weight:\s*bold")
_HIT = "#cc0033"  # the colour of words that were searched for
_MISSING = "there is an error in this document"
_PARTS = frozenset(("p", "table", "ul", "ol", "pre", "blockquote", "h1", "h2", "h3", "h4"))


def sniff(head: bytes) -> bool:
    """Never certain: the first document stands behind styles and the page that lists the request."""
    return False


def sniff_whole(data: bytes) -> bool:
    return b"DOC_ID_" in data and b"<DOCFULL>" in data


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """The articles in their order, without the page that lists the request."""
    found = decode_page(data, name)
    page = found.text
    starts = [match.start() for match in _ANCHOR.finditer(page)]
    types = _types(page[: starts[0]] if starts else "")
    numbers: list[tuple[int, int]] = []
    entries = []
    # Each document is parsed for itself: divisions that are not closed would nest them deeper and deeper.
    for start, end in pairwise([*starts, len(page)]):
        parts = list(_parts(page[start:end], types))
        if parts and (number := _NUMBER.fullmatch(parts[0].words)):
            numbers.append((int(number[1]), int(number[2])))
            parts = parts[1:]
        if not any(_MISSING in part.words for part in parts):
            entries.append(entry_of(parts))
    stated = _stated(page, starts) or stated_by_numbers(numbers)
    return drafts(entries, name, stated, (found.note,) if found.note else ())


def _stated(page: str, starts: list[int]) -> int:
    """What the file's head says, or the page that lists the request."""
    head = page[: starts[0]] if starts else ""
    if match := _STATED.search(head):
        return int(match[1])
    listed = COVER.search(re.sub(r"<[^>]{0,400}>", "\n", head))
    return stated_by_ranges(listed[1]) if listed else 0


def _types(head: str) -> dict[str, str]:
    """The styles' classes of bold type, and whether it is for a "heading" or a "hit"."""
    return {
        match[1]: "hit" if _HIT in match[2].lower() else "heading"
        for match in _STYLE.finditer(head)
        if _BOLD.search(match[2])
    }


def _parts(fragment: str, types: dict[str, str]) -> Iterator[Part]:
    tree = parse(fragment)
    if tree is None:
        return
    for element in outermost(tree, _is_part):
        lines = tree_lines(element)
        if lines and _is_heading(element, types):
            lines = [replace(line, kind=BlockKind.HEADING, level=2) for line in lines]
        if lines:
            yield Part(tuple(lines))


def _is_part(element: _Element) -> bool:
    return element.tag in _PARTS or (element.tag == "div" and next(element.iter(*_PARTS), None) is None)


def _is_heading(element: _Element, types: dict[str, str]) -> bool:
    """Whether all words stand in bold type, and not only because they were searched for."""
    told = {
        types.get((each.get("class") or "").lower(), "") for each in element.iter("span") if words_of(each)
    }
    return "heading" in told and "" not in told
