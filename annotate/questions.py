"""Questions that a taxonomy asks of whole articles, and what can be answered."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from annotate.errors import UserError
from annotate.model import Code

Answers = Mapping[str, tuple[str, ...]]  # by the question's id


class QuestionKind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    NUMBER = "number"
    TEXT = "text"
    YES_NO = "yes/no"


class Source(StrEnum):
    """Where the options come from."""

    OWN = ""
    CODES = "codes"  # the codes just below a branch, or the topmost ones of the taxonomy
    FOLLOWS = "follows"  # the codes just below the answer to another question


@dataclass(frozen=True, slots=True)
class Option:
    value: str  # as it is stored and exported; a code's id where it stands for one
    label: str


@dataclass(frozen=True, slots=True)
class Condition:
    """Asked only where the other question's answer is one of `values`; empty: where it has any."""

    question: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """`name` is the variable's in exports; `follows` the id of the question whose answer the options stand below."""

    id: str
    taxonomy: str
    name: str
    text: str = ""
    kind: QuestionKind = QuestionKind.SINGLE
    source: Source = Source.OWN
    options: tuple[Option, ...] = ()
    branch: str | None = None
    follows: str | None = None
    required: bool = False
    condition: Condition | None = None
    note: str = ""
    position: int = 0

    @property
    def asked(self) -> str:
        """The question as a person reads it."""
        return self.text or self.name

    @property
    def chooses(self) -> bool:
        """Whether it is answered with one or several of its options."""
        return self.kind in (
            QuestionKind.SINGLE,
            QuestionKind.MULTIPLE,
            QuestionKind.SCALE,
            QuestionKind.YES_NO,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """One coder's answer about one article; `values` has several only where several may be chosen."""

    id: str
    article: str
    coder: str
    question: str
    values: tuple[str, ...]
    memo: str = ""
    created: str = ""
    modified: str = ""


YES_OR_NO = (Option("yes", "Yes"), Option("no", "No"))


class Form:
    """The questions of one or several taxonomies in their order, over the codes that are there."""

    def __init__(self, questions: Iterable[Question], codes: Mapping[str, Code]) -> None:
        self.questions = tuple(questions)
        self._codes = codes
        self._by_id = {question.id: question for question in self.questions}
        self._below: dict[str | None, list[Code]] = {}
        if any(question.source is not Source.OWN for question in self.questions):
            for code in codes.values():
                self._below.setdefault(code.parent, []).append(code)

    def question(self, id: str) -> Question | None:
        return self._by_id.get(id)

    def options(self, question: Question, answers: Answers) -> tuple[Option, ...]:
        """What can be chosen, given the other answers. A scale's own options are in order."""
        if question.kind is QuestionKind.YES_NO:
            return YES_OR_NO
        if question.source is Source.OWN:
            return question.options
        if question.source is Source.FOLLOWS:
            above = answers.get(question.follows or "", ())
            listed = [code for id in above for code in self._below.get(id, ())]
        elif question.branch is None:
            listed = [code for code in self._below.get(None, ()) if code.taxonomy == question.taxonomy]
        else:
            listed = self._below.get(question.branch, [])
        return tuple(Option(code.id, code.name) for code in listed if not code.retired)

    def label(self, question: Question, value: str) -> str:
        """A value as a person reads it."""
        options = YES_OR_NO if question.kind is QuestionKind.YES_NO else question.options
        found = next((option.label for option in options if option.value == value), "")
        if not found and question.source is not Source.OWN and value in self._codes:
            found = self._codes[value].name
        return found or value

    def shown(self, answers: Answers) -> list[Question]:
        """The questions that are asked, given the answers so far."""
        asked: dict[str, bool] = {}
        return [question for question in self.questions if self._is_asked(question, answers, asked)]

    def missing(self, answers: Answers) -> list[Question]:
        """The required ones that are asked and have no answer."""
        return [each for each in self.shown(answers) if each.required and not answers.get(each.id)]

    def progress(self, answers: Answers) -> tuple[int, int]:
        """How many of the questions asked are answered, and how many are asked."""
        asked = self.shown(answers)
        return sum(1 for each in asked if answers.get(each.id)), len(asked)

    def problem(self, question: Question, answers: Answers) -> str:
        """What is wrong with the answer to a question, as a sentence; "" where nothing is."""
        values = answers.get(question.id, ())
        if not values:
            return ""
        if question not in self.shown(answers):
            return f"“{question.asked}” is answered, but not asked after the other answers."
        if question.chooses:
            known = {option.value for option in self.options(question, answers)}
            for value in values:
                if value not in known:
                    return f"“{self.label(question, value)}” is not one of the answers to “{question.asked}”."
        elif question.kind is QuestionKind.NUMBER and number(values[0]) is None:
            return f"The answer to “{question.asked}” is “{values[0]}”, which is no number."
        return ""

    def _is_asked(self, question: Question, answers: Answers, known: dict[str, bool]) -> bool:
        if question.id not in known:
            known[question.id] = False  # one that waits for itself is never asked
            known[question.id] = self._condition_holds(question, answers, known) and (
                question.source is not Source.FOLLOWS or bool(self.options(question, answers))
            )
        return known[question.id]

    def _condition_holds(self, question: Question, answers: Answers, known: dict[str, bool]) -> bool:
        condition = question.condition
        if condition is None:
            return True
        other = self._by_id.get(condition.question)
        if other is None or not self._is_asked(other, answers, known):
            return False
        given = answers.get(other.id, ())
        return bool(set(given) & set(condition.values)) if condition.values else bool(given)


def number(value: str) -> float | None:
    """The number that was written, with a point or a comma; None for what is none."""
    try:
        found = float(value.strip().replace(",", ".").replace("\u2212", "-"))
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def fitting(question: Question, values: Iterable[str]) -> tuple[str, ...]:
    """Values tidied as they are stored. Raises UserError for a number that is none, and for several where one
    is wanted.
    """
    kept = tuple(dict.fromkeys(filter(None, (value.strip() for value in values))))
    if len(kept) > 1 and question.kind is not QuestionKind.MULTIPLE:
        raise UserError(f"“{question.asked}” takes one answer.")
    if question.kind is QuestionKind.NUMBER and kept:
        found = number(kept[0])
        if found is None:
            raise UserError(f"“{kept[0]}” is no number.")
        return (str(int(found)) if found == int(found) and abs(found) < 1e15 else repr(found),)
    return kept


def checked(question: Question, others: Sequence[Question] = ()) -> Question:
    """The question with its names tidied. Raises UserError where something is missing or taken."""
    name = " ".join(question.name.split()) or " ".join(question.text.split())[:40]
    if not name:
        raise UserError("A question needs a name for its variable.")
    if any(each.id != question.id and each.name.casefold() == name.casefold() for each in others):
        raise UserError(f"There is already a question called “{name}”.")
    options = tuple(
        Option(option.value.strip() or option.label.strip(), option.label.strip() or option.value.strip())
        for option in question.options
        if option.value.strip() or option.label.strip()
    )
    needs = question.chooses and question.kind is not QuestionKind.YES_NO and question.source is Source.OWN
    if needs and len({option.value for option in options}) < max(2, len(options)):
        raise UserError(f"“{name}” needs two answers or more, each another.")
    if question.source is Source.FOLLOWS and not question.follows:
        raise UserError(f"Say which question “{name}” follows.")
    if question.id in (question.follows, question.condition and question.condition.question):
        raise UserError(f"“{name}” cannot wait for its own answer.")
    return replace(
        question, name=name, text=" ".join(question.text.split()), options=options if needs else ()
    )


def options_to_json(options: Sequence[Option]) -> str | None:
    listed = [[option.value, option.label] for option in options]
    return json.dumps(listed, ensure_ascii=False) if listed else None


def options_from_json(text: str | None) -> tuple[Option, ...]:
    return tuple(Option(value, label) for value, label in json.loads(text)) if text else ()


def condition_to_json(condition: Condition | None) -> str | None:
    if condition is None:
        return None
    return json.dumps({"question": condition.question, "values": list(condition.values)}, ensure_ascii=False)


def condition_from_json(text: str | None) -> Condition | None:
    if not text:
        return None
    held: dict[str, Any] = json.loads(text)
    return Condition(held["question"], tuple(held["values"]))
