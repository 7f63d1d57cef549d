"""The parts of a report, one after the other, on pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotate.writers.document import Part, Run
from ui.printing.pages import DIM, LINE, Pages
from ui.printing.paragraph import Paragraph, Setting
from ui.printing.table import set_table

HEADINGS = {2: (15.0, 20.0, 24.0, 4.0), 3: (11.5, 16.0, 16.0, 4.0)}  # size, line, space before and behind
LEVEL = 16.0  # how far a list goes in
EDGE, EDGE_ROOM = 2.0, 11.0
KEPT = 3  # lines of what follows that a heading keeps with it
SHORT = 6  # lines of a quote that stands on one page
ABOUT = 3.0  # between a quote and what is said of it


@dataclass(frozen=True, slots=True)
class Block:
    """How a part stands: its setting, its space before and behind, how far it goes in, in points."""

    setting: Setting
    before: float
    behind: float
    indent: float = 0.0


BODY = Setting(10.5, 16.0, serif=True)
SMALL = Setting(8.5, 12.5, colour=DIM)


def set_parts(pages: Pages, parts: Iterable[Part]) -> None:
    """Draws them; neighbouring rows are one table."""
    rows: list[Part] = []
    behind = Behind()
    for part in parts:
        if part.kind == "row":
            rows.append(part)
            continue
        if rows:
            set_table(pages, rows)
            rows, behind = [], Behind()
        behind = _set_part(pages, part, behind)
    if rows:
        set_table(pages, rows)


@dataclass(frozen=True, slots=True)
class Behind:
    """What the next part stands behind: `space` is what is wanted there, `fixed` if no more is."""

    space: float = 0.0
    fixed: bool = True
    quoted: bool = False  # a quote, or what is said of it


def _set_part(pages: Pages, part: Part, behind: Behind) -> Behind:
    about = behind.quoted and part.kind == "dim"
    block = _block(part, about)
    if part.page and not pages.fresh:
        pages.turn()
    gap = behind.space if behind.fixed else max(behind.space, block.before)
    pages.space(ABOUT if about else max(gap, block.before) if part.kind == "heading" else gap)
    paragraph = Paragraph(pages, part.runs, block.setting, pages.width - block.indent)
    number = len(paragraph.lines)
    pages.need(_together(part, number) * block.setting.line)
    if part.kind == "item":
        bullet = Paragraph(pages, (Run("•"),), block.setting, LEVEL)
        bullet.draw_line(0, block.indent - 10, pages.y)
    for at in range(number):
        pages.need(block.setting.line)
        if part.kind == "quote":
            pages.fill(0, pages.y, EDGE, block.setting.line, part.edge or LINE)
        paragraph.draw_line(at, block.indent, pages.y)
        pages.took(block.setting.line)
    return Behind(block.behind, part.kind in ("title", "heading"), about or part.kind == "quote")


def _together(part: Part, lines: int) -> int:
    """How many lines, with those of what follows, should not be parted by the end of a page."""
    if part.kind in ("title", "heading"):
        return lines + KEPT
    if part.kind == "quote":
        return (lines if lines <= SHORT else 2) + 1
    return min(lines, 2)


def _block(part: Part, about: bool) -> Block:
    if part.kind == "title":
        return Block(Setting(22, 28, 600), 0, 8)
    if part.kind == "heading":
        size, line, above, below = HEADINGS.get(part.level, (10.5, 15.0, 12.0, 3.0))
        return Block(Setting(size, line, 600), above, below)
    if part.kind == "dim":
        return Block(SMALL, 2, 6, EDGE_ROOM if about else 0)
    if part.kind == "quote":
        return Block(BODY, 12, 10, EDGE_ROOM)
    if part.kind in ("item", "listed"):
        return Block(BODY, 0, 4, LEVEL * (part.level + 1))
    return Block(BODY, 8, 8)
