"""Nexis Uni and Lexis+ as Word documents: articles one after another, each with a line that ends it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from annotate.model import BlockKind, Draft
from annotate.readers.archive import Archive
from annotate.readers.blocks import Line
from annotate.readers.database import Entry, drafts
from annotate.readers.docx import document_lines
from annotate.readers.flat_opc import parts_of
from annotate.readers.lexisnexis import RIGHTS, Part, is_date, tail_of, take_date, take_fields, take_tail
from annotate.readers.ooxml import Package
from annotate.readers.word_names import W

NAME = "Nexis Uni document"
SUFFIXES = ()

ADDRESS = "https://advance.lexis.com/api/document?id=urn:contentItem:"
_END = re.compile(
    r"(?:end of document|ende des dokuments?|fin du document|fin del documento|einde van (?:het )?document)",
    re.IGNORECASE,
)
_BODY = frozenset(("body", "textkörper", "hauptteil", "haupttext", "corps", "cuerpo"))
_STATED = re.compile(r"[^\W\d]+ \((\d{1,6})\)")  # "Documents (10)"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ITEM = re.compile(r"urn:contentItem:([0-9A-Z-]{10,60})")
_PROPERTIES, _MAIN = "docProps/custom.xml", "word/document.xml"


def sniff(head: bytes) -> bool:
    """Never certain: it is a ZIP, and told by what is in it."""
    return False


def sniff_archive(archive: Archive) -> bool:
    """Whether it counts its documents in its properties, or ends one in its text."""
    if _MAIN not in archive:
        return False
    if _PROPERTIES in archive and b"LADocCount" in archive.read(_PROPERTIES):
        return True
    text = archive.read(_MAIN)
    return b"End of Document" in text and (b"Load-Date:" in text or b"Length:" in text)


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """The articles in their order, without the list of them and what was searched for."""
    lines = document_lines(data, name)
    numbers = (_STATED.fullmatch(line.text) for line in lines[:8])
    stated = next((int(match[1]) for match in numbers if match), 0)
    entries = [_entry(lines) for lines in _documents(lines)]
    ids = _ids(data, name)[: stated or 1]
    if len(ids) == len(entries) and stated in (0, len(ids)):
        for entry, id in zip(entries, ids, strict=True):
            entry.put("document id", id)
            entry.url = ADDRESS + id
    return drafts(entries, name, stated)


def _ids(data: bytes, name: str) -> list[str]:
    """What the list of documents links to, in its order: the documents' identifiers."""
    package = Package(parts_of(data, name))
    main = package.main()
    folder, base = posixpath.split(main)
    relations, tree = package.tree(posixpath.join(folder, "_rels", base + ".rels")), package.tree(main)
    if relations is None or tree is None:
        return []
    items = {
        each.get("Id"): match[1] for each in relations if (match := _ITEM.search(each.get("Target") or ""))
    }
    links = (each.get(_R + "id") for each in tree.iter(W + "hyperlink"))
    return list(dict.fromkeys(items[link] for link in links if link in items))


def _documents(lines: list[Line]) -> Iterator[list[Line]]:
    """The lines of each document; what has neither a date nor a body is none."""
    found: list[Line] = []
    for line in [*lines, Line("End of Document")]:
        if not _END.fullmatch(line.text):
            found.append(line)
            continue
        if any(is_date(line.text) or line.text.casefold() in _BODY for line in found):
            yield found
        found = []


def _entry(lines: Sequence[Line]) -> Entry:
    entry = Entry()
    body = next((place for place, line in enumerate(lines) if line.text.casefold() in _BODY), None)
    at = _take_head(entry, lines[:body])
    if body is None:
        parts = _parts(lines[at:])
        end = tail_of(parts, 0)
        take_fields(entry, parts[:end])
    else:
        take_fields(entry, _parts(lines[at:body]))
        parts = _parts(lines[body + 1 :])
        end = tail_of(parts, 0)
        entry.lines += [line for part in parts[:end] for line in part.lines]
    take_tail(entry, parts[end:])
    return entry


def _take_head(entry: Entry, lines: Sequence[Line]) -> int:
    """Title, outlet, date and edition; gives the place of what follows.

    The title is a heading, and stands two lines above the date where none is. What stands before it is the list of
    documents.
    """
    dates = [place for place, line in enumerate(lines) if is_date(line.text)]
    date = dates[-1] if dates else None
    headings = [place for place, line in enumerate(lines[:date]) if line.kind is BlockKind.HEADING]
    if headings:
        start = end = headings[-1]
        while start - 1 in headings:
            start -= 1
    else:
        start = end = max(0, (date or 0) - 2)
    entry.title = " ".join(line.text for line in lines[start : end + 1])
    named = [line.text for line in lines[end + 1 : date] if not RIGHTS.match(line.text)]
    entry.outlet = named[0] if named else ""
    if date is None:
        return min(end + 2, len(lines))
    under = takewhile(_is_edition, lines[date + 1 : date + 4])
    told = [lines[date].text, *(line.text for line in under)]
    take_date(entry, told)
    return date + len(told)


def _is_edition(line: Line) -> bool:
    """Whether a line under the date tells the edition: it is no field, and tells no rights."""
    return not RIGHTS.match(line.text) and Part((line,)).field is None


def _parts(lines: Sequence[Line]) -> list[Part]:
    return [Part((line,)) for line in lines if not RIGHTS.match(line.text)]
