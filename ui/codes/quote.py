"""The words of a highlight in the reading face, beside a bar in its code's colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.fonts import reading_font
from ui.look import Look
from ui.theme import code_colour

SIZE, LINE = 16, 25
FEW = 6  # lines shown at first
BAR, LEFT = 3.0, 15
MOST = 20_000  # characters laid out at all


class Quote(QWidget):
    """Cut after six lines until `unfold`."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._text, self._colour, self._all = "", "", False
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self.update)

    def show_quote(self, text: str, colour: str) -> None:
        if text != self._text:
            self._all = False
        self._text, self._colour = text, colour
        self.setAccessibleName(f"Quote: {text[:500]}")
        self.updateGeometry()
        self.update()

    def unfold(self) -> None:
        self._all = True
        self.updateGeometry()
        self.update()

    def is_cut(self) -> bool:
        """Whether lines are left out at the present width."""
        return not self._all and len(self._lines(self.width())) > FEW

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = len(self._lines(width))
        return LINE * max(1, lines if self._all else min(lines, FEW)) + 4

    def sizeHint(self) -> QSize:
        width = self.width() or 240
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, LINE + 4)

    def _lines(self, width: int) -> list[str]:
        """The lines; of a long quote that is cut, only so many that one sees it is."""
        text = " ".join(self._text[: MOST if self._all else 1200].split())
        layout = QTextLayout(text, reading_font(SIZE))
        layout.beginLayout()
        lines = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(40, width - LEFT))
            lines.append(text[line.textStart() : line.textStart() + line.textLength()])
            if not self._all and len(lines) > FEW:
                break
        layout.endLayout()
        return lines

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, font = self._look.theme, reading_font(SIZE)
        lines = self._lines(self.width())
        if self.is_cut():
            metrics = QFontMetricsF(font)
            rest = lines[FEW - 1].rstrip() + "…"
            lines = [
                *lines[: FEW - 1],
                metrics.elidedText(rest + "……", Qt.TextElideMode.ElideRight, self.width() - LEFT),
            ]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(code_colour(self._colour, theme))
        painter.drawRect(QRectF(0, 0, BAR, LINE * len(lines) + 4))
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        ascent = QFontMetricsF(font).ascent()
        top = 2 + (LINE - QFontMetricsF(font).height()) / 2
        for number, line in enumerate(lines):
            painter.drawText(QPointF(LEFT, top + number * LINE + ascent), line.rstrip())
