"""Which code colours are hard to tell apart, for all eyes or for colour-blind ones, as they stand in a theme."""

from __future__ import annotations

from collections.abc import Iterable

from annotate.colour_difference import closest
from ui.theme import Theme, code_colour, theme

CLOSE = 8.0  # CIEDE2000 below which small chips are confused


def hard_to_tell(name: str, others: Iterable[str], theme: Theme) -> list[str]:
    """Those of `others` (palette names or #rrggbb) that stand too close to `name` for some eyes, in order."""
    mine = code_colour(name, theme).name()
    return [
        other for other in dict.fromkeys(others) if closest(mine, code_colour(other, theme).name())[0] < CLOSE
    ]


def in_both_themes(name: str) -> tuple[str, str]:
    """A code colour as #rrggbb in the light theme and in the dark one."""
    return code_colour(name, theme("light")).name(), code_colour(name, theme("dark")).name()
