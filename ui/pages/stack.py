"""How the pages stand one below the other: in pixels of the canvas, for one scale."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF

from annotate.places import Box, PageSize

GAP = 16  # pixels between pages, and round them


class Stack:
    """Pages of `sizes` (points) at `scale` pixels a point, centred in `width` pixels."""

    def __init__(self, sizes: Sequence[PageSize], scale: float, width: int) -> None:
        self.sizes = sizes
        self.scale = scale
        heights = [round(size.height * scale) for size in sizes]
        self._tops = [GAP, *accumulate((height + GAP for height in heights), initial=GAP)][1:]
        self.height = self._tops[-1]
        widest = max((size.width * scale for size in sizes), default=0)
        self.width = max(width, round(widest) + 2 * GAP)

    def frame(self, page: int) -> QRectF:
        """Where a page stands on the canvas."""
        size = self.sizes[page]
        wide, high = round(size.width * self.scale), round(size.height * self.scale)
        return QRectF(round((self.width - wide) / 2), self._tops[page], wide, high)

    def in_view(self, top: float, bottom: float) -> range:
        """The pages of which something stands between two heights."""
        if not self.sizes:
            return range(0)
        return range(self.page_near(top), min(self.page_near(bottom) + 1, len(self.sizes)))

    def page_near(self, y: float) -> int:
        """The page at a height, or the one above where there is a gap."""
        return min(max(bisect_right(self._tops, y) - 1, 0), max(len(self.sizes) - 1, 0))

    def on_page(self, point: QPointF) -> tuple[int, float, float]:
        """A point of the canvas as a page and a point of it."""
        page = self.page_near(point.y() + GAP / 2)
        frame = self.frame(page)
        return page, (point.x() - frame.left()) / self.scale, (point.y() - frame.top()) / self.scale

    def on_canvas(self, box: Box) -> QRectF:
        frame = self.frame(box.page)
        return QRectF(
            frame.left() + box.left * self.scale,
            frame.top() + box.top * self.scale,
            (box.right - box.left) * self.scale,
            (box.bottom - box.top) * self.scale,
        )
