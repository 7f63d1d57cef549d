"""What a printed codebook says beside the codes: how often they were used, how they came to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from annotate.frozen import frozen


@frozen
class Use:
    """Of a code: marks, articles with one, coders who made one."""

    highlights: int = 0
    articles: int = 0
    coders: int = 0


@frozen
class Frozen:
    """A version: its number, day, who froze it, what was said of it, and what differs from the one before, in words."""

    number: str
    day: str
    coder: str = ""
    note: str = ""
    changes: tuple[str, ...] = ()


@frozen
class Walk:
    """A crosswalk of a taxonomy: a row for each mapping, as code, what it is, code of the other."""

    title: str
    other: str
    origin: str = ""
    rows: tuple[tuple[str, str, str], ...] = ()


@frozen
class Facts:
    """`uses` by code, `relations` by type, the others by taxonomy. `since` is what changed after the last version."""

    uses: Mapping[str, Use] = field(default_factory=dict)
    versions: Mapping[str, Sequence[Frozen]] = field(default_factory=dict)
    since: Mapping[str, Sequence[str]] = field(default_factory=dict)
    walks: Mapping[str, Sequence[Walk]] = field(default_factory=dict)
    relations: Mapping[str, int] = field(default_factory=dict)
