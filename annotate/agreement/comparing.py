"""Coders compared: code by code in articles and in passages, scheme by scheme, question by question."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from annotate.agreement import pairwise, places
from annotate.agreement.alpha import alpha_of_category
from annotate.agreement.compared import Asked, CodedMark, CodedText, Compared, OfCode, OfQuestion
from annotate.agreement.estimate import Estimate
from annotate.agreement.figures import OPEN, figures, passages_of
from annotate.agreement.layers import Layer, layer
from annotate.agreement.schemes import Scheme
from annotate.agreement.units import Pattern, Ratings
from annotate.model import Span
from annotate.questions import QuestionKind


@dataclass(slots=True)
class _Held:
    """What is gathered of a code, or of a taxonomy, while the texts go by."""

    marks: list[int]
    layers: dict[int, Layer] = field(default_factory=dict)
    patterns: Counter[Pattern] = field(default_factory=Counter)


class Comparing:
    """Takes one text after another; `taxonomy_of` gives the taxonomy of a code."""

    def __init__(
        self, coders: Sequence[str], taxonomy_of: Mapping[str, str], asked: Sequence[Asked] = ()
    ) -> None:
        self._coders, self._taxonomy_of, self._asked = tuple(coders), taxonomy_of, asked
        self._lengths: list[int] = []
        self._codes: dict[str, _Held] = defaultdict(self._empty)
        self._schemes: dict[str, Scheme] = {}
        self._answers: dict[str, list[tuple[tuple[str, ...] | None, ...]]] = {each.id: [] for each in asked}

    def _empty(self) -> _Held:
        return _Held([0] * len(self._coders))

    def take(self, text: CodedText) -> None:
        """One more article that all compared coders coded."""
        at = len(self._lengths)
        self._lengths.append(text.length)
        by_code: dict[str, list[list[tuple[Span, ...]]]] = {}
        by_scheme: dict[str, list[list[CodedMark]]] = {}
        for coder, marks in enumerate(text.marks):
            for code, spans in dict.fromkeys(marks):  # rolled up, the same passage may be there twice
                of_code = by_code.setdefault(code, [[] for _ in self._coders])
                of_code[coder].append(spans)
                of_scheme = by_scheme.setdefault(self._taxonomy_of[code], [[] for _ in self._coders])
                of_scheme[coder].append((code, spans))
        for code, marked in by_code.items():
            held = self._codes[code]
            held.layers[at] = layer(text.length, marked)
            held.patterns[tuple(int(bool(each)) for each in marked)] += 1
            held.marks = [before + len(each) for before, each in zip(held.marks, marked, strict=True)]
        for taxonomy, coded in by_scheme.items():
            scheme = self._schemes.setdefault(taxonomy, Scheme(len(self._coders)))
            scheme.take(at, text.length, coded)
        for each in self._asked:
            given = tuple(answers.get(each.id) for answers in text.answers)
            self._answers[each.id].append(given)

    def compared(
        self, seed: int, draws: int = places.DRAWS, watch: Callable[[int], object] = lambda done: None
    ) -> Compared:
        """All that was taken, compared; `watch` is told of each code, and may raise to stop."""
        drawn = places.Draws(self._lengths, seed, draws)
        codes = []
        for code, held in self._codes.items():
            watch(1)
            codes.append(self._code(code, held, drawn))
        schemes = [each.compared(taxonomy, drawn, self._lengths) for taxonomy, each in self._schemes.items()]
        questions = [found for each in self._asked if (found := self._question(each, self._answers[each.id]))]
        return Compared(
            self._coders, len(self._lengths), sum(self._lengths), seed, drawn.draws,
            tuple(codes), tuple(schemes), tuple(questions),
        )  # fmt: skip

    def _code(self, code: str, held: _Held, drawn: places.Draws) -> OfCode:
        count = len(self._coders)
        patterns = Counter(held.patterns)
        positive = sum(patterns.values())
        patterns[(0,) * count] += len(self._lengths) - positive
        ratings = Ratings(self._coders, (False, True), {key: n for key, n in patterns.items() if n})
        articles = tuple(
            sum(number for pattern, number in patterns.items() if pattern[at]) for at in range(count)
        )
        passages = passages_of(held.layers, count, drawn)
        return OfCode(code, articles, positive, tuple(held.marks), figures(ratings), passages)

    def _question(
        self, asked: Asked, rows: Sequence[tuple[tuple[str, ...] | None, ...]]
    ) -> OfQuestion | None:
        if asked.kind is QuestionKind.TEXT or not any(any(row) for row in rows):
            return None
        answered = tuple(sum(row[at] is not None for row in rows) for at in range(len(self._coders)))
        value, metric = _VALUES[asked.kind]
        said = [tuple(None if each is None else value(each) for each in row) for row in rows]
        found = {each for row in said for each in row if each is not None}
        declared: Sequence[Hashable] = [each for each in asked.options if metric != "MASI"]
        categories = [*declared, *sorted(found - set(declared), key=_sorted_by)]
        ratings = Ratings.of(self._coders, categories, said)
        several = metric in ("nominal", "ordinal") and len(categories) > 2
        return OfQuestion(
            asked.id,
            metric,
            answered,
            figures(ratings, metric),
            {
                str(each): alpha_of_category(ratings, at)
                for at, each in enumerate(categories)
                if several and each in found
            },
            () if metric in OPEN else tuple(map(_kappa_and_most, ratings.tables())),
        )


def _kappa_and_most(table: Sequence[Sequence[int]]) -> tuple[Estimate, Estimate]:
    return pairwise.cohen(table), pairwise.most_cohen(table)


def _sorted_by(value: Hashable) -> tuple[bool, object]:
    if isinstance(value, frozenset):
        return (True, sorted(value))
    return (True, str(value)) if isinstance(value, str) else (False, value)


def _one(values: tuple[str, ...]) -> Hashable:
    return values[0]


def _number(values: tuple[str, ...]) -> Hashable:
    return float(values[0])


_VALUES: dict[QuestionKind, tuple[Callable[[tuple[str, ...]], Hashable], str]] = {
    QuestionKind.SINGLE: (_one, "nominal"),
    QuestionKind.YES_NO: (_one, "nominal"),
    QuestionKind.SCALE: (_one, "ordinal"),
    QuestionKind.NUMBER: (_number, "interval"),
    QuestionKind.MULTIPLE: (frozenset, "MASI"),
}
