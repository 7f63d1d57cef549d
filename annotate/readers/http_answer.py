"""An HTTP response as an archive keeps it: status, headers, and the body unpacked within bounds."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from annotate.readers.warc_records import LONGEST_HEAD, parse_headers

LARGEST = 32 * 1024 * 1024  # bytes of a body unpacked: no page is larger
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})[^\r\n]*\r?\n")
_BLANK = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """Status (200), headers by lower-case name, and the body as sent."""

    status: int
    headers: Mapping[str, str]
    sent: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        match = _CHARSET.search(self.headers.get("content-type", ""))
        return match[1] if match else ""


def parse_answer(block: bytes) -> Answer | None:
    """The response in a record's block; None where it is none."""
    status = _STATUS.match(block)
    blank = status and _BLANK.search(block, status.end() - 2, status.end() + LONGEST_HEAD)
    if not status or not blank:
        return None
    return Answer(int(status[1]), parse_headers(block[status.end() : blank.start()]), block[blank.end() :])


def body(answer: Answer) -> bytes | None:
    """The body as a browser would see it; None where it is too large, damaged or packed in an unknown way."""
    found = answer.sent
    if "chunked" in answer.headers.get("transfer-encoding", "").lower():
        found = _unchunked(found)
    for packing in reversed(answer.headers.get("content-encoding", "").lower().split(",")[:3]):
        unpacked = _unpacked(found, packing.strip())
        if unpacked is None:
            return None
        found = unpacked
    return found if len(found) <= LARGEST else None


def _unchunked(sent: bytes) -> bytes:
    """The chunks joined; archives that joined them already keep the header, so anything else stays as it is."""
    pieces, place = [], 0
    while match := _CHUNK.match(sent, place):
        size = int(match[1], 16)
        pieces.append(sent[match.end() : match.end() + size])
        place = match.end() + size + 2
        if size == 0:
            break
    return b"".join(pieces) if pieces else sent


def _unpacked(sent: bytes, packing: str) -> bytes | None:
    if packing in ("", "identity") or not sent:
        return sent
    if packing in ("gzip", "x-gzip"):
        return _inflated(sent, 31) if sent.startswith(b"\x1f\x8b") else sent
    if packing == "deflate":
        return _inflated(sent, 15) or _inflated(sent, -15)
    return _from_brotli(sent) if packing == "br" else None


def _inflated(sent: bytes, wbits: int) -> bytes | None:
    """Unpacked as far as it goes, one byte beyond LARGEST at most."""
    try:
        return zlib.decompressobj(wbits=wbits).decompress(sent, LARGEST + 1)
    except zlib.error:
        return None


def _from_brotli(sent: bytes) -> bytes | None:
    import brotli

    stream = brotli.Decompressor()
    try:
        found = bytes(stream.process(sent, output_buffer_limit=LARGEST + 1))
    except brotli.error:
        return sent if sent.lstrip()[:1] == b"<" else None  # unpacked already, the header kept
    return found
