"""The codes of REFI-QDA files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotate.codebook_files import slug_of
from annotate.codetree import in_order
from annotate.model import Code, Taxonomy
from annotate.readers.xml_tree import local
from annotate.refi import OF_CODES, colour_name, guid, plain_guid, sections_of, taxonomy_guid

if TYPE_CHECKING:
    from lxml.etree import _Element


def child(element: _Element, name: str) -> _Element | None:
    """The first child called so, in whatever namespace."""
    return next((each for each in element if local(each) == name), None)


def text_in(element: _Element, name: str) -> str:
    """The text of the child called so, or ""."""
    found = child(element, name)
    return "" if found is None else found.text or ""


def read_codes(codes: _Element | None, title: str, *, flattened: bool = False) -> tuple[Taxonomy, ...]:
    """The codes under <Codes> as a taxonomy `title`; those below a taxonomy's own code as that taxonomy.

    A code's id is its GUID; a GUID used again is that of the first code. `flattened`: the tree stands in the names,
    as in “Coke::diet Coke”.
    """
    plain = _Tree(title)
    named: list[_Tree] = []
    for top in () if codes is None else codes:
        if local(top) != "Code":
            continue
        name = top.get("name") or ""
        if plain_guid(top.get("guid") or "") == taxonomy_guid(name):
            named.append(_Tree(name))
            for each in top:
                named[-1].add(each)
        else:
            plain.add(top)
    if flattened:
        plain.grow()
    return tuple(tree.taxonomy() for tree in (plain, *named) if tree.codes)


class _Tree:
    def __init__(self, title: str) -> None:
        self.title = title or "Codes"
        self.codes: dict[str, Code] = {}
        self._below: dict[str | None, int] = {}  # the last position below each

    def taxonomy(self) -> Taxonomy:
        slug = slug_of(self.title)
        return Taxonomy(slug, slug, self.title, codes=in_order(self.codes.values()))

    def add(self, top: _Element) -> None:
        waiting: list[tuple[_Element, str | None]] = [(top, None)]
        while waiting:
            element, parent = waiting.pop()
            if local(element) != "Code":
                continue
            name = " ".join((element.get("name") or "").split()) or "(no name)"
            id = plain_guid(element.get("guid") or "") or guid(f"{parent} > {name}")
            if id not in self.codes:
                self.codes[id] = self._code(element, id, parent, name)
            waiting.extend((each, id) for each in reversed(element))

    def grow(self) -> None:
        """Puts roots called A::B below the one called A, where there is one, as B."""
        roots = {code.label: code.id for code in self.codes.values() if code.parent is None}
        for label, id in roots.items():
            above, _, own = label.rpartition("::")
            if own and (parent := roots.get(above)):
                place = self._below[parent] = self._below.get(parent, -1) + 1
                self.codes[id] = replace(self.codes[id], parent=parent, label=own.strip(), position=place)

    def _code(self, element: _Element, id: str, parent: str | None, name: str) -> Code:
        prose, said = sections_of(text_in(element, "Description"), OF_CODES)
        notation, use_when, avoid_when, examples, counter_examples, synonyms, retired, shortcut = (
            said.get(each, "") for each in OF_CODES
        )
        if not name.startswith(f"{notation} "):
            notation = ""
        colour = colour_name(element.get("color") or "")
        above = self.codes[parent].colour if parent else ""
        position = self._below[parent] = self._below.get(parent, -1) + 1
        return Code(
            id, slug_of(self.title), parent, notation, name[len(notation) :].strip(), prose, use_when, avoid_when,
            examples, "" if colour == above else colour, shortcut if len(shortcut) == 1 else "",
            retired == "yes" or element.get("isCodable", "true") not in ("false", "0"), position,
            counter_examples, tuple(synonyms.split("\n")) if synonyms else (), retired=bool(retired),
        )  # fmt: skip
