"""A theme as the painter uses it: colours and faces made once."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPen, QStaticText

from ui.fonts import ui_font
from ui.reading.values import Mark
from ui.theme import Theme, code_colour, load_tokens, mix, tint


class Look:
    """The colours of one theme, and the pens of its marks."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.paper = QColor(theme.paper)
        self.raised = QColor(theme.raised)
        self.text = QColor(theme.text)
        self.dim = QColor(theme.dim)
        self.faint = QColor(theme.faint)
        self.line = QColor(theme.line)
        self.line_strong = QColor(theme.line_strong)
        self.accent = QColor(theme.accent)
        self.selection = mix(QColor(theme.accent_back), QColor(theme.accent), 0.16)
        self.hit, self.hit_now = QColor(theme.warn), QColor(theme.warn)
        self.hit.setAlphaF(0.22)
        self.hit_now.setAlphaF(0.5)
        tokens = load_tokens()
        self.lane = float(tokens["highlight"]["lane"])
        self.thick = int(tokens["highlight"]["underline"])
        self.bracket_lane = int(tokens["highlight"]["bracket_lane"])
        self.small = int(tokens["type"]["ui"]["small"])
        self.ui = int(tokens["type"]["ui"]["size"])
        self._colours: dict[str, tuple[QColor, QColor]] = {}

    def of(self, mark: Mark) -> tuple[QColor, QColor]:
        """The mark's line colour and its tint."""
        name = mark.colour if mark.coded else ""
        found = self._colours.get(name)
        if found is None:
            found = self._colours[name] = (code_colour(name, self.theme), tint(name, self.theme))
        return found

    def pen(self, mark: Mark) -> QPen:
        """The pen of a broken underline: dots without a code, dashes when unsure."""
        pen = QPen(self.of(mark)[0], self.thick)
        pen.setDashPattern([1.5, 1.5] if not mark.coded else [4, 2])
        return pen


@lru_cache(maxsize=2048)
def static_text(text: str, size: int, weight: int) -> QStaticText:
    """A text ready to be painted, in the interface's face."""
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(font=small_font(size, weight))
    return made


@lru_cache(maxsize=32)
def small_font(size: int, weight: int) -> QFont:
    """The interface's face at that size and weight."""
    return ui_font(size, weight)
