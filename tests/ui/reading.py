"""Articles for the tests of the reading view."""

from __future__ import annotations

import random

from annotate.model import Block, BlockKind, Layout

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
_TEXT = "court transfer minister judge agreement border appeal Velmora Osk flight said the of and"
_WORDS = _TEXT.split()


def article(paragraphs: int, seed: int = 0) -> str:
    """A text of so many paragraphs of varied length, words and full stops in it."""
    chance = random.Random(seed)
    made = []
    for _ in range(paragraphs):
        words = [chance.choice(_WORDS) for _ in range(chance.choice([4, 20, 60, 150]))]
        made.append(" ".join(words).capitalize() + ".")
    return "\n".join(made)


def blocks_of(lines: list[str], kinds: list[BlockKind]) -> Layout:
    """A layout that gives the first lines their kinds."""
    blocks, start = [], 0
    for line, kind in zip(lines, kinds, strict=False):
        blocks.append(Block(start, start + len(line), kind, 1 if kind is BlockKind.HEADING else 0))
        start += len(line) + 1
    return Layout(tuple(blocks))
