"""Answers about whole articles as they go out: an answer a row, or a column for each question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from annotate.codebook_cells import join_list
from annotate.model import Taxonomy
from annotate.questions import Form, Question, QuestionKind, number
from annotate.writers.dataset import Dataset
from annotate.writers.tables import Cell, Column, Table

BETWEEN = " | "  # answers of several coders that differ, in one cell


class CodedAnswer(NamedTuple):
    """One coder's answer about one article. `question` is the name of its variable; `values` are as stored, which
    for codes is their ids, and `labels` as a person reads them.
    """

    id: str
    article: str
    title: str
    outlet: str
    author: str
    date: str
    url: str
    language: str
    state: str
    text_hash: str
    taxonomy: str
    question_id: str
    question: str
    asked: str
    kind: str
    values: tuple[str, ...]
    labels: tuple[str, ...]
    coder: str
    memo: str
    created: str
    modified: str


COLUMNS = CodedAnswer._fields


def long(dataset: Dataset) -> Table:
    """An answer a row; several values of one answer stand with semicolons between."""
    named = [name.removesuffix("s") if name in ("values", "labels") else name for name in COLUMNS]
    return Table("answers", tuple(map(Column, named)), map(_cells, dataset.answers()))


def _cells(answer: CodedAnswer) -> tuple[Cell, ...]:
    return tuple(_joined(answer, each) if isinstance(each, tuple) else each for each in answer)


def _joined(answer: CodedAnswer, values: Sequence[str]) -> str:
    """With semicolons between, which in a value get a backslash only where there can be several."""
    return join_list(values) if answer.kind == QuestionKind.MULTIPLE else "; ".join(values)


def by_article(answers: Iterable[CodedAnswer]) -> Callable[[str], tuple[CodedAnswer, ...]]:
    """Gives the answers about one article after the other, asked for in the order in which they come."""
    groups = groupby(answers, key=lambda answer: answer.article)
    ahead = next(groups, None)
    waiting = (ahead[0], tuple(ahead[1])) if ahead else None

    def about(article: str) -> tuple[CodedAnswer, ...]:
        nonlocal waiting
        if waiting is None or waiting[0] != article:
            return ()
        found, ahead = waiting[1], next(groups, None)
        waiting = (ahead[0], tuple(ahead[1])) if ahead else None
        return found

    return about


class Asked:
    """The questions as columns of a table of articles, filled from an article's answers."""

    def __init__(self, taxonomies: Sequence[Taxonomy], *, alone: bool) -> None:
        """`alone`: no article has answers of more than one coder, so that numbers can stay numbers."""
        codes = {code.id: code for taxonomy in taxonomies for code in taxonomy.codes}
        self._alone = alone
        self.questions = [(each, question) for each in taxonomies for question in each.questions]
        self._form = Form((question for _, question in self.questions), codes)

    def columns(self) -> Iterator[Column]:
        for taxonomy, question in self.questions:
            kind = "number" if self._is_number(question) else "text"
            name = f"{taxonomy.slug}:{question.name}"
            yield Column(name, kind, question.asked, levels=self._levels(question))  # type: ignore[arg-type]

    def cells(self, answers: Iterable[CodedAnswer]) -> list[Cell]:
        given: dict[str, dict[str, None]] = {}
        for answer in answers:
            given.setdefault(answer.question_id, {})[_joined(answer, answer.labels)] = None
        return [self._cell(question, list(given.get(question.id, ()))) for _, question in self.questions]

    def _cell(self, question: Question, said: list[str]) -> Cell:
        if self._is_number(question):
            return number(said[0]) if said else None
        return BETWEEN.join(said)

    def _is_number(self, question: Question) -> bool:
        return self._alone and question.kind is QuestionKind.NUMBER

    def _levels(self, question: Question) -> tuple[str, ...]:
        one = question.chooses and question.kind is not QuestionKind.MULTIPLE
        return tuple(option.label for option in self._form.options(question, {})) if one else ()
