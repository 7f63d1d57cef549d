"""Marks from a table divided by tabs, as `export --format tsv` writes them."""

from __future__ import annotations

from annotate.marks_from.csv_table import read as read

NAME, TITLE, SUFFIXES = "tsv", "TSV", (".tsv", ".tab")


def sniff(data: bytes, name: str) -> bool:
    return False  # CSV knows tabs too
