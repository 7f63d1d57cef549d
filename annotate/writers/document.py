"""A report as a stream of paragraphs, whatever file it becomes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["title", "heading", "paragraph", "item", "listed", "quote", "row", "dim"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike. `marks` are the colours of the highlights on them by lane, None in a free lane.

    `tip` is shown where a mouse points; `raised` as a small sign above the line, in `colour`.
    """

    text: str
    marks: tuple[str | None, ...] = ()
    tip: str = ""
    raised: bool = False
    colour: str = ""
    bold: bool = False

    @property
    def colours(self) -> tuple[str, ...]:
        return tuple(colour for colour in self.marks if colour)


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, or a row of the table that neighbouring rows make; only a row has several cells.

    `level` is that of a heading (1-6) or an item (from 0; one that is `listed` brings its own number or dot); `edge`
    is a colour at the side of a quote; `head` makes a row the table's first; `page` asks for a new page.
    """

    kind: Kind
    cells: tuple[Runs, ...]
    level: int = 1
    edge: str = ""
    head: bool = False
    page: bool = False

    @property
    def runs(self) -> Runs:
        return self.cells[0]


def part(kind: Kind, *runs: Run | str, level: int = 1, edge: str = "", page: bool = False) -> Part:
    """A paragraph of runs; a string is one."""
    return Part(kind, (_runs(runs),), level, edge, page=page)


def row(*cells: Run | str | Iterable[Run], head: bool = False) -> Part:
    """A row of a table."""
    made = (_runs([cell]) if isinstance(cell, Run | str) else tuple(cell) for cell in cells)
    return Part("row", tuple(made), head=head)


def chip(colour: str) -> Run:
    """A small square that shows a code's colour."""
    return Run("■\u00a0", colour=colour)


def _runs(runs: Iterable[Run | str]) -> Runs:
    return tuple(Run(each) if isinstance(each, str) else each for each in runs)
