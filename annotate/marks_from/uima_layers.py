"""Annotations of other programs in a CAS: which are marks, and what codes they carry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from annotate.marks_from.labels import Labels
from annotate.readers.xml_tree import local

if TYPE_CHECKING:
    from lxml.etree import _Element

XMI_ID = "{http://www.omg.org/XMI}id"
VALUES = ("value", "label", "code", "category", "tag", "identifier")  # features that say what a mark is
GRAMMAR = ("segmentation", "lexmorph", "metadata", "syntax", "transform", "coref", "anomaly", "semantics")
OWN = {XMI_ID, "sofa", "begin", "end", "order"}


ENDS = (("source", "target"), ("Governor", "Dependent"))  # features by which relations name marks


def ends_of(element: _Element, ids: Mapping[str, _Element]) -> tuple[_Element, _Element] | None:
    """The two annotations that this one links, if it is a relation between such."""
    for one, other in ENDS:
        names = element.get(one), element.get(other)
        if all(names) and all(name in ids for name in names) and is_mark(element):
            return ids[str(names[0])], ids[str(names[1])]
    return None


def is_mark(element: _Element) -> bool:
    """Whether an annotation says something of the text that a person may have marked."""
    space = element.tag.partition("}")[0]
    plain = not any(f"/{each}/" in f"{space}/" for each in GRAMMAR)
    return plain and "/uima/" not in space and element.get("begin") is not None


def code_of(element: _Element, labels: Labels) -> str:
    """Its value as a code below the name of its type, or the type where it has none."""
    above = labels.id(local(element))
    value = next((said for name in VALUES if (said := (element.get(name) or "").strip())), "")
    return labels.id(value, parent=above) if value else above


def memo_of(element: _Element, ids: Mapping[str, _Element], left: Counter[str]) -> str:
    """Its other features; those that point to another annotation are counted and left out."""
    said = []
    value = next((name for name in VALUES if (element.get(name) or "").strip()), "")
    for name in map(str, element.attrib):
        held = element.get(name) or ""
        if name in OWN or name == value or not held.strip():
            continue
        if all(each in ids for each in held.split()):
            left["links between annotations"] += 1
        else:
            said.append(f"{name}: {held}")
    return "\n".join(said)
