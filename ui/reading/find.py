"""Finding words in the article at hand."""

from __future__ import annotations

import re
from bisect import bisect_left

from annotate.model import Span


def find_all(text: str, query: str, case_sensitive: bool = False, whole_words: bool = False) -> list[Span]:
    """Every place of `query` in `text`, in order, in code points; none for an empty query.

    White space in the query stands for any white space, so that a phrase is found across lines.
    """
    words = query.split()
    if not words:
        return []
    pattern = r"\s+".join(map(re.escape, words))
    if whole_words:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    flags = 0 if case_sensitive else re.IGNORECASE
    return [match.span() for match in re.finditer(pattern, text, flags)]


def next_hit(hits: list[Span], position: int, step: int) -> int:
    """The number of the hit at or after a position (step 1) or before it (-1), round the end; -1 if none."""
    if not hits:
        return -1
    at = bisect_left(hits, (position, position))
    return at % len(hits) if step > 0 else (at - 1) % len(hits)
