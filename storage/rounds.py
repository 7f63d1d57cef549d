"""Rounds: planned, listed, looked up, taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from annotate.errors import UserError
from annotate.frozen import frozen
from annotate.ids import new_id, now
from annotate.model import ArticleState
from annotate.rounds import Assignment, Kind, Round
from annotate.sampling import Candidate, Method, Plan, plan
from storage import near
from storage.choosing import choice
from storage.project import Project
from storage.steps import CHUNK, Step

FIELDS = "id, title, kind, seed, method, note, created"


@frozen
class Progress:
    """How far a round is: articles that are done or skipped, of all; and of each coder's own, by name."""

    done: int
    articles: int
    coders: tuple[tuple[str, int, int], ...]  # name, done, all


def all_rounds(project: Project) -> list[Round]:
    """In the order they were planned."""
    return [_of_row(row) for row in project.rows(f"SELECT {FIELDS} FROM round ORDER BY created, id")]


def named(project: Project, title: str) -> Round:
    """The round with this title, in whatever case. Raises UserError where there is none."""
    held = all_rounds(project)
    found = next((each for each in held if each.title.casefold() == title.strip().casefold()), None)
    if found is None:
        there = ", ".join(each.title for each in held)
        raise UserError(
            f"There is no round “{title}”; {f'there are {there}' if there else 'there are none yet'}."
        )
    return found


def assignments(project: Project, round: str) -> list[Assignment]:
    """Those of a round, in the order of the articles and of the coders."""
    return [
        Assignment(*row)
        for row in project.rows(
            """SELECT s.id, s.round, s.article, s.coder FROM assignment s JOIN article a ON a.id = s.article
               JOIN coder k ON k.id = s.coder WHERE s.round = ? ORDER BY a.number, k.created, k.id""",
            [round],
        )
    ]


def of_article(project: Project, article: str) -> dict[str, list[str]]:
    """Titles of the rounds an article is in, each with the names of those who are to code it."""
    found: dict[str, list[str]] = {}
    for title, name in project.rows(
        """SELECT r.title, k.name FROM assignment s JOIN round r ON r.id = s.round JOIN coder k ON k.id = s.coder
           WHERE s.article = ? ORDER BY r.created, r.id, k.created, k.id""",
        [article],
    ):
        found.setdefault(title, []).append(name)
    return found


def progress(project: Project, round: str) -> Progress:
    ended = f"a.state IN ('{ArticleState.DONE}', '{ArticleState.SKIPPED}')"
    ((done, whole),) = project.rows(
        f"""SELECT coalesce(sum(ended), 0), count(*) FROM (
                SELECT DISTINCT s.article, {ended} AS ended FROM assignment s JOIN article a ON a.id = s.article
                WHERE s.round = ?)""",
        [round],
    )
    people = project.rows(
        f"""SELECT k.name, sum({ended}), count(*) FROM assignment s JOIN article a ON a.id = s.article
            JOIN coder k ON k.id = s.coder WHERE s.round = ? GROUP BY k.id ORDER BY k.created, k.id""",
        [round],
    )
    return Progress(done, whole, tuple(people))


def drawn(
    project: Project,
    coders: Sequence[str],
    method: Method,
    seed: int,
    groups: Mapping[str, str] | None = None,
) -> Plan:
    """What a round would be, for coders by ids or names. `groups` are those of near duplicates, where they are known
    already (storage.near.groups). Raises UserError.
    """
    wanted = choice(project, filter=method.filter)
    rows = project.rows("SELECT id, hash, attributes, outlet, date, language FROM article")
    among = None if wanted.articles is None else set(wanted.articles)
    if method.near or method.articles is None:
        groups = {}
    elif groups is None:
        groups = near.groups(project)
    candidates = [
        Candidate(id, hash, _value(method.by, attributes, outlet, date, language), groups.get(id, ""))
        for id, hash, attributes, outlet, date, language in rows
        if among is None or id in among
    ]
    if not candidates:
        raise UserError("There is no article to draw.")
    return plan(candidates, coders, method, seed)


def _value(by: str, attributes: str, outlet: str, date: str, language: str) -> str:
    """An article's value of a field, one that all have or one of its own; dates count by their year."""
    if not by:
        return ""
    known = {"outlet": outlet, "date": (date or "")[:4], "year": (date or "")[:4], "language": language}
    own = {name.casefold(): str(value) for name, value in json.loads(attributes or "{}").items()}
    return own.get(by.casefold(), known.get(by.casefold(), "")) or ""


def add(step: Step, title: str, kind: Kind, method: Method, seed: int, plan: Plan, note: str = "") -> str:
    """Keeps a plan as a round; its id. Raises UserError for a title that is empty or taken."""
    title = " ".join(title.split())
    _check_title(step, title)
    id = new_id()
    row = {
        "id": id, "title": title, "kind": str(kind), "seed": seed,
        "method": json.dumps(asdict(method), ensure_ascii=False), "note": note, "created": now(),
    }  # fmt: skip
    step.add("round", [row])
    step.add(
        "assignment",
        [
            {"id": new_id(), "round": id, "article": article, "coder": coder}
            for article, coder in plan.assignments
        ],
    )
    return id


def edit(step: Step, id: str, *, title: str | None = None, note: str | None = None) -> None:
    """Raises UserError for a title that is empty or taken."""
    changed = {}
    if title is not None:
        changed["title"] = " ".join(title.split())
        _check_title(step, changed["title"], id)
    if note is not None:
        changed["note"] = note
    step.edit("round", [{"id": id, **changed}] if changed else [])


def remove(step: Step, ids: Iterable[str]) -> None:
    """Takes rounds back; articles and what was coded in them stay."""
    for id in ids:
        held = step.db.conn.execute("SELECT id FROM assignment WHERE round = ?", [id]).fetchall()
        for at in range(0, len(held), CHUNK):
            step.remove("assignment", [each for (each,) in held[at : at + CHUNK]])
        step.remove("round", [id])


def _check_title(step: Step, title: str, own: str = "") -> None:
    if not title:
        raise UserError("A round needs a title.")
    if '"' in title:
        raise UserError('A round’s title cannot hold the sign ": filters put titles between two of them.')
    taken = {name.casefold(): id for id, name in step.db.conn.execute("SELECT id, title FROM round")}
    if taken.get(title.casefold(), own) != own:
        raise UserError(f"There is already a round “{title}”.")


def _of_row(row: tuple[str, str, str, int, str, str, str]) -> Round:
    id, title, kind, seed, method, note, created = row
    return Round(id, title, Kind(kind), seed, Method(**json.loads(method)), note or "", created)
