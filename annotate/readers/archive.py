"""A ZIP archive opened from bytes, its members read within bounds: what all zipped formats share."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from annotate.errors import UserError

MAGIC = b"PK\x03\x04"
MOST = 20_000  # members
LARGEST = 64 << 20  # bytes of one member, unpacked
LARGEST_ALL = 256 << 20  # bytes read from one archive
RATIO = 200  # unpacked to packed; a member beyond it and SMALL is a bomb
SMALL = 8 << 20  # bytes that may be packed as densely as they like
STEP = 1 << 20
_ENTRY = b"PK\x01\x02"  # begins each member's entry in the directory
_DAMAGED = (
    zipfile.BadZipFile,
    NotImplementedError,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    OverflowError,
)


class Archive:
    """The members of a ZIP. Nothing is written to the disk, so that their names cannot climb out."""

    def __init__(self, data: bytes, name: str) -> None:
        """Reads the directory; `name` is the file's, for the sentences.

        Raises UserError for a damaged archive and for one with more than MOST members.
        """
        self.name = name
        if data.count(_ENTRY) > MOST:
            raise UserError(f"{name} is an archive of more than {MOST} files and was left out.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGED:
            raise self._damaged() from None
        named = (member for member in self._zip.infolist() if member.filename)
        self._members = {member.filename: member for member in named if not member.is_dir()}
        self._left = LARGEST_ALL

    @property
    def names(self) -> tuple[str, ...]:
        """The members' names in the order of the directory, folders left out."""
        return tuple(self._members)

    def __contains__(self, member: str) -> bool:
        return member in self._members

    def read(self, member: str, largest: int = LARGEST) -> bytes:
        """The bytes of a member, whatever its header says of their number.

        UserError where it is not there, damaged, encrypted, packed by an unknown method, larger than `largest`,
        or packed so densely that it can only be a bomb.
        """
        about = self._members.get(member)
        if about is None:
            raise UserError(f"{self.name} is damaged: {printable(member)} is missing in it.")
        if about.flag_bits & 1:
            raise UserError(f"{self.name} is encrypted; save it without a password first.")
        if about.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UserError(f"{self.name} is packed in a way that Postil does not know.")
        bound = min(largest, self._left, max(SMALL, RATIO * about.compress_size))
        found = bytearray()
        try:
            with self._zip.open(about) as stream:
                while piece := stream.read(STEP):
                    found += piece
                    if len(found) > bound:
                        raise UserError(f"{self.name} unpacks to too much and was left out.")
        except _DAMAGED:
            raise self._damaged() from None
        self._left -= len(found)
        return bytes(found)

    def _damaged(self) -> UserError:
        return UserError(f"{self.name} is damaged: its ZIP archive cannot be unpacked.")


def printable(member: str) -> str:
    """A member's name that is safe in a sentence."""
    shown = "".join(each if each.isprintable() else "\ufffd" for each in member)
    return shown if len(shown) <= 80 else f"{shown[:79]}…"
