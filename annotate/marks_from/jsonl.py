"""Marks from JSON Lines, as `export --format jsonl` writes them."""

from __future__ import annotations

from annotate.errors import UserError
from annotate.marks import RelationLine, read_lines
from annotate.marks_from.found import Found
from annotate.readers.encoding import decode

NAME, TITLE, SUFFIXES = "jsonl", "JSON Lines", (".jsonl", ".ndjson")


def sniff(data: bytes, name: str) -> bool:
    return False


def read(data: bytes, name: str) -> Found:
    """One mark a line; the texts and codes must be in the project."""
    decoded = decode(data)
    if decoded is None:
        raise UserError(f"{name} is no text.")
    relations: list[RelationLine] = []
    marks = tuple(read_lines(decoded.text.split("\n"), relations))
    return Found(marks, unit="line", relations=relations)
