"""Rounds: planned batches of articles for some coders, with overlap for double coding."""

from __future__ import annotations

from enum import StrEnum

from annotate.frozen import frozen
from annotate.sampling import Method


class Kind(StrEnum):
    CALIBRATION = "calibration"  # all code the same, to agree on how
    PRODUCTION = "production"
    DRIFT = "drift check"  # whether coders still code as they did


@frozen
class Round:
    """`method` and `seed` say how its articles were drawn and dealt, so that others can draw them again."""

    id: str
    title: str
    kind: Kind
    seed: int
    method: Method
    note: str = ""
    created: str = ""


@frozen
class Assignment:
    """One coder is to code one article in a round."""

    id: str
    round: str
    article: str
    coder: str
