"""How far apart two colours are for the eye, also for colour-blind ones.

Distances are CIEDE2000 (Sharma, Wu and Dalal 2005) between sRGB colours under D65; about 1 is just seen when colours
touch. Colour blindness is simulated after Machado, Oliveira and Fernandes 2009, at full severity.
"""

from __future__ import annotations

from functools import lru_cache
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

Three = tuple[float, float, float]
Matrix = tuple[Three, Three, Three]

EYES: dict[str, Matrix] = {
    "all eyes": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
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
_TO_XYZ: Matrix = (
    (0.4123907993, 0.3575843394, 0.1804807884),
    (0.2126390059, 0.7151686788, 0.0721923154),
    (0.0193308187, 0.1191947798, 0.9505321522),
)
_WHITE: Three = (0.9504559271, 1.0, 1.0890577508)  # D65
_FAR = 25.0**7


def closest(one: str, other: str) -> tuple[float, str]:
    """The least distance between two colours (#rrggbb) to any of EYES, and to which."""
    found = zip(seen(one), seen(other), EYES, strict=True)
    return min((ciede2000(mine, theirs), eyes) for mine, theirs, eyes in found)


@lru_cache(maxsize=4096)
def seen(colour: str) -> tuple[Three, ...]:
    """A colour (#rrggbb) in CIELAB, as each of EYES sees it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return tuple(_lab(_times(eyes, (red, green, blue))) for eyes in EYES.values())


def ciede2000(one: Three, other: Three) -> float:
    """The distance between two colours in CIELAB."""
    light, chroma, hue, mean_light, mean_chroma, mean_hue = _differences(one, other)
    turned = (
        1
        - 0.17 * cos(radians(mean_hue - 30))
        + 0.24 * cos(radians(2 * mean_hue))
        + 0.32 * cos(radians(3 * mean_hue + 6))
        - 0.20 * cos(radians(4 * mean_hue - 63))
    )
    from_middle = (mean_light - 50) ** 2
    light /= 1 + 0.015 * from_middle / sqrt(20 + from_middle)
    hue /= 1 + 0.015 * mean_chroma * turned
    chroma /= 1 + 0.045 * mean_chroma
    rotation = (
        -2
        * sqrt(mean_chroma**7 / (mean_chroma**7 + _FAR))
        * sin(radians(60 * exp(-(((mean_hue - 275) / 25) ** 2))))
    )
    return sqrt(max(0.0, light**2 + chroma**2 + hue**2 + rotation * chroma * hue))


def _differences(one: Three, other: Three) -> tuple[float, ...]:
    """Of lightness, chroma and hue (as a length), and the means of the three; hues in degrees."""
    chromas = [hypot(each[1], each[2]) for each in (one, other)]
    mean = sum(chromas) / 2
    grey = 0.5 * (1 - sqrt(mean**7 / (mean**7 + _FAR)))
    stretched = [((1 + grey) * each[1], each[2]) for each in (one, other)]
    first, second = (hypot(*each) for each in stretched)
    hues = [degrees(atan2(b, a)) % 360 if a or b else 0.0 for a, b in stretched]
    turn = hues[1] - hues[0]
    total = hues[0] + hues[1]
    if not first * second:
        turn, middle = 0.0, total
    elif abs(turn) <= 180:
        middle = total / 2
    else:
        turn -= 360 if turn > 180 else -360
        middle = (total + 360) / 2 if total < 360 else (total - 360) / 2
    across = 2 * sqrt(first * second) * sin(radians(turn) / 2)
    return other[0] - one[0], second - first, across, (one[0] + other[0]) / 2, (first + second) / 2, middle


def _times(matrix: Matrix, colour: Three) -> Three:
    red, green, blue = (sum(a * b for a, b in zip(row, colour, strict=True)) for row in matrix)
    return (min(1.0, max(0.0, red)), min(1.0, max(0.0, green)), min(1.0, max(0.0, blue)))


def _lab(linear: Three) -> Three:
    x, y, z = (
        _root(sum(a * b for a, b in zip(row, linear, strict=True)) / white)
        for row, white in zip(_TO_XYZ, _WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(share: float) -> float:
    return share ** (1 / 3) if share > 216 / 24389 else (24389 / 27 * share + 16) / 116
