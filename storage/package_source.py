"""What the tables of a replication package are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotate.model import Taxonomy
from annotate.package.about import About
from annotate.writers.dataset import Dataset
from annotate.writers.tables import Cell
from storage.errors import said
from storage.project import Project

Rows = Iterator[tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Source:
    """What tables are made from. `called`: what coders are called, by id; `taxonomies`: as they may go out."""

    project: Project
    about: About
    dataset: Dataset
    called: Mapping[str, str]
    taxonomies: Sequence[Taxonomy]

    def stream(self, sql: str) -> Iterator[Any]:
        with said(self.project.path):
            yield from map(
                tuple, self.project.db.conn.execute(sql)
            )  # a cursor would be closed after its file
