"""Markdown: clean words, kept structure, front matter, bounded time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from annotate.model import BlockKind
from annotate.readers import read_bytes, read_file

FILES = Path(__file__).resolve().parent.parent / "files" / "readers"


def test_structure_and_front_matter() -> None:
    draft = read_file(FILES / "notes.md")[0]
    told = [(block.kind, draft.text[block.start : block.end]) for block in draft.layout.blocks]
    assert (draft.title, draft.author, draft.date) == ("Notes from the harbour", "Ann Lee", "2025-03-12")
    assert told == [
        (BlockKind.TITLE, "Notes from the harbour"),
        (BlockKind.HEADING, "Setting"),
        (BlockKind.PARAGRAPH, "The harbour road is closed since March."),
        (BlockKind.ITEM, "one"),
        (BlockKind.ITEM, "two continued"),
        (BlockKind.QUOTE, "A quotation."),
        (BlockKind.ROW, "Year\tShips"),
        (BlockKind.ROW, "2024\t12"),
        (BlockKind.PARAGRAPH, "first line"),
        (BlockKind.PARAGRAPH, "  second line"),
    ]


def test_the_first_heading_is_the_title() -> None:
    draft = read_bytes(b"# Harbour\n\nWords.", "x.md")[0]
    assert (draft.title, draft.text, draft.layout.blocks[0].kind) == (
        "Harbour",
        "Harbour\nWords.",
        BlockKind.TITLE,
    )


@pytest.mark.parametrize(
    "bomb", ["[" * 50_000, "> " * 5_000 + "x", "&lt;" * 50_000, "*a " * 30_000, "<" * 50_000]
)
def test_bombs_take_little_time(bomb: str) -> None:
    start = time.perf_counter()
    assert read_bytes(bomb.encode(), "x.md")[0].text
    assert time.perf_counter() - start < 5
