"""Text that was broken into lines of a fixed width, joined to paragraphs again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

_EASTERN = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]")


def paragraphs(lines: Iterable[str], width: int = 0) -> list[str]:
    """Paragraphs end at an empty line, before an indented one, and where the next word would have fitted.

    `width` is the code points up to which lines are filled; 0 where it is not known, and no line is then ended
    because it is short.
    """
    found: list[list[str]] = []
    before = ""
    for line in lines:
        words = line.strip()
        if words:
            if not before.strip() or _is_indented(line, before) or (width and _fits(before, words, width)):
                found.append([])
            found[-1].append(words)
        before = line.rstrip()
    return [_joined(parts) for parts in found]


def _is_indented(line: str, before: str) -> bool:
    return line[0].isspace() and not before[:1].isspace()


def _fits(before: str, words: str, width: int) -> bool:
    """Whether the line's first word had room on the line before: then the break was meant."""
    first, _, rest = words.partition(" ")
    return (bool(rest) or len(words) < width // 2) and len(before) + 1 + len(first) <= width


def _joined(parts: list[str]) -> str:
    joined = [parts[0]]
    for before, part in pairwise(parts):
        glued = _EASTERN.match(part) and _EASTERN.match(before[-1])
        joined.append(part if glued else f" {part}")
    return "".join(joined)
