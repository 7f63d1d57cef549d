"""Texts with their marks as UIMA CAS (XMI 1.0): an .xmi for each text and their type system, as one ZIP.

Positions are UTF-16 units, as Java counts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING

from annotate.errors import UserError
from annotate.offsets import OffsetMap
from annotate.sidecar import FILE, Sidecar, file_names
from annotate.spoken import counted
from annotate.writers.dataset import CodedArticle, Dataset, Written
from annotate.writers.refi_codes import Cleaner
from annotate.writers.spans import CodedSpan, Options
from annotate.writers.zipped import member, zipped

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME, TITLE, SUFFIX, ROWS, QUALIFIERS, RELATED = "xmi", "UIMA CAS (XMI)", ".zip", "spans", True, True
XMI, CAS, OURS = "http://www.omg.org/XMI", "http:///uima/cas.ecore", "http:///postil.ecore"
OF_MARKS = (
    "code",
    "taxonomy",
    "notation",
    "label",
    "path",
    "coder",
    "memo",
    "certainty",
    "qualifiers",
    "created",
    "modified",
)
OF_ARTICLES = ("id", "title", "outlet", "author", "date", "url", "state", "text_hash")
OF_RELATIONS = {  # features, and the fields of a relation
    "relation": "relation", "kind": "type", "coder": "coder", "memo": "memo", "created": "created",
    "modified": "modified",
}  # fmt: skip
NUMBERS = ("part", "parts")
ENDS = ("source", "target")  # of a relation: the first part of a mark
TYPES = (
    ("Mark", "uima.tcas.Annotation", ("mark", *NUMBERS, *OF_MARKS)),
    ("Article", "uima.tcas.DocumentAnnotation", OF_ARTICLES),
    ("Relation", "uima.tcas.Annotation", (*ENDS, *OF_RELATIONS)),
)
FIRST = 2  # the number of the first structure; the sofa has 1
Structure = tuple[str, int, int, dict[str, str]]  # type, begin and end in UTF-16 units, features


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """A mark with gaps is an annotation for each part, with the same `mark`.

    Raises UserError without text: a CAS carries it.
    """
    if not options.text:
        raise UserError("A CAS carries its text; it cannot be written without.")
    clean = Cleaner()
    sidecar = Sidecar(taxonomies=dataset.taxonomies)
    marks = gapped = 0
    with zipped(out) as archive:
        archive.writestr(member("TypeSystem.xml"), _bytes(type_system()))
        for number, article in enumerate(dataset.articles(), 1):
            name = file_names(number, article.title)
            sidecar.know(name, article)
            archive.writestr(member(f"{name}.xmi"), _bytes(cas(article, clean)))
            marks += len(article.spans)
            gapped += sum(bool(span.parts) for span in article.spans)
        archive.writestr(member(FILE), sidecar.to_json())
    notes = [f"{counted(gapped, 'mark')} with gaps: an annotation for each part."] if gapped else []
    return Written(marks, (*notes, *clean.notes()))


def cas(article: CodedArticle, clean: Cleaner) -> _Element:
    """The text in the initial view, what is known of it, and its marks."""
    from lxml import etree

    root = etree.Element(f"{{{XMI}}}XMI", nsmap={"xmi": XMI, "cas": CAS, "postil": OURS})
    root.set(f"{{{XMI}}}version", "2.0")
    etree.SubElement(root, f"{{{CAS}}}NULL", {f"{{{XMI}}}id": "0"})
    members = []
    for id, (kind, begin, end, features) in enumerate(structures(article, clean), FIRST):
        members.append(str(id))
        held = {f"{{{XMI}}}id": str(id), "sofa": "1", "begin": str(begin), "end": str(end), **features}
        etree.SubElement(root, f"{{{OURS}}}{kind}", held)
    sofa = {f"{{{XMI}}}id": "1", "sofaNum": "1", "sofaID": "_InitialView", "mimeType": "text/plain"}
    etree.SubElement(root, f"{{{CAS}}}Sofa", {**sofa, "sofaString": clean(article.text)})
    etree.SubElement(root, f"{{{CAS}}}View", sofa="1", members=" ".join(members))
    return root


def structures(article: CodedArticle, clean: Callable[[str], str]) -> Iterator[Structure]:
    """What is known of the article, on all of it, then the parts of its marks, then the relations between them, on the
    mark they lead to. Their ends are the numbers that the marks have in this order, from `FIRST` on.
    """
    units = OffsetMap(article.text)
    about = {name: clean(value) for name in OF_ARTICLES if (value := getattr(article, name))}
    yield "Article", 0, units.units, {"language": article.language or "x-unspecified", **about}
    number, marks = FIRST, {}
    for span in article.spans:
        for part, (start, end, features) in enumerate(_parts(span, clean)):
            number += 1
            place = units.to_units(start), units.to_units(end)
            if not part:
                marks[span.id] = number, *place
            yield "Mark", *place, features
    for link in article.relations:
        source, (target, begin, stop) = marks[link.source][0], marks[link.target]
        said = {name: clean(value) for name, field in OF_RELATIONS.items() if (value := getattr(link, field))}
        yield "Relation", begin, stop, {"source": str(source), "target": str(target), **said}


def _parts(span: CodedSpan, clean: Callable[[str], str]) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Start, end and features of each part, in code points."""
    parts = json.loads(span.parts) if span.parts else [(span.start, span.end)]
    said = {
        name: clean(value) for name in OF_MARKS if name != "qualifiers" and (value := getattr(span, name))
    }
    if span.qualifiers:
        said["qualifiers"] = clean(json.dumps(dict(span.qualifiers), ensure_ascii=False))
    for number, (start, end) in enumerate(parts, 1):
        yield start, end, {"mark": clean(span.id), "part": str(number), "parts": str(len(parts)), **said}


def type_system() -> _Element:
    """The types Mark and Article with their features."""
    from lxml import etree

    root = etree.Element("typeSystemDescription", xmlns="http://uima.apache.org/resourceSpecifier")
    etree.SubElement(root, "name").text = "Postil"
    types = etree.SubElement(root, "types")
    for name, above, features in TYPES:
        held = etree.SubElement(types, "typeDescription")
        etree.SubElement(held, "name").text = f"postil.{name}"
        etree.SubElement(held, "description").text = ""
        etree.SubElement(held, "supertypeName").text = above
        listed = etree.SubElement(held, "features")
        for feature in features:
            each = etree.SubElement(listed, "featureDescription")
            etree.SubElement(each, "name").text = feature
            etree.SubElement(each, "description").text = ""
            etree.SubElement(each, "rangeTypeName").text = range_of(name, feature)
    return root


def range_of(type: str, feature: str) -> str:
    """What a feature holds."""
    if feature in NUMBERS:
        return "uima.cas.Integer"
    return "postil.Mark" if type == "Relation" and feature in ENDS else "uima.cas.String"


def _bytes(root: _Element) -> bytes:
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
