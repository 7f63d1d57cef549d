"""The coded texts as a REFI-QDA project (.qdpx): codes, texts, marks and coders for other programs."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING

from annotate.errors import UserError
from annotate.refi import CONTINUED, PROJECT, attribute, guid
from annotate.spoken import counted
from annotate.version import VERSION
from annotate.writers.dataset import Dataset, Written
from annotate.writers.refi_codes import Cleaner, codes_element, notes_on
from annotate.writers.refi_sources import Sources, user_guid
from annotate.writers.related import CodedRelation
from annotate.writers.spans import Options
from annotate.writers.zipped import member, zipped

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME, TITLE, SUFFIX, ROWS, QUALIFIERS, RELATED = "qdpx", "REFI-QDA project", ".qdpx", "spans", True, True
KEPT = 8 << 20  # bytes of the sources kept in memory until the rest is known


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """The sources are spooled, because the variables that they use stand before them in the file.

    Raises UserError without text: the positions mean nothing then.
    """
    if not options.text:
        raise UserError("A REFI-QDA project carries its texts; it cannot be written without them.")
    clean = Cleaner()
    sources = Sources(clean)
    with zipped(out) as archive, SpooledTemporaryFile(KEPT) as spool:
        for article in dataset.articles():
            spool.write(_bytes(sources.element(article)))
            archive.writestr(member(f"sources/{guid(article.id)}.txt"), article.text.encode())
        with archive.open(member("project.qde"), "w", force_zip64=True) as file:
            file.write(_head(clean(dataset.title)))
            for element in _before_sources(dataset, sources, clean):
                file.write(_bytes(element))
            if spool.tell():
                spool.seek(0)
                file.write(b"<Sources>\n")
                shutil.copyfileobj(spool, file)
                file.write(b"</Sources>\n")
            if sources.links or sources.relations:
                file.write(_bytes(_links(sources.links, sources.relations, clean)))
            file.write(b"</Project>\n")
    return Written(sources.marks, (*_notes(sources), *notes_on(dataset.taxonomies), *clean.notes()))


def _notes(sources: Sources) -> Iterator[str]:
    if sources.gapped:
        yield f"{counted(sources.gapped, 'mark')} with gaps: a selection for each part, joined by links."
    if sources.relations:
        yield "Relations are links with their names; whose they are, their memos and times stay."
    if sources.on_pages:
        yield f"{counted(sources.on_pages, 'mark')} in PDFs: on their text, without the place on the page."


def _head(title: str) -> bytes:
    about = f"name={attribute(title)} origin={attribute(f'Postil {VERSION}')}"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="{PROJECT}" {about}>\n'.encode()


def _before_sources(dataset: Dataset, sources: Sources, clean: Cleaner) -> Iterator[_Element]:
    from lxml import etree

    if dataset.coders:
        users = etree.Element("Users")
        for name in dataset.coders:
            etree.SubElement(users, "User", guid=user_guid(name), name=clean(name))
        yield users
    codes = codes_element(dataset.taxonomies, clean)
    if codes is not None:
        book = etree.Element("CodeBook")
        book.append(codes)
        yield book
    if sources.variables:
        variables = etree.Element("Variables")
        for name, id in sources.variables.items():
            etree.SubElement(variables, "Variable", guid=id, name=clean(name), typeOfVariable="Text")
        yield variables


def _links(joined: Iterable[tuple[str, str]], relations: Iterable[CodedRelation], clean: Cleaner) -> _Element:
    from lxml import etree

    links = etree.Element("Links")
    for one, next_ in joined:
        ends = {"originGUID": one, "targetGUID": next_}
        named = {"guid": guid(f"{one} {next_}"), "name": CONTINUED, "direction": "OneWay"}
        etree.SubElement(links, "Link", {**named, **ends})
    for link in relations:
        way = "Bidirectional" if link.symmetric else "OneWay"
        named = {"guid": guid(link.id), "name": clean(link.relation), "direction": way}
        ends = {"originGUID": guid(link.source), "targetGUID": guid(link.target)}
        etree.SubElement(links, "Link", {**named, **ends})
    return links


def _bytes(element: _Element) -> bytes:
    from lxml import etree

    return etree.tostring(element, encoding="utf-8", xml_declaration=False, pretty_print=True)
