"""Where the marks at the ends of a relation stand in the text."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from ui.reading.page import Page
from ui.reading.values import Mark


def places(page: Page, mark: Mark) -> list[QRectF]:
    """Where a mark stands on its first and on its last line; of lines not laid out, where they may be."""
    start, end = mark.spans[0]
    last_start, last_end = mark.spans[-1]
    found = [_place(page, start, end, first=True)]
    if (last := _place(page, last_start, last_end, first=False)) != found[0]:
        found.append(last)
    return found


def _place(page: Page, start: int, end: int, *, first: bool) -> QRectF:
    layout, units = page.layout, page.offsets.to_units
    number = page.number_of(start if first else max(end - 1, start))
    laid, top = layout.known(number), layout.top(number)
    if laid is not None and laid.lines:
        low, high = max(units(start) - laid.start, 0), units(end) - laid.start
        line = laid.line_of(low) if first else laid.line_of(min(high, laid.reached) - 1)
        if low < laid.reached and (boxes := laid.rectangles(low, high, line, line)):
            box = boxes[0 if first else -1]
            above, below = laid.reach
            y = top + laid.tops[box.line] + laid.baseline - above
            return QRectF(layout.left + box.left, y, box.right - box.left, above + below)
    lower = 0 if laid is None else layout.height(number)
    return QRectF(layout.left, top + lower, layout.column, 1)
