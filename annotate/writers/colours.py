"""The colours of codes on white paper, as #rrggbb."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

TOKENS = Path(__file__).resolve().parent.parent.parent / "resources" / "theme" / "tokens.json"
NEUTRAL = "#7b8087"  # of marks without a code
TINT = 0.2  # how much of its colour the ground of a highlight has

_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)


@cache
def palette() -> dict[str, str]:
    """The named colours of codes."""
    tokens = json.loads(TOKENS.read_text(encoding="utf-8"))
    return {entry["name"]: entry["light"] for entry in tokens["code_colours"]}


def on_paper(name: str) -> str:
    """The colour of that name ("teal") or #rrggbb itself; the neutral one for any other text."""
    known = palette().get(name)
    if known:
        return known
    if not _HEX.fullmatch(name):
        return NEUTRAL
    return name.lower() if len(name) == 7 else "#" + "".join(digit * 2 for digit in name[1:].lower())


@cache
def tinted(colours: tuple[str, ...]) -> str:
    """The ground under highlights of these colours: each lays its tint over those before it."""
    ground = (255.0, 255.0, 255.0)
    for colour in colours:
        parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        ground = (*(under * (1 - TINT) + part * TINT for under, part in zip(ground, parts, strict=True)),)  # type: ignore[assignment]
    return "#" + "".join(f"{round(part):02x}" for part in ground)
