"""Footnotes at the foot of columns are put behind the text that they interrupt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotate.readers.pdf_blocks import ENDED, Row

_MARK = re.compile(r"(?:\(?\d{1,3}\)?\s?|[*∗†‡§¶#]+\s?)(?=[^\W\d_]|[“‘\"'(<])")
_SMALLER = 0.93  # of the type size of the text above


def notes_last(regions: Sequence[list[Row]]) -> list[list[Row]]:
    """The regions of a page, with the notes of each behind all that stands beside or above them."""
    made: list[list[Row]] = []
    waiting: list[list[Row]] = []
    for place, region in enumerate(regions):
        while waiting and max(row.y for row in region) < min(row.y for row in waiting[0]):
            made.append(waiting.pop(0))
        after = regions[place + 1] if place + 1 < len(regions) else []
        first = _notes_begin(region, after)
        made.append(region[:first])
        if first < len(region):
            waiting.append(region[first:])
    return made + waiting


def _notes_begin(region: Sequence[Row], after: Sequence[Row]) -> int:
    """Which row of a region is the first of its notes; how many it has, where there are none."""
    for place in range(len(region) - 1, 0, -1):
        row, above = region[place], region[place - 1]
        if above.size * _SMALLER < row.size:
            continue
        tail = region[place:]
        small = all(each.size < above.size * _SMALLER for each in tail)
        marked = len(row.cells) == 1 and _MARK.match(row.text) is not None
        return place if small and (marked or _interrupts(above, after)) else len(region)
    return len(region)


def _interrupts(last: Row, after: Sequence[Row]) -> bool:
    """Whether the sentence before the notes goes on at the head of the next column."""
    return (
        not ENDED.search(last.text)
        and bool(after)
        and after[0].text[:1].islower()
        and abs(after[0].size - last.size) < 0.1 * last.size
    )
