"""The codebook as CSV: the codes of all taxonomies, each row with the slug of its own."""

from __future__ import annotations

import csv
import io
from typing import IO

from annotate.taxonomy import by_id, path
from annotate.writers.csv_spans import guarded
from annotate.writers.dataset import Dataset, Written
from annotate.writers.spans import Options

NAME, TITLE, SUFFIX, ROWS = "codebook", "Codebook as CSV", ".csv", "codes"
COLUMNS = (
    "taxonomy", "version", "id", "notation", "label", "parent", "path", "definition", "use_when", "avoid_when",
    "examples", "colour", "shortcut", "assignable",
)  # fmt: skip


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """One row per code, in tree order."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig" if options.for_spreadsheet else "utf-8", newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    number = 0
    for taxonomy in dataset.taxonomies:
        codes = by_id(taxonomy.codes)
        for code in taxonomy.codes:
            cells: list[object] = [
                taxonomy.slug, taxonomy.version, code.id, code.notation, code.label, code.parent or "",
                path(code, codes), code.definition, code.use_when, code.avoid_when, code.examples,
                code.colour, code.shortcut, "yes" if code.assignable else "no",
            ]  # fmt: skip
            rows.writerow([guarded(cell) for cell in cells] if options.for_spreadsheet else cells)
            number += 1
    text.flush()
    text.detach()
    return Written(number)
