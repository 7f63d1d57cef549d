"""How a code stands in a row: chip, notation, label, key cap and count, the same in every list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QWidget

from ui.fonts import tabular
from ui.icons import Icon, pixmap
from ui.theme import Theme, code_colour, load_tokens

CHIP = 12.0
GAP = 8.0
MARGIN = 8.0
EYE = 14
Part = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """What a row shows. `bold` are the parts of the label (Qt's UTF-16 positions) that were looked for."""

    label: str
    notation: str = ""
    colour: str | None = None  # None: no chip
    shortcut: str = ""
    count: int | None = None
    strong: bool = False  # a taxonomy or a grouping
    hollow: bool = False  # a grouping: the chip is a ring
    dim: bool = False
    bold: tuple[Part, ...] = ()
    hidden: bool = False  # its highlights are not drawn
    struck: bool = False  # retired
    locked: bool = False  # a standard
    own: bool = False  # the study's own, below a standard's code


def parts_of(text: str, places: Sequence[int]) -> tuple[Part, ...]:
    """Positions of single characters (code points) as stretches in Qt's UTF-16 positions."""
    parts: list[Part] = []
    for place in sorted(places):
        start = len(text[:place].encode("utf-16-le", "surrogatepass")) // 2
        end = start + (2 if ord(text[place]) > 0xFFFF else 1)
        if parts and parts[-1][1] == start:
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
    return tuple(parts)


def row_height(font: QFont) -> int:
    """The height of a row: the token's, or more where the letters are large."""
    return max(int(load_tokens()["size"]["row"]), round(QFontMetricsF(font).height()) + 12)


def ratio_of(painter: QPainter) -> float:
    """Device pixels to a logical one where `painter` paints."""
    device = painter.device()
    return device.devicePixelRatio() if device else 1.0


def paint_row(painter: QPainter, area: QRectF, row: Row, theme: Theme, font: QFont) -> None:
    """Paints a row into `area`; what does not fit is cut out of the label, which ends in an ellipsis."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    figures = tabular(font)
    left, right = area.left(), area.right() - MARGIN
    if row.count is not None:
        right = _paint_count(painter, area, right, row, theme, figures)
    if row.shortcut:
        right = paint_key(painter, area, right, row.shortcut, theme, font) - GAP
    if row.hidden:
        right -= EYE
        painter.drawPixmap(
            QPointF(right, area.center().y() - EYE / 2),
            pixmap(Icon.EYE_OFF, theme.dim, EYE, ratio_of(painter)),
        )
        right -= GAP
    if row.colour is not None:
        paint_chip(painter, QPointF(left + CHIP / 2, area.center().y()), row.colour, theme, hollow=row.hollow)
        left += CHIP + GAP
    if row.notation:
        left += _paint_text(painter, area, left, right, row.notation, theme.dim, figures, ()) + GAP
    if row.locked:
        right -= EYE
        lock = pixmap(Icon.LOCK, theme.dim, EYE, ratio_of(painter))
        painter.drawPixmap(QPointF(right, area.center().y() - EYE / 2), lock)
        right -= GAP
    face = _weight(font, 600) if row.strong else font
    if row.own:
        face = QFont(face)
        face.setItalic(True)
    if row.struck:
        face = QFont(face)
        face.setStrikeOut(True)
    _paint_text(painter, area, left, right, row.label, theme.dim if row.dim else theme.text, face, row.bold)
    painter.restore()


def paint_chip(
    painter: QPainter, centre: QPointF, colour: str, theme: Theme, *, side: float = CHIP, hollow: bool = False
) -> None:
    shade = code_colour(colour, theme)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    square = QRectF(centre - QPointF(side / 2, side / 2), QSizeF(side, side))
    if hollow:
        painter.setPen(QPen(shade, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        square.adjust(1, 1, -1, -1)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
    radius = side / 6
    painter.drawRoundedRect(square, radius, radius)
    painter.restore()


def paint_key(painter: QPainter, area: QRectF, right: float, key: str, theme: Theme, font: QFont) -> float:
    """A key cap that ends at `right`; gives where it begins."""
    small = QFont(font)
    small.setPixelSize(max(9, font.pixelSize() - 2))
    metrics = QFontMetricsF(small)
    width = max(metrics.horizontalAdvance(key) + 10, 18.0)
    height = metrics.height() + 3
    cap = QRectF(right - width, area.center().y() - height / 2, width, height)
    painter.setPen(QPen(QColor(theme.line_strong), 1))
    painter.setBrush(QColor(theme.raised))
    painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setFont(small)
    painter.setPen(QColor(theme.dim))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
    return cap.left()


def label_width(area: QRectF, row: Row, font: QFont) -> tuple[float, float]:
    """How much room the label has in `area`, and how much it wants."""
    figures = QFontMetricsF(tabular(font))
    room = area.width() - MARGIN
    if row.count is not None:
        room -= max(figures.horizontalAdvance(f"{row.count:,}"), figures.horizontalAdvance("00")) + GAP
    if row.hidden:
        room -= EYE + GAP
    if row.shortcut:
        room -= 18 + GAP
    if row.colour is not None:
        room -= CHIP + GAP
    if row.notation:
        room -= figures.horizontalAdvance(row.notation) + GAP
    face = _weight(font, 600) if row.strong else font
    return room, QFontMetricsF(face).horizontalAdvance(row.label)


def own_font(widget: QWidget) -> QFont:
    """The widget's font, with its size in pixels known."""
    font = QFont(widget.font())
    if font.pixelSize() < 0:
        font.setPixelSize(int(load_tokens()["type"]["ui"]["size"]))
    return font


def _paint_count(
    painter: QPainter, area: QRectF, right: float, row: Row, theme: Theme, figures: QFont
) -> float:
    face = _weight(figures, 500) if row.strong else figures
    text = f"{row.count:,}"
    metrics = QFontMetricsF(face)
    width = metrics.horizontalAdvance(text)
    painter.setFont(face)
    painter.setPen(QColor(theme.dim if row.count else theme.faint))
    place = QRectF(right - width - 1, area.top(), width + 1, area.height())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
    return right - max(width, metrics.horizontalAdvance("00")) - GAP


def _paint_text(
    painter: QPainter,
    area: QRectF,
    left: float,
    right: float,
    text: str,
    colour: str,
    font: QFont,
    bold: Sequence[Part],
) -> float:
    """One line of text, cut at `right`; gives its width."""
    metrics = QFontMetricsF(_weight(font, 600) if bold else font)
    cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, right - left))
    layout = QTextLayout(cut, font)
    layout.setFormats(_formats(cut, bold))
    layout.beginLayout()
    line = layout.createLine()
    if line.isValid():
        line.setLineWidth(max(1.0, right - left + 40))
    layout.endLayout()
    painter.setPen(QColor(colour))
    layout.draw(painter, QPointF(left, area.center().y() - layout.boundingRect().height() / 2))
    return line.naturalTextWidth() if line.isValid() else 0.0


def _formats(text: str, bold: Sequence[Part]) -> list[QTextLayout.FormatRange]:
    ranges = []
    for start, end in bold:
        if start < len(text):
            part = QTextLayout.FormatRange()
            part.start, part.length = start, end - start
            strong = QTextCharFormat()
            strong.setFontWeight(QFont.Weight.DemiBold)
            part.format = strong
            ranges.append(part)
    return ranges


def _weight(font: QFont, weight: int) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight(weight))
    return made
