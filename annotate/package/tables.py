"""The tables of a package: what their columns mean, by what a row is known, to which other tables they lead."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from annotate.writers.tables import Cell, Column, Kind, Table


@dataclass(frozen=True, slots=True)
class Field:
    """`type` is Frictionless’s where that says more than the kind; `needed`: no cell is empty."""

    name: str
    about: str
    kind: Kind = "text"
    type: str = ""
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Leads:
    """Cells of this column are keys of another table, or empty."""

    column: str
    table: str
    to: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table before it is written; `rows` begins a new stream at each call."""

    name: str
    folder: str
    about: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    rows: Callable[[], Iterable[tuple[Cell, ...]]]
    leads: tuple[Leads, ...] = ()

    @property
    def path(self) -> str:
        """Without a suffix."""
        return f"{self.folder}/{self.name}"

    def table(self) -> Table:
        """To be written once."""
        columns = tuple(Column(each.name, each.kind, each.about) for each in self.fields)
        return Table(self.name, columns, self.rows())


def moment(name: str, about: str) -> Field:
    """A time in UTC, ISO 8601."""
    return Field(name, f"{about} (UTC)", type="datetime")
