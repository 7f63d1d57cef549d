"""What the reading view is given to show: marks and the article's head."""

from __future__ import annotations

from annotate.frozen import frozen
from annotate.model import Span


@frozen
class Mark:
    """One mark as it is painted; `spans` are code points, in order, half open.

    `colour` is a palette name or #rrggbb; `coder` is another coder's name (shown in grey), or empty.
    """

    id: str
    spans: tuple[Span, ...]
    colour: str = ""
    label: str = ""
    coder: str = ""
    memo: bool = False
    coded: bool = True
    unsure: bool = False
    linked: bool = False  # relations begin or end at it

    @property
    def start(self) -> int:
        """Where the mark begins, in code points."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where the mark ends, in code points."""
        return self.spans[-1][1]


@frozen
class Link:
    """A relation as it is painted: from mark to mark, by their ids. One that is being made is `pending`; without a
    target it leads to the pointer.
    """

    id: str
    source: str
    target: str
    label: str = ""
    colour: str = ""
    symmetric: bool = False
    pending: bool = False


@frozen
class Head:
    """What stands above an article beside its text; `date` is ISO 8601 and may be a year or a month only."""

    title: str = ""
    outlet: str = ""
    author: str = ""
    date: str = ""
    words: int = 0
    more: tuple[str, ...] = ()
