"""What is painted over a stretch of lines; made once, kept until the marks change."""

from __future__ import annotations

from dataclasses import field

from annotate.frozen import frozen
from annotate.intervals import lanes
from annotate.model import Span
from annotate.offsets import OffsetMap
from ui.reading.lines import STEP, Laid, LineRect
from ui.reading.marks import MarkSet
from ui.reading.values import Mark


@frozen
class Stretch:
    """One rectangle of one mark, in its underline's lane."""

    mark: Mark
    box: LineRect
    lane: int
    first: bool
    last: bool


@frozen
class Bracket:
    """One mark's bracket beside lines first..last; open where the mark goes on in other lines."""

    mark: Mark
    first: int
    last: int
    lane: int
    begins: bool
    ends: bool


@frozen
class Segment:
    """The painted things of up to STEP lines of one paragraph; `labels` are for marks that begin here."""

    stretches: list[Stretch] = field(default_factory=list)
    brackets: list[Bracket] = field(default_factory=list)
    labels: list[tuple[int, Mark]] = field(default_factory=list)


EMPTY = Segment()


def build(laid: Laid, part: int, marks: MarkSet, offsets: OffsetMap) -> Segment:
    """The painted things of the lines STEP * part and on."""
    first = part * STEP
    last = min(first + STEP, len(laid.lines)) - 1
    if last < first:
        return EMPTY
    begin = laid.start + laid.starts[first]
    stop = laid.start + laid.starts[last] + laid.lines[last].textLength()
    found = marks.touching(offsets.to_points(begin), offsets.to_points(stop))
    if not found:
        return EMPTY
    spans = [
        (offsets.to_units(start) - laid.start, offsets.to_units(end) - laid.start)
        for (start, end), _ in found
    ]
    low, high = begin - laid.start, stop - laid.start
    clipped = [(max(start, low), min(end, high)) for start, end in spans]
    made = Segment()
    ranges: dict[str, list[int]] = {}
    for (_, mark), own, cut, lane in zip(found, spans, clipped, lanes(clipped), strict=True):
        boxes = laid.rectangles(*cut, first, last)
        end = len(boxes) - 1
        for at, box in enumerate(boxes):
            made.stretches.append(
                Stretch(mark, box, lane, at == 0 and own[0] >= low, at == end and own[1] <= high)
            )
        if boxes:
            lines = ranges.setdefault(mark.id, [boxes[0].line, boxes[-1].line])
            lines[1] = max(lines[1], boxes[-1].line)
    _brackets(made, ranges, marks, (offsets.to_points(begin), offsets.to_points(stop)))
    return made


def _brackets(made: Segment, ranges: dict[str, list[int]], marks: MarkSet, here: Span) -> None:
    """Brackets and labels for marks whose lines in this segment are `ranges`."""
    beside = lanes([(first, last + 1) for first, last in ranges.values()])
    for (id, (first, last)), lane in zip(ranges.items(), beside, strict=True):
        mark = marks.get(id)
        if mark is None:
            continue
        begins, ends = mark.start >= here[0], mark.end <= here[1]
        made.brackets.append(Bracket(mark, first, last, lane, begins, ends))
        if begins:
            made.labels.append((first, mark))
    made.labels.sort(key=lambda pair: pair[0])
