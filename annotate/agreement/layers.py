"""The marks of one code, coder by coder, laid over each other along the texts. Positions are code points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from annotate.agreement.matching import best_pairs
from annotate.frozen import frozen
from annotate.model import Span

Marked = Sequence[Sequence[tuple[Span, ...]]]
"""For each coder the marks in one text, each as its stretches in order."""


@frozen
class Layer:
    """What one text adds to every figure of a code, for `coders` coders; sums over texts are sums of these.

    `covered[r]` is how many positions r coders covered; `squares` the sum of the squared lengths of all stretches;
    `exact` and `overlapping` count the marks that two coders have in common, pair by pair; `marks` is how many marks
    the coders of each pair have, both together.
    """

    covered: tuple[int, ...]
    squares: int
    exact: int
    overlapping: int
    marks: int

    def columns(self) -> tuple[int, ...]:
        return (*self.covered, self.squares, self.exact, self.overlapping, self.marks)


def pooled(layers: Iterable[Layer], coders: int, length: int) -> Layer:
    """Texts together, of `length` code points in all: nobody marked anything in those that have no layer."""
    columns = [sum(column) for column in zip(*(each.columns() for each in layers), strict=True)]
    return of_columns(columns or [0] * (coders + 5), length)


def of_columns(columns: Sequence[int], length: int) -> Layer:
    """From sums of columns, of texts that are `length` code points together."""
    return Layer((length - sum(columns[1:-4]), *columns[1:-4]), *columns[-4:])


def layer(length: int, marked: Marked) -> Layer:
    """One text of `length` code points. A coder's stretches that overlap are one; those that touch stay apart."""
    stretches = [apart([span for mark in marks for span in mark]) for marks in marked]
    squares = sum((end - start) ** 2 for spans in stretches for start, end in spans)
    exact = overlapping = marks = 0
    for one, other in combinations(marked, 2):
        if one and other:
            exact += (Counter(one) & Counter(other)).total()
            overlapping += len(best_pairs(one, other))
        marks += len(one) + len(other)
    return Layer(_covered(length, stretches), squares, exact, overlapping, marks)


def apart(spans: Sequence[Span]) -> list[Span]:
    """Spans in order; those that overlap become one, those that touch do not."""
    kept: list[Span] = []
    for start, end in sorted(spans):
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def _covered(length: int, stretches: Sequence[Sequence[Span]]) -> tuple[int, ...]:
    edges = sorted(edge for spans in stretches for start, end in spans for edge in ((start, 1), (end, -1)))
    held = [0] * (len(stretches) + 1)
    at = depth = 0
    for place, step in edges:
        held[depth] += place - at
        at, depth = place, depth + step
    held[0] += length - at
    return tuple(held)
