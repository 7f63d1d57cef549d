"""The words of SKOS (W3C, 2009) and its neighbours, and how ids of codes become IRIs and ids again."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

SKOS = "http://www.w3.org/2004/02/skos/core#"
XL = "http://www.w3.org/2008/05/skos-xl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
DCT = "http://purl.org/dc/terms/"
DC = "http://purl.org/dc/elements/1.1/"
ISO = "http://purl.org/iso25964/skos-thes#"
OURS = "urn:postil:"
CODE, SCHEME = f"{OURS}code:", f"{OURS}taxonomy:"
_PATH = r"(?:[\w.~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*"
_IRI = re.compile(
    rf"[A-Za-z][A-Za-z0-9]*://[A-Za-z0-9.-]+(?::[0-9]{{1,5}})?(?:/{_PATH})?(?:\?{_PATH})?(?:#{_PATH})?"
)

OWN = (
    "avoid_when",
    "counter_examples",
    "colour",
    "shortcut",
    "assignable",
    "position",
    "kind",
    "scope",
    "own",
)  # what SKOS has no word for
TEXTS = {
    SKOS + "prefLabel": "label", XL + "prefLabel": "label", RDFS + "label": "name",
    SKOS + "notation": "notation", SKOS + "definition": "definition", SKOS + "scopeNote": "use_when",
    SKOS + "example": "examples", SKOS + "altLabel": "synonyms", XL + "altLabel": "synonyms",
    RDF + "value": "value", XL + "literalForm": "value",
    DCT + "title": "title", DC + "title": "title", DCT + "description": "note", DC + "description": "note",
    OWL + "versionInfo": "version", DCT + "license": "licence", DCT + "rights": "licence", DC + "rights": "licence",
    DCT + "source": "source", DC + "source": "source", DCT + "creator": "credit", DC + "creator": "credit",
    DCT + "language": "language", DC + "language": "language",
    DCT + "publisher": "credit", DC + "publisher": "credit", OWL + "deprecated": "deprecated",
} | {OURS + name: name for name in (*OWN, "locked")}  # fmt: skip
BROADER = {SKOS + "broader", *(ISO + f"broader{kind}" for kind in ("Generic", "Instantial", "Partitive"))}
NARROWER = {SKOS + "narrower", *(ISO + f"narrower{kind}" for kind in ("Generic", "Instantial", "Partitive"))}
LINKS = {SKOS + "related": "related", DCT + "isReplacedBy": "replaced_by"}
LEFT = {
    "hidden labels": {SKOS + "hiddenLabel", XL + "hiddenLabel"},
    "notes of other kinds": {SKOS + f"{kind}ote" for kind in ("n", "editorialN", "historyN", "changeN")},
    "mappings to other schemes": {
        SKOS + f"{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")
    },
}


def code_iri(id: str) -> str:
    """An id that is an IRI stays as it is; any other becomes `urn:postil:code:…`."""
    return id if _IRI.fullmatch(id) else CODE + quote(id, safe="")


def code_id(iri: str) -> str:
    """What `code_iri` was given."""
    id = unquote(iri.removeprefix(CODE)) if iri.startswith(CODE) else iri
    return id if code_iri(id) == iri else iri


def scheme_iri(slug: str) -> str:
    return SCHEME + quote(slug, safe="")


def scheme_slug(iri: str) -> str:
    """What `scheme_iri` was given; "" for an IRI that is none of ours."""
    return unquote(iri.removeprefix(SCHEME)) if iri.startswith(SCHEME) else ""
