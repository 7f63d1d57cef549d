"""Web archives record by record, within bounds and past damage.

warcio and fastwarc were tried: the one writes to the terminal and takes memory without bound, the other stops at
the first wrong length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_BEGINS = re.compile(rb"^WARC/[01]\.\d+[ \t]*\r?\n", re.MULTILINE)
_BLANK = re.compile(rb"\r?\n\r?\n")
_ENDS = re.compile(rb"\s*(?:\Z|WARC/[01]\.)")
LONGEST_HEAD = 1 << 16  # bytes


@dataclass(frozen=True, slots=True)
class Record:
    """One record; `headers` have lower-case names. A record that is not whole was cut off with its file."""

    headers: Mapping[str, str]
    block: bytes
    is_whole: bool = True

    @property
    def kind(self) -> str:
        """ "response", "revisit" and the like."""
        return self.headers.get("warc-type", "").lower()

    @property
    def url(self) -> str:
        """The address it was taken from; wget puts it in angle brackets."""
        return self.headers.get("warc-target-uri", "").strip("<> ")


def records(data: bytes) -> Iterator[Record]:
    """The records of an unpacked archive. Where a stated length is wrong, the next record's beginning counts."""
    place = 0
    while begin := _BEGINS.search(data, place):
        blank = _BLANK.search(data, begin.end() - 2, begin.end() + LONGEST_HEAD)
        if blank is None:
            yield Record({}, b"", is_whole=False)
            place = begin.end() + LONGEST_HEAD
            continue
        headers = parse_headers(data[begin.end() : blank.start()])
        stated = headers.get("content-length", "")
        end = blank.end() + (int(stated) if stated.isdecimal() and len(stated) < 16 else 0)
        is_whole = end <= len(data)
        if not is_whole or not _ENDS.match(data, end, end + 64):
            following = _BEGINS.search(data, blank.end())
            is_whole = is_whole or following is not None
            end = following.start() if following else len(data)
        yield Record(headers, data[blank.end() : end], is_whole)
        place = end


def parse_headers(head: bytes) -> dict[str, str]:
    """Header lines by lower-case name, the first of each name; lines that go on are joined."""
    found: dict[str, str] = {}
    joined = re.sub(rb"\r?\n[ \t]+", b" ", head)
    for line in joined.decode("utf-8", "replace").splitlines():
        key, colon, value = line.partition(":")
        if colon:
            found.setdefault(key.strip().lower(), value.strip())
    return found
