"""The parts of an Office Open XML file: found through its relations, parsed when they are asked for."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from annotate.errors import UserError
from annotate.readers.archive import Archive
from annotate.readers.flat_opc import FlatPackage
from annotate.readers.office import About
from annotate.readers.xml_tree import local, xml_tree

if TYPE_CHECKING:
    from lxml.etree import _Element

# The strict variant has namespaces of its own; its parts are read as if they were of the usual one.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_MAIN = re.compile(r"word/document\d*\.xml")


class Package:
    """The parts of one file; names are compared without case, as the standard says."""

    def __init__(self, archive: Archive | FlatPackage) -> None:
        self._archive = archive
        self._names = {
            name.replace("\\", "/").lstrip("/").casefold(): name for name in reversed(archive.names)
        }
        self._own = self.relations("")

    def main(self) -> str:
        """The name of the main part; UserError where there is none."""
        stated = self._own.get("officeDocument", "")
        if stated.casefold() in self._names:
            return stated
        found = next((name for name in self._names if _MAIN.fullmatch(name)), "")
        if not found:
            raise UserError(f"{self._archive.name} is damaged: its main part is missing.")
        return found

    def relations(self, part: str) -> dict[str, str]:
        """The parts that one points to, by kind ("styles", "footnotes"); what lies outside is left out."""
        folder, base = posixpath.split(part)
        tree = self.tree(posixpath.join(folder, "_rels", base + ".rels"))
        found: dict[str, str] = {}
        for each in () if tree is None else tree:
            if each.get("TargetMode") == "External":
                continue
            kind = (each.get("Type") or "").rpartition("/")[2]
            target = posixpath.join("/" + folder, unquote(each.get("Target") or ""))
            found.setdefault(kind, posixpath.normpath(target).lstrip("/"))
        return found

    def tree(self, part: str) -> _Element | None:
        """The root of a part, or None where it is not there."""
        member = self._names.get(part.casefold())
        if member is None:
            return None
        data = self._archive.read(member)
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        return xml_tree(data, self._archive.name)

    def about(self) -> About:
        """What the core properties say."""
        tree = self.tree(self._own.get("core-properties", "docProps/core.xml"))
        said = {} if tree is None else {local(each): (each.text or "").strip() for each in tree}
        return About(
            title=said.get("title", ""),
            author=said.get("creator", ""),
            language=said.get("language", ""),
            created=said.get("created", ""),
            modified=said.get("modified", ""),
            attributes={key: " ".join(said[key].split()) for key in ("subject", "keywords") if said.get(key)},
        )
