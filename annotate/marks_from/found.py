"""What a file of annotations holds, not yet looked up in a project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotate.marks import BadLine, MarkLine, RelationLine
from annotate.model import Draft, Taxonomy


@dataclass(frozen=True, slots=True)
class Found:
    """Marks, and the texts and codes that came with them.

    A mark names its article by id, text hash or title (a text of `drafts` by its hash), and its code by the id it
    has in `taxonomies`, or as an id or slug:notation of the project's. Its number counts lines of the file or, as
    `unit` says, marks. With `by_label` codes of the project that are called alike are the same.
    """

    marks: Sequence[MarkLine | BadLine] = ()
    drafts: tuple[Draft, ...] = ()
    taxonomies: tuple[Taxonomy, ...] = ()
    by_label: bool = False
    unit: str = "mark"
    relations: Sequence[RelationLine] = ()  # between these marks, by their keys
    notes: tuple[str, ...] = ()  # what could not be read, and how many
