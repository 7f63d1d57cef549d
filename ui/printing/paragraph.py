"""One paragraph on paper: its lines, the tint behind its highlights and a line for each below the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from annotate.text import runs_right
from annotate.writers.colours import tinted
from annotate.writers.document import Run
from ui.printing.pages import LEFT, Pages
from ui.reading.lines import MIXED, stretches_of, x_of

INK = "#1f2328"
LANE, STROKE = 1.9, 1.1  # points from one underline to the next, and how thick it is
NO_LINE = "\u2028"


@dataclass(frozen=True, slots=True)
class Setting:
    """How words are set: size and line in points."""

    size: float
    line: float
    weight: int = 400
    serif: bool = False
    colour: str = INK


class Paragraph:
    """Laid out at a width in points; `draw_line` draws one line of it."""

    def __init__(self, pages: Pages, runs: Sequence[Run], setting: Setting, width: float) -> None:
        self._pages, self._runs, self._setting = pages, runs, setting
        text = "".join(run.text for run in runs).replace("\n", NO_LINE)
        self._mixed = re.search(MIXED, text) is not None
        self._ends = _ends(runs)
        self._layout = QTextLayout(text, self._font())
        right = runs_right(text)
        option = QTextOption(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setFormats(self._formats())
        self.lines = self._made(width * pages.unit)

    @property
    def natural_width(self) -> float:
        """Of the longest line, in points."""
        return max((line.naturalTextWidth() for line in self.lines), default=0.0) / self._pages.unit

    def draw_line(self, number: int, left: float, top: float) -> None:
        """One line, whose upper left is at `left` of the column and `top` of the page."""
        pages, line = self._pages, self.lines[number]
        pages.missing += sum(run.glyphIndexes().count(0) for run in line.glyphRuns())
        baseline = top + self._setting.line * 0.72
        for at, run in enumerate(self._runs):
            if run.colours:
                self._ground(line, at, left, baseline)
        unit = pages.unit
        pages.painter.setPen(QColor(self._setting.colour))
        line.draw(pages.painter, QPointF((LEFT + left) * unit, baseline * unit - line.ascent() - line.y()))

    def _ground(self, line: QTextLine, at: int, left: float, baseline: float) -> None:
        run, pages, size = self._runs[at], self._pages, self._setting.size
        begin = self._ends[at - 1] if at else 0
        for first, last in self._stretches(line, begin, self._ends[at]):
            x, width = left + first / pages.unit, (last - first) / pages.unit
            pages.fill(x, baseline - size * 0.92, width, size * 1.18, tinted(run.colours))
            for lane, colour in enumerate(run.marks):
                if colour:
                    pages.fill(x, baseline + size * 0.26 + lane * LANE, width, STROKE, colour)

    def _stretches(self, line: QTextLine, begin: int, end: int) -> list[tuple[float, float]]:
        """Where a run stands in a line, in dots from its left."""
        start, stop = line.textStart(), line.textStart() + line.textLength()
        begin, until = max(begin, start), min(end, stop)
        if begin >= until:
            return []
        if self._mixed:
            return stretches_of(line, begin, until - begin)
        natural = line.x() + line.naturalTextWidth()
        right = natural if until == stop else min(x_of(line, until), natural)
        return [(x_of(line, begin), right)]

    def _made(self, width: float) -> list[QTextLine]:
        lines = []
        self._layout.setCacheEnabled(True)
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            lines.append(line)
        self._layout.endLayout()
        return lines

    def _formats(self) -> list[QTextLayout.FormatRange]:
        made = []
        for at, run in enumerate(self._runs):
            if run.raised or run.bold or run.colour:
                range_ = QTextLayout.FormatRange()
                range_.start = self._ends[at - 1] if at else 0
                range_.length = self._ends[at] - range_.start
                range_.format = self._format(run)
                made.append(range_)
        return made

    def _format(self, run: Run) -> QTextCharFormat:
        form = QTextCharFormat()
        if run.raised:
            form.setFont(self._pages.font(self._setting.size * 0.96, 600))
            form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        elif run.bold:
            form.setFont(self._font(600))
        if run.colour:
            form.setForeground(QColor(run.colour))
        return form

    def _font(self, weight: int = 0) -> QFont:
        setting = self._setting
        return self._pages.font(setting.size, weight or setting.weight, serif=setting.serif)


def _ends(runs: Sequence[Run]) -> list[int]:
    """Where each run ends, in UTF-16 units."""
    ends, at = [], 0
    for run in runs:
        at += len(run.text.encode("utf-16-le", "surrogatepass")) // 2
        ends.append(at)
    return ends
