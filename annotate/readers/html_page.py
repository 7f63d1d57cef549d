"""Web pages: the main text with its structure, and what the page says of itself. Never opens a connection."""

from __future__ import annotations

import logging
import re
import socket
from dataclasses import astuple
from functools import cache
from typing import TYPE_CHECKING, Any

from annotate.errors import UserError
from annotate.model import BlockKind, Draft
from annotate.readers.blocks import Line, compose, hidden_in, same_words, tree_lines
from annotate.readers.capture import stated_in, with_capture, without_data
from annotate.readers.contract import no_text, stem
from annotate.readers.encoding import Decoded, decode
from annotate.readers.html_meta import read_metadata

if TYPE_CHECKING:
    from lxml.html import HtmlElement

NAME = "web page"
SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")

_BEGINS = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_XML_HEAD = re.compile(r"\A\s*<\?xml[^>]*\?>")
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])
_NO_SIGNS = re.compile(b"\xef\xbf[\xbe\xbf]")  # U+FFFE and U+FFFF in UTF-8
_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,2})|0*([0-9]{1,3}))(?![0-9a-fA-F]);?")
_AROUND = ("nav", "aside", "footer", "form", "iframe", "script", "noscript", "button", "input")
_LINKED = 0.15  # more of the text in links than this: there is navigation
_ENOUGH = 2000  # code points: a find of that size is the main text
_LEAST = 200  # code points: a find below that must be much of the page
_SHARE, _SHARE_OF_SHORT = 0.03, 0.25  # of all text: a smaller find is not the main text
_NEARLY_ALL = 0.85  # of all text: if its lines are then run together, the page as it stands is better


def sniff(head: bytes) -> bool:
    """Whether it really begins as an HTML document (a mere tag in it does not count)."""
    if b"\0" in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        found = decode(head[: len(head) // 4 * 4])
        return bool(found and _BEGINS.match(found.text))
    return bool(_BEGINS.match(head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")))


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """One article: the page's main text, or all its text where nothing on it is more main than the rest."""
    return [read_html(data, name)]


def read_html(data: bytes, name: str, charset: str = "") -> Draft:
    """The article on a page; `charset` is what came with it (in an HTTP or MIME header) and goes first."""
    found = decode_page(data, name, charset)
    return read_page(found.text, name, (found.note,) if found.note else ())


def decode_page(data: bytes, name: str, charset: str = "") -> Decoded:
    """The page decoded, by what it says of its encoding where that fits. UserError where it is no text."""
    declared = _CHARSET.search(data[:8192]) or _XML_CHARSET.search(data[:200])
    found = decode(data, charset or (declared[1].decode("ascii") if declared else ""))
    if found is None:
        raise UserError(f"{name} is not a text Postil can read.")
    return found


def read_page(page: str, name: str, notes: tuple[str, ...] = ()) -> Draft:
    """The article on a page that is already decoded."""
    tree = parse(without_data(page))
    if tree is None:
        raise no_text(name)
    about = read_metadata(tree)
    _drop_hidden(tree)
    lines = main_lines(tree)
    if not lines:
        raise no_text(name)
    text, layout = compose(_without_site_name(lines, about.outlet), about.title)
    title = about.title or _first_heading(lines) or stem(name)
    _, author, date, outlet, url, language = astuple(about)
    draft = Draft(text, title, outlet, author, date, url, language, layout=layout, notes=notes)
    return with_capture(draft, stated_in(page))


def parse(page: str) -> HtmlElement | None:
    """The tree of a page, however broken; None where no element is in it."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # Strings with a declared encoding are refused, NULs end the parsing, and lxml chokes on controls later.
    text = _XML_HEAD.sub("", page, count=1)
    text = _REFERENCE.sub(_referred, text) if "&#" in text else text
    cleaned = _NO_SIGNS.sub(b"", text.encode("utf-8", "replace").translate(None, _CONTROLS))
    if not cleaned.strip():
        return None
    parser = HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        return document_fromstring(cleaned, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
        return None


def _referred(match: re.Match[str]) -> str:
    """What a numeric reference means: nothing for controls, windows-1252 from 128 to 159 (WHATWG HTML)."""
    code = int(match[1], 16) if match[1] else int(match[2])
    if code < 32 and code not in (9, 10, 13):
        return ""
    return bytes([code]).decode("cp1252", "ignore") if 128 <= code < 160 else match[0]


def _drop_hidden(tree: HtmlElement) -> None:
    """Takes out what a browser would not show, unless that is most of the page (shown later by a script)."""
    hidden = [element for element in hidden_in(tree) if element.getparent() is not None]
    if not hidden:
        return
    size = sum(len(element.text_content()) for element in hidden)
    if size * 2 < len(tree.text_content()):
        for element in hidden:
            if element.getparent() is not None:
                element.drop_tree()


def main_lines(tree: HtmlElement) -> list[Line]:
    """The lines of the main text; of the whole body where the page has nothing around a main text."""
    if next(tree.iter(*_AROUND), None) is None:
        whole = tree_lines(tree)
        linked = sum(len(link.text_content()) for link in tree.iter("a"))
        if linked < _size(whole) * _LINKED:
            return whole
    main = _extracted(tree)
    found = _size(main)
    if found > _ENOUGH:
        return main
    whole = tree_lines(tree)
    share = found / max(1, _size(whole))
    lumped = share > _NEARLY_ALL and len(main) * 3 < len(whole)
    return whole if lumped or share < (_SHARE if found > _LEAST else _SHARE_OF_SHORT) else main


def _size(lines: list[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _extracted(tree: HtmlElement) -> list[Line]:
    document = _extractor()(
        tree,
        fast=False,
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        with_metadata=False,
    )
    if document is None or document.body is None:
        return []
    for heading in document.body.iter("head"):  # <head rend="h2"> is its word for a heading
        heading.tag = str(heading.get("rend") or "h2")
    return tree_lines(document.body)


@cache
def _extractor() -> Any:
    """trafilatura's extraction, imported so that urllib3 does not open a socket to try for IPv6."""
    supported, socket.has_ipv6 = socket.has_ipv6, False
    try:
        from trafilatura.core import bare_extraction
    finally:
        socket.has_ipv6 = supported
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    return bare_extraction


def _without_site_name(lines: list[Line], outlet: str) -> list[Line]:
    """A first line that only names the outlet is the page's masthead."""
    return lines[1:] if len(lines) > 1 and outlet and same_words(lines[0].text, outlet) else lines


def _first_heading(lines: list[Line]) -> str:
    return next((line.text for line in lines[:3] if line.kind is BlockKind.HEADING), "")
