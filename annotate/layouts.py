"""A layout as compact JSON: what `article_text.layout` holds.

    {"b": [[start, end, kind, level], ...], "p": [[start, label], ...]}

`kind` is a letter of KINDS; a level of 0 is left out. Positions are code points.
"""

from __future__ import annotations

import json

from annotate.model import Block, BlockKind, Layout, PageMark

KINDS = {
    BlockKind.TITLE: "t",
    BlockKind.HEADING: "h",
    BlockKind.PARAGRAPH: "p",
    BlockKind.ITEM: "i",
    BlockKind.QUOTE: "q",
    BlockKind.ROW: "r",
}
_BY_LETTER = {letter: kind for kind, letter in KINDS.items()}


def layout_to_json(layout: Layout) -> str:
    """Empty text for a layout that says nothing; plain paragraphs are left out."""
    blocks = [
        [block.start, block.end, KINDS[block.kind]] + ([block.level] if block.level else [])
        for block in layout.blocks
        if block.kind is not BlockKind.PARAGRAPH or block.level
    ]
    pages = [[page.start, page.label] for page in layout.pages]
    held = {name: value for name, value in (("b", blocks), ("p", pages)) if value}
    return json.dumps(held, ensure_ascii=False, separators=(",", ":")) if held else ""


def layout_from_json(held: str) -> Layout:
    """What `layout_to_json` was given, plain paragraphs aside (a line named by no block is one)."""
    if not held:
        return Layout()
    parsed = json.loads(held)
    blocks = tuple(
        Block(start, end, _BY_LETTER[letter], level[0] if level else 0)
        for start, end, letter, *level in parsed.get("b", ())
    )
    return Layout(blocks, tuple(PageMark(start, label) for start, label in parsed.get("p", ())))
