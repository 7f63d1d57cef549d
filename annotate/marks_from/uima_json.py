"""UIMA CAS in JSON, alone or several in a ZIP: turned into the elements of XMI and read as these are."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from annotate.errors import UserError
from annotate.marks_from.found import Found
from annotate.marks_from.json_file import at, json_of
from annotate.marks_from.uima import Reading
from annotate.marks_from.uima_layers import XMI_ID
from annotate.marks_from.zip_names import holds
from annotate.readers import archive
from annotate.readers.contract import stem
from annotate.sidecar import FILE, from_json

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME, TITLE, SUFFIXES = "cas-json", "UIMA CAS (JSON)", (".json",)
_MARK = b"%FEATURE_STRUCTURES"


def sniff(data: bytes, name: str) -> bool:
    if not data.startswith(archive.MAGIC):
        return _MARK in data
    if not holds(data, ".json"):
        return False
    names = [each for each in archive.Archive(data, name).names if each.endswith(".json") and each != FILE]
    return bool(names) and _MARK in archive.Archive(data, name).read(names[0])


def read(data: bytes, name: str) -> Found:
    """As the reader of XMI does. Raises UserError where there is no CAS with a text."""
    reading = Reading(stem(name))
    if data.startswith(archive.MAGIC):
        held = archive.Archive(data, name)
        if FILE in held:
            reading.sidecar = from_json(held.read(FILE))
        for each in held.names:
            if each.endswith(".json") and each != FILE:
                reading.add(_elements(json_of(held.read(each), each)), posixpath.basename(each)[:-5])
    else:
        reading.add(_elements(json_of(data, name)), stem(name))
    if not reading.views:
        raise UserError(f"{name} holds no CAS with a text.")
    return reading.found()


def _elements(held: Any) -> _Element:
    """Feature structures as elements: `a.b.Type` in the namespace `http:///a/b.ecore`, features as attributes."""
    from lxml import etree

    root = etree.Element("XMI")
    structures = at(held, "%FEATURE_STRUCTURES")
    if isinstance(structures, dict):  # an older way: by id
        structures = [{"%ID": id, **each} for id, each in structures.items() if isinstance(each, dict)]
    for each in structures if isinstance(structures, list) else ():
        if not isinstance(each, dict):
            continue
        space, _, kind = str(each.get("%TYPE") or "").rpartition(".")
        try:
            element = etree.SubElement(root, f"{{http:///{space.replace('.', '/')}.ecore}}{kind}")
            element.set(XMI_ID, str(each.get("%ID")))
            for name, value in each.items():
                if not name.startswith(("%", "^")) and value is not None:
                    element.set(name.removeprefix("@"), _said(value))
        except ValueError:  # a name or a text that XML does not have
            continue
    return root


def _said(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return str(value)
