"""The codebook as a table: the codes of all taxonomies in tree order, each row with the slug of its own."""

from __future__ import annotations

from collections.abc import Iterator

from annotate.taxonomy import by_id, path
from annotate.writers.dataset import Dataset
from annotate.writers.tables import Cell, Table

COLUMNS = (
    "taxonomy", "version", "id", "notation", "label", "parent", "path", "definition", "use_when", "avoid_when",
    "examples", "colour", "shortcut", "assignable",
)  # fmt: skip


def codebook(dataset: Dataset) -> Table:
    """One row per code."""
    return Table.plain("codes", COLUMNS, _rows(dataset))


def _rows(dataset: Dataset) -> Iterator[tuple[Cell, ...]]:
    for taxonomy in dataset.taxonomies:
        codes = by_id(taxonomy.codes)
        for code in taxonomy.codes:
            yield (
                taxonomy.slug, taxonomy.version, code.id, code.notation, code.label, code.parent or "",
                path(code, codes), code.definition, code.use_when, code.avoid_when, code.examples,
                code.colour, code.shortcut, "yes" if code.assignable else "no",
            )  # fmt: skip
