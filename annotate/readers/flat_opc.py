"""A Word document saved as one XML file (Flat OPC): its parts, as if they were members of an archive."""

from __future__ import annotations

from annotate.errors import UserError
from annotate.readers.archive import Archive, printable
from annotate.readers.xml_tree import xml_tree

MARK = b"http://schemas.microsoft.com/office/2006/xmlPackage"
_PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"


class FlatPackage:
    """Parts that are XML; the others (pictures) are no text."""

    def __init__(self, data: bytes, name: str) -> None:
        """UserError where the file is no sound XML."""
        from lxml import etree

        self.name = name
        self._parts = {
            (part.get(_PACKAGE + "name") or "").lstrip("/"): etree.tostring(held[0])
            for part in xml_tree(data, name).iterfind(_PACKAGE + "part")
            if (held := part.find(_PACKAGE + "xmlData")) is not None and len(held)
        }

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._parts)

    def read(self, member: str) -> bytes:
        """The bytes of a part; UserError where it is not there."""
        if member not in self._parts:
            raise UserError(f"{self.name} is damaged: {printable(member)} is missing in it.")
        return self._parts[member]


def parts_of(data: bytes, name: str) -> Archive | FlatPackage:
    """The parts of a document, however it is packed."""
    return FlatPackage(data, name) if MARK in data[:4096] else Archive(data, name)
