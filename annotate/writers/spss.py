"""Coded data as an SPSS file (.sav), where the optional `postil[stats]` (pyreadstat) is installed."""

from __future__ import annotations

from typing import IO

from annotate.writers import statistics_file
from annotate.writers.dataset import Dataset, Written
from annotate.writers.spans import Options
from annotate.writers.statistics_file import EXTRA as EXTRA
from annotate.writers.statistics_file import Contents, Limits
from annotate.writers.statistics_file import available as available

NAME, TITLE, SUFFIX, ROWS, SHAPED = "spss", "SPSS", ".sav", "spans", True
LIMITS = Limits("SPSS", label=256, title=64, by_bytes=True, value_label=120, text=32_767, keeps_end=False)


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """One row per mark, article or unit. Codes, coders, states and certainty are numbers with value labels."""
    return statistics_file.write(dataset, out, options, LIMITS, _save)


def _save(contents: Contents, path: str) -> None:
    from pyreadstat import write_sav

    frame = contents.frame
    numbers = {name: "scale" for name in frame.columns if frame[name].dtype.kind in "iuf"}
    write_sav(
        frame, path, file_label=contents.title, column_labels=dict(contents.labels), row_compress=True,
        variable_value_labels=contents.value_labels,
        variable_measure=numbers | dict.fromkeys(contents.value_labels, "nominal"),
    )  # fmt: skip
