"""The look as values: colours and sizes from one token file, made into a palette and a style sheet."""

from __future__ import annotations

import json
from dataclasses import fields
from functools import cache, lru_cache
from pathlib import Path
from string import Template
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from annotate.frozen import frozen

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "theme"
NAMES = ("system", "light", "dark", "high_contrast")


@frozen
class Theme:
    """The colours of one theme, as #rrggbb; `contrast` is the least a code colour has on paper."""

    name: str
    dark: bool
    contrast: float
    tint_percent: int
    paper: str
    chrome: str
    raised: str
    line: str
    line_strong: str
    text: str
    dim: str
    faint: str
    accent: str
    accent_back: str
    on_accent: str
    hover: str
    warn: str
    danger: str
    good: str

    @property
    def focus(self) -> str:
        """The colour of the focus ring."""
        return self.accent


@cache
def load_tokens() -> dict[str, Any]:
    """The token file, parsed once."""
    tokens: dict[str, Any] = json.loads((FOLDER / "tokens.json").read_text(encoding="utf-8"))
    return tokens


@cache
def _named(name: str) -> Theme:
    tokens = load_tokens()
    values = dict(tokens["theme"][name], name=name, tint_percent=tokens["highlight"]["tint_percent"][name])
    return Theme(**values)


def theme(name: str) -> Theme:
    """The theme called `name`: one of NAMES; "system" follows the desktop's colour scheme."""
    if name == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        name = "dark" if dark else "light"
    return _named(name)


def luminance(colour: QColor) -> float:
    """Relative luminance, 0-1 (WCAG 2.2)."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of two opaque colours, 1-21 (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mix(colour: QColor, other: QColor, share: float) -> QColor:
    """`colour` with `share` (0-1) of `other` mixed in."""
    keep = 1 - share
    return QColor.fromRgbF(
        colour.redF() * keep + other.redF() * share,
        colour.greenF() * keep + other.greenF() * share,
        colour.blueF() * keep + other.blueF() * share,
    )


@lru_cache(maxsize=4096)
def code_colour(name: str, theme: Theme) -> QColor:
    """A palette name ("teal") or #rrggbb as it stands in this theme: at least `theme.contrast` : 1 on paper.

    Empty or unknown names give the neutral colour of marks without a code.
    """
    side = "dark" if theme.dark else "light"
    palette = {entry["name"]: entry[side] for entry in load_tokens()["code_colours"]}
    colour = QColor(palette.get(name, name if name.startswith("#") else ""))
    if not colour.isValid():
        colour = QColor(theme.faint)
    paper, towards = QColor(theme.paper), QColor("#ffffff" if theme.dark else "#000000")
    share = 0.0
    raised = colour
    while contrast(raised, paper) < theme.contrast and share < 1:
        share += 0.04
        raised = mix(colour, towards, min(share, 1.0))
    return raised


@lru_cache(maxsize=4096)
def tint(colour: str, theme: Theme) -> QColor:
    """The see-through ground of a highlight in that colour; two that overlap deepen each other."""
    shade = QColor(code_colour(colour, theme))
    shade.setAlphaF(theme.tint_percent / 100)
    return shade


def palette(theme: Theme) -> QPalette:
    """The application's palette: selection is the accent's ground under the text's own colour."""
    made = QPalette()
    role = QPalette.ColorRole
    everywhere = {
        role.Window: theme.chrome,
        role.WindowText: theme.text,
        role.Base: theme.raised,
        role.AlternateBase: theme.chrome,
        role.Text: theme.text,
        role.PlaceholderText: theme.faint,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.BrightText: theme.on_accent,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent_back,
        role.HighlightedText: theme.text,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.raised,
        role.Midlight: theme.hover,
        role.Mid: theme.line,
        role.Dark: theme.line_strong,
        role.Shadow: theme.line_strong,
    }
    for which, colour in everywhere.items():
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.faint))
    return made


@lru_cache(maxsize=8)
def stylesheet(theme: Theme) -> str:
    """The whole application's style sheet, over the Fusion style.

    Dynamic property `role`: of buttons "primary", "quiet", "link", "danger"; of labels "title", "heading",
    "section", "dim", "small", "faint", "warn", "danger", "key"; of frames "raised", "chrome", "paper",
    "rule", "upright", "notice"; of line edits "bare", "bad"; of text edits "page" (no box).
    """
    tokens = load_tokens()
    values: dict[str, object] = {entry.name: getattr(theme, entry.name) for entry in fields(theme)}
    values |= {
        "focus": theme.focus,
        "check": "check-black.svg" if theme.dark else "check-white.svg",
        "folder": FOLDER.as_posix(),
        "radius": tokens["radius"]["control"],
        "panel": tokens["radius"]["panel"],
        "inner": tokens["size"]["control"] - 2,
        "row": tokens["size"]["row"],
        "ui": tokens["type"]["ui"]["size"],
        "small": tokens["type"]["ui"]["small"],
    }
    sheet = Template((FOLDER / "postil.qss").read_text(encoding="utf-8"))
    return sheet.substitute(values)
