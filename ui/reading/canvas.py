"""The page in its window: scrolls without jumping, keeps its place through changes of size and face."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from annotate.model import BlockKind, Layout
from ui.fonts import use_reading_face
from ui.reading.furniture import HeadPiece, paint_empty
from ui.reading.look import Look
from ui.reading.marks import MarkSet
from ui.reading.page import Page, titled
from ui.reading.paint import LOOK_BACK, PagePainter, Shown
from ui.reading.typography import Typography, default_typography, forget_face
from ui.reading.values import Head
from ui.theme import Theme, theme
from ui.viewport import give_viewport


class Canvas(QTextEdit):
    """A read-only text edit whose page is laid out and painted by ourselves. Positions are code points."""

    sought = Signal(int)  # a position that is to be in view, here or on the pages

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_viewport(self)
        self._document = QTextDocument(self)
        self._document.setUndoRedoEnabled(False)
        self._typography = default_typography()
        self._page = Page(self._document, self._typography)
        self._head = Head()
        self._open = False
        self._last = self._announced = 0
        self._settling = False
        self._shown = Shown()
        self._look = Look(theme("light"))
        self._painter = PagePainter(self._page, self._look)
        self._empty = (self.tr("No article open"), self.tr("Choose an article at the left, or add one."))
        self._piece = HeadPiece(self._head, False, self._typography, 1)
        self._set_up()

    def _set_up(self) -> None:
        self.setDocument(self._document)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Article"))
        self.viewport().setMouseTracking(True)
        self._page.load("", Layout(), MarkSet())
        self._compose()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self._look = self._painter.look = Look(theme)
        self.viewport().update()

    def set_typography(self, size: int, line_height: int, column_width: int, face: str = "") -> None:
        """Set the article in another size, line height and greatest column width, all in pixels, and face."""
        wanted = Typography(size, line_height, column_width, face)
        if wanted == self._typography:
            return
        if face != self._typography.face:
            use_reading_face(face)
            forget_face()
        place = self.place()
        self._typography = self._page.layout.typography = wanted
        self._page.set_face()
        self._compose()
        self.restore_place(place)

    def set_empty_text(self, title: str, hint: str) -> None:
        """What the page says while no article is open."""
        self._empty = title, hint
        self.viewport().update()

    def set_numbers_shown(self, shown: bool) -> None:
        """Show paragraph numbers in the margin, or not."""
        self._shown.numbers = shown
        self.viewport().update()

    def set_margin_shown(self, shown: bool) -> None:
        """Show brackets and labels beside the text, or not."""
        self._shown.margin = shown
        self.viewport().update()

    def _load(self, text: str, structure: Layout, marks: MarkSet, head: Head, is_open: bool) -> None:
        """Another article stands on the page, at its beginning."""
        self._settling = True
        self._open, self._head = is_open, head
        self._shown = Shown(numbers=self._shown.numbers, margin=self._shown.margin)
        self._page.layout.anchor = self._page.layout.shift = self._last = 0
        self._page.load(text, titled(structure, text, head.title), marks)
        self._compose()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)
        self._settling = False
        self.viewport().update()

    def let_go(self) -> None:
        """Before the view goes: Qt frees the paragraphs' layouts with the document, and what still pointed to
        them would be taken for whatever Qt puts in their place.
        """
        self._settling = True
        self._open = False
        self._page.let_go()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.let_go()
        super().closeEvent(event)

    def _width(self) -> int:
        """The page's width: the same with and without a scroll bar."""
        return max(self.width() - self.verticalScrollBar().sizeHint().width(), 1)

    def _compose(self) -> None:
        """Lay everything out anew."""
        structure = self._page.structure
        in_text = any(block.kind is BlockKind.TITLE for block in structure.blocks)
        column = self._typography.column_in(self._width())
        self._piece = HeadPiece(self._head, in_text, self._typography, column)
        self._page.below_title = self._piece.after
        self._page.layout.place(self._width(), self._piece.height)
        self._page.relay()
        self._announced = self._page.layout.total

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the first visible line where it is when lines break anew."""
        layout = self._page.layout
        if self._typography.column_in(self._width()) != layout.column:
            place = self.place()
            super().resizeEvent(event)
            self._compose()
            self.restore_place(place)
        else:
            layout.place(self._width(), layout.head)
            super().resizeEvent(event)
            layout.announce()
        self._settle()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the article's face: a text edit would give it the interface's."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._page.set_face()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Lay out what comes into view, then paint."""
        self._settle()
        self.viewport().update()

    def _settle(self) -> None:
        """Lay out what is in view; what was in view stays where it is on screen."""
        if self._settling:
            return
        self._settling = True
        bar, layout, height = self.verticalScrollBar(), self._page.layout, self.viewport().height()
        at_end = 0 < bar.maximum() == bar.value()
        if abs(bar.value() - self._last) > 2 * height:
            layout.anchor = layout.number_at(bar.value())
        for _ in range(12):
            top = bar.value()
            seen = [laid.number for laid, _ in layout.in_view(top - LOOK_BACK, top + height)]
            self._follow(at_end)
            if bar.value() == top:
                break
        self._last = bar.value()
        layout.anchor = layout.number_at(self._last)
        layout.trim(seen[0] if seen else 0, seen[-1] if seen else 0)
        self._settling = False

    def _follow(self, at_end: bool) -> None:
        """Bring the scroll bar after what grew."""
        bar, layout = self.verticalScrollBar(), self._page.layout
        wanted = bar.value() + layout.shift
        layout.shift = 0
        if layout.total != self._announced:
            self._announced = layout.total
            layout.announce()
            bar.setValue(bar.maximum() if at_end else wanted)

    def place(self) -> int:
        """The first visible position."""
        layout = self._page.layout
        top = self.verticalScrollBar().value()
        number = layout.number_at(top + 4)
        laid = layout.known(number)
        if laid is None or not laid.lines:
            return self._page.start_of(number)
        line = laid.line_at(0, top + 4 - layout.top(number))
        return (
            self._page.offsets.to_points(laid.start + laid.starts[line])
            if line
            else self._page.start_of(number)
        )

    def restore_place(self, position: int) -> None:
        """Bring a position to the top of the view."""
        if position <= 0:
            self.verticalScrollBar().setValue(0)
        else:
            self._scroll(self._box(position).top())
        self.viewport().update()

    def scroll_to(self, position: int) -> None:
        """Bring a position into view; nothing moves if it is there already."""
        self.sought.emit(position)
        box = self._box(position)
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        margin = min(2 * self._typography.line, height // 4)
        if not top + margin <= box.top() <= top + height - margin - box.height():
            self._scroll(box.top() - height / 3)

    def _scroll(self, y: float) -> None:
        """Put the height `y` of the page at the top of the view."""
        self._settling = True
        self._follow(False)
        self.verticalScrollBar().setValue(round(y))
        self._page.layout.anchor = self._page.layout.number_at(self.verticalScrollBar().value())
        self._last = self.verticalScrollBar().value()
        self._settling = False
        self._settle()
        self.viewport().update()

    def _box(self, position: int) -> QRectF:
        """Where the caret stands before a position, on the page."""
        laid = self._page.laid_at(position)
        units = self._page.offsets.to_units(position) - laid.start
        layout = self._page.layout
        return laid.caret(units).translated(QPointF(layout.left, layout.top(laid.number)))

    def position_at(self, point: QPointF) -> int:
        """The position nearest to a point of the viewport."""
        on_page = self._on_page(point)
        return self._page.offsets.to_points(self._page.layout.hitTest(on_page, Qt.HitTestAccuracy.FuzzyHit))

    def _on_page(self, point: QPointF) -> QPointF:
        return QPointF(point.x(), point.y() + self.verticalScrollBar().value())

    def rectangle(self, position: int) -> QRectF:
        """Where the caret would stand before a position, in the viewport."""
        return self._box(position).translated(0, -self.verticalScrollBar().value())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page in view."""
        self._settle()
        viewport = self.viewport()
        with QPainter(viewport) as painter:
            painter.fillRect(event.rect(), self._look.paper)
            if self._open:
                self._paint_page(painter)
            else:
                paint_empty(painter, self._look, QRectF(viewport.rect()), *self._empty)

    def _paint_page(self, painter: QPainter) -> None:
        viewport = self.viewport()
        cursor = self.textCursor()
        self._shown.selection = cursor.selectionStart(), cursor.selectionEnd()
        self._shown.caret = cursor.position() if self.hasFocus() else -1
        top = self.verticalScrollBar().value()
        self._painter.paint(painter, top, viewport.width(), viewport.height(), self._piece, self._shown)

    def tr(self, text: str) -> str:  # type: ignore[override]
        """The text in the user's language."""
        return QCoreApplication.translate("Reading", text)
