"""What of a SKOS file's statements is needed, kept as they stream by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from annotate.taxonomy_files.rdf import statements
from annotate.taxonomy_files.skos_words import BROADER, LEFT, LINKS, NARROWER, RDF, SKOS, TEXTS

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Said = list[tuple[str, str]]  # language ("" for none said) and text
_LEFT = {word: kind for kind, words in LEFT.items() for word in words}
_COLLECTIONS = {SKOS + "Collection", SKOS + "OrderedCollection"}
_NODE = "\0"  # in place of a language: the text is the name of a node


class Held:
    """`broader`: what is above each concept; `schemes`: the concepts of each; both in the order of the file."""

    def __init__(self, data: bytes, name: str) -> None:
        self.texts: dict[str, dict[str, Said]] = {kind: {} for kind in TEXTS.values()}
        self.broader: dict[str, list[str]] = {}
        self.links: dict[str, dict[str, list[str]]] = {kind: {} for kind in LINKS.values()}
        self.schemes: dict[str, dict[str, None]] = {}  # scheme -> its concepts
        self.concepts: dict[str, None] = {}
        self._below: list[tuple[str, str]] = []
        self._left: Counter[str] = Counter()
        self._collections = 0
        for quad in statements(data, name):
            self._take(quad.subject, quad.predicate.value, quad.object)
        for above, below in self._below:
            self.broader.setdefault(below, []).append(above)
        for inside in self.schemes.values():
            self.concepts.update(inside)
        for scheme in self.schemes:
            self.concepts.pop(scheme, None)

    def _take(
        self,
        subject: NamedNode | BlankNode | Triple,
        predicate: str,
        value: NamedNode | BlankNode | Literal | Triple,
    ) -> None:
        from pyoxigraph import Literal

        if (kind := TEXTS.get(predicate)) is not None:
            if isinstance(value, Literal):
                entry = ((value.language or "").lower(), value.value)
            else:
                entry = (_NODE, _name(value))
            self.texts[kind].setdefault(_name(subject), []).append(entry)
        elif predicate in LINKS:
            self.links[LINKS[predicate]].setdefault(_name(subject), []).append(_name(value))
        elif predicate in _LEFT:
            self._left[_LEFT[predicate]] += 1
        elif predicate in BROADER:
            self._link(_name(subject), _name(value))
        elif predicate in NARROWER:
            self.concepts.setdefault(_name(subject))
            self._below.append((_name(subject), _name(value)))
        elif predicate == RDF + "type":
            self._typed(_name(subject), _name(value))
        elif predicate in (SKOS + "inScheme", SKOS + "topConceptOf"):
            self.concepts.setdefault(_name(subject))
            self.schemes.setdefault(_name(value), {}).setdefault(_name(subject))
        elif predicate == SKOS + "hasTopConcept":
            self.schemes.setdefault(_name(subject), {}).setdefault(_name(value))

    def _typed(self, subject: str, kind: str) -> None:
        if kind == SKOS + "Concept":
            self.concepts.setdefault(subject)
        elif kind == SKOS + "ConceptScheme":
            self.schemes.setdefault(subject, {})
        elif kind in _COLLECTIONS:
            self._collections += 1

    def _link(self, below: str, above: str) -> None:
        self.concepts.setdefault(below)
        self.broader.setdefault(below, []).append(above)

    def all(self, kind: str, subject: str) -> Said:
        """Texts with their languages; of a node that stands for one, what it says."""
        found: Said = []
        for language, text in self.texts[kind].get(subject, ()):
            if language != _NODE:
                found.append((language, text))
            elif values := self.texts["value"].get(text) or self.texts["name"].get(text):
                found += [value for value in values if value[0] != _NODE]
            elif not text.startswith("_:"):
                found.append(("", text))
        return found

    def in_language(self, kind: str, subject: str, order: Iterable[str]) -> tuple[str, list[str]]:
        """The first of the languages that there is a text in, and all texts in it."""
        said = self.all(kind, subject)
        for language in order:
            if texts := [text for each, text in said if each == language and text]:
                return language, texts
        rest = [(language, text) for language, text in said if text]
        return (rest[0][0], [text for each, text in rest if each == rest[0][0]]) if rest else ("", [])

    def first(self, kind: str, subject: str, order: Iterable[str]) -> str:
        """The text in the first of the languages that has one, or ""."""
        return next(iter(self.in_language(kind, subject, order)[1]), "")

    def scheme_title(self, scheme: str, order: Sequence[str]) -> str:
        kinds = ("title", "label", "name")
        return next((found for kind in kinds if (found := self.first(kind, scheme, order))), "").strip()

    def left_out(self) -> list[str]:
        """What a taxonomy has no place for."""
        left = [(number, kind) for kind, number in self._left.items()]
        left += [(self._collections, "collections of concepts")] if self._collections else []
        said = ", ".join(f"{number:,} {kind}" for number, kind in left)
        return [f"Left out, there is no place for them: {said}."] if said else []


def _name(node: NamedNode | BlankNode | Literal | Triple) -> str:
    from pyoxigraph import BlankNode, NamedNode

    if isinstance(node, NamedNode):
        return node.value
    return f"_:{node.value}" if isinstance(node, BlankNode) else str(node)
