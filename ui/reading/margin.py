"""The margin: brackets beside the lines of a mark, and labels that are never cut and never on each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen

from ui.reading.lines import Laid
from ui.reading.look import Look, small_font, static_text
from ui.reading.segments import Segment
from ui.reading.values import Mark

BRACKETS = 31
LABELS = 60
_TEXT = 14
_STEP = 19
_APART = 5  # more, behind a label of several lines
_LAST_LANE = 52
_ROWS = 3
_REACH = 150
"""A label moves down by at most so many pixels to make room; what finds none is counted beside the last."""


@dataclass(slots=True, repr=False, eq=False)
class Label:
    """One label's place: `y` is the middle of its first line, from the top of the page."""

    mark: Mark
    y: float
    more: int = 0


def paint_brackets(
    painter: QPainter, look: Look, laid: Laid, segment: Segment, column: int, gap: int
) -> None:
    """The brackets of some lines; the painter stands at the paragraph's upper left."""
    line = laid.style.line
    for bracket in segment.brackets:
        top = laid.tops[bracket.first] + (5 if bracket.begins else 0)
        bottom = laid.tops[bracket.last] + line - (5 if bracket.ends else -gap)
        x = column + min(BRACKETS + bracket.lane * look.bracket_lane, _LAST_LANE)
        colour = look.of(bracket.mark)[0]
        painter.fillRect(QRectF(x, top, 2, bottom - top), colour)
        if bracket.begins:
            painter.fillRect(QRectF(x - 4, top, 4, 2), colour)
        if bracket.ends:
            painter.fillRect(QRectF(x - 4, bottom - 2, 4, 2), colour)


def place_labels(wanted: Sequence[tuple[float, Mark]], room: float, look: Look) -> list[Label]:
    """Labels in order of `y` (the middle of the line where a mark begins), moved down where they meet."""
    placed: list[Label] = []
    free = float("-inf")
    for y, mark in wanted:
        at = max(y, free)
        if at - y > _REACH and placed:
            placed[-1].more += 1
            continue
        placed.append(Label(mark, at))
        rows = len(rows_of(mark, room, look))
        free = at + _STEP * rows + (_APART if rows > 1 else 0)
    return placed


def rows_of(mark: Mark, room: float, look: Look) -> tuple[tuple[str, str], ...]:
    """A label's lines, each the mark's own words and the grey ones behind them, none wider than `room`."""
    own = mark.label if mark.coded else mark.label or "No code"
    grey = " ".join(filter(None, ("?" if mark.unsure else "", mark.coder)))
    return _rows(own, grey, room - _TEXT - 16 * (mark.memo + mark.linked), look.small)


@lru_cache(maxsize=4096)
def _rows(own: str, grey: str, width: float, size: int) -> tuple[tuple[str, str], ...]:
    metrics = QFontMetricsF(small_font(size, 600))
    if metrics.horizontalAdvance(f"{own}  {grey}" if grey else own) <= width:
        return ((own, grey),)
    rows = _wrapped(own, width, metrics)
    last = metrics.horizontalAdvance(f"{rows[-1]}  {grey}")
    if not grey:
        return tuple((row, "") for row in rows)
    if last <= width:
        return (*((row, "") for row in rows[:-1]), (rows[-1], grey))
    return (*((row, "") for row in rows), ("", grey))


def _wrapped(text: str, width: float, metrics: QFontMetricsF) -> list[str]:
    """The text in three lines at most; what does not fit even then is elided."""
    rows = [""]
    for word in text.split(" "):
        longer = f"{rows[-1]} {word}".strip()
        if len(rows) == _ROWS or not rows[-1] or metrics.horizontalAdvance(longer) <= width:
            rows[-1] = longer
        else:
            rows.append(word)
    return [metrics.elidedText(row, Qt.TextElideMode.ElideRight, width) for row in rows]


def paint_label(
    painter: QPainter, look: Look, label: Label, x: float, y: float, room: float, strong: bool
) -> QRectF:
    """One label, its first line's middle at `y`; returns the place it takes."""
    mark = label.mark
    colour = look.of(mark)[0]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen if mark.coded else QPen(colour, 1.5))
    painter.setBrush(colour if mark.coded else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(x, y - 4, 8, 8), 2, 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    weight = 600 if strong else 500
    rows = rows_of(mark, room, look)
    right = end = x
    for number, (own, grey) in enumerate(rows):
        if label.more and number == len(rows) - 1:
            grey = f"{grey}  +{label.more}".strip()
        middle = y + number * _STEP
        end = _paint_row(painter, look, own, grey, x + _TEXT, middle, weight)
        right = max(right, end)
    if mark.memo:
        _paint_memo(painter, look, end + 6, y + (len(rows) - 1) * _STEP)
        end += 14
        right = max(right, end)
    if mark.linked:
        _paint_linked(painter, look, end + 6, y + (len(rows) - 1) * _STEP)
        right = max(right, end + 16)
    return QRectF(x - 4, y - _STEP / 2, right - x + 8, _STEP * len(rows))


def _paint_row(
    painter: QPainter, look: Look, own: str, grey: str, x: float, middle: float, weight: int
) -> float:
    for text, colour, bold in ((own, look.text, weight), (grey, look.faint, 400)):
        if not text:
            continue
        ready = static_text(text, look.small, bold)
        painter.setFont(small_font(look.small, bold))
        painter.setPen(colour)
        painter.drawStaticText(QPointF(x, round(middle - ready.size().height() / 2)), ready)
        x += ready.size().width() + 6
    return x - 6


def _paint_memo(painter: QPainter, look: Look, x: float, middle: float) -> None:
    """A small written page: the mark has a memo."""
    painter.setPen(QPen(look.faint, 1))
    x, y = round(x), round(middle) - 4
    painter.drawRect(x, y, 7, 8)
    painter.drawLine(x + 2, y + 3, x + 5, y + 3)
    painter.drawLine(x + 2, y + 5, x + 5, y + 5)


def _paint_linked(painter: QPainter, look: Look, x: float, middle: float) -> None:
    """Two dots joined by a curve: the mark has relations."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    x, y = round(x) + 0.5, round(middle) + 0.5
    curve = QPainterPath(QPointF(x + 1, y + 3))
    curve.cubicTo(QPointF(x + 1, y - 3), QPointF(x + 8, y + 3), QPointF(x + 8, y - 3))
    painter.setPen(QPen(look.faint, 1.1))
    painter.drawPath(curve)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.faint)
    painter.drawEllipse(QPointF(x + 1, y + 3), 1.7, 1.7)
    painter.drawEllipse(QPointF(x + 8, y - 3), 1.7, 1.7)
    painter.restore()
