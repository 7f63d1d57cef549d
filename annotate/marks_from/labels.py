"""Codes that a file knows by a label only, collected as they come up."""

from __future__ import annotations

from annotate.codebook_files import slug_of
from annotate.codetree import in_order
from annotate.model import Code, Taxonomy


class Labels:
    """A taxonomy of the labels met so far."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._slug = slug_of(title)
        self._codes: dict[str, Code] = {}
        self._below: dict[str | None, int] = {}  # the last position below each

    def id(self, label: str, id: str = "", *, colour: str = "", parent: str | None = None) -> str:
        """The id of the code with this label below `parent`, made of both unless the file gives one."""
        label = " ".join(label.split()) or "(no label)"
        id = id or (f"{parent} > {label}" if parent else f"{self._slug}:{label}")
        if id not in self._codes:
            place = self._below[parent] = self._below.get(parent, -1) + 1
            self._codes[id] = Code(id, self._slug, parent, "", label, colour=colour, position=place)
        return id

    def taxonomies(self) -> tuple[Taxonomy, ...]:
        """The taxonomy, or nothing where no label came up."""
        if not self._codes:
            return ()
        return (Taxonomy(self._slug, self._slug, self._title, codes=in_order(self._codes.values())),)
