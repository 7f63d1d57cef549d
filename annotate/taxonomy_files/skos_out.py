"""A taxonomy as SKOS. What SKOS has no word for stands beside it under `urn:postil:`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotate.codebook_cells import FLAGS
from annotate.codetree import children
from annotate.languages import is_language
from annotate.model import Taxonomy
from annotate.taxonomy_files.skos_words import DCT, OURS, OWL, OWN, RDF, SKOS, code_iri, scheme_iri
from annotate.writers.refi_codes import Cleaner

if TYPE_CHECKING:
    from pyoxigraph import Triple

HEAD = {
    DCT + "title": "title", OWL + "versionInfo": "version", DCT + "license": "licence", DCT + "source": "source",
    DCT + "creator": "credit", DCT + "description": "note", OURS + "locked": "locked",
    DCT + "language": "language",
}  # fmt: skip
OF_CODES = {
    SKOS + "prefLabel": "label", SKOS + "notation": "notation", SKOS + "definition": "definition",
    SKOS + "scopeNote": "use_when", SKOS + "example": "examples",
} | {OURS + name: name for name in OWN}  # fmt: skip
SPOKEN = ("label", "definition", "use_when", "examples")  # fields whose language is said
PREFIXES = {"skos": SKOS, "dct": DCT, "owl": OWL, "postil": OURS}


def turtle(taxonomy: Taxonomy) -> tuple[bytes, tuple[str, ...]]:
    """The file, and what it cannot hold."""
    return _written(taxonomy, "TURTLE")


def rdf_xml(taxonomy: Taxonomy) -> tuple[bytes, tuple[str, ...]]:
    """The file, and what it cannot hold."""
    return _written(taxonomy, "RDF_XML")


def _written(taxonomy: Taxonomy, form: str) -> tuple[bytes, tuple[str, ...]]:
    from pyoxigraph import RdfFormat, serialize

    clean = Cleaner()
    data = serialize(_triples(taxonomy, clean), format=getattr(RdfFormat, form), prefixes=PREFIXES)
    return data or b"", tuple(clean.notes())


def _triples(taxonomy: Taxonomy, clean: Cleaner) -> Iterator[Triple]:
    from pyoxigraph import Literal, NamedNode, Triple

    def node(iri: str) -> NamedNode:
        return NamedNode(iri)

    spoken = taxonomy.language if is_language(taxonomy.language) else ""

    def words(text: str, language: str = "") -> Literal:
        return Literal(clean(text), language=language) if language else Literal(clean(text))

    def texts(subject: NamedNode, of: object, fields: dict[str, str]) -> Iterator[Triple]:
        for iri, name in fields.items():
            if text := _text(getattr(of, name), FLAGS.get(name, False)):
                yield Triple(subject, node(iri), words(text, spoken if name in SPOKEN else ""))

    is_a, scheme = node(RDF + "type"), node(scheme_iri(taxonomy.slug))
    yield Triple(scheme, is_a, node(SKOS + "ConceptScheme"))
    yield from texts(scheme, taxonomy, HEAD)
    below = children(taxonomy.codes)
    for code in taxonomy.codes:
        concept = node(code_iri(code.id))
        yield Triple(concept, is_a, node(SKOS + "Concept"))
        yield Triple(concept, node(SKOS + "inScheme"), scheme)
        if code.parent is None:
            yield Triple(concept, node(SKOS + "topConceptOf"), scheme)
        else:
            yield Triple(concept, node(SKOS + "broader"), node(code_iri(code.parent)))
        for kid in below.get(code.id, ()):
            yield Triple(concept, node(SKOS + "narrower"), node(code_iri(kid.id)))
        yield from texts(concept, code, OF_CODES)
        for name in code.synonyms:
            yield Triple(concept, node(SKOS + "altLabel"), words(name, spoken))
        for language, label in code.labels:
            if language != spoken:  # the label itself is in it
                yield Triple(concept, node(SKOS + "prefLabel"), words(label, language))
        for id in code.related:
            yield Triple(concept, node(SKOS + "related"), node(code_iri(id)))
        if code.retired:
            yield Triple(concept, node(OWL + "deprecated"), Literal(True))
        if code.replaced_by:
            yield Triple(concept, node(DCT + "isReplacedBy"), node(code_iri(code.replaced_by)))


def _text(value: object, unsaid: object) -> str:
    """A field as it goes out; "" for what goes without saying."""
    if isinstance(value, bool):
        return "" if value is unsaid else str(value).lower()
    return str(value)
