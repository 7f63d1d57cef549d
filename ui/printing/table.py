"""A table on paper: columns as wide as what is in them, within the page."""

from __future__ import annotations

from collections.abc import Sequence

from annotate.writers.document import Part
from ui.printing.pages import DIM, LINE, Pages
from ui.printing.paragraph import Paragraph, Setting

CELL = Setting(9.0, 13.0)
HEAD = Setting(8.5, 13.0, 600, colour=DIM)
ABOVE, BELOW = 3.5, 3.5  # in a row
BETWEEN = 14.0
LOOKED_AT = 200  # rows that tell how wide columns are
LEAST = 40.0
WHOLE = 240.0  # a row of less stands on one page


def set_table(pages: Pages, rows: Sequence[Part]) -> None:
    """Draws the rows; a tall one goes on over pages, and the head stands on each page."""
    widths = _widths(pages, rows)
    head = rows[0] if rows[0].head else None
    pages.space(8)
    for row in rows:
        _set_row(pages, row, widths, None if row is head else head)
    pages.space(16)


def _set_row(pages: Pages, row: Part, widths: Sequence[float], head: Part | None) -> None:
    setting = HEAD if row.head else CELL
    cells = [Paragraph(pages, runs, setting, width) for runs, width in zip(row.cells, widths, strict=False)]
    tallest = max((len(cell.lines) for cell in cells), default=1)
    whole = tallest * setting.line + ABOVE + BELOW
    _turn(pages, whole if whole < WHOLE else ABOVE + 2 * setting.line, widths, head)
    pages.took(ABOVE)
    for number in range(tallest):
        _turn(pages, setting.line, widths, head)
        left = 0.0
        for cell, width in zip(cells, widths, strict=False):
            if number < len(cell.lines):
                cell.draw_line(number, left, pages.y)
            left += width + BETWEEN
        pages.took(setting.line)
    pages.took(BELOW)
    pages.fill(0, pages.y - 0.5, pages.width, 0.5, LINE)


def _turn(pages: Pages, height: float, widths: Sequence[float], head: Part | None) -> None:
    """A new page, with the head, where so much has no room on this one."""
    if height <= pages.room or pages.fresh:
        return
    pages.turn()
    if head is not None:
        _set_row(pages, head, widths, None)


def _widths(pages: Pages, rows: Sequence[Part]) -> list[float]:
    """What columns want, cut down where the page is too narrow: the widest give most."""
    number = max(len(row.cells) for row in rows)
    wanted = [LEAST] * number
    for row in rows[:LOOKED_AT]:
        setting = HEAD if row.head else CELL
        for at, runs in enumerate(row.cells):
            natural = Paragraph(pages, runs, setting, 10_000).natural_width + 1
            wanted[at] = max(wanted[at], natural)
    room = pages.width - BETWEEN * (number - 1)
    while sum(wanted) > room + 0.01:
        widest = max(wanted)
        many = [at for at, width in enumerate(wanted) if width == widest]
        next_ = max((width for width in wanted if width < widest), default=0.0)
        cut = min(widest - next_, (sum(wanted) - room) / len(many))
        for at in many:
            wanted[at] -= cut
    return wanted
