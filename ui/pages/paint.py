"""The painter of pages. Paper is white in every theme, so marks have the colours of the light one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from annotate.places import Box
from ui.pages.marks import PageMark
from ui.pages.stack import Stack
from ui.reading.look import Look
from ui.theme import Theme, theme

LANE = 2.5  # pixels from one underline to the next
Mode = QPainter.CompositionMode


class PagesPainter:
    """Paints on a canvas that begins above the first page."""

    def __init__(self, window: Theme) -> None:
        self.paper = Look(theme("light"))
        self.set_theme(window)

    def set_theme(self, window: Theme) -> None:
        """Another theme round the pages."""
        self._chrome, self._line = QColor(window.chrome), QColor(window.line_strong)

    def ground(self, painter: QPainter, area: QRect) -> None:
        painter.fillRect(area, self._chrome)

    def page(self, painter: QPainter, frame: QRectF, picture: QImage | None) -> None:
        """One page, white until there is a picture of it."""
        if picture is None:
            painter.fillRect(frame, Qt.GlobalColor.white)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(frame, picture)
        painter.setPen(self._line)
        painter.drawRect(frame.adjusted(-0.5, -0.5, 0.5, 0.5))

    def spans(self, painter: QPainter, stack: Stack, boxes: Iterable[Box], kind: str) -> None:
        """The ground of what is selected, or was found."""
        colour = self.paper.selection if kind == "selection" else self.paper.hit
        painter.setCompositionMode(Mode.CompositionMode_Multiply)
        for box in boxes:
            painter.fillRect(stack.on_canvas(box), colour)
        painter.setCompositionMode(Mode.CompositionMode_SourceOver)

    def marks(self, painter: QPainter, stack: Stack, marks: Sequence[PageMark], selected: str | None) -> None:
        painter.setCompositionMode(Mode.CompositionMode_Multiply)
        for each in marks:
            for box in each.boxes:
                painter.fillRect(stack.on_canvas(box), self.paper.of(each.mark)[1])
        painter.setCompositionMode(Mode.CompositionMode_SourceOver)
        for each in marks:
            self._underline(painter, stack, each)
        for each in marks:
            if each.mark.id == selected:
                self._outline(painter, stack, each)

    def _underline(self, painter: QPainter, stack: Stack, each: PageMark) -> None:
        mark, thick = each.mark, self.paper.thick
        for box in each.boxes:
            area = stack.on_canvas(box)
            y = area.bottom() - thick + round(each.lane * LANE)
            if mark.coded and not mark.unsure:
                painter.fillRect(QRectF(area.left(), y, area.width(), thick), self.paper.of(mark)[0])
            else:
                painter.setPen(self.paper.pen(mark))
                painter.drawLine(QPointF(area.left(), y + 1), QPointF(area.right(), y + 1))

    def _outline(self, painter: QPainter, stack: Stack, each: PageMark) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.paper.of(each.mark)[0], 1.4))
        for box in each.boxes:
            painter.drawRoundedRect(stack.on_canvas(box).adjusted(-1.5, -1.5, 1.5, 1.5), 3, 3)
        painter.restore()

    def caret(self, painter: QPainter, place: QRectF) -> None:
        painter.fillRect(QRectF(round(place.left()) - 1, place.top(), 2, place.height()), self.paper.accent)
