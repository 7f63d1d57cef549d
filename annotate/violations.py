"""Where the rules of taxonomies are broken: by marks, and by articles that lack something.

Each coder's marks stand by themselves. What an article lacks counts once it is done: until then it may still come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotate.model import Code, Highlight, Layout, Scope, Taxonomy
from annotate.questions import Answers, Form, Question
from annotate.rules import Extent, Rule, RuleKind, Where, below, covered, named, qualifiers_for
from annotate.together import Company, crowded
from annotate.within import Lines

SCOPE, QUALIFIER, QUESTION = "scope", "qualifier", "question"


@dataclass(frozen=True, slots=True)
class Violation:
    """`rule` is empty where a code's own scope is broken, or a question left open; `marks` are ids, by start, the
    one at fault first, and empty where the article as a whole lacks something. `place` is where to look.
    """

    kind: str  # a RuleKind, "scope" or "question"
    article: str
    coder: str
    says: str
    marks: tuple[str, ...] = ()
    place: int = 0
    rule: str = ""
    question: str = ""
    taxonomy: str = ""  # whose rule, code or question it is


@dataclass(frozen=True, slots=True)
class CodedText:
    """An article as it is checked. `marks` are in order of their start; `answers` by coder and question.

    What it lacks counts once it is `done`.
    """

    article: str
    marks: Sequence[Highlight]
    text: Callable[[], str]
    layout: Callable[[], Layout]
    language: str = ""
    done: bool = False
    answers: Mapping[str, Answers] | None = None


class Checker:
    """The rules of all taxonomies, ready for one article after the other."""

    def __init__(self, taxonomies: Sequence[Taxonomy]) -> None:
        self.codes: dict[str, Code] = {code.id: code for each in taxonomies for code in each.codes}
        self.rules = [rule for each in taxonomies for rule in each.rules]
        self.form = Form((question for each in taxonomies for question in each.questions), self.codes)
        listed = list(self.codes.values())
        self._covered = {rule.id: covered(rule, listed) for rule in self.rules}
        self._others = {rule.id: below(rule.others, listed) for rule in self.rules if rule.others}
        self._parents = {code.parent for code in listed if not code.retired}
        self._scoped = {code.id for code in listed if code.scope is not Scope.SPAN}
        self._titles = {each.id: each.title for each in taxonomies}
        self._qualifiers: dict[str | None, tuple[Rule, ...]] = {}

    @property
    def idle(self) -> bool:
        """Whether there is nothing that could be broken."""
        return not (self.rules or self.form.questions or self._scoped)

    def violations(self, coded: CodedText) -> list[Violation]:
        """Everything that is broken in one article, by place."""
        found = [
            each for coder, marks in _by_coder(coded.marks).items() for each in self._of(coder, marks, coded)
        ]
        found += self._lacking(coded)
        found += self._answers(coded)
        return sorted(found, key=lambda each: (each.place, each.coder, each.says))

    def broken_by(self, mark: Highlight, coded: CodedText) -> list[Violation]:
        """What this mark breaks, alone or with others of its coder's."""
        rules = [rule for rule in self.rules if self._binds(rule, mark)]
        if not rules and mark.code not in self._scoped and not mark.qualifiers:
            return []
        mine = [each for each in coded.marks if each.coder == mark.coder]
        if all(_is_local(rule) for rule in rules):
            mine = [each for each in mine if each.start < mark.end and each.end > mark.start]
        return [each for each in self._of(mark.coder, mine, coded, rules) if mark.id in each.marks]

    def concerns(self, mark: Highlight) -> bool:
        """Whether a mark could break anything."""
        if mark.qualifiers or mark.code in self._scoped:
            return True
        return any(self._binds(rule, mark) for rule in self.rules)

    def _binds(self, rule: Rule, mark: Highlight) -> bool:
        return mark.code in self._covered[rule.id] or mark.code in self._others.get(rule.id, ())

    def qualifiers(self, code: str | None) -> tuple[Rule, ...]:
        """What a mark with this code says of itself."""
        if code not in self._qualifiers:
            self._qualifiers[code] = qualifiers_for(code, self.rules, self.codes)
        return self._qualifiers[code]

    # ------------------------------------------------------------ marks

    def _of(
        self, coder: str, marks: Sequence[Highlight], coded: CodedText, rules: Sequence[Rule] | None = None
    ) -> Iterator[Violation]:
        lines = Lines(coded.text, coded.layout, coded.language)
        for rule in self.rules if rules is None else rules:
            if rule.kind in (RuleKind.REQUIRED, RuleKind.QUALIFIER):
                continue
            held = [mark for mark in marks if mark.code in self._covered[rule.id]]
            for says, ids, place in self._broken(rule, held, marks, lines):
                yield Violation(
                    rule.kind, coded.article, coder, says, ids, place, rule.id, taxonomy=rule.taxonomy
                )
        if self._scoped:
            yield from self._out_of_scope(coder, marks, coded.article, lines)
        for mark in marks:
            for says, id in self._unqualified(mark):
                home = self._home(mark)
                yield Violation(
                    QUALIFIER, coded.article, coder, says, (mark.id,), mark.start, id, taxonomy=home
                )

    def _broken(
        self, rule: Rule, held: Sequence[Highlight], marks: Sequence[Highlight], lines: Lines
    ) -> Iterator[tuple[str, tuple[str, ...], int]]:
        match rule.kind:
            case RuleKind.LEAVES:
                for mark in held:
                    if mark.code in self._parents:
                        says = f"“{self._label(mark)}” has codes below it; choose one of these."
                        yield says, (mark.id,), mark.start
            case RuleKind.EXCLUSIVE:
                for mark, others in crowded(held, rule.where):
                    yield (
                        self._says_crowded(rule, mark, others),
                        (mark.id, *(o.id for o in others)),
                        mark.start,
                    )
            case RuleKind.TOGETHER:
                needed = self._others.get(rule.id, frozenset())
                company = Company([mark for mark in marks if mark.code in needed], rule.where)
                for mark in held:
                    if mark.code not in needed and not company.keeps(mark):
                        yield self._says_alone(rule, mark), (mark.id,), mark.start
            case RuleKind.SPAN:
                for mark in held:
                    if not lines.fits(mark, rule.extent):
                        yield self._says_extent(rule, mark), (mark.id,), mark.start

    def _unqualified(self, mark: Highlight) -> Iterator[tuple[str, str]]:
        rules = self.qualifiers(mark.code)
        said = dict(mark.qualifiers)
        for rule in rules:
            value = said.pop(rule.name, "")
            if not value and rule.required:
                yield f"“{self._label(mark)}” does not say its {rule.name}.", rule.id
            elif value and value not in rule.values:
                yield (
                    f"The {rule.name} of “{self._label(mark)}” is “{value}”, which is not among its values.",
                    rule.id,
                )
        for name in said:
            yield f"“{self._label(mark)}” has a {name}, which its code does not take.", ""

    def _out_of_scope(
        self, coder: str, marks: Sequence[Highlight], article: str, lines: Lines
    ) -> Iterator[Violation]:
        for mark in marks:
            if mark.code not in self._scoped:
                continue
            if self.codes[mark.code].scope is Scope.ARTICLE:
                says = f"“{self._label(mark)}” is for whole articles, not for passages."
            elif lines.in_headline(mark):
                continue
            else:
                says = f"“{self._label(mark)}” is for headlines alone."
            home = self._home(mark)
            yield Violation(SCOPE, article, coder, says, (mark.id,), mark.start, taxonomy=home)

    # ------------------------------------------------------------ articles

    def _lacking(self, coded: CodedText) -> Iterator[Violation]:
        """Required codes that a done article has not; where nobody coded it, nobody is named."""
        required = [rule for rule in self.rules if rule.kind is RuleKind.REQUIRED] if coded.done else []
        for coder in _owing(coded) if required else ():
            used = {mark.code for mark in coded.marks if mark.coder == coder}
            for rule in required:
                if used.isdisjoint(self._covered[rule.id]):
                    says = f"The article has no code of “{self._branch(rule)}”."
                    yield Violation(
                        rule.kind, coded.article, coder, says, rule=rule.id, taxonomy=rule.taxonomy
                    )

    def _answers(self, coded: CodedText) -> Iterator[Violation]:
        """Required questions left open where the article is done, and answers that cannot be."""
        if not self.form.questions:
            return
        for coder in _owing(coded):
            given: Answers = (coded.answers or {}).get(coder, {})
            for question in self.form.missing(given) if coded.done else ():
                says = f"“{question.asked}” has no answer."
                yield _about(question, coded.article, coder, says)
            for question in self.form.questions:
                if says := self.form.problem(question, given):
                    yield _about(question, coded.article, coder, says)

    # ------------------------------------------------------------ words

    def _label(self, mark: Highlight) -> str:
        return self.codes[mark.code].label if mark.code in self.codes else "No code"

    def _home(self, mark: Highlight) -> str:
        return self.codes[mark.code].taxonomy if mark.code in self.codes else ""

    def _branch(self, rule: Rule) -> str:
        return self.codes[rule.code].label if rule.code in self.codes else self._titles.get(rule.taxonomy, "")

    def _says_crowded(self, rule: Rule, mark: Highlight, others: Sequence[Highlight]) -> str:
        labels = dict.fromkeys(f"“{self._label(each)}”" for each in (*others, mark))
        *first, last = labels
        at = {
            Where.OVERLAP: "overlap",
            Where.SAME: "stand on the same span",
            Where.ARTICLE: "stand in one article",
        }
        return f"{', '.join(first)} and {last} {at[rule.where]}; at most one of “{self._branch(rule)}” may."

    def _says_alone(self, rule: Rule, mark: Highlight) -> str:
        at = {
            Where.OVERLAP: "overlapping it",
            Where.SAME: "on the same span",
            Where.ARTICLE: "in the article",
        }
        return f"“{self._label(mark)}” needs {named(rule.others, self.codes)} {at[rule.where]}."

    def _says_extent(self, rule: Rule, mark: Highlight) -> str:
        extents = {
            Extent.SENTENCE: "runs beyond one sentence",
            Extent.PARAGRAPH: "runs beyond one paragraph",
            Extent.PARAGRAPHS: "does not cover whole paragraphs",
        }
        return f"“{self._label(mark)}” {extents[rule.extent]}."


def violations(taxonomies: Sequence[Taxonomy], texts: Iterable[CodedText]) -> Iterator[Violation]:
    """Everything that is broken, article by article."""
    checker = Checker(taxonomies)
    for coded in () if checker.idle else texts:
        yield from checker.violations(coded)


def _about(question: Question, article: str, coder: str, says: str) -> Violation:
    return Violation(QUESTION, article, coder, says, question=question.id, taxonomy=question.taxonomy)


def _is_local(rule: Rule) -> bool:
    return rule.where is not Where.ARTICLE


def _owing(coded: CodedText) -> list[str]:
    """Who coded the article or answered something; "" where nobody did."""
    people = dict.fromkeys([*(mark.coder for mark in coded.marks), *(coded.answers or {})])
    return list(people) or [""]


def _by_coder(marks: Sequence[Highlight]) -> dict[str, list[Highlight]]:
    held: dict[str, list[Highlight]] = {}
    for mark in marks:
        held.setdefault(mark.coder, []).append(mark)
    return held
