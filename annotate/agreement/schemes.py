"""A taxonomy as a whole: where anything is marked, how it is coded where coders meet, what is taken for what."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

from annotate.agreement import places, weights
from annotate.agreement.alpha import alpha
from annotate.agreement.compared import CodedMark, OfScheme
from annotate.agreement.estimate import NO_MEETING, Estimate, none
from annotate.agreement.figures import passages_of
from annotate.agreement.layers import Layer, apart, layer
from annotate.agreement.matching import best_pairs
from annotate.agreement.unitizing import Unit, continuum
from annotate.agreement.units import Pattern, Ratings
from annotate.model import Span


class Scheme:
    """What is gathered of a taxonomy."""

    def __init__(self, coders: int) -> None:
        self._coders = coders
        self._marks = [0] * coders
        self._layers: dict[int, Layer] = {}
        self._sets: Counter[tuple[frozenset[str] | None, ...]] = Counter()
        self._texts: dict[int, list[list[Unit]]] | None = {}  # None once codes lie over each other
        self._exact = self._both = 0
        self._confusion: Counter[tuple[int, str | None, str | None]] = Counter()

    def take(self, at: int, length: int, coded: Sequence[Sequence[CodedMark]]) -> None:
        self._marks = [before + len(each) for before, each in zip(self._marks, coded, strict=True)]
        self._layers[at] = layer(length, [_places(marks) for marks in coded])
        self._sets.update(_sets(coded))
        if self._texts is not None:
            units = [_units(marks) for marks in coded]
            known = [each for each in units if each is not None]
            if len(known) == len(units):
                self._texts[at] = known
            else:
                self._texts = None
        for pair, (one, other) in enumerate(combinations(coded, 2)):
            self._pair_off(pair, one, other)

    def _pair_off(self, pair: int, one: Sequence[CodedMark], other: Sequence[CodedMark]) -> None:
        """Marks of two coders that go together; first those that are the same in place and code."""
        rest = Counter(other)
        alone = []
        for mark in one:
            if rest[mark]:
                rest[mark] -= 1
                self._confusion[pair, mark[0], mark[0]] += 1
            else:
                alone.append(mark)
        left = list(rest.elements())
        pairs = best_pairs([spans for _, spans in alone], [spans for _, spans in left])
        for a, b in pairs:
            self._confusion[pair, alone[a][0], left[b][0]] += 1
        met_a, met_b = {a for a, _ in pairs}, {b for _, b in pairs}
        for a, (code, _) in enumerate(alone):
            if a not in met_a:
                self._confusion[pair, code, None] += 1
        for b, (code, _) in enumerate(left):
            if b not in met_b:
                self._confusion[pair, None, code] += 1

    def compared(self, taxonomy: str, drawn: places.Draws, lengths: Sequence[int]) -> OfScheme:
        unit, coding, coverage = none("codes lie over each other"), none("codes lie over each other"), None
        if self._texts is not None:
            empty: list[list[Unit]] = [[] for _ in range(self._coders)]
            whole = continuum([(length, self._texts.get(at, empty)) for at, length in enumerate(lengths)])
            unit, coding, coverage = whole.all(), whole.coding(), whole.coverage()
        return OfScheme(
            taxonomy, tuple(self._marks), passages_of(self._layers, self._coders, drawn), self._labels(),
            unit, coding, coverage, dict(self._confusion),
        )  # fmt: skip

    def _labels(self) -> Estimate:
        """Positions are not independent of each other: no interval."""
        values = sorted({each for pattern in self._sets for each in pattern if each is not None}, key=sorted)
        index = {each: at for at, each in enumerate(values)}
        patterns: Counter[Pattern] = Counter()
        for pattern, length in self._sets.items():
            patterns[tuple(None if each is None else index[each] for each in pattern)] += length
        names = [str(at) for at in range(self._coders)]
        found = alpha(Ratings(names, values, patterns).units, weights.masi)
        return Estimate(found.value, found.why if patterns else NO_MEETING)


def _places(marks: Sequence[CodedMark]) -> list[tuple[Span, ...]]:
    """Where a coder marked anything; a passage with two codes counts once."""
    return list(dict.fromkeys(spans for _, spans in marks))


def _units(marks: Sequence[CodedMark]) -> list[Unit] | None:
    """A coder's stretches with their codes, or None where they lie over each other."""
    units = sorted((start, end, code) for code, spans in marks for start, end in spans)
    if any(one[1] > other[0] for one, other in itertools.pairwise(units)):
        return None
    return [(start, end, code) for start, end, code in units]


def _sets(coded: Sequence[Sequence[CodedMark]]) -> Counter[tuple[frozenset[str] | None, ...]]:
    """How many positions each combination of the coders' sets of codes has, where two or more marked something."""
    edges: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
    for coder, marks in enumerate(coded):
        for code in {code for code, _ in marks}:
            for start, end in apart([span for each, spans in marks if each == code for span in spans]):
                edges[start].append((coder, code, 1))
                edges[end].append((coder, code, -1))
    found: Counter[tuple[frozenset[str] | None, ...]] = Counter()
    here: list[Counter[str]] = [Counter() for _ in coded]
    before = 0
    for place in sorted(edges):
        if sum(bool(+held) for held in here) > 1:
            found[tuple(frozenset(+held) or None for held in here)] += place - before
        for coder, code, step in edges[place]:
            here[coder][code] += step
        before = place
    return found
