"""What coders answered about whole articles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from annotate.errors import UserError
from annotate.ids import new_id, now
from annotate.questions import Answer, fitting
from storage.project import Project
from storage.questions import from_row
from storage.steps import Step

FIELDS = "id, article, coder, question, value, memo, created, modified"


def give(
    step: Step, article: str, coder: str, question: str, values: Iterable[str], memo: str | None = None
) -> None:
    """A coder's answer; no values take it away. Raises UserError where it cannot be one."""
    held = step.rows("question", [question]).get(question)
    if held is None:
        raise UserError("That question is no longer in the project; it was removed meanwhile.")
    kept = fitting(from_row(held), values)
    known = step.db.conn.execute(
        "SELECT id, value, memo FROM answer WHERE article = ? AND coder = ? AND question = ?",
        [article, coder, question],
    ).fetchone()
    if not kept:
        step.remove("answer", [known[0]] if known else [])
        return
    value, at = json.dumps(kept, ensure_ascii=False), now()
    if known is None:
        _check_known(step, article, coder)
        row = {"id": new_id(), "article": article, "coder": coder, "question": question, "created": at}
        step.add("answer", [row | {"value": value, "memo": memo or "", "modified": at}])
    elif value != known[1] or memo not in (None, known[2]):
        changed = {"value": value, "modified": at} | ({} if memo is None else {"memo": memo})
        step.edit("answer", [{"id": known[0], "article": article, "coder": coder, **changed}])


def of_article(project: Project, article: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """By coder and question what was answered."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for coder, question, value in project.rows(
        "SELECT coder, question, value FROM answer WHERE article = ?", [article]
    ):
        found.setdefault(coder, {})[question] = tuple(json.loads(value))
    return found


def given(project: Project, questions: Sequence[str]) -> Iterator[dict[str, tuple[str, ...]]]:
    """What each coder answered in each article to these questions, by their ids; a mapping for each of both."""
    rows = project.rows(
        """SELECT article, coder, question, value FROM answer WHERE question IN (SELECT value FROM json_each(?))
           ORDER BY article, coder""",
        [json.dumps(list(questions))],
    )
    for _, group in groupby(rows, key=lambda row: row[:2]):
        yield {question: tuple(json.loads(value)) for _, _, question, value in group}


def chosen(
    project: Project, where: str, parameters: Sequence[str], order: Mapping[str, int]
) -> Iterator[Answer]:
    """The answers that a condition over `a` (article) and `n` (answer) takes, in the order of the articles, the
    coders' names and, as `order` says, of the questions.
    """
    rows = project.db.conn.execute(
        f"""SELECT n.id, n.article, n.coder, n.question, n.value, n.memo, n.created, n.modified
            FROM article a JOIN answer n ON n.article = a.id JOIN coder k ON k.id = n.coder {where}
            ORDER BY a.number, k.name, k.id""",
        parameters,
    )
    for _, group in groupby(rows, key=lambda row: (row[1], row[2])):
        yield from map(_answer, sorted(group, key=lambda row: order.get(row[3], -1)))


def count(project: Project, question: str | None = None) -> int:
    if question is None:
        return int(project.value("SELECT count(*) FROM answer"))
    return int(project.value("SELECT count(*) FROM answer WHERE question = ?", [question]))


def say_codes(step: Step, named: Mapping[str, str | None]) -> None:
    """Answers that are codes name others now, or (None) nothing: then the answer goes."""
    questions = step.db.conn.execute("SELECT id FROM question WHERE source != ''").fetchall()
    for (question,) in questions:
        for id, value in step.db.conn.execute(
            "SELECT id, value FROM answer WHERE question = ?", [question]
        ).fetchall():
            values = json.loads(value)
            if named.keys() & set(values):
                kept = list(dict.fromkeys(to for each in values if (to := named.get(each, each))))
                if kept:
                    step.edit("answer", [{"id": id, "value": json.dumps(kept, ensure_ascii=False)}])
                else:
                    step.remove("answer", [id])


def _check_known(step: Step, article: str, coder: str) -> None:
    for table, id in (("article", article), ("coder", coder)):
        if not step.rows(table, [id]):
            raise UserError(f"That {table} is no longer in the project; it was removed meanwhile.")


def _answer(row: tuple[Any, ...]) -> Answer:
    id, article, coder, question, value, memo, created, modified = row
    return Answer(
        id, article, coder, question, tuple(json.loads(value)), memo or "", created or "", modified or ""
    )
