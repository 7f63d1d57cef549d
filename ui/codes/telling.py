"""Which colours are hard to tell apart, for all eyes or for colour-blind ones.

Distances are in OKLab (Ottosson 2020); colour blindness is simulated after Machado, Oliveira and Fernandes 2009.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtGui import QColor

from ui.theme import Theme, code_colour

CLOSE = 0.05  # OKLab distance below which small chips are confused
Three = tuple[float, float, float]
KINDS: dict[str, tuple[Three, Three, Three]] = {
    "": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def hard_to_tell(name: str, others: Iterable[str], theme: Theme) -> list[str]:
    """Those of `others` (palette names or #rrggbb) that stand too close to `name` for some eyes, in order."""
    mine = _seen(code_colour(name, theme).name())
    return [
        other
        for other in dict.fromkeys(others)
        if any(
            _distance(one, two) < CLOSE
            for one, two in zip(mine, _seen(code_colour(other, theme).name()), strict=True)
        )
    ]


@lru_cache(maxsize=1024)
def _seen(colour: str) -> tuple[Three, ...]:
    """The colour in OKLab as each kind of eye sees it."""
    shade = QColor(colour)
    linear = tuple(_linear(channel) for channel in (shade.redF(), shade.greenF(), shade.blueF()))
    return tuple(_oklab(_times(matrix, linear)) for matrix in KINDS.values())  # type: ignore[arg-type]


def _times(matrix: tuple[Three, Three, Three], colour: Three) -> Three:
    red, green, blue = (sum(a * b for a, b in zip(row, colour, strict=True)) for row in matrix)
    return (min(1.0, max(0.0, red)), min(1.0, max(0.0, green)), min(1.0, max(0.0, blue)))


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _oklab(linear: Three) -> Three:
    r, g, b = linear
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _distance(one: Three, two: Three) -> float:
    return sum((a - b) ** 2 for a, b in zip(one, two, strict=True)) ** 0.5
