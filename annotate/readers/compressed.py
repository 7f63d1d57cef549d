"""A single file packed with gzip (`page.html.gz`), unpacked within bounds before it is read."""

from __future__ import annotations

import zlib

from annotate.errors import UserError

MAGIC = b"\x1f\x8b\x08"
LARGEST = 256 * 1024 * 1024  # bytes unpacked
STEP = 1 << 20


def unpacked(data: bytes, name: str) -> bytes:
    """The file inside; anything else as it is.

    Raises UserError for a damaged file, and for one that would become larger than LARGEST.
    """
    if not data.startswith(MAGIC):
        return data
    found = bytearray()
    stream = zlib.decompressobj(wbits=31)
    rest = data
    try:
        while rest and not stream.eof:
            found += stream.decompress(rest, STEP)
            rest = stream.unconsumed_tail
            if len(found) > LARGEST:
                raise UserError(f"{name} unpacks to more than {LARGEST // 1024 // 1024} MB and was left out.")
    except zlib.error:
        raise UserError(f"{name} is a damaged gzip file.") from None
    if not stream.eof:
        raise UserError(f"{name} is a gzip file that was cut off.")
    return bytes(found)


def without_gz(name: str) -> str:
    """The name of the file inside."""
    return name[:-3] if name.lower().endswith(".gz") else name
