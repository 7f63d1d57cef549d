"""Codes that a file knows by a label only, collected as they come up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotate.codebook_files import slug_of
from annotate.codetree import in_order
from annotate.model import Code, Taxonomy


class Labels:
    """A taxonomy of the labels met so far, beside the codebooks that came with them."""

    def __init__(
        self, title: str, books: Sequence[Taxonomy] = (), known: Mapping[str, str] | None = None
    ) -> None:
        """`known` are ids of codes in `books` by the label that stands for them."""
        self._title = title
        self._books, self._known = tuple(books), known or {}
        self._in_books = {code.id for book in books for code in book.codes}
        self._slug = slug_of(title)
        self._codes: dict[str, Code] = {}
        self._below: dict[str | None, int] = {}  # the last position below each

    def id(self, label: str, id: str = "", *, colour: str = "", parent: str | None = None) -> str:
        """The id of the code with this label below `parent`, made of both unless the file gives one."""
        label = " ".join(label.split()) or "(no label)"
        id = id or self._known.get(label, "")
        if id in self._in_books:
            return id
        id = id or (f"{parent} > {label}" if parent else f"{self._slug}:{label}")
        if id not in self._codes:
            place = self._below[parent] = self._below.get(parent, -1) + 1
            self._codes[id] = Code(id, self._slug, parent, "", label, colour=colour, position=place)
        return id

    def taxonomies(self) -> tuple[Taxonomy, ...]:
        """The codebooks, and the labels that none of them has."""
        if not self._codes:
            return self._books
        codes = in_order(self._codes.values())
        return (*self._books, Taxonomy(self._slug, self._slug, self._title, codes=codes))
