"""Coded data as a table divided by tabs, quoted as CSV is."""

from __future__ import annotations

from typing import IO

from annotate.writers.csv_spans import write_table
from annotate.writers.dataset import Dataset, Written
from annotate.writers.shapes import shaped
from annotate.writers.spans import Options

NAME, TITLE, SUFFIX, ROWS, SHAPED = "tsv", "TSV", ".tsv", "spans", True


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """One row per mark, article or unit; read back by any CSV reader that is told of the tabs."""
    table = shaped(dataset, options)
    write_table(table, out, for_spreadsheet=options.for_spreadsheet, delimiter="\t")
    return Written(table.drawn, tuple(table.notes))
