"""Relations drawn: an arc from mark to mark, with the arrow's head and the name of the relation."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from annotate.frozen import frozen
from ui.reading.look import Look, small_font, static_text
from ui.reading.values import Link
from ui.theme import code_colour

Find = Callable[[str], Sequence[QRectF]]
"""Where a mark begins and where it ends, by its id; nothing for one that is not there."""

_HEAD = 8.0
_DOT = 2.5
_BEYOND = 240  # pixels out of sight, where an arc to a far place may end
_WIDTH = 1.6
_PLACES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.12, 0.88)  # along an arc, where its name may stand
_BESIDE = (0, -20, 20, -34, 34)  # pixels above or below it
_LEAST_BEND, _MOST_BEND = 16.0, 90.0


class Links:
    """The relations of the article shown, found by the marks at their ends."""

    def __init__(self, links: Iterable[Link] = ()) -> None:
        self._of: dict[str, list[Link]] = {}
        for link in links:
            for end in {link.source, link.target}:
                self._of.setdefault(end, []).append(link)

    def __bool__(self) -> bool:
        return bool(self._of)

    def touching(self, marks: Iterable[str]) -> list[Link]:
        """The links that begin or end at one of these marks, each once."""
        found = {link.id: link for mark in marks for link in self._of.get(mark, ())}
        return list(found.values())


def paint_arcs(
    painter: QPainter, find: Find, look: Look, links: Sequence[Link], view: QRectF, pointer: QPointF | None
) -> None:
    """The arcs of `links` as far as they lie in `view`; places, view and pointer are in pixels of what is scrolled.
    A link without a target leads to the pointer.
    """
    painter.save()
    painter.translate(-view.topLeft())
    painter.setClipRect(view)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    names: list[QRectF] = []
    kept: list[QRectF] = []  # the words that are linked, and the heads of arrows
    drawn = []
    for link in links:
        ends = _ends(find, link, pointer)
        if ends is not None and any(view.intersects(end) for end in ends):
            arc = arc_between(*(_near(end, view) for end in ends))
            _paint_arc(painter, look, link, arc)
            drawn.append((link, arc))
            kept += [*find(link.source), *find(link.target)]
            kept.append(QRectF(arc.end - QPointF(_HEAD, _HEAD), arc.end + QPointF(_HEAD, _HEAD)))
    for link, arc in drawn:
        _paint_name(painter, look, link, arc, view, names, kept)
    painter.restore()


@frozen
class Arc:
    """A cubic curve."""

    start: QPointF
    first: QPointF
    second: QPointF
    end: QPointF

    def at(self, part: float) -> QPointF:
        """The point at a part (0 to 1) of the way."""
        rest = 1 - part
        return (
            self.start * rest**3
            + self.first * (3 * rest * rest * part)
            + self.second * (3 * rest * part * part)
            + self.end * part**3
        )

    def path(self) -> QPainterPath:
        made = QPainterPath(self.start)
        made.cubicTo(self.first, self.second, self.end)
        return made


def _near(end: QRectF, view: QRectF) -> QRectF:
    """The place, brought to the edge of what is in sight where it lies far beyond."""
    low, high = view.top() - _BEYOND, view.bottom() + _BEYOND
    return end.translated(0, min(max(end.top(), low), high) - end.top())


def arc_between(source: QRectF, target: QRectF) -> Arc:
    """The curve from one place to another: above the line where both stand in it, else from line to line."""
    one, other = source.center(), target.center()
    if abs(one.y() - other.y()) < max(source.height(), target.height()) / 2:
        start, end = QPointF(one.x(), source.top()), QPointF(other.x(), target.top())
        bend = min(max(abs(end.x() - start.x()) * 0.22, _LEAST_BEND), _MOST_BEND / 2)
        first, second = start - QPointF(0, bend), end - QPointF(0, bend)
    else:
        down = other.y() > one.y()
        start = QPointF(one.x(), source.bottom() if down else source.top())
        end = QPointF(other.x(), target.top() if down else target.bottom())
        bend = min(max(abs(end.y() - start.y()) * 0.5, _LEAST_BEND), _MOST_BEND) * (1 if down else -1)
        first, second = start + QPointF(0, bend), end - QPointF(0, bend)
    return Arc(start, first, second, end)


def _ends(find: Find, link: Link, pointer: QPointF | None) -> tuple[QRectF, QRectF] | None:
    """The places of the two marks that lie nearest to each other."""
    starts, ends = find(link.source), find(link.target)
    if not link.target and pointer is not None:
        ends = [QRectF(pointer, QSizeF(1, 1))]
    return min(
        ((one, other) for one in starts for other in ends),
        key=lambda pair: (pair[0].center() - pair[1].center()).manhattanLength(),
        default=None,
    )


def _paint_arc(painter: QPainter, look: Look, link: Link, arc: Arc) -> None:
    colour = code_colour(link.colour, look.theme) if link.colour else look.accent
    halo = QPen(look.paper, _WIDTH + 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(halo)
    path = arc.path()
    painter.drawPath(path)
    pen = QPen(colour, _WIDTH)
    if link.pending:
        pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(arc.start, _DOT, _DOT)
    if link.symmetric:
        painter.drawEllipse(arc.end, _DOT, _DOT)
    else:
        painter.drawPolygon(_head(arc))


def _head(arc: Arc) -> QPolygonF:
    """The arrow's head at the end of an arc."""
    tip, before = arc.end, arc.at(0.92)
    turn = math.atan2(tip.y() - before.y(), tip.x() - before.x())
    sides = (turn + math.pi - 0.42, turn + math.pi + 0.42)
    return QPolygonF([tip, *(tip + QPointF(math.cos(side), math.sin(side)) * _HEAD for side in sides)])


def _paint_name(
    painter: QPainter,
    look: Look,
    link: Link,
    arc: Arc,
    view: QRectF,
    taken: list[QRectF],
    kept: list[QRectF],
) -> None:
    """The relation's name in a small frame on the arc or beside it: in sight, off the names that stand already and,
    where there is room, off what is to be `kept` clear.
    """
    if not link.label:
        return
    text = static_text(link.label, look.small, 500)
    size = text.size() + QSizeF(14, 5)
    box = _place_for(arc, size, view.adjusted(4, 4, -4, -4), taken, kept)
    if box is None:
        return
    taken.append(box)
    colour = code_colour(link.colour, look.theme) if link.colour else look.accent
    painter.setPen(QPen(colour, 1))
    painter.setBrush(look.raised)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(look.text)
    painter.setFont(small_font(look.small, 500))
    painter.drawStaticText(QPointF(box.left() + 7, round(box.center().y() - text.size().height() / 2)), text)


def _place_for(
    arc: Arc, size: QSizeF, inside: QRectF, taken: list[QRectF], kept: list[QRectF]
) -> QRectF | None:
    half, found = QPointF(size.width(), size.height()) / 2, None
    for off in _BESIDE:
        for part in _PLACES:
            spot = arc.at(part) + QPointF(0, off)
            if not inside.contains(spot):
                continue
            box = _within(QRectF(spot - half, size), inside)
            if any(map(box.intersects, taken)):
                continue
            if not any(map(box.intersects, kept)):
                return box
            found = found or box
    return found


def _within(box: QRectF, room: QRectF) -> QRectF:
    x = max(room.left(), min(box.x(), room.right() - box.width()))
    y = max(room.top(), min(box.y(), room.bottom() - box.height()))
    return QRectF(round(x), round(y), box.width(), box.height())
