"""Word documents (DOCX): text as it stands with all changes accepted, notes at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers.archive import Archive
from annotate.readers.blocks import Line
from annotate.readers.flat_opc import MARK, parts_of
from annotate.readers.office import counted, office_draft
from annotate.readers.ooxml import Package
from annotate.readers.word_lines import Tally, Walk
from annotate.readers.word_names import W, value
from annotate.readers.word_numbers import Numbers
from annotate.readers.word_styles import Styles

NAME = "Word document"
SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")

_KINDS = re.compile(
    rb"wordprocessingml\.(?:document|template)\.main\+xml|ms-word\.(?:document|template)\.macroEnabled"
)
_TYPES = "[Content_Types].xml"


def sniff(head: bytes) -> bool:
    """Whether it is one in a single XML file; a ZIP is told by what is in it."""
    return MARK in head and b'progid="Word.Document"' in head


def sniff_archive(archive: Archive) -> bool:
    """Whether it says that it holds a Word document, or at least holds one where it should be."""
    if _TYPES in archive and _KINDS.search(archive.read(_TYPES)):
        return True
    return "word/document.xml" in archive


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """One article: body and text boxes in order, then foot- and endnotes with their marks."""
    package = Package(parts_of(data, name))
    tally = Tally()
    lines = [*_lines(package, name, tally)]
    notes = [note for what, number in tally.left_out.items() for note in counted(number, what)]
    about = replace(package.about(), styled=tally.title)
    return [office_draft(lines, about, name, notes)]


def document_lines(data: bytes, name: str) -> list[Line]:
    """The lines of a document, for readers of what databases pack into one."""
    return [*_lines(Package(parts_of(data, name)), name, Tally())]


def _lines(package: Package, name: str, tally: Tally) -> Iterator[Line]:
    main = package.main()
    tree = package.tree(main)
    body = None if tree is None else tree.find(W + "body")
    if body is None:
        raise UserError(f"{name} is damaged: no document is in its main part.")
    parts = package.relations(main)
    styles = Styles(package.tree(parts.get("styles", "word/styles.xml")))
    numbers = Numbers(package.tree(parts.get("numbering", "word/numbering.xml")))
    settings = package.tree(parts.get("settings", "word/settings.xml"))
    formats = {
        part: format
        for part, tag in (("footnotes", "footnotePr"), ("endnotes", "endnotePr"))
        if (format := value(settings, tag, "numFmt"))
    }
    walk = Walk(styles, numbers, tally, formats)
    yield from walk.lines(body)
    for part, marks in tally.notes.items():
        if not marks:
            continue
        tree = package.tree(parts.get(part, f"word/{part}.xml"))
        known = {} if tree is None else {each.get(W + "id") or "": each for each in tree}
        for id, mark in list(marks.items()):
            if id in known:
                yield from _marked(walk.lines(known[id]), mark)


def _marked(lines: list[Line], mark: str) -> list[Line]:
    """The lines of a note, its mark before the first."""
    if lines and mark:
        lines[0] = replace(lines[0], text=f"[{mark}] {lines[0].text}")
    return lines
