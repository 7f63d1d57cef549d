"""The pages in their window: scrolled, enlarged and painted, with the marks of the article's text on them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotate.model import Span
from annotate.places import Box, Places
from ui.pages.document import PdfPages
from ui.pages.marks import PageMarks
from ui.pages.paint import PagesPainter
from ui.pages.stack import GAP, Stack
from ui.reading.arcs import paint_arcs
from ui.reading.view import ReadingView
from ui.theme import Theme

FIT = 0.0  # a zoom that follows the width
LEAST, MOST, STEP = 0.25, 6.0, 1.15  # pixels a point


class PagesCanvas(QAbstractScrollArea):
    """Pages one below the other, with what is marked on them. Positions are code points of the article's text."""

    page_changed = Signal(int)  # index of the page in the middle of the view
    zoom_changed = Signal()

    def __init__(self, text: ReadingView, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._places = Places((), ())
        self._marks = PageMarks(self._places, text.marks_touching)
        self._pages = PdfPages(self)
        self._painter = PagesPainter(theme)
        self._zoom = FIT
        self._stack = Stack((), 1.0, 1)
        self._now = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Pages of the article"))
        self._pages.drawn.connect(lambda _: self.viewport().update())
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        text.marks_changed.connect(self._remark)
        text.selection_changed.connect(lambda _: self.viewport().update())
        text.mark_selected.connect(lambda _: self.viewport().update())
        text.links_changed.connect(self.viewport().update)
        text.cursorPositionChanged.connect(self._follow)
        text.sought.connect(self._bring)

    # ------------------------------------------------------------ what is shown

    def show_pages(self, data: bytes, places: Places, password: str = "") -> bool:
        """Shows a PDF; False where it cannot be opened (`is_locked` says whether a password would help)."""
        self._places = places
        self._marks = PageMarks(places, self._text.marks_touching)
        opened = self._pages.load(data, password)
        self._lay_out()
        return opened

    @property
    def is_locked(self) -> bool:
        return self._pages.is_locked

    def let_go(self) -> None:
        """Closes the file."""
        self._pages.close()
        self._places = Places((), ())
        self._marks = PageMarks(self._places, self._text.marks_touching)
        self._lay_out()

    def set_theme(self, theme: Theme) -> None:
        self._painter.set_theme(theme)
        self.viewport().update()

    def pages(self) -> PdfPages:
        return self._pages

    def page_count(self) -> int:
        return len(self._places.pages)

    def place(self) -> int:
        """The first position of which something is in view."""
        top = self.verticalScrollBar().value()
        for page in self._stack.in_view(top, top + self.viewport().height()):
            frame = self._stack.frame(page)
            from_y = (top - frame.top()) / self._stack.scale
            first = self._places.first_below(page, from_y)
            if first is not None:
                return first
        return self._places.begin_of(self._stack.page_near(top))

    def restore_place(self, place: int) -> None:
        """Brings a position to the top of the view."""
        rectangle = self._on_canvas(place)
        if place > 0 and rectangle is not None:
            self.verticalScrollBar().setValue(round(rectangle.top()) - GAP)
        else:
            self.verticalScrollBar().setValue(0)

    def rectangle(self, place: int) -> QRectF:
        """Where the caret would stand before a position, in the viewport."""
        found = self._on_canvas(place)
        return (
            QRectF() if found is None else found.translated(-self._left(), -self.verticalScrollBar().value())
        )

    def go_to_page(self, page: int) -> None:
        if 0 <= page < len(self._places.pages):
            self.verticalScrollBar().setValue(round(self._stack.frame(page).top()) - GAP)

    def page(self) -> int:
        """The page in the middle of the view."""
        return self._stack.page_near(self.verticalScrollBar().value() + self.viewport().height() / 2)

    # ------------------------------------------------------------ zoom

    def zoom(self, by: int) -> None:
        """Larger (1) or smaller (-1); what is at the top stays there."""
        self.set_zoom(min(max(self._stack.scale * STEP**by, LEAST), MOST))

    def set_zoom(self, zoom: float) -> None:
        """Pixels a point, or FIT."""
        self._zoom = zoom
        self._lay_out()
        self.zoom_changed.emit()

    def fit_width(self) -> None:
        self.set_zoom(FIT)

    def percent(self) -> int:
        """How large the pages are; at 100 a point is as large as the screen's own idea of one."""
        return round(self._stack.scale * 7200 / self.logicalDpiX())

    def fits_width(self) -> bool:
        return self._zoom == FIT

    def _lay_out(self) -> None:
        sizes = self._places.pages
        widest = max((size.width for size in sizes), default=612.0)
        room = max(self.width() - self.verticalScrollBar().sizeHint().width(), 200)
        scale = self._zoom or min(max((room - 2 * GAP) / widest, LEAST), MOST)
        top, before = self.verticalScrollBar().value(), self._stack
        share = top / before.height if before.height > GAP else 0.0
        self._stack = Stack(sizes, scale, room)
        view = self.viewport()
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(48)
        self.verticalScrollBar().setRange(0, max(0, self._stack.height - view.height()))
        self.horizontalScrollBar().setPageStep(view.width())
        self.horizontalScrollBar().setRange(0, max(0, self._stack.width - view.width()))
        if before.scale != scale and before.sizes == sizes:
            self.verticalScrollBar().setValue(round(share * self._stack.height))
        view.update()
        self._scrolled()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    # ------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        top, left = self.verticalScrollBar().value(), self._left()
        ratio = self.devicePixelRatioF()
        text = self._text
        with QPainter(self.viewport()) as painter:
            self._painter.ground(painter, event.rect())
            painter.translate(-left, -top)
            for page in self._stack.in_view(top, top + self.viewport().height()):
                frame = self._stack.frame(page)
                wanted = round(frame.width() * ratio)
                picture = self._pages.picture(page, wanted) or self._pages.nearest(page)
                self._painter.page(painter, frame, picture)
                painter.setClipRect(frame)
                self._painter.spans(painter, self._stack, self._boxes(text.hits(), page), "hit")
                self._painter.marks(painter, self._stack, self._marks.on(page), text.selected_mark())
                selection = text.selection()
                if selection:
                    self._painter.spans(painter, self._stack, self._boxes([selection], page), "selection")
                painter.setClipping(False)
            if self.hasFocus() and (caret := self._on_canvas(text.caret().place)) is not None:
                self._painter.caret(painter, caret)
            painter.translate(left, top)
            self._arcs(painter, QRectF(left, top, self.viewport().width(), self.viewport().height()))
        self._ask_ahead()

    def _arcs(self, painter: QPainter, view: QRectF) -> None:
        links, pointer = self._text.drawn_links()
        if links:
            paint_arcs(painter, self._ends_of, self._painter.paper, links, view, pointer)

    def _ends_of(self, id: str) -> list[QRectF]:
        """The first and the last box of a mark."""
        mark = self._text.mark(id)
        boxes = self._places.boxes((mark.spans[0],)) + self._places.boxes((mark.spans[-1],)) if mark else []
        ends = (boxes[0], boxes[-1]) if len(boxes) > 1 else boxes
        return [self._stack.on_canvas(box) for box in ends]

    def _boxes(self, spans: Sequence[Span], page: int) -> list[Box]:
        first, last = self._marks.reach(page)
        near = (span for span in spans if span[0] < last and span[1] > first)
        return [box for box in self._places.boxes(near) if box.page == page]

    def _ask_ahead(self) -> None:
        """The pages before and after those in view are drawn before they are looked at."""
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        seen = self._stack.in_view(top, top + height)
        for page in (seen.stop, seen.start - 1):
            if seen and 0 <= page < len(self._places.pages):
                self._pages.picture(page, round(self._stack.frame(page).width() * self.devicePixelRatioF()))

    def _remark(self) -> None:
        self._marks.forget()
        self.viewport().update()

    def _scrolled(self) -> None:
        self.viewport().update()
        if self._places.pages and (now := self.page()) != self._now:
            self._now = now
            self.page_changed.emit(now)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    # ------------------------------------------------------------ where things are

    def _left(self) -> int:
        return self.horizontalScrollBar().value()

    def _canvas_point(self, point: QPointF) -> QPointF:
        return point + QPointF(self._left(), self.verticalScrollBar().value())

    def _place_at(self, point: QPointF) -> int | None:
        return (
            self._places.at(*self._stack.on_page(self._canvas_point(point))) if self._places.pages else None
        )

    def _is_on_text(self, point: QPointF) -> bool:
        if not self._places.pages:
            return False
        return self._places.line_box(*self._stack.on_page(self._canvas_point(point))) is not None

    def _on_canvas(self, place: int) -> QRectF | None:
        """Where the caret stands before a position: a box without width."""
        box = self._places.caret(place)
        if box is None:
            return None
        return self._stack.on_canvas(box)

    def _follow(self) -> None:
        """Brings the caret into view."""
        self.viewport().update()
        self._bring(self._text.caret().place)

    def _bring(self, place: int) -> None:
        """Brings a position into view; nothing moves if it is there already."""
        if not self.isVisible():
            return
        caret = self._on_canvas(place)
        if caret is None:
            return
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        margin = min(48, height // 4)
        if not top + margin <= caret.top() <= top + height - margin - caret.height():
            self.verticalScrollBar().setValue(round(caret.top() - height / 3))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()
