"""How each kind of paragraph is set: size, weight, line, spaces, indentation, all from the reading size."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontMetricsF

from annotate.frozen import frozen
from annotate.model import BlockKind
from ui.fonts import reading_font
from ui.theme import load_tokens

MARGIN_TOP = 41
MARGIN_LEFT = 44
MARGIN_BOTTOM = 128
MARGIN_RIGHT = 228
"""Room beside the column for brackets and labels, pixels."""
MARGIN_BRACKETS = 64
"""Room for brackets alone, where the column would become too narrow beside labels."""
_LEAST_COLUMN = 360


@frozen
class BlockStyle:
    """How one paragraph is set, in whole pixels."""

    kind: BlockKind
    size: int
    weight: int
    line: int
    before: int
    after: int
    indent: int = 0


@frozen
class Typography:
    """The reader's choice: size of the face, height of a line, greatest width of the column, in pixels."""

    size: int = 18
    line: int = 30
    column: int = 640
    face: str = ""  # empty: the shipped serif

    def column_in(self, width: int) -> int:
        """The column's width in a view that is `width` wide."""
        room = width - MARGIN_LEFT - MARGIN_RIGHT
        if room < _LEAST_COLUMN:
            room = max(width - MARGIN_LEFT - MARGIN_BRACKETS, 80)
        return min(self.column, room)

    def left_in(self, width: int) -> int:
        """Where the column begins: in the middle, as long as labels have their room beside it."""
        column = self.column_in(width)
        return max(min((width - column) // 2, width - column - MARGIN_RIGHT), MARGIN_LEFT)

    def style(self, kind: BlockKind, level: int = 0) -> BlockStyle:
        """How a paragraph of that kind is set."""
        return _style(self, kind, level)


def default_typography() -> Typography:
    """The token file's size, line and column."""
    tokens = load_tokens()
    reading = tokens["type"]["reading"]
    return Typography(reading["size"], reading["line"], tokens["size"]["column_max"])


@lru_cache(maxsize=512)
def _style(own: Typography, kind: BlockKind, level: int) -> BlockStyle:
    line, size = own.line, own.size
    if kind is BlockKind.TITLE:
        large = round(size * load_tokens()["type"]["reading"]["title"] / 18)
        return BlockStyle(kind, large, 600, round(large * 1.28), 0, round(line * 0.6))
    if kind is BlockKind.HEADING:
        large = round(size * {1: 1.34, 2: 1.2, 3: 1.08}.get(level, 1.0))
        return BlockStyle(
            kind, large, 600, max(round(large * 1.4), line), round(line * 0.5), round(line * 0.3)
        )
    if kind is BlockKind.ITEM:
        return BlockStyle(kind, size, 400, line, 0, round(line * 0.27), round(size * 1.4 * (level + 1)))
    if kind is BlockKind.QUOTE:
        return BlockStyle(kind, size, 400, line, 0, round(line * 0.6), round(size * 1.4 * (level + 1)))
    if kind is BlockKind.ROW:
        small = max(size - 2, 8)
        return BlockStyle(kind, small, 400, round(line * 0.87), round(line * 0.15), round(line * 0.15))
    return BlockStyle(kind, size, 400, line, 0, round(line * 0.6))


@lru_cache(maxsize=64)
def font_of(size: int, weight: int) -> QFont:
    """The reading face at that size and weight; `forget_face` when it is another."""
    font = reading_font(size)
    font.setWeight(QFont.Weight(weight))
    return font


def forget_face() -> None:
    """What was measured in the face before is of no use any more."""
    font_of.cache_clear()
    baseline_of.cache_clear()


@lru_cache(maxsize=64)
def baseline_of(size: int, weight: int, line: int) -> int:
    """How far below the top of a line of that height its baseline stands."""
    metrics = QFontMetricsF(font_of(size, weight))
    return round((line - metrics.height()) / 2 + metrics.ascent())
