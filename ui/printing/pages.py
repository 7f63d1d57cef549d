"""The pages that a report is set on: how far the present one is filled, its edges and its foot."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPdfWriter, QPen

from ui.fonts import printed_font

WIDTH, HEIGHT = 595.0, 842.0  # points of A4
LEFT, RIGHT = 76.0, 76.0
TOP, BOTTOM = 68.0, 76.0
FOOT = 40.0  # from the lower edge
DIM = "#5c6168"
LINE = "#d8d4ca"


class Pages:
    """Everything is given in points; `unit` dots are one."""

    def __init__(self, device: QPdfWriter, painter: QPainter, title: str, unit: float) -> None:
        self.painter, self.unit = painter, unit
        self._device, self._title = device, title
        self.number = 1
        self.missing = 0  # signs that no font of this computer has
        self.y = TOP
        self.fresh = True  # nothing stands on the page yet
        self._foot()

    @property
    def width(self) -> float:
        """Of the column."""
        return WIDTH - LEFT - RIGHT

    @property
    def room(self) -> float:
        """What is left of the page."""
        return HEIGHT - BOTTOM - self.y

    def turn(self) -> None:
        """Goes on with a new page."""
        self._device.newPage()
        self.number += 1
        self.y, self.fresh = TOP, True
        self._foot()

    def need(self, height: float) -> None:
        """Goes on with a new page unless so much fits on this one."""
        if height > self.room and not self.fresh:
            self.turn()

    def space(self, height: float) -> None:
        """Leaves room; none at the top of a page."""
        if not self.fresh:
            self.y += height

    def took(self, height: float) -> None:
        """So much was filled."""
        self.y += height
        self.fresh = False

    def font(self, size: float, weight: int = 400, *, serif: bool = False) -> QFont:
        return printed_font(round(size * self.unit), weight, serif=serif)

    def fill(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        """A rectangle, from the column's left and the page's top."""
        unit = self.unit
        box = QRectF((LEFT + left) * unit, top * unit, width * unit, height * unit)
        self.painter.fillRect(box, QColor(colour))

    def _foot(self) -> None:
        font = self.font(8)
        unit = self.unit
        box = QRectF(LEFT * unit, (HEIGHT - FOOT - 12) * unit, self.width * unit, 12 * unit)
        self.painter.setFont(font)
        self.painter.setPen(QPen(QColor(DIM)))
        number = f"{self.number:,}"
        side = Qt.AlignmentFlag.AlignVCenter
        self.painter.drawText(box, side | Qt.AlignmentFlag.AlignRight, number)
        metrics = QFontMetricsF(font)
        room = box.width() - metrics.horizontalAdvance(number) - 12 * unit
        short = metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, room)
        self.painter.drawText(box, side | Qt.AlignmentFlag.AlignLeft, short)
