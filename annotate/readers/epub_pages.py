"""A page of an EPUB as lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html.entities import html5
from typing import TYPE_CHECKING

from annotate.errors import UserError
from annotate.model import BlockKind
from annotate.readers.blocks import Line, tree_lines
from annotate.readers.encoding import decode
from annotate.readers.html_page import parse
from annotate.readers.xml_tree import local, xml_tree

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = (b"amp", b"lt", b"gt", b"quot", b"apos")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
_ENCODING = re.compile(rb"\A<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_TYPE = "{http://www.idpf.org/2007/ops}type"
_PAGE_NUMBER = re.compile(r"[\[{(]?\s*(?:pg?\.?|page)?\s*[\divxlc]{1,6}\s*[\]})]?", re.IGNORECASE)
_NUMBERED = ("pagebreak", "pagenum", "pageno", "x-ebookmaker-pageno", "page-number", "pagenumber")


def page_lines(data: bytes, headings: Mapping[str, int]) -> list[Line]:
    """The lines of a page; those that the table of contents names are headings.

    `headings`: their texts, and their depth in the table of contents.
    """
    tree = _tree(data)
    if tree is None:
        return []
    for element in tree.iter():
        if _is_page_number(element):
            element.set("hidden", "")
    levels = {_words(title): depth for title, depth in headings.items()}
    return [_headed(line, levels) for line in tree_lines(tree)]


def _tree(data: bytes) -> _Element | None:
    """The page as XML with HTML's entities; as HTML where it is not sound, None where nothing is in it."""
    try:
        tree = xml_tree(_ENTITY.sub(_character, _DOCTYPE.sub(b"", data, count=1)), "page")
        for element in tree.iter():
            element.tag = local(element)
        return tree
    except UserError:
        stated = _ENCODING.search(data)
        found = decode(data, stated[1].decode("ascii") if stated else "")
        return None if found is None else parse(found.text)


def _character(match: re.Match[bytes]) -> bytes:
    if match[1] in _OF_XML:
        return match[0]
    return "".join(f"&#{ord(each)};" for each in html5.get(match[1].decode() + ";", "")).encode()


def _is_page_number(element: _Element) -> bool:
    """Whether it only says where a page of the printed book began."""
    names = f"{element.get(_TYPE) or ''} {element.get('role') or ''} {element.get('class') or ''}".lower()
    return any(each in names for each in _NUMBERED) and bool(
        _PAGE_NUMBER.fullmatch("".join(map(str, element.itertext())).strip() or "1")
    )


def _headed(line: Line, levels: Mapping[tuple[str, ...], int]) -> Line:
    if line.kind is BlockKind.PARAGRAPH and len(line.text) < 300 and (depth := levels.get(_words(line.text))):
        return replace(line, kind=BlockKind.HEADING, level=min(depth, 6))
    return line


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))
