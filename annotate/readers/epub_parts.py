"""The parts of an EPUB: its package, the pages in reading order, the table of contents, what is encrypted."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from annotate.errors import UserError
from annotate.readers.archive import Archive
from annotate.readers.blocks import one_line
from annotate.readers.xml_tree import local, xml_tree

if TYPE_CHECKING:
    from lxml.etree import _Element

CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")
_NCX = "application/x-dtbncx+xml"


class Book:
    """One file. UserError where it is damaged, or protected so that its pages cannot be read."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._names = {name.casefold(): name for name in reversed(archive.names)}
        self._package = self._found_package()
        self.package = self._tree(self._package)
        self._items = {each.get("id") or "": each for each in self.package.iter() if local(each) == "item"}
        self.missing = 0  # pages that the package names and the file does not hold
        self.pages = self._spine()
        self._refuse_locked()

    def read(self, page: str) -> bytes:
        return self._archive.read(page)

    def headings(self) -> dict[str, dict[str, int]]:
        """For each page the titles that the table of contents gives to places on it, with their depth (from 1)."""
        found: dict[str, dict[str, int]] = {}
        for page, title, depth in self._contents():
            if title:
                found.setdefault(page, {}).setdefault(title, depth)
        return found

    def _found_package(self) -> str:
        container = xml_tree(self._archive.read(CONTAINER), self._archive.name)
        stated = [each.get("full-path") or "" for each in container.iter() if local(each) == "rootfile"]
        for path in stated:
            if member := self._member("", path):
                return member
        found = next((name for name in self._archive.names if name.endswith(".opf")), "")
        if not found:
            raise UserError(f"{self._archive.name} is damaged: its package is missing.")
        return found

    def _member(self, base: str, address: str) -> str:
        """The member at an address as written in another one, "" where it is not there."""
        path = unquote(address.partition("#")[0])
        joined = posixpath.normpath(posixpath.join("/", posixpath.dirname(base), path)).lstrip("/")
        return joined if joined in self._archive else self._names.get(joined.casefold(), "")

    def _tree(self, member: str) -> _Element:
        return xml_tree(self._archive.read(member), self._archive.name)

    def _spine(self) -> tuple[str, ...]:
        """The pages in reading order, those outside of it (notes, mostly) at the end; no table of contents there."""
        first: dict[str, None] = {}
        last: dict[str, None] = {}
        for each in self.package.iter():
            item = self._items.get(each.get("idref") or "") if local(each) == "itemref" else None
            if item is None or item.get("media-type") not in _PAGES:
                continue
            outside = each.get("linear") == "no"
            if outside and "nav" in (item.get("properties") or "").split():
                continue
            member = self._member(self._package, item.get("href") or "")
            if not member:
                self.missing += 1
            elif member not in first and member not in last:
                (last if outside else first)[member] = None
        return (*first, *last)

    def _refuse_locked(self) -> None:
        """Fonts are often scrambled; pages are only where copying is to be prevented."""
        if _ENCRYPTION not in self._archive:
            return
        for each in self._tree(_ENCRYPTION).iter():
            if local(each) == "CipherReference" and self._member("", each.get("URI") or "") in self.pages:
                raise UserError(
                    f"{self._archive.name} is protected against copying (DRM) and cannot be read."
                )

    def _contents(self) -> list[tuple[str, str, int]]:
        """Pages, titles and depths in the table of contents; none where it is damaged."""
        found: list[tuple[str, str, int]] = []
        for item in self._items.values():
            is_nav = "nav" in (item.get("properties") or "").split()
            member = self._member(self._package, item.get("href") or "")
            if not member or not (is_nav or item.get("media-type") == _NCX):
                continue
            try:
                tree = self._tree(member)
            except UserError:
                continue
            found += [
                (self._member(member, address), title, depth)
                for address, title, depth in (_nav(tree) if is_nav else _ncx(tree))
            ]
        return found


def _nav(tree: _Element) -> list[tuple[str, str, int]]:
    """Links of the navigation page's table of contents."""
    return [
        (each.get("href") or "", one_line("".join(map(str, each.itertext()))), _depth(each, "ol"))
        for nav in tree.iter()
        if local(nav) == "nav" and nav.get(_TYPE) == "toc"
        for each in nav.iter()
        if local(each) == "a"
    ]


def _ncx(tree: _Element) -> list[tuple[str, str, int]]:
    found = []
    for point in tree.iter():
        if local(point) == "navPoint":
            parts = {local(each): each for each in point}
            if "content" in parts and "navLabel" in parts:
                title = one_line("".join(map(str, parts["navLabel"].itertext())))
                found.append((parts["content"].get("src") or "", title, _depth(point, "navPoint") + 1))
    return found


def _depth(element: _Element, tag: str) -> int:
    return sum(local(each) == tag for each in element.iterancestors())
