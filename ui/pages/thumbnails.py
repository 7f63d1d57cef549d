"""The pages small beside the pages."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotate.places import Places
from ui.fonts import ui_font
from ui.pages.document import PdfPages
from ui.theme import Theme, load_tokens

WIDTH, PICTURE, GAP, CAPTION = 132, 96, 12, 20  # pixels


class Thumbnails(QAbstractScrollArea):
    """A column of pictures; a click turns to the page."""

    page_asked = Signal(int)

    def __init__(self, pages: PdfPages, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages, self._theme = pages, theme
        self._places = Places((), ())
        self._tops: list[int] = []
        self._current = 0
        self.setFixedWidth(WIDTH)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Thumbnails"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        pages.drawn.connect(lambda _: self.viewport().update())

    def show_pages(self, places: Places) -> None:
        self._places = places
        self._tops, y = [], GAP
        for at in range(len(places.pages)):
            self._tops.append(y)
            y += self._height(at) + CAPTION + GAP
        self._tops.append(y)
        self._reach()

    def clear(self) -> None:
        self.show_pages(Places((), ()))

    def set_current(self, page: int) -> None:
        """The page being read, brought into view."""
        self._current = page
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if page < len(self._tops) - 1:
            top, bottom = self._tops[page], self._tops[page + 1]
            if top < bar.value() or bottom > bar.value() + height:
                bar.setValue(top - (height - (bottom - top)) // 2)
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.viewport().update()

    def _height(self, page: int) -> int:
        size = self._places.pages[page]
        return round(PICTURE * size.height / max(size.width, 1))

    def _reach(self) -> None:
        height = self.viewport().height()
        self.verticalScrollBar().setPageStep(height)
        self.verticalScrollBar().setRange(0, max(0, (self._tops[-1] if self._tops else 0) - height))
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reach()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        top, width = self.verticalScrollBar().value(), self.viewport().width()
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), QColor(self._theme.chrome))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setFont(ui_font(load_tokens()["type"]["ui"]["small"]))
            for page in range(len(self._places.pages)):
                y, high = self._tops[page] - top, self._height(page)
                if y + high + CAPTION > 0 and y < self.viewport().height():
                    self._paint(painter, page, QRectF((width - PICTURE) // 2, y, PICTURE, high))

    def _paint(self, painter: QPainter, page: int, frame: QRectF) -> None:
        picture = self._pages.small(page, round(PICTURE * self.devicePixelRatioF()))
        painter.fillRect(frame, Qt.GlobalColor.white)
        if picture is not None:
            painter.drawImage(frame, picture)
        here = page == self._current
        pen = QPen(QColor(self._theme.accent if here else self._theme.line_strong), 2 if here else 1)
        painter.setPen(pen)
        painter.drawRect(frame.adjusted(-1, -1, 1, 1))
        painter.setPen(QColor(self._theme.text if here else self._theme.dim))
        under = QRectF(frame.left(), frame.bottom() + 3, frame.width(), CAPTION - 3)
        painter.drawText(under, Qt.AlignmentFlag.AlignCenter, str(page + 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        page = self._page_at(event.position())
        if page is not None:
            self.page_asked.emit(page)

    def _page_at(self, point: QPointF) -> int | None:
        y = point.y() + self.verticalScrollBar().value()
        return next((at for at, top in enumerate(self._tops[1:]) if y < top), None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.viewport().update()
