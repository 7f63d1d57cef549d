"""What is said of a mark's words without saying them: enough to find them in another copy of the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotate.model import Span
from annotate.sharing.words import DIGITS, Words, hashed


@dataclass(frozen=True, slots=True)
class Anchor:
    """One part of a mark. `hash`, `before` and `behind` stand for its words and those around it (words.RULE).

    `edges`: it begins so many code points behind the beginning of its first word (before it, where negative: in
    white space), and ends so many behind the end of its last. It is the `number`-th of `total` runs of the same
    whole words in its text.
    """

    words: int
    edges: Span
    hash: str
    before: str
    behind: str
    number: int
    total: int


def anchor(words: Words, span: Span) -> Anchor | None:
    """None for a stretch of white space."""
    first, behind = words.touched(span)
    if first == behind:
        return None
    edges = span[0] - words.spans[first][0], span[1] - words.spans[behind - 1][1]
    return Anchor(
        behind - first,
        edges,
        hashed(words.clipped(first, behind, edges)),
        words.before(first),
        words.behind(behind),
        *words.occurrence(first, behind),
    )


def said(anchor: Anchor | None) -> dict[str, Any] | None:
    """As it stands in a file."""
    if anchor is None:
        return None
    held: dict[str, Any] = {"words": anchor.words, "hash": anchor.hash}
    held |= {"before": anchor.before, "behind": anchor.behind, "of": [anchor.number, anchor.total]}
    return held if anchor.edges == (0, 0) else held | {"edges": list(anchor.edges)}


def read(held: object) -> Anchor | None:
    """What `said` made; None for anything else."""
    if not isinstance(held, Mapping):
        return None
    hash, before, behind = (held.get(name) for name in ("hash", "before", "behind"))
    numbers = [held.get("words"), *_pair(held.get("of")), *_pair(held.get("edges", [0, 0]))]
    if not (_is_hash(hash) and _is_hash(before) and _is_hash(behind)):
        return None
    if len(numbers) != 5 or not all(type(each) is int for each in numbers):
        return None
    count, number, total, begin, end = numbers
    if not 0 < count < 1 << 31:
        return None
    return Anchor(count, (begin, end), str(hash), str(before), str(behind), number, total)


def _is_hash(held: object) -> bool:
    return isinstance(held, str) and len(held) == DIGITS


def _pair(held: object) -> list[Any]:
    return held if isinstance(held, list) and len(held) == 2 else []
