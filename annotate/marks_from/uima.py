"""UIMA CAS in XMI, alone or several in a ZIP: as Postil writes them, or as INCEpTION, WebAnno and DKPro do."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from annotate.errors import UserError
from annotate.marks import BadLine, MarkLine, RelationLine, pairs_in, utc
from annotate.marks_from.found import Found
from annotate.marks_from.labels import Labels
from annotate.marks_from.positions import Counting, Placed, Positions, counting_of
from annotate.marks_from.uima_layers import VALUES, XMI_ID, code_of, ends_of, is_mark, memo_of
from annotate.marks_from.zip_names import holds
from annotate.model import Draft, Span
from annotate.readers import archive
from annotate.readers.contract import stem
from annotate.readers.xml_tree import local, xml_tree
from annotate.sidecar import FILE, Sidecar, from_json
from annotate.text import text_hash
from annotate.writers.uima import OF_RELATIONS, OURS

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME, TITLE, SUFFIXES = "xmi", "UIMA CAS (XMI)", (".xmi",)
UTF_16 = Counting(units=True)


def sniff(data: bytes, name: str) -> bool:
    if data.startswith(archive.MAGIC):
        return holds(data, ".xmi")
    return b"http://www.omg.org/XMI" in data[:8192] and b"uima" in data[:8192]


def read(data: bytes, name: str) -> Found:
    """Every view with a text is an article, every annotation of it but those of grammar a mark."""
    reading = Reading(stem(name))
    if data.startswith(archive.MAGIC):
        held = archive.Archive(data, name)
        if FILE in held:
            reading.sidecar = from_json(held.read(FILE))
        names = [each for each in held.names if each.lower().endswith(".xmi")]
        for each in names:
            reading.add(xml_tree(held.read(each), each), posixpath.basename(each)[:-4])
    else:
        names = [name]
        reading.add(xml_tree(data, name), stem(name))
    if not reading.views:
        raise UserError(f"{name} holds no CAS with a text." if names else f"{name} holds no .xmi file.")
    return reading.found()


@dataclass(slots=True)
class _View:
    draft: Draft
    positions: Positions
    marks: list[_Element] = field(default_factory=list)
    ids: dict[str, _Element] = field(default_factory=dict)
    links: list[tuple[_Element, _Element, _Element]] = field(default_factory=list)  # relation, source, target


class Reading:
    """Collects the views of CASs, as trees of XMI."""

    def __init__(self, title: str) -> None:
        self.views: list[_View] = []
        self.sidecar = Sidecar()
        self._labels = Labels(title)
        self._left: Counter[str] = Counter()

    def add(self, root: _Element, name: str) -> None:
        ids = {each.get(XMI_ID, ""): each for each in root}
        views = {
            each.get(XMI_ID, ""): Positions(text)
            for each in root
            if local(each) == "Sofa" and (text := each.get("sofaString") or "").strip()
        }
        for sofa, positions in views.items():
            inside = [each for each in root if each.get("sofa") == sofa]
            view = _View(self._draft(inside, name, positions.text), positions, ids=ids)
            view.links = [(each, *ends) for each in inside if (ends := ends_of(each, ids))]
            linking = {id(each) for each, *_ in view.links}
            view.marks = [
                each
                for each in inside
                if is_mark(each) and local(each) != "Article" and id(each) not in linking
            ]
            self._left["annotations of grammar"] += sum(
                each.get("begin") is not None for each in inside if not is_mark(each)
            )
            self.views.append(view)

    def found(self) -> Found:
        ours = any(each.tag.startswith(f"{{{OURS}}}") for view in self.views for each in view.marks)
        placed = (self._placed(view, each) for view in self.views for each in view.marks)
        counting = UTF_16 if ours else counting_of(placed, UTF_16)
        marks: list[MarkLine | BadLine] = []
        for view in self.views:
            marks += self._marks(view, counting, len(marks) + 1)
        relations = [self._relation(*link) for view in self.views for link in view.links]
        taxonomies = (*self.sidecar.taxonomies, *self._labels.taxonomies())
        return Found(
            marks,
            tuple(view.draft for view in self.views),
            taxonomies,
            by_label=not self.sidecar.taxonomies,
            relations=relations,
            notes=tuple(self._notes(counting)),
        )

    def _draft(self, inside: list[_Element], name: str, text: str) -> Draft:
        draft = self.sidecar.draft(name, text)
        if name in self.sidecar.articles:
            return draft
        for each in inside:
            if local(each) in ("DocumentMetaData", "Article", "DocumentAnnotation"):
                title = each.get("documentTitle") or each.get("title") or ""
                language = each.get("language") or ""
                draft = replace(
                    draft,
                    title=title or draft.title,
                    language="" if language == "x-unspecified" else language,
                )
        return draft

    def _placed(self, view: _View, element: _Element) -> Placed:
        return Placed(view.positions, _number(element, "begin"), _number(element, "end"))

    def _marks(self, view: _View, counting: Counting, number: int) -> Iterator[MarkLine]:
        """The parts of a mark with gaps stand where its first one does."""
        hash = text_hash(view.positions.text)
        parts: dict[str, list[_Element]] = {}
        for element in view.marks:
            ours = element.tag == f"{{{OURS}}}Mark" and element.get("mark")
            parts.setdefault(ours or f"other {element.get(XMI_ID)}", []).append(element)
        for elements in parts.values():
            elements.sort(key=lambda element: _number(element, "part"))
            spans = tuple(self._span(view, element, counting) for element in elements)
            line = MarkLine(number, hash, spans[0][0], spans[-1][1], spans if len(spans) > 1 else ())
            yield replace(self._said(line, elements[0], view), key=_key(elements[0]))
            number += 1

    def _relation(self, element: _Element, source: _Element, target: _Element) -> RelationLine:
        """Of other programs the value, or else the layer, is what it is called."""
        if element.tag == f"{{{OURS}}}Relation":
            label, type, *more = (element.get(name) or "" for name in OF_RELATIONS)
            return RelationLine(_key(source), _key(target), label, type, False, *more)
        value = next((said for name in VALUES if (said := (element.get(name) or "").strip())), "")
        return RelationLine(_key(source), _key(target), value or local(element))

    def _span(self, view: _View, element: _Element, counting: Counting) -> Span:
        placed = self._placed(view, element)
        return view.positions.point(placed.start, counting), view.positions.point(placed.end, counting)

    def _said(self, line: MarkLine, element: _Element, view: _View) -> MarkLine:
        if element.tag != f"{{{OURS}}}Mark":
            memo = memo_of(element, view.ids, self._left)
            return replace(line, code=code_of(element, self._labels), memo=memo)
        said = {name: element.get(name) or "" for name in ("code", "coder", "memo", "certainty", "label")}
        code = said["code"] or None
        if code and not self.sidecar.taxonomies:
            code = self._labels.id(said["label"], code)
        certainty = said["certainty"] if said["certainty"] in ("sure", "unsure") else ""
        made = replace(line, code=code, coder=said["coder"], memo=said["memo"], certainty=certainty)
        created, modified = utc(element.get("created") or ""), utc(element.get("modified") or "")
        qualifiers = pairs_in(element.get("qualifiers") or "")
        return replace(made, created=created, modified=modified, qualifiers=qualifiers)

    def _notes(self, counting: Counting) -> Iterator[str]:
        if not counting.units:
            yield "Positions count code points, though UIMA has UTF-16 units."
        for what, number in self._left.items():
            if number:
                yield f"Left out: {what} ({number:,})."


def _key(element: _Element) -> str:
    """By which relations name the mark: Postil's own id, or the place of the element in its file."""
    return element.get("mark") or f"{id(element.getroottree())} {element.get(XMI_ID)}"


def _number(element: _Element, name: str) -> int:
    said = element.get(name) or ""
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 12 else -1
