"""One article with its marks as a REFI-QDA <TextSource>."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from annotate.refi import OF_MARKS, guid, with_sections
from annotate.writers.dataset import CodedArticle
from annotate.writers.refi_codes import Cleaner
from annotate.writers.related import CodedRelation
from annotate.writers.spans import CodedSpan

if TYPE_CHECKING:
    from lxml.etree import _Element

FIELDS = ("outlet", "author", "date", "url", "language", "state")


class Sources:
    """Makes sources, and remembers what the rest of the project file must know of them.

    `variables` are the names of fields that have a value, with their GUIDs; `links` join the parts of marks with
    gaps: (GUID of the part, GUID of the next).
    """

    def __init__(self, clean: Cleaner) -> None:
        self.variables: dict[str, str] = {}
        self.links: list[tuple[str, str]] = []
        self.relations: list[CodedRelation] = []
        self.marks = self.gapped = self.on_pages = 0
        self._clean = clean

    def element(self, article: CodedArticle) -> _Element:
        """The text stands in a file of its own, named by the article's GUID. Positions are code points."""
        from lxml import etree

        id = guid(article.id)
        source = etree.Element("TextSource", guid=id, plainTextPath=f"internal://{id}.txt")
        source.set("name", self._clean(article.title or article.id))
        self.relations += article.relations
        for span in article.spans:
            self._add_mark(source, span)
        for name, value in _said_of(article).items():
            self._add_value(source, name, value)
        return source

    def _add_mark(self, source: _Element, span: CodedSpan) -> None:
        parts = json.loads(span.parts) if span.parts else [(span.start, span.end)]
        self.marks += 1
        self.gapped += len(parts) > 1
        self.on_pages += bool(span.boxes)
        before = ""
        for number, (start, end) in enumerate(parts):
            id = guid(f"{span.id} part {number}" if number else span.id)
            self._add_selection(source, span, id, start, end, "" if number else self._prose(span))
            if before:
                self.links.append((before, id))
            before = id

    def _prose(self, span: CodedSpan) -> str:
        said = json.dumps(dict(span.qualifiers), ensure_ascii=False) if span.qualifiers else ""
        return self._clean(with_sections(span.memo, dict(zip(OF_MARKS, (span.certainty, said), strict=True))))

    def _add_selection(
        self, source: _Element, span: CodedSpan, id: str, start: int, end: int, prose: str
    ) -> None:
        from lxml import etree

        made = {"creatingUser": user_guid(span.coder)}
        if span.created:
            made["creationDateTime"] = span.created
        changed = {"modifiedDateTime": span.modified} if span.modified else {}
        selection = etree.SubElement(
            source,
            "PlainTextSelection",
            {"guid": id, "startPosition": str(start), "endPosition": str(end), **made, **changed},
        )
        if prose:
            etree.SubElement(selection, "Description").text = prose
        if span.code is not None:
            coding = etree.SubElement(selection, "Coding", {"guid": guid(f"{id} coding"), **made})
            etree.SubElement(coding, "CodeRef", targetGUID=guid(span.code))

    def _add_value(self, source: _Element, name: str, value: str) -> None:
        from lxml import etree

        id = self.variables.setdefault(name, guid(f"variable {name}"))
        held = etree.SubElement(source, "VariableValue")
        etree.SubElement(held, "VariableRef", targetGUID=id)
        etree.SubElement(held, "TextValue").text = self._clean(value)


def user_guid(name: str) -> str:
    return guid(f"coder {name}")


def _said_of(article: CodedArticle) -> Mapping[str, str]:
    said = {name: getattr(article, name) for name in FIELDS if getattr(article, name)}
    return said | {name: value for name, value in article.attributes.items() if name not in FIELDS}
