"""What a file brings: a taxonomy, and in words what in it has no place here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from annotate.model import Taxonomy
from annotate.spoken import counted

NAMED = 5  # examples in a note


@dataclass(frozen=True, slots=True)
class Incoming:
    """`also_under`: ids of further parents of a code, by its id; a tree has room for one.

    `languages`: those the labels are there in, the fullest first.
    """

    taxonomy: Taxonomy
    notes: tuple[str, ...] = ()
    also_under: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person says of a file: empty fields are found out. `scheme`: the title or IRI of a concept scheme.

    `columns`: the name of a column in the file -> what it holds.
    """

    slug: str = ""
    title: str = ""
    language: str = ""
    scheme: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


NO_WISHES = Wishes()


def some(names: Iterable[str]) -> str:
    """The first few as quotes, and how many more there are."""
    held = list(names)
    said = ", ".join(f"“{name}”" for name in held[:NAMED])
    return said if len(held) <= NAMED else f"{said} and {counted(len(held) - NAMED, 'other')}"
