"""Codes that a file knows by a label only, collected as they come up."""

from __future__ import annotations

from annotate.codebook_files import slug_of
from annotate.model import Code, Taxonomy


class Labels:
    """A flat taxonomy of the labels met so far."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._slug = slug_of(title)
        self._codes: dict[str, Code] = {}

    def id(self, label: str, id: str = "", colour: str = "") -> str:
        """The id of the code with this label, made of both unless the file gives one."""
        label = " ".join(label.split()) or "(no label)"
        id = id or f"{self._slug}:{label}"
        if id not in self._codes:
            self._codes[id] = Code(id, self._slug, None, "", label, colour=colour, position=len(self._codes))
        return id

    def taxonomies(self) -> tuple[Taxonomy, ...]:
        """The taxonomy, or nothing where no label came up."""
        if not self._codes:
            return ()
        return (Taxonomy(self._slug, self._slug, self._title, codes=tuple(self._codes.values())),)
