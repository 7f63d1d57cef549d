"""The reading view: the page under the reader's hands, by mouse and by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from annotate.model import Span
from ui.reading.keys import Caret, Ladder, moved
from ui.reading.linked import LinkedView
from ui.reading.marked import SPAN_MIME
from ui.reading.mouse import EdgeDrag, edge_at, snapped
from ui.reading.values import Mark

__all__ = ["CODE_MIME", "SPAN_MIME", "ReadingView"]

CODE_MIME = "application/x-postil-code"
"""A code's id, UTF-8: dragged from the code tree onto a selection or a mark."""

_HOVER_MS = 350


class ReadingView(LinkedView):
    """One article to read and mark. All positions are code points of the text that was given."""

    mark_clicked = Signal(str)  # the mark's id
    edge_dragged = Signal(str, int, int)  # id, new start, new end
    code_dropped = Signal(str, object, object)  # code id, span or None, mark id or None
    hovered = Signal(list, QPoint)  # ids of the marks under the pointer, global place; empty: pointer left
    zoom_requested = Signal(int)  # 1 larger, -1 smaller
    menu_requested = Signal(QPoint, int)  # global place, position

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ladder = Ladder()
        self._pressed: int | None = None
        self._pressed_at = QPointF()
        self._dragging = False
        self._snaps = True
        self._edge: EdgeDrag | None = None
        self._hovering: list[str] = []
        self._pointer = QPointF()
        self._rest = QTimer(self, singleShot=True, interval=_HOVER_MS)
        self._rest.timeout.connect(self._say_hovered)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)

    def set_snapping(self, by_word: bool) -> None:
        """Whether what the mouse selects or drags keeps to whole words."""
        self._snaps = by_word

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Caret and selection by sentence and paragraph; the rest as text edits do."""
        if event.key() == Qt.Key.Key_Escape and self._escape():
            return
        caret = moved(self.text(), self.caret(), self._ladder, event.modifiers(), event.key())
        if caret is None:
            super().keyPressEvent(event)
            return
        event.accept()
        self.set_caret(caret)
        self.scroll_to(caret.place)

    def _escape(self) -> bool:
        """Let go of what is in hand, else of the selected mark, else of the selection; False if none."""
        if self.drop():
            return True
        if self._shown.selected is not None:
            self.select_mark(None)
        elif self.textCursor().hasSelection():
            self.set_selection(None)
        else:
            return False
        return True

    def drop(self) -> bool:
        """Lets go of the edge or of the relation in hand, as if it had not been taken; False if there is none."""
        drag, self._edge = self._edge, None
        if drag is not None:
            self.update_mark(drag.mark)
        return self.drop_link() or drag is not None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take an edge of the selected mark, a label, or begin to select."""
        self._leave()
        point = event.position()
        if event.button() == Qt.MouseButton.LeftButton:
            with_ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if with_ctrl and self.take_link(self._ids_under(point), self._on_page(point)):
                return
            mark = self.mark(self._shown.selected)
            if mark and self.take_edge(mark, edge_at(self._page, mark, self._on_page(point))):
                return
            label = self._label_at(point)
            if label is not None:
                self.select_mark(label)
                self.mark_clicked.emit(label)
                return
            self._pressed, self._pressed_at = self.position_at(point), point
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._pressed = self.caret().anchor
            self._dragging = False
        super().mousePressEvent(event)

    def take_edge(self, mark: Mark, edge: str) -> bool:
        """Takes up the "start" or the "end" of a mark; False for none."""
        if edge:
            self._edge = EdgeDrag(mark, edge == "start", mark)
        return bool(edge)

    def has_edge(self) -> bool:
        """Whether a hand moves the edge of a mark."""
        return self._edge is not None

    def move_edge(self, place: int, by_word: bool) -> None:
        """Brings the edge in hand to a place; the mark is shown as it would be."""
        if self._edge is not None:
            self._edge = self._edge.moved(self.text(), place, by_word)
            self.update_mark(self._edge.now)

    def let_edge_go(self) -> None:
        """Leaves the edge in hand where it is."""
        drag, self._edge = self._edge, None
        if drag is not None and drag.now.spans != drag.mark.spans:
            self.edge_dragged.emit(drag.mark.id, drag.now.start, drag.now.end)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select by whole words (by characters with Alt), move the edge in hand, or look what is under it."""
        point = event.position()
        by_word = self._snaps and not event.modifiers() & Qt.KeyboardModifier.AltModifier
        if self.has_link():
            self.draw_link(self._ids_under(point), self._on_page(point))
            return
        if self.has_edge():
            self.move_edge(self.position_at(point), by_word)
            return
        self._carried = False
        super().mouseMoveEvent(event)
        if self._carried:
            self._pressed = None  # it was dragged elsewhere and let go, wherever that was
        elif not event.buttons():
            self._look_under(point)
        elif self._pressed is not None and self._is_selecting(point):
            self.set_caret(Caret(*snapped(self.text(), self._pressed, self.position_at(point), by_word)))

    def _is_selecting(self, point: QPointF) -> bool:
        """Whether the press has become a selection: not a click, not a drag of what was selected."""
        if not self._dragging:
            far = (point - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
            self._dragging = far and self.textCursor().hasSelection()
        return self._dragging

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the edge, or end a selection; a click selects the mark there, another click the next."""
        if self.has_link():
            self.let_link_go(self._ids_under(event.position()), event.globalPosition().toPoint())
            return
        if self.has_edge():
            self.let_edge_go()
            return
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if event.button() == Qt.MouseButton.LeftButton and pressed is not None:
            if not self._dragging and not self.textCursor().hasSelection():
                self._clicked(event.position())
            self._dragging = False

    def _clicked(self, point: QPointF) -> None:
        id = self.cycle_at(self.position_at(point)) if self._is_on_text(point) else None
        if id is None:
            self.select_mark(None)
        else:
            self.mark_clicked.emit(id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word."""
        self._pressed = None
        if self._label_at(event.position()) is None:
            super().mouseDoubleClickEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel ask for larger or smaller text; the window knows the sizes."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_requested.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask the window for its menu, at the pointer or at the caret."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            place = self.position_at(QPointF(event.pos()))
            where = event.globalPos()
        else:
            place = self.caret().place
            where = self.viewport().mapToGlobal(self.rectangle(place).bottomLeft().toPoint())
        self.menu_requested.emit(where, place)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer has left: nothing is under it."""
        self._leave()
        super().leaveEvent(event)

    def _leave(self) -> None:
        self._rest.stop()
        self.light(())
        if self._hovering:
            self._hovering = []
            self.hovered.emit([], QPoint())

    def _look_under(self, point: QPointF) -> None:
        """Show by the pointer what it can do; say which marks it rests on."""
        self._pointer = point
        mark = self.mark(self._shown.selected)
        label = self._label_at(point)
        on_edge = mark is not None and edge_at(self._page, mark, self._on_page(point)) != ""
        shape = Qt.CursorShape.IBeamCursor
        if on_edge:
            shape = Qt.CursorShape.SizeHorCursor
        elif label is not None:
            shape = Qt.CursorShape.PointingHandCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)
        ids = self._ids_under(point)
        if ids != self._hovering:
            self._leave()
            if ids:
                self._rest.start()

    def _ids_under(self, point: QPointF) -> list[str]:
        label = self._label_at(point)
        if label is not None:
            return [label]
        if not self._is_on_text(point):
            return []
        return [mark.id for mark in self.marks_at(self.position_at(point))]

    def _is_on_text(self, point: QPointF) -> bool:
        on_page = self._on_page(point)
        return self._page.layout.hitTest(on_page, Qt.HitTestAccuracy.ExactHit) >= 0

    def _label_at(self, point: QPointF) -> str | None:
        return next((id for box, id in self._painter.labels if box.contains(point)), None)

    def _say_hovered(self) -> None:
        self._hovering = self._ids_under(self._pointer)
        self.light(self._hovering)
        if self._hovering:
            self.hovered.emit(self._hovering, self.viewport().mapToGlobal(self._pointer.toPoint()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Codes may come in."""
        self._weigh(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show what the code would be put on."""
        self._weigh(event)
        if event.isAccepted():
            self._set_target(self.target_at(self.position_at(event.position()))[0])

    def _weigh(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(CODE_MIME):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The code has gone elsewhere."""
        self._set_target(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """A code falls on the selection, or on a mark, or on the word there."""
        self._set_target(None)
        if not event.mimeData().hasFormat(CODE_MIME):
            event.ignore()
            return
        event.acceptProposedAction()
        span, id = self.target_at(self.position_at(event.position()))
        code = bytes(event.mimeData().data(CODE_MIME).data()).decode()
        if span is not None:
            self.code_dropped.emit(code, span, id)

    def target_at(self, place: int) -> tuple[Span | None, str | None]:
        """What a code dropped at a place is put on: the selection, or the shortest mark there."""
        span = self.selection()
        if span is not None and span[0] <= place <= span[1]:
            return span, None
        marks = self.marks_at(place)
        return ((marks[0].start, marks[0].end), marks[0].id) if marks else (span, None)

    def _set_target(self, span: Span | None) -> None:
        if span != self._shown.target:
            self._shown.target = span
            self.viewport().update()
