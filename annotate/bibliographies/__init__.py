"""Bibliographies: RIS, BibTeX and BibLaTeX, CSL-JSON, told apart by content."""

from __future__ import annotations

from pathlib import PurePath

from annotate.bibliographies import bibtex, csl, ris
from annotate.errors import UserError
from annotate.readers.encoding import decode
from annotate.references import Reference

SUFFIXES = {".ris": "RIS", ".bib": "BibTeX", ".bibtex": "BibTeX", ".biblatex": "BibTeX"}
_HEAD = 4096  # code points shown to `sniff`
_LARGEST = 64 << 20  # bytes


def kind_of(head: bytes, name: str = "") -> str:
    """The format of a bibliography that begins with these bytes or is called so, or ""."""
    if b"\0" in head[:4] or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        found = decode(head[: len(head) // 4 * 4])
        return _kind(found.text if found else "", name)
    return _kind(head.removeprefix(b"\xef\xbb\xbf").decode("latin-1"), name)


def _kind(text: str, name: str) -> str:
    head = text[:_HEAD].lstrip("\ufeff")
    if ris.sniff(head):
        return "RIS"
    if bibtex.sniff(head):
        return "BibTeX"
    return "CSL-JSON" if csl.sniff(head) else SUFFIXES.get(PurePath(name).suffix.lower(), "")


def read_bibliography(data: bytes, name: str) -> list[Reference]:
    """The references in a file's bytes. UserError where it is no bibliography or has no entry."""
    found = decode(data) if len(data) <= _LARGEST else None
    kind = _kind(found.text, name) if found else ""
    if found is None or not kind:
        raise UserError(f"{name} is no bibliography in RIS, BibTeX or CSL-JSON.")
    text = found.text.lstrip("\ufeff")
    if kind == "CSL-JSON":
        references = csl.read(text, name)
    else:
        references = ris.read(text) if kind == "RIS" else bibtex.read(text)
    if not references:
        raise UserError(f"{name} is a bibliography without entries.")
    return references
