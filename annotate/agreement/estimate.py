"""A coefficient as it is told: a number with what is known of its precision, or why there is none."""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

from annotate.frozen import frozen

SHARE = 0.95  # of the intervals


@frozen
class Estimate:
    """A coefficient, or in `why` the reason that there is none: 0/0 is neither agreement nor the lack of it.

    `error` is the standard error, `low` and `high` are the ends of the 95 % interval; None where they are not known.
    """

    value: float | None
    why: str = ""
    error: float | None = None
    low: float | None = None
    high: float | None = None

    def said(self, places: int = 3) -> str:
        """The number with a true minus, or "not defined" and why."""
        if self.value is None:
            return f"not defined ({self.why})"
        return in_figures(self.value, places)


NO_PAIR = "no unit that two coders coded"
NO_VARIATION = "no variation"
NOTHING = "nothing was marked"
NO_MEETING = "no marks of two coders meet"


def in_figures(value: float, places: int = 3) -> str:
    """A number as it is read: a true minus, no minus before zero."""
    made = f"{value:.{places}f}"
    return made.replace("-", "−") if float(made) else made.removeprefix("-")


def none(why: str) -> Estimate:
    """No coefficient, and why."""
    return Estimate(None, why)


def estimate(value: float, variance: float, units: int) -> Estimate:
    """With Student's interval: `variance` is that of the coefficient, `units` less one are the degrees of freedom. No
    interval for fewer than two units.
    """
    if units < 2:
        return Estimate(value)
    error = math.sqrt(max(variance, 0.0))
    reach = error * student(1 - (1 - SHARE) / 2, units - 1)
    return Estimate(value, "", error, value - reach, min(value + reach, 1.0))


@lru_cache(1024)  # many codes are compared over as many units
def student(share: float, freedom: int) -> float:
    """The quantile of Student's t, 0.5 <= share < 1, for whole degrees of freedom (to about 1e-8)."""
    normal = NormalDist().inv_cdf(share)
    if freedom > 400:  # Cornish and Fisher's expansion about the normal one
        x, n = normal, float(freedom)
        return (
            x
            + (x**3 + x) / (4 * n)
            + (5 * x**5 + 16 * x**3 + 3 * x) / (96 * n**2)
            + (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / (384 * n**3)
        )
    low, high = 0.0, max(normal, 1.0)
    while _below(high, freedom) < share:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _below(middle, freedom) < share else (low, middle)
    return (low + high) / 2


def _below(t: float, freedom: int) -> float:
    """The distribution function of Student's t for t >= 0 (Abramowitz and Stegun 26.7.3 and 26.7.4)."""
    angle = math.atan(t / math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = freedom % 2
    term, total = (cosine, cosine if freedom > 1 else 0.0) if odd else (1.0, 1.0)
    for step in range(3 if odd else 2, freedom - 1, 2):
        term *= cosine * cosine * (step - 1) / step
        total += term
    within = 2 / math.pi * (angle + sine * total) if odd else sine * total
    return (1 + within) / 2
