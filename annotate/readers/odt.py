"""OpenDocument texts (ODT, and FODT as one XML file): as they stand with all changes accepted, notes at the end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers.archive import MAGIC, Archive
from annotate.readers.odf_lines import Walk
from annotate.readers.odf_names import MANIFEST, OFFICE
from annotate.readers.odf_styles import OdfStyles
from annotate.readers.office import About, counted, office_draft
from annotate.readers.xml_tree import local, xml_tree

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "OpenDocument text"
SUFFIXES = (".odt", ".ott", ".odm", ".fodt")

_TYPE = b"application/vnd.oasis.opendocument.text"
_FLAT = re.compile(rb"<office:document\s(?:[^>]*?office:mimetype\s*=\s*[\"']([^\"']+))?")
_MANIFEST = "META-INF/manifest.xml"


def sniff(head: bytes) -> bool:
    """Whether it is one in a single XML file; a ZIP is told by what is in it."""
    found = _FLAT.search(head)
    return found is not None and (not found[1] or found[1].startswith(_TYPE))


def sniff_archive(archive: Archive) -> bool:
    """Whether it says by its type or its manifest that it holds a text."""
    for member in ("mimetype", _MANIFEST):
        if member in archive:
            return _TYPE in archive.read(member)
    return False


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """One article: body and frames in order, then foot- and endnotes with their marks."""
    content, styles, meta = _parts(data, name)
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UserError(f"{name} holds no text document.")
    walk = Walk(OdfStyles([styles, content]))
    lines = walk.lines(body)
    notes = [note for what, number in walk.left_out.items() for note in counted(number, what)]
    about = _about(meta, walk.title)
    return [office_draft([*lines, *walk.footnotes, *walk.endnotes], about, name, notes)]


def _parts(data: bytes, name: str) -> tuple[_Element, _Element | None, _Element | None]:
    """Content, styles and metadata; UserError where the content is encrypted or not there."""
    if not data.startswith(MAGIC):
        root = xml_tree(data, name)
        return root, None, root
    archive = Archive(data, name)
    if _MANIFEST in archive:
        manifest = xml_tree(archive.read(_MANIFEST), name)
        if next(manifest.iter(MANIFEST + "encryption-data"), None) is not None:
            raise UserError(f"{name} is encrypted; save it without a password first.")
    content = xml_tree(archive.read("content.xml"), name)
    others = (
        xml_tree(archive.read(part), name) if part in archive else None for part in ("styles.xml", "meta.xml")
    )
    styles, meta = others
    return content, styles, meta


def _about(root: _Element | None, title: str) -> About:
    meta = None if root is None else root.find(OFFICE + "meta")
    said: dict[str, str] = {}
    for each in () if meta is None else meta:
        said.setdefault(local(each), (each.text or "").strip())
    return About(
        title=said.get("title", ""),
        author=said.get("initial-creator") or said.get("creator", ""),
        language=said.get("language", ""),
        created=said.get("creation-date", ""),
        modified=said.get("date", ""),
        styled=title,
        attributes={
            key: " ".join(said[own].split())
            for own, key in (("subject", "subject"), ("keyword", "keywords"))
            if said.get(own)
        },
    )
