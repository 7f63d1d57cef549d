"""What stands above a TEI text: who coded, by which codes, where an article comes from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotate.model import Taxonomy
from annotate.sidecar import unused
from annotate.version import VERSION
from annotate.writers.dataset import CodedArticle, Dataset
from annotate.writers.refi_codes import Cleaner, prose_of

if TYPE_CHECKING:
    from lxml.etree import _Element

ID = "{http://www.w3.org/XML/1998/namespace}id"
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class Ids:
    """Names that XML takes as ids, each given once."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()

    def code(self, id: str) -> str:
        return self._kept("code", id)

    def coder(self, name: str) -> str:
        return self._kept("coder", name)

    def taxonomy(self, slug: str) -> str:
        return self._kept("taxonomy", slug)

    def mark(self, id: str) -> str:
        """Not remembered: nothing points to a mark, and there may be a million."""
        return _name("mark", id)

    def _kept(self, kind: str, id: str) -> str:
        if (kind, id) not in self._given:
            self._given[kind, id] = unused(_name(kind, id), self._taken)
        return self._given[kind, id]


def corpus_header(dataset: Dataset, clean: Cleaner, ids: Ids) -> _Element:
    """Title, coders, and the codebook as taxonomies of categories."""
    header, titles = _begun(clean(dataset.title) or "Coded texts")
    for name in dataset.coders:
        who = added(titles, "respStmt", **{ID: ids.coder(name)})
        added(who, "resp", "coder")
        added(who, "name", clean(name))
    file = header[0]
    added(added(file, "publicationStmt"), "p", "Not published.")
    added(added(file, "sourceDesc"), "p", f"Exported by Postil {VERSION}.")
    held = [taxonomy for taxonomy in dataset.taxonomies if taxonomy.codes]
    if held:
        classes = added(added(header, "encodingDesc"), "classDecl")
        for taxonomy in held:
            _add_taxonomy(classes, taxonomy, clean, ids)
    return header


def article_header(article: CodedArticle, clean: Cleaner) -> _Element:
    header, titles = _begun(clean(article.title) or "Untitled")
    if article.author:
        added(titles, "author", clean(article.author))
    file = header[0]
    added(added(file, "publicationStmt"), "p", "Not published.")
    said = {"state": article.state, **article.attributes}
    if any(said.values()):
        notes = added(file, "notesStmt")
        for name, value in said.items():
            if value:
                added(notes, "note", clean(value), n=clean(name))
    source = added(added(file, "sourceDesc"), "bibl")
    added(source, "title", clean(article.title) or "Untitled", level="a")
    if article.outlet:
        added(source, "title", clean(article.outlet), level="j")
    if article.date:
        date = added(source, "date", clean(article.date))
        if _DATE.fullmatch(article.date):
            date.set("when", article.date)
    for kind, id in (("URI", article.url), ("sha256", article.text_hash), ("postil", article.id)):
        if id:
            added(source, "idno", clean(id), type=kind)
    return header


def added(above: _Element, tag: str, text: str = "", **attributes: str) -> _Element:
    """A new element at the end of another."""
    from lxml import etree

    made = etree.SubElement(above, tag, attributes)
    if text:
        made.text = text
    return made


def _begun(title: str) -> tuple[_Element, _Element]:
    """A header, and its <titleStmt>."""
    from lxml import etree

    header = etree.Element("teiHeader")
    titles = added(added(header, "fileDesc"), "titleStmt")
    added(titles, "title", title)
    return header, titles


def _add_taxonomy(above: _Element, taxonomy: Taxonomy, clean: Cleaner, ids: Ids) -> None:
    made = added(above, "taxonomy", **{ID: ids.taxonomy(taxonomy.slug)})
    book = added(made, "bibl")
    added(book, "title", clean(taxonomy.title))
    if taxonomy.version:
        added(book, "edition", clean(taxonomy.version))
    for name in ("licence", "source", "credit", "note"):
        if said := getattr(taxonomy, name):
            added(book, "note", clean(said), type=name)
    homes: dict[str | None, _Element] = {None: made}
    for code in taxonomy.codes:
        home = homes[code.id] = added(homes[code.parent], "category", **{ID: ids.code(code.id)})
        if code.notation:
            home.set("n", clean(code.notation))
        said = added(home, "catDesc")
        added(said, "term", clean(code.label))
        if prose := clean(prose_of(code)):
            added(said, "gloss", prose)
        added(said, "idno", clean(code.id), type="postil")


def _name(kind: str, id: str) -> str:
    return f"{kind}-{re.sub(r'[^A-Za-z0-9._-]+', '-', id).strip('-')}"
