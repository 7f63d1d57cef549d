"""A coded dataset as one table: named and typed columns, rows as a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from annotate.model import Code

Kind = Literal["text", "whole", "share", "flag", "number"]
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """`kind`: text, a whole number, a share (0 to 1), a flag (0 or 1) or any number. `code` where it stands for one;
    `levels` are the texts it may hold, in their order, where these are known.
    """

    name: str
    kind: Kind = "text"
    label: str = ""
    code: Code | None = None
    levels: tuple[str, ...] = ()


@dataclass(slots=True)
class Table:
    """`rows` can be drawn once; `notes` are whole when all have been drawn, and then `drawn` is their number."""

    name: str
    columns: tuple[Column, ...]
    source: Iterable[tuple[Cell, ...]]
    notes: list[str] = field(default_factory=list)
    drawn: int = 0

    @classmethod
    def plain(cls, name: str, columns: Iterable[str], rows: Iterable[tuple[Cell, ...]]) -> Table:
        """A table of texts."""
        return cls(name, tuple(map(Column, columns)), rows)

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The rows, counted."""
        for row in self.source:
            self.drawn += 1
            yield row


def distinct(names: Iterable[str]) -> list[str]:
    """Names on one line each, a second of the same (in capitals or not) as `name (2)`."""
    given: set[str] = set()
    made = []
    for name in (" ".join(each.split()) or "column" for each in names):
        free, number = name, 1
        while free.casefold() in given:
            number += 1
            free = f"{name} ({number})"
        given.add(free.casefold())
        made.append(free)
    return made
