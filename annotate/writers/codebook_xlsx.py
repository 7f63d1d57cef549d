"""The codebook as an Excel workbook: a sheet of codes, and one of the taxonomies they belong to."""

from __future__ import annotations

from typing import IO

from annotate.writers.codebook_table import codebook
from annotate.writers.dataset import Dataset, Written
from annotate.writers.spans import Options
from annotate.writers.tables import Table
from annotate.writers.xlsx_spans import Workbook

NAME, TITLE, SUFFIX, ROWS = "codebook-xlsx", "Codebook as Excel", ".xlsx", "codes"
ABOUT = ("slug", "title", "version", "licence", "credit", "source", "note")


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """One row per code, in tree order."""
    book, codes = Workbook(), codebook(dataset)
    book.add(codes)
    rows = [tuple(str(getattr(each, name)) for name in ABOUT) for each in dataset.taxonomies]
    book.add(Table.plain("taxonomies", ABOUT, rows))
    book.save(out)
    return Written(codes.drawn, tuple(book.notes()))
