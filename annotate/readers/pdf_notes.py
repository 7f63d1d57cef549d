"""Footnotes at the foot of columns are put behind the text that they interrupt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotate.readers.pdf_blocks import ENDED
from annotate.readers.pdf_rows import Row

_MARK = re.compile(r"(?:\(?\d{1,3}\)?\s?|[*∗†‡§¶#]+\s?)(?=[^\W\d_]|[“‘\"'(<])")
_SMALLER = 0.93  # of the type size of the text above
_LEAST_BODY = 150  # code points of text in the larger type on the page


def notes_last(regions: Sequence[list[Row]]) -> list[list[Row]]:
    """The regions of a page, with the notes of each behind all that stands beside or above them."""
    made: list[list[Row]] = []
    waiting: list[list[Row]] = []
    for place, region in enumerate(regions):
        while waiting and max(row.y for row in region) < min(row.y for row in waiting[0]):
            made.append(waiting.pop(0))
        first = _notes_begin(regions, place)
        made.append(region[:first])
        if first < len(region):
            waiting.append(region[first:])
    return made + waiting


def _notes_begin(regions: Sequence[list[Row]], place: int) -> int:
    """Which row of a region is the first of its notes; how many it has, where there are none."""
    region = regions[place]
    first = len(region) - 1
    while first > 0 and region[first].size > _SMALLER * region[first - 1].size:
        first -= 1
    if first < 1 or not _is_text(region[first - 1], regions, max(row.size for row in region[first:])):
        return len(region)
    row, above = region[first], region[first - 1]
    after = regions[place + 1] if place + 1 < len(regions) else []
    marked = len(row.cells) == 1 and _MARK.match(row.text)
    return first if marked or _interrupts(above, after) else len(region)


def _is_text(above: Row, regions: Sequence[list[Row]], small: float) -> bool:
    """Whether the row above notes is of the page's text, not a heading: there is more in about its size."""
    alike = (
        len(row.text)
        for region in regions
        for row in region
        if row.size * _SMALLER >= small and abs(row.size - above.size) <= 0.1 * above.size
    )
    return sum(alike) >= _LEAST_BODY


def _interrupts(last: Row, after: Sequence[Row]) -> bool:
    """Whether the sentence before the notes goes on at the head of the next column."""
    return (
        not ENDED.search(last.text)
        and bool(after)
        and after[0].text[:1].islower()
        and abs(after[0].size - last.size) < 0.03 * last.size
    )
