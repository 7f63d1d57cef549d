"""Saved pages in one file (MHTML, .mht) as Chrome, Edge, Firefox and older browsers write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers.capture import Capture, moment, with_capture
from annotate.readers.contract import no_text, stem
from annotate.readers.html_page import read_html
from annotate.readers.mime import (
    charset,
    content,
    content_type,
    header,
    header_names,
    parse_message,
    parts,
)

if TYPE_CHECKING:
    from annotate.readers.mime import Part

NAME = "saved page"
SUFFIXES = (".mhtml", ".mht")
HEAVY = True

_PAGES = ("text/html", "application/xhtml+xml")
_LOOSE = re.compile(rb"^Content-Type:[ \t]*text/html", re.IGNORECASE | re.MULTILINE)
_HEADER_LINE = re.compile(rb"[!-9;-~]+:|[ \t]+\S")
_FARTHEST = 4000  # bytes from the first line of a part's header to the one that tells its type
_EDGE = re.compile(rb"^--[^\s<>][^\n]{8,}\r?$", re.MULTILINE)
_SAVED_BY = re.compile(rb"^From:[^\n]{0,3}saved by ", re.IGNORECASE | re.MULTILINE)
_RELATED = re.compile(rb"^Content-Type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_POST = frozenset(("from", "to", "received", "message-id", "return-path", "delivered-to"))


def sniff(head: bytes) -> bool:
    """Whether it begins as a message that a browser saved, and not as an e-mail with pictures."""
    names = header_names(head)
    if not names & {"mime-version", "content-type"}:
        return False
    if _SAVED_BY.search(head) or "snapshot-content-location" in names:
        return True
    return not names & _POST and bool(_RELATED.search(head))


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """One article: the main page's, or the longest frame's of a page made of frames. What else came with it is
    left out.
    """
    message = parse_message(data, name)
    pages = _in_order(message)
    notes: tuple[str, ...] = ()
    if not pages:
        pages = _loose_pages(data, name)
        notes = ("Its parts are not divided as the file says; the first page in it was taken.",)
    if not pages:
        raise UserError(f"{name} is a saved page with no page in it.")
    found = (draft for page in pages if (draft := _read_page(page, message, name)) is not None)
    is_divided = b"<frameset" in content(pages[0])[:100_000].lower()
    draft = max(found, key=lambda each: len(each.text), default=None) if is_divided else next(found, None)
    if draft is None:
        raise no_text(name)
    return [replace(draft, notes=(*notes, *draft.notes))]


def _in_order(message: Part) -> list[Part]:
    """The pages, the main one first: it is named, or saved from the snapshot's address, or stands first."""
    pages = [part for part in parts(message) if content_type(part) in _PAGES and content(part).strip()]
    start = str(message.get_param("start") or "")
    place = header(message, "Snapshot-Content-Location") or header(message, "Content-Location")
    return sorted(
        pages,
        key=lambda part: (
            not (start and header(part, "Content-ID") == start),
            not (place and header(part, "Content-Location") == place),
        ),
    )


def _loose_pages(data: bytes, name: str) -> list[Part]:
    """What stands under a `Content-Type: text/html` where boundaries are missing or wrong."""
    return [parse_message(piece, name) for piece in _loose_pieces(data)]


def _loose_pieces(data: bytes) -> Iterator[bytes]:
    if match := _LOOSE.search(data):
        start = match.start()
        for line in reversed(data[max(0, start - _FARTHEST) : start].split(b"\n")[:-1]):
            if not _HEADER_LINE.match(line):
                break
            start -= len(line) + 1
        edge = _EDGE.search(data, match.end())
        yield data[max(0, start) : edge.start() if edge else len(data)]


def _read_page(page: Part, message: Part, name: str) -> Draft | None:
    try:
        draft = read_html(content(page), name, charset(page))
    except UserError:
        return None
    subject = header(message, "Subject")
    if draft.title == stem(name) and subject:
        draft = replace(draft, title=subject)
    place = header(message, "Snapshot-Content-Location") or header(page, "Content-Location")
    place = place or header(message, "Content-Location")
    return with_capture(draft, Capture(place, moment(header(message, "Date"))))
