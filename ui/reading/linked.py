"""Relations in sight: which are drawn, and the one that a hand draws from mark to mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, QPointF, Signal
from PySide6.QtWidgets import QWidget

from ui.reading.arcs import Links
from ui.reading.marked import MarkedView
from ui.reading.values import Link


class LinkedView(MarkedView):
    """What the view does with relations. They are drawn for the selected mark and for those under the pointer, in the
    text or on the pages: the pointer is in pixels of what is scrolled in the one that is seen.
    """

    link_dragged = Signal(str, str, QPoint)  # from one mark to another, and where it was let go (global)
    links_changed = Signal()  # others are drawn

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link_from: str | None = None  # the mark from which one is drawn

    def set_links(self, links: Iterable[Link]) -> None:
        """The relations there are between the marks."""
        self._shown.links = Links(links)
        self._redraw_links()

    def set_pending(self, link: Link | None, pointer: QPointF | None = None) -> None:
        """Show a relation that is being made, instead of all others; `pointer` is where it leads."""
        if (link, pointer) != (self._shown.pending, self._shown.pointer):
            self._shown.pending, self._shown.pointer = link, pointer
            self._redraw_links()

    def light(self, ids: Iterable[str]) -> None:
        """The marks under the pointer show their relations."""
        lit = frozenset(ids)
        if lit != self._shown.lit:
            self._shown.lit = lit
            if self._shown.links:
                self._redraw_links()

    def pending(self) -> Link | None:
        """The relation that is being made."""
        return self._shown.pending

    def drawn_links(self) -> tuple[list[Link], QPointF | None]:
        """The relations that are drawn, and where one without a target leads."""
        return self._shown.drawn_links(), self._shown.pointer

    def take_link(self, ids: Sequence[str], point: QPointF) -> bool:
        """Takes up the selected mark, or the first, of those at a point, to be related to another."""
        if ids:
            selected = self._shown.selected
            self._link_from = selected if selected in ids else ids[0]
            self.draw_link(ids, point)
        return bool(ids)

    def has_link(self) -> bool:
        """Whether a hand draws a relation."""
        return self._link_from is not None

    def draw_link(self, ids: Sequence[str], point: QPointF) -> None:
        """Leads the relation in hand to a point, or to the mark that lies there."""
        if self._link_from is not None:
            target = self._other(ids)
            link = Link("", self._link_from, target or "", pending=True)
            self.set_pending(link, None if target else point)

    def let_link_go(self, ids: Sequence[str], place: QPoint) -> None:
        """Says which mark the relation in hand has reached; `place` is global."""
        source, target = self._link_from, self._other(ids)
        self.drop_link()
        if source is not None and target is not None:
            self.link_dragged.emit(source, target, place)

    def drop_link(self) -> bool:
        """Lets go of the relation in hand; False if there is none."""
        in_hand, self._link_from = self._link_from is not None, None
        if in_hand:
            self.set_pending(None)
        return in_hand

    def _other(self, ids: Sequence[str]) -> str | None:
        return next((id for id in ids if id != self._link_from), None)

    def _redraw_links(self) -> None:
        self.viewport().update()
        self.links_changed.emit()
