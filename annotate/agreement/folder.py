"""A comparison as files: the report to read, and its tables as CSV."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from annotate.agreement import report
from annotate.agreement.compared import Comparison
from annotate.agreement.tables import sheets
from annotate.errors import UserError
from annotate.writers import csv_spans


def write(out: Path, comparisons: Sequence[Comparison], title: str) -> None:
    """Makes the folder, whole or not at all. Raises UserError where it is there already."""
    if out.exists():
        raise UserError(f"{out.name} is already there; choose another name or remove it.")
    unfinished = out.with_name(f".{out.name}.unfinished")
    try:
        unfinished.mkdir()
        (unfinished / "agreement.md").write_text(report.markdown(comparisons, title), encoding="utf-8")
        for sheet in sheets(comparisons):
            with (unfinished / f"{sheet.name}.csv").open("wb") as file:
                csv_spans.write_table(sheet.table(), file)
        unfinished.rename(out)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
