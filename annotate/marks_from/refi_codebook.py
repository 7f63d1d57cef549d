"""Codebooks in REFI-QDA (.qdc), as other programs for qualitative analysis write them."""

from __future__ import annotations

from annotate.errors import UserError
from annotate.marks_from.found import Found
from annotate.marks_from.refi_codes import child, read_codes
from annotate.readers.contract import stem
from annotate.readers.xml_tree import local, xml_tree

NAME, TITLE, SUFFIXES = "qdc", "REFI-QDA codebook", (".qdc",)


def sniff(data: bytes, name: str) -> bool:
    return b"<CodeBook" in data[:4096] and b"QDA-XML" in data[:4096]


def read(data: bytes, name: str) -> Found:
    """Its codes; sets of codes are counted and left out. Raises UserError where it is no codebook."""
    root = xml_tree(data, name)
    if local(root) != "CodeBook":
        raise UserError(f"{name} is no REFI-QDA codebook: it begins with <{local(root)}>.")
    found = read_codes(child(root, "Codes"), stem(name))
    if not found:
        raise UserError(f"{name} is a REFI-QDA codebook without codes.")
    sets = child(root, "Sets")
    left = 0 if sets is None else sum(local(each) == "Set" for each in sets)
    return Found(taxonomies=found, notes=(f"Sets of codes left out: {left}.",) if left else ())
