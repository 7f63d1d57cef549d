"""What comparing coders gives: figures of codes, of taxonomies and of questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from annotate.agreement.estimate import Estimate
from annotate.codetree import by_id
from annotate.frozen import frozen
from annotate.model import Code, Span, Taxonomy
from annotate.questions import Question, QuestionKind
from annotate.spoken import counted

STANDARD = "standard"  # a level
FEW = 20  # articles with a code, below which its interval says little

CodedMark = tuple[str, tuple[Span, ...]]
"""A mark's code and its stretches."""


@frozen
class CodedText:
    """An article as the compared coders left it: `marks` and `answers` coder by coder, in their order. An answer is
    under the id of its question; one not given is not there.
    """

    length: int  # code points
    marks: Sequence[Sequence[CodedMark]]
    answers: Sequence[Mapping[str, tuple[str, ...]]] = ()


@frozen
class Asked:
    """A question as it is compared; `options` are its values in order, where it has any that are fixed."""

    id: str
    kind: QuestionKind
    options: tuple[str, ...] = ()


@frozen
class Figures:
    """How often coders agree on units, and corrected for chance in the ways that studies report.

    `kappa` is Cohen's of two coders; of more it is the mean of all pairs (Light), less `lost` pairs that have none.
    `pi` is Scott's, of more than two coders Fleiss' kappa; `s` Bennett's S (Brennan and Prediger).
    """

    units: int  # that two coders or more coded
    percent: Estimate
    alpha: Estimate
    ac: Estimate
    kappa: Estimate
    lost: int
    pi: Estimate
    conger: Estimate
    s: Estimate


@frozen
class Passages:
    """How far coders agree on where marks are, with intervals from drawing articles; `lost` counts the draws without a
    unit alpha. `mean` is that of the articles' own unit alphas, over `defined` of them.
    """

    position: Estimate
    unit: Estimate
    exact: Estimate
    overlap: Estimate
    lost: int
    mean: Estimate
    defined: int


@frozen
class OfCode:
    """One code; `articles` says in how many each coder used it, `marks` how often."""

    code: str
    articles: tuple[int, ...]
    positive: int  # articles in which any coder used it
    marks: tuple[int, ...]
    presence: Figures
    passages: Passages

    @property
    def few(self) -> bool:
        return self.positive < FEW


@frozen
class OfScheme:
    """All codes of a taxonomy together: where anything is marked, and how it is coded where coders meet.

    `labels` is alpha of the sets of codes (MASI) at the positions that two coders or more marked. `unit` and `coding`
    are u- and cu-alpha, where no coder laid codes over each other. `confusion` counts marks that go together, pair of
    coders by pair: (pair, code of the one or None for no mark, code of the other) -> number.
    """

    taxonomy: str
    marks: tuple[int, ...]
    places: Passages
    labels: Estimate
    unit: Estimate
    coding: Estimate
    coverage: float | None
    confusion: Mapping[tuple[int, str | None, str | None], int]


@frozen
class OfQuestion:
    """One question: `categories` has alpha of each answer against the rest, where it may be one of several."""

    question: str
    metric: str  # nominal, ordinal, interval, MASI
    answered: tuple[int, ...]
    figures: Figures
    categories: Mapping[str, Estimate]
    pairs: tuple[tuple[Estimate, Estimate], ...]  # Cohen's kappa of each pair, and the largest there could be


@frozen
class Compared:
    """`coders` in the order of all that is told by coder; pairs are in the order of `combinations`."""

    coders: tuple[str, ...]
    articles: int
    length: int  # code points together
    seed: int
    draws: int
    codes: tuple[OfCode, ...]
    schemes: tuple[OfScheme, ...]
    questions: tuple[OfQuestion, ...]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return list(combinations(self.coders, 2))


@frozen
class Comparison:
    """What was compared, with what it is told by: `level`, `round`, `filter` and `unfinished` as they were wanted; the
    numbers say how many articles were left out for what reason.
    """

    compared: Compared
    taxonomies: tuple[Taxonomy, ...]
    level: str = ""
    round: str = ""
    filter: str = ""
    unfinished: bool = False
    not_done: int = 0
    skipped: int = 0
    not_by_all: int = 0

    def codes(self) -> dict[str, Code]:
        """All codes of the taxonomies by id, as they stand in their trees."""
        return by_id(code for taxonomy in self.taxonomies for code in taxonomy.codes)

    def found(self) -> dict[str, list[tuple[Code, OfCode]]]:
        """By the id of each taxonomy its codes that are compared, as they stand in the tree."""
        held = {each.code: each for each in self.compared.codes}
        return {
            taxonomy.id: [(code, held[code.id]) for code in taxonomy.codes if code.id in held]
            for taxonomy in self.taxonomies
        }

    def asked(self) -> list[tuple[Question, OfQuestion]]:
        """The questions that are compared."""
        held = {each.id: each for taxonomy in self.taxonomies for each in taxonomy.questions}
        return [(held[each.question], each) for each in self.compared.questions]

    @property
    def name(self) -> str:
        return ", ".join(self.compared.coders)

    @property
    def title(self) -> str:
        """Who is compared, and at which level where that is not the codes' own."""
        at = {"": "", STANDARD: " at the standard’s level"}.get(self.level, f" at level {self.level}")
        return self.name + at

    def in_words(self) -> list[str]:
        """What is compared and what is left out, in sentences."""
        names, articles = self.compared.coders, counted(self.compared.articles, "article")
        done = "" if self.unfinished else "done and "
        told = [f"{', '.join(names[:-1])} and {names[-1]} on {articles}, each {done}coded by all of them."]
        left = {
            "not done": self.not_done,
            "skipped": self.skipped,
            "not coded by all of them": self.not_by_all,
        }
        if parts := [f"{number:,} {why}" for why, number in left.items() if number]:
            told.append(f"Left out: {', '.join(parts)}.")
        if self.round:
            told.append(f"Of the round “{self.round}” alone.")
        if self.filter:
            told.append(f"Of the articles with {self.filter} alone.")
        if self.level == STANDARD:
            told.append("At the standard’s level: the study’s own codes count as the code above them.")
        elif self.level:
            told.append(f"At level {self.level} of the tree: codes below count as the one above them.")
        return told
