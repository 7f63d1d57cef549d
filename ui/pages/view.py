"""The pages under the reader's hands: another sight of the article that the reading view holds.

Text, marks, selection, caret and search are the reading view's; here they are painted on the page, and what the
mouse does on the page is asked of it. Keys go to it too, so that coding is the same in both.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from ui.pages.canvas import PagesCanvas
from ui.reading.keys import Caret
from ui.reading.mouse import NEAR, snapped
from ui.reading.values import Mark
from ui.reading.view import CODE_MIME, ReadingView
from ui.reading.words import word
from ui.theme import Theme

HOVER_MS = 350
Key = Qt.Key


class PagesView(PagesCanvas):
    """Pages to read and mark."""

    hovered = Signal(list, QPoint)  # as ReadingView.hovered
    code_dropped = Signal(str, object, object)  # as ReadingView.code_dropped
    menu_requested = Signal(QPoint, int)  # as ReadingView.menu_requested

    def __init__(self, text: ReadingView, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(text, theme, parent)
        self._pressed: int | None = None
        self._pressed_at = QPointF()
        self._dragging = False
        self._hovering: list[str] = []
        self._pointer = QPointF()
        self._rest = QTimer(self, singleShot=True, interval=HOVER_MS)
        self._rest.timeout.connect(self._say_hovered)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._leave())

    def _bring(self, place: int) -> None:
        """Nothing moves under a hand that selects."""
        if self._pressed is None:
            super()._bring(place)

    # ------------------------------------------------------------ hands

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pages turn here; everything else is the reading view's."""
        bar, plain = self.verticalScrollBar(), not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        steps = {Key.Key_PageDown: 1, Key.Key_PageUp: -1}
        if plain and (step := steps.get(Key(event.key()))):
            bar.setValue(bar.value() + step * (self.viewport().height() - 48))
        elif plain and event.key() in (Key.Key_Up, Key.Key_Down):
            self._step_line(1 if event.key() == Key.Key_Down else -1, event)
        else:
            QCoreApplication.sendEvent(self._text, event)
            return
        event.accept()

    def _step_line(self, step: int, event: QKeyEvent) -> None:
        """The caret one line of the page up or down."""
        caret = self._text.caret()
        box = self._places.caret(caret.place)
        if box is None:
            return
        high = box.bottom - box.top
        for away in (1.0, 1.5, 2.0, 3.0):
            y = (box.top + box.bottom) / 2 + step * away * high
            place = self._places.at(box.page, box.left, y)
            near = self._places.caret(place) if place is not None else None
            if place is not None and near is not None and (near.top - box.top) * step > 0.3 * high:
                break
        else:
            place = self._places.begin_of(box.page + 1) if step > 0 else self._places.begin_of(box.page) - 1
        extends = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        place = max(place or 0, 0)
        self._text.set_caret(Caret(caret.anchor if extends else place, place))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._leave()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        ids = self._ids_under(event.position())
        with_ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if with_ctrl and self._text.take_link(ids, self._canvas_point(event.position())):
            return
        mark = self._text.mark(self._text.selected_mark())
        if mark and self._text.take_edge(mark, self._edge_at(mark, event.position())):
            return
        place = self._place_at(event.position())
        self._dragging = False
        self._pressed_at = event.position()
        if place is None:
            return
        extends = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._pressed = self._text.caret().anchor if extends else place
        self._text.set_caret(Caret(self._pressed, place))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select by whole words (by characters with Alt), or look what is under the pointer."""
        point = event.position()
        if self._text.has_link():
            self._text.draw_link(self._ids_under(point), self._canvas_point(point))
            return
        by_word = not event.modifiers() & Qt.KeyboardModifier.AltModifier
        if self._text.has_edge():
            if (place := self._place_at(point)) is not None:
                self._text.move_edge(place, by_word)
            return
        if self._pressed is None:
            if not event.buttons():
                self._look_under(point)
            return
        far = (point - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        self._dragging = self._dragging or far
        place = self._place_at(point)
        if self._dragging and place is not None:
            self._text.set_caret(Caret(*snapped(self._text.text(), self._pressed, place, by_word)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click selects the mark there, another click the next."""
        if self._text.has_link():
            ids = self._ids_under(event.position())
            self._text.let_link_go(ids, event.globalPosition().toPoint())
            return
        if self._text.has_edge():
            self._text.let_edge_go()
            return
        pressed, self._pressed = self._pressed, None
        if event.button() != Qt.MouseButton.LeftButton or pressed is None or self._dragging:
            return
        extends = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if not extends:
            self._clicked(event.position(), pressed)

    def _clicked(self, point: QPointF, place: int) -> None:
        id = self._text.cycle_at(place) if self._is_on_text(point) else None
        if id is None:
            self._text.select_mark(None)
        else:
            self._text.mark_clicked.emit(id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if place is not None and self._is_on_text(event.position()):
            self._text.set_caret(Caret(*word(self._text.text(), place)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = self._place_at(QPointF(event.pos()))
        self.menu_requested.emit(event.globalPos(), place if place is not None else 0)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._leave()
        super().leaveEvent(event)

    # ------------------------------------------------------------ hovering and dropping

    def _leave(self) -> None:
        self._rest.stop()
        self._text.light(())
        if self._hovering:
            self._hovering = []
            self.hovered.emit([], QPoint())

    def _look_under(self, point: QPointF) -> None:
        self._pointer = point
        on_text = self._is_on_text(point)
        mark = self._text.mark(self._text.selected_mark())
        shape = Qt.CursorShape.IBeamCursor if on_text else Qt.CursorShape.ArrowCursor
        if mark is not None and self._edge_at(mark, point):
            shape = Qt.CursorShape.SizeHorCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)
        ids = self._ids_under(point)
        if ids != self._hovering:
            self._leave()
            if ids:
                self._rest.start()

    def _edge_at(self, mark: Mark, point: QPointF) -> str:
        """Which edge of a mark lies under a point of the viewport: "start", "end" or ""."""
        on_canvas = self._canvas_point(point)
        edges = {"start": self._places.caret(mark.start), "end": self._places.caret_behind(mark.end)}
        for name, box in edges.items():
            if box is not None:
                area = self._stack.on_canvas(box)
                if area.adjusted(-NEAR, -NEAR / 2, NEAR, NEAR / 2).contains(on_canvas):
                    return name
        return ""

    def _ids_under(self, point: QPointF) -> list[str]:
        place = self._place_at(point) if self._is_on_text(point) else None
        return [] if place is None else [mark.id for mark in self._text.marks_at(place)]

    def _say_hovered(self) -> None:
        self._hovering = self._ids_under(self._pointer)
        self._text.light(self._hovering)
        if self._hovering:
            self.hovered.emit(self._hovering, self.viewport().mapToGlobal(self._pointer.toPoint()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._weigh(event)

    def _weigh(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(CODE_MIME):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._weigh(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """A code falls on the selection, or on a mark."""
        place = self._place_at(event.position())
        if not event.mimeData().hasFormat(CODE_MIME) or place is None:
            event.ignore()
            return
        event.acceptProposedAction()
        code = bytes(event.mimeData().data(CODE_MIME).data()).decode()
        span, id = self._text.target_at(place)
        if span is not None:
            self.code_dropped.emit(code, span, id)
