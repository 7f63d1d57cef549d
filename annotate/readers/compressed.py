"""A single file packed with gzip (`page.html.gz`), unpacked within bounds before it is read."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from annotate.errors import UserError

MAGIC = b"\x1f\x8b\x08"
LARGEST = 256 * 1024 * 1024  # bytes unpacked
STEP = 1 << 20  # bytes unpacked at once
PIECE = 1 << 16  # bytes given to be unpacked: what is behind a small member is copied


def unpacked(data: bytes, name: str) -> bytes:
    """The file inside, all its members joined; anything else as it is.

    Raises UserError for a damaged file, and for one that would become larger than LARGEST.
    """
    if not data.startswith(MAGIC):
        return data
    found = bytearray()
    for member in members(data, name):
        found += member
        if len(found) > LARGEST:
            raise _too_large(name)
    return bytes(found)


def members(data: bytes, name: str) -> Iterator[bytes]:
    """The contents of a gzip file's members in turn; bytes behind the last member are passed over.

    What a member gave before it was cut off or damaged comes out, and then UserError says so; it also ends a
    member larger than LARGEST.
    """
    place = 0
    while data.startswith(MAGIC, place):
        stream, found = zlib.decompressobj(wbits=31), bytearray()
        try:
            while not stream.eof and (stream.unconsumed_tail or place < len(data)):
                piece = stream.unconsumed_tail or data[place : place + PIECE]
                place += 0 if stream.unconsumed_tail else len(piece)
                found += stream.decompress(piece, STEP)
                if len(found) > LARGEST:
                    raise _too_large(name)
        except zlib.error:
            yield bytes(found)
            raise UserError(f"{name} is a damaged gzip file.") from None
        yield bytes(found)
        if not stream.eof:
            raise UserError(f"{name} is a gzip file that was cut off.")
        place -= len(stream.unused_data)


def first_bytes(data: bytes, size: int) -> bytes:
    """The first bytes of the file inside, as far as `data` goes; of anything else, of itself."""
    if not data.startswith(MAGIC):
        return data[:size]
    try:
        return zlib.decompressobj(wbits=31).decompress(data[:STEP], size)
    except zlib.error:
        return b""


def without_gz(name: str) -> str:
    """The name of the file inside."""
    return name[:-3] if name.lower().endswith(".gz") else name


def _too_large(name: str) -> UserError:
    return UserError(f"{name} unpacks to more than {LARGEST // 1024 // 1024} MB and was left out.")
