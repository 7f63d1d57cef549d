"""What stands on the page beside the text: title and meta line, numbers, the empty page."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout

from annotate.model import BlockKind
from annotate.text import runs_right
from ui.dates import spoken_date
from ui.reading.look import Look, small_font
from ui.reading.typography import MARGIN_TOP, Typography, font_of
from ui.reading.values import Head

META = 20
META_ABOVE = 9
META_BELOW = 24


def _tr(text: str, n: int = -1) -> str:
    return QCoreApplication.translate("Reading", text, None, n)


def meta_line(head: Head) -> str:
    """Outlet, author, date, words and what more there is, in one line."""
    words = _tr("%1 words").replace("%1", f"{head.words:,}") if head.words else ""
    return " · ".join(filter(None, (head.outlet, head.author, spoken_date(head.date), words, *head.more)))


class HeadPiece:
    """The head above the text, when the text holds no title of its own; or the meta line under its title."""

    def __init__(self, head: Head, in_text: bool, typography: Typography, column: int) -> None:
        self.meta = meta_line(head)
        style = typography.style(BlockKind.TITLE)
        self._column, self._right = column, runs_right(head.title)
        self._title: QTextLayout | None = None
        self._line = style.line
        self._lines = 0
        if head.title and not in_text:
            self._title = QTextLayout(head.title, font_of(style.size, style.weight))
            self._lines = _break(self._title, column, style.line)
        self.in_text = in_text

    @property
    def after(self) -> int:
        """How much room the meta line takes under a title that stands in the text."""
        return META_ABOVE + META + META_BELOW if self.meta else META_BELOW

    @property
    def height(self) -> int:
        """How far down the text begins."""
        if self.in_text or not (self._title or self.meta):
            return MARGIN_TOP
        return MARGIN_TOP + self._lines * self._line + self.after

    def paint(self, painter: QPainter, look: Look, left: int, top: int) -> None:
        """The head above the text; `top` is where the page begins."""
        if self.in_text:
            return
        painter.setPen(look.text)
        if self._title is not None:
            self._title.draw(painter, QPointF(left, top + MARGIN_TOP))
        self.paint_meta(painter, look, left, top + MARGIN_TOP + self._lines * self._line)

    def paint_meta(self, painter: QPainter, look: Look, left: int, top: int) -> None:
        """The meta line under a title that ends at `top`."""
        painter.setPen(look.dim)
        painter.setFont(small_font(look.ui, 400))
        room = painter.viewport().width() - left - 16
        text = painter.fontMetrics().elidedText(self.meta, Qt.TextElideMode.ElideRight, room)
        above = META_ABOVE if self.in_text or self._title else 0
        side = Qt.AlignmentFlag.AlignRight if self._right else Qt.AlignmentFlag.AlignLeft
        box = QRectF(left, top + above, self._column if self._right else room, META)
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)


def _break(layout: QTextLayout, width: int, step: int) -> int:
    layout.setCacheEnabled(True)
    layout.beginLayout()
    count = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, count * step + (step - line.height()) / 2))
        count += 1
    layout.endLayout()
    return count


def paint_number(painter: QPainter, look: Look, text: str, left: float, middle: float) -> None:
    """A page's or paragraph's number in the margin, right before the column."""
    painter.setPen(look.faint)
    painter.setFont(small_font(look.small - 1, 400))
    box = QRectF(0, middle - 10, left - 12, 20)
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


def paint_empty(painter: QPainter, look: Look, box: QRectF, title: str, hint: str) -> None:
    """The page when no article is open: what to do next."""
    middle = box.center()
    painter.setPen(look.dim)
    font = QFont(font_of(22, 600))
    painter.setFont(font)
    top = middle.y() - 40
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    high = QFontMetricsF(font).boundingRect(box.adjusted(32, 0, -32, 0), int(flags), title).height()
    painter.drawText(QRectF(32, top, box.width() - 64, high + 4), flags, title)
    painter.setPen(look.faint)
    painter.setFont(small_font(look.ui, 400))
    painter.drawText(QRectF(32, top + high + 12, box.width() - 64, 120), flags, hint)
