"""Answers out of JSON Lines into the project: every line looked up and checked, then all of them as one step."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from annotate.errors import UserError
from annotate.marks import BadLine
from annotate.model import Article
from annotate.questions import Question, fitting
from annotate.spoken import counted
from storage import answers, articles, coders, taxonomies
from storage.project import Project
from storage.steps import Step


@dataclass(slots=True)
class AnswersReport:
    """What an import of answers did; `same` were there already."""

    lines: int = 0
    added: int = 0
    changed: int = 0
    same: int = 0
    bad: list[BadLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    article: str
    coder: str
    question: str
    values: tuple[str, ...]
    memo: str


def import_answers(
    project: Project, lines: Iterable[str], *, coder: str = "", skip_bad: bool = False
) -> AnswersReport:
    """Gives the answers of a file, as `export --format answers` writes it; one that is there with another value is
    changed. `coder` serves the lines that name none. With a line that does not fit nothing is imported unless
    `skip_bad`.
    """
    report = AnswersReport()
    find = _Finder(project, coder)
    fitting_lines: list[_Line] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        report.lines += 1
        try:
            fitting_lines.append(find.line(json.loads(line)))
        except (ValueError, RecursionError):
            report.bad.append(BadLine(number, "no JSON"))
        except UserError as error:
            report.bad.append(BadLine(number, str(error).rstrip(".")))

    def work(step: Step) -> None:
        for each in fitting_lines:
            _give(step, each, report)

    if fitting_lines and (skip_bad or not report.bad):
        project.do(f"Import {counted(len(fitting_lines), 'answer')}", work)
    return report


def take_answers(
    step: Step, project: Project, lines: Iterable[tuple[int, Any]], coder: str = ""
) -> AnswersReport:
    """Gives answers that came with other coding, each with the number of its line. One that is there with another
    value stays as it is, and is told.
    """
    report = AnswersReport()
    find: _Finder | None = None
    for number, held in lines:
        report.lines += 1
        try:
            find = find or _Finder(project, coder)
            _give(step, find.line(held), report, keep=True)
        except UserError as error:
            report.bad.append(BadLine(number, str(error).rstrip(".")))
    return report


def _give(step: Step, line: _Line, report: AnswersReport, *, keep: bool = False) -> None:
    who = coders.ensure(step, line.coder)
    held = step.db.conn.execute(
        "SELECT value, memo FROM answer WHERE article = ? AND coder = ? AND question = ?",
        [line.article, who, line.question],
    ).fetchone()
    if held is None:
        report.added += 1
    elif tuple(json.loads(held[0])) == line.values and (held[1] or "") == line.memo:
        report.same += 1
        return
    elif keep:
        raise UserError(f"{line.coder} answered it otherwise in this project, which stays")
    else:
        report.changed += 1
    answers.give(step, line.article, who, line.question, line.values, line.memo)


class _Finder:
    """Looks up the articles and questions that lines name."""

    def __init__(self, project: Project, coder: str) -> None:
        self._coder = " ".join(coder.split())
        self._article = cache(partial(articles.find, project))
        self._by_id: dict[str, Question] = {}
        self._by_name: dict[tuple[str, str], list[Question]] = {}
        for taxonomy in taxonomies.all_taxonomies(project):
            for question in taxonomy.questions:
                self._by_id[question.id] = question
                for slug in (taxonomy.slug, ""):
                    self._by_name.setdefault((slug, question.name.casefold()), []).append(question)

    def line(self, held: Any) -> _Line:
        if not isinstance(held, dict):
            raise UserError("not a JSON object")
        question = self._question(held)
        values = held.get("values", held.get("value"))
        listed = values if isinstance(values, list) else [values]
        kept = fitting(question, ("" if each is None else str(each) for each in listed))
        if not kept:
            raise UserError("it holds no answer")
        coder = " ".join(_text(held, "coder").split()) or self._coder
        if not coder:
            raise UserError("no coder is named; give one with --coder")
        return _Line(self._found(held).id, coder, question.id, kept, _text(held, "memo"))

    def _found(self, held: dict[str, Any]) -> Article:
        named, hash = _text(held, "article"), _text(held, "text_hash")
        try:
            return self._article(named or hash)
        except UserError:
            if not hash:
                raise
            return self._article(hash)

    def _question(self, held: dict[str, Any]) -> Question:
        if (id := _text(held, "question_id")) in self._by_id:
            return self._by_id[id]
        name, slug = _text(held, "question"), _text(held, "taxonomy")
        found = self._by_name.get((slug, name.casefold()), [])
        if len(found) != 1:
            there = "several questions are called" if found else "there is no question"
            raise UserError(f"{there} “{name}”")
        return found[0]


def _text(held: dict[str, Any], name: str) -> str:
    value = held.get(name)
    return value if isinstance(value, str) else ""
