"""Coded data as a Stata file (.dta of version 14), where the optional `postil[stats]` (pyreadstat) is installed.

Version 14 because readers give long texts of version 15 files back empty.
"""

from __future__ import annotations

from typing import IO

from annotate.writers import statistics_file
from annotate.writers.dataset import Dataset, Written
from annotate.writers.spans import Options
from annotate.writers.statistics_file import EXTRA as EXTRA
from annotate.writers.statistics_file import Contents, Limits
from annotate.writers.statistics_file import available as available

NAME, TITLE, SUFFIX, ROWS, SHAPED = "stata", "Stata", ".dta", "spans", True
LIMITS = Limits("Stata", label=80, title=80, by_bytes=False, value_label=32_000)


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """One row per mark, article or unit. Codes, coders, states and certainty are numbers with value labels."""
    return statistics_file.write(dataset, out, options, LIMITS, _save)


def _save(contents: Contents, path: str) -> None:
    from pyreadstat import write_dta

    write_dta(
        contents.frame, path, file_label=contents.title, column_labels=dict(contents.labels), version=14,
        variable_value_labels=contents.value_labels,
    )  # fmt: skip
