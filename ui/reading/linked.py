"""Relations on the page: which are drawn, and the one that a hand draws from mark to mark."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QPoint, QPointF, Signal
from PySide6.QtWidgets import QWidget

from ui.reading.arcs import Links
from ui.reading.marked import MarkedView
from ui.reading.values import Link

Under = Callable[[QPointF], Sequence[str]]  # the ids of the marks under a point of the viewport


class LinkedView(MarkedView):
    """What the view does with relations. They are drawn for the selected mark and for those under the pointer."""

    link_dragged = Signal(str, str, QPoint)  # from one mark to another, and where it was let go (global)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link_from: str | None = None  # the mark from which one is drawn

    def set_links(self, links: Iterable[Link]) -> None:
        """The relations there are between the marks."""
        self._shown.links = Links(links)
        self.viewport().update()

    def set_pending(self, link: Link | None, pointer: QPointF | None = None) -> None:
        """Show a relation that is being made, instead of all others; `pointer`, on the page, where it leads."""
        if (link, pointer) != (self._shown.pending, self._shown.pointer):
            self._shown.pending, self._shown.pointer = link, pointer
            self.viewport().update()

    def _light(self, ids: Iterable[str]) -> None:
        """The marks under the pointer show their relations."""
        lit = frozenset(ids)
        if lit != self._shown.lit:
            self._shown.lit = lit
            if self._shown.links:
                self.viewport().update()

    def pending(self) -> Link | None:
        """The relation that is being made."""
        return self._shown.pending

    def _take_link(self, ids: Sequence[str], point: QPointF) -> bool:
        """Takes up the selected mark, or the first, of those at a point, to be related to another."""
        if ids:
            selected = self._shown.selected
            self._link_from = selected if selected in ids else ids[0]
            self._draw_link(lambda _: ids, point)
        return bool(ids)

    def _draw_link(self, under: Under, point: QPointF) -> bool:
        """Leads the relation in hand to a point; False if there is none."""
        if self._link_from is None:
            return False
        target = self._other(under(point))
        link = Link("", self._link_from, target or "", pending=True)
        self.set_pending(link, None if target else self._on_page(point))
        return True

    def _let_link_go(self, under: Under, point: QPointF) -> bool:
        """Says which mark the relation in hand has reached; False if there is none in hand."""
        source = self._link_from
        if source is None:
            return False
        target = self._other(under(point))
        self._drop_link()
        if target is not None:
            self.link_dragged.emit(source, target, self.viewport().mapToGlobal(point.toPoint()))
        return True

    def _drop_link(self) -> bool:
        """Lets go of the relation in hand; False if there is none."""
        in_hand, self._link_from = self._link_from is not None, None
        if in_hand:
            self.set_pending(None)
        return in_hand

    def _other(self, ids: Sequence[str]) -> str | None:
        return next((id for id in ids if id != self._link_from), None)
