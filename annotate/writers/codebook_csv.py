"""The codebook as CSV: the codes of all taxonomies, each row with the slug of its own."""

from __future__ import annotations

from typing import IO

from annotate.writers.codebook_table import codebook
from annotate.writers.csv_spans import write_table
from annotate.writers.dataset import Dataset, Written
from annotate.writers.spans import Options

NAME, TITLE, SUFFIX, ROWS = "codebook", "Codebook as CSV", ".csv", "codes"


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """One row per code, in tree order."""
    table = codebook(dataset)
    write_table(table, out, for_spreadsheet=options.for_spreadsheet)
    return Written(table.drawn)
