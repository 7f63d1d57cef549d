"""Web archives (WARC), packed or not: each page in it is an article."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers import html_page
from annotate.readers.capture import Capture, web_address, with_capture
from annotate.readers.compressed import MAGIC, members
from annotate.readers.contract import HEAD, stem
from annotate.readers.http_answer import Answer, body, parse_answer
from annotate.readers.warc_records import Record, records

NAME = "web archive"
SUFFIXES = (".warc",)
HEAVY = True
UNPACKS = True  # member by member: archives are larger than what may be unpacked at once

_PAGES = ("text/html", "application/xhtml+xml")
_MOST = 8 << 30  # bytes unpacked in all
_SINGULAR = {"redirects": "redirect", "duplicates": "duplicate", "pages without text": "page without text",
    "error pages": "error page", "unreadable responses": "unreadable response",
    "pictures, scripts and other files": "picture, script or other file"}  # fmt: skip


def sniff(head: bytes) -> bool:
    return head.startswith((b"WARC/1.", b"WARC/0."))


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """The pages in the order of the archive. What is no page is counted in a note of the first."""
    found = _Found(name)
    for record in _records(data, name, found):
        found.take(record)
    notes = found.notes()
    if not found.drafts:
        raise UserError(" ".join((f"{name} holds no page with text.", *notes)))
    first, *others = found.drafts
    return [replace(first, notes=(*first.notes, *notes)), *others]


def _records(data: bytes, name: str, found: _Found) -> Iterator[Record]:
    if not data.startswith(MAGIC):
        yield from records(data)
        return
    size = 0
    try:
        for member in members(data, name):
            yield from records(member)
            size += len(member)
            if size > _MOST:
                found.trouble = f"Only the first {_MOST >> 30} GB were read."
                return
    except UserError as error:
        found.trouble = str(error).replace(name, "This")


@dataclass(slots=True)
class _Found:
    """What was found so far, and what was passed over."""

    name: str
    drafts: list[Draft] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    seen: set[bytes] = field(default_factory=set)
    cut: int = 0
    trouble: str = ""  # why reading ended before the end

    def take(self, record: Record) -> None:
        if not record.is_whole:
            self.cut += 1
            return
        reason = self._page(record)
        if reason:
            self.passed[reason] += 1

    def _page(self, record: Record) -> str:
        """Takes the page in; else says why not, "" for what is no part of the pages (requests and the like)."""
        if record.kind == "revisit":
            return "duplicates"
        if record.kind not in ("response", "resource"):
            return ""
        if record.kind == "resource" and not web_address(record.url):
            return ""  # the archiving program's own log
        answer = _answer(record)
        if answer is None:
            return "unreadable responses"
        if 300 <= answer.status < 400:
            return "redirects"
        if not 200 <= answer.status < 300:
            return "error pages"
        page = body(answer) if answer.media_type in ("", *_PAGES) else b""
        if page is None:
            return "unreadable responses"
        if not page or not (answer.media_type or html_page.sniff(page[:HEAD])):
            return "pictures, scripts and other files"
        return self._read(page, answer, record)

    def _read(self, page: bytes, answer: Answer, record: Record) -> str:
        digest = hashlib.sha256(page).digest()
        if digest in self.seen:
            return "duplicates"
        self.seen.add(digest)
        try:
            draft = html_page.read_html(page, self.name, answer.charset)
        except UserError:
            return "pages without text"
        draft = with_capture(draft, Capture(record.url, record.headers.get("warc-date", "")))
        title = draft.title if draft.title != stem(self.name) else draft.url or draft.title
        self.drafts.append(replace(draft, title=title))
        return ""

    def notes(self) -> tuple[str, ...]:
        counted = (
            f"{count:,} {what if count > 1 else _SINGULAR[what]}"
            for what, count in sorted(self.passed.items())
        )
        said = f"Left out: {'; '.join(counted)}." if self.passed else ""
        cut = f"{self.cut:,} of its records cut off and left out." if self.cut else ""
        return tuple(note for note in (said, cut, self.trouble) if note)


def _answer(record: Record) -> Answer | None:
    if record.kind == "resource":
        return Answer(200, record.headers, record.block)
    return parse_answer(record.block)
