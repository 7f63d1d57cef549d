"""What a file that nobody reads looks like, told from its bytes."""

from __future__ import annotations

import re

from annotate.readers.contract import HEAD

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"BM", "a BMP image"),
    (b"%PDF-", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
)
_ZIPPED: tuple[tuple[bytes, str], ...] = (
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"ppt/", "a PowerPoint presentation"),
    (b"[Content_Types].xml", "a Microsoft Office document"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_OLE: tuple[tuple[str, str], ...] = (  # names in its directory, and what it then is
    ("EncryptedPackage", "an Office document locked with a password; save it without one first"),
    ("WordDocument", "an old Word document; save it as .docx first"),
    ("Workbook", "an old Excel workbook; save it as .xlsx first"),
    ("PowerPoint Document", "an old PowerPoint presentation"),
)
_DIRECTORY = 1 << 16  # bytes at the end of a ZIP, in which the names of its members stand
_NEEDS_BINARY = {b"BM", b"BZh", b"ID3"}  # short enough to begin a plain text


def looks_like(data: bytes) -> str:
    """ "a PNG image" and the like, with its article, or "" for what may be text. `data`: a whole file."""
    head = data[:HEAD]
    if head.startswith(_OLE):
        found = (name for stream, name in _IN_OLE if stream.encode("utf-16-le") in data)
        return next(found, "an old Microsoft Office document")
    if head.startswith(b"PK\x03\x04"):
        if b".qde" in data[-_DIRECTORY:].lower():
            return "a REFI-QDA project; bring it in with import-annotations"
        return next((name for mark, name in _ZIPPED if mark in head), "a ZIP archive")
    if head.startswith(b"RIFF"):
        return "a WebP image" if head[8:12] == b"WEBP" else "a RIFF recording"
    if b'progid="Word.Document"' in head:
        return "a Word 2003 XML document; save it as .docx first"
    if head[60:68] == b"BOOKMOBI":
        return "a Kindle book"
    if head[4:8] == b"ftyp":
        return "a video"
    for mark, name in _SIGNATURES:
        if head.startswith(mark) and (mark not in _NEEDS_BINARY or has_controls(head)):
            return name
    return ""


def has_controls(head: bytes) -> bool:
    """Whether bytes stand in it that text of one byte a character does not use."""
    return bool(re.search(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]", head))
