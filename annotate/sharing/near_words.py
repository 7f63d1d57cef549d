"""Runs of words that are nearly those sought: a few replaced, added or gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

FEWEST = 4  # words that can be known though one of them is another
SHARED = 0.6  # of the words sought must be among as many in the text
ALIKE = 0.75  # of the words of both must match in order
MOST = 8  # places looked at

Run = tuple[int, int]


def near_run(words: Sequence[str], sought: Sequence[str]) -> list[Run]:
    """The run that is most alike, or several that are equally so; none where too little is alike."""
    if len(sought) < FEWEST:
        return []
    found = {
        run: _alike(words, run, sought) for at in _tops(words, sought) for run in [_fitted(words, at, sought)]
    }
    best = max(found.values(), default=0.0)
    return sorted(run for run, alike in found.items() if alike == best) if best >= ALIKE else []


def _tops(words: Sequence[str], sought: Sequence[str]) -> list[int]:
    """Where windows begin that share the most words with what is sought, each the best of its neighbours."""
    size, wanted = len(sought), Counter(sought)
    held: Counter[str] = Counter()
    shared, found = 0, []
    for at, word in enumerate(words):
        shared += held[word] < wanted[word]
        held[word] += 1
        if at >= size:
            gone = words[at - size]
            held[gone] -= 1
            shared -= held[gone] < wanted[gone]
        if shared >= SHARED * size:
            found.append((shared, at - size + 1))
    tops: list[int] = []
    for _, begin in sorted(found, key=lambda each: (-each[0], each[1])):
        if all(abs(begin - other) >= size for other in tops):
            tops.append(begin)
        if len(tops) == MOST:
            break
    return tops


def _fitted(words: Sequence[str], at: int, sought: Sequence[str]) -> Run:
    """The run round a window that begins and ends as what is sought does."""
    spare = max(2, len(sought) // 4)
    low, high = max(0, at - spare), min(len(words), at + len(sought) + spare)
    matcher = SequenceMatcher(None, sought, words[low:high], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return max(0, at), high
    first, last = blocks[0], blocks[-1]
    lacking = len(sought) - last.a - last.size
    return max(low, low + first.b - first.a), min(high, low + last.b + last.size + lacking)


def _alike(words: Sequence[str], run: Run, sought: Sequence[str]) -> float:
    return SequenceMatcher(None, sought, words[slice(*run)], autojunk=False).ratio()
