"""Which marks go out: a choice, by ids or by the names that a person says, and as a condition of a query."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from annotate.errors import UserError
from annotate.model import ArticleState
from annotate.shapes import WHOSE
from storage import articles as stored_articles
from storage import coders as stored_coders
from storage.code_names import CodeNames
from storage.project import Project


@dataclass(frozen=True, slots=True)
class Choice:
    """Which marks go out; None stands for all. Codes are ids (None among them: marks without a code)."""

    coders: Collection[str] | None = None
    codes: Collection[str | None] | None = None
    articles: Collection[str] | None = None
    states: Collection[str] | None = None


def choice(
    project: Project,
    *,
    coders: Collection[str] = (),
    codes: Collection[str] = (),
    articles: Collection[str] = (),
    states: Collection[str] = (),
    rounds: Collection[str] = (),
    filter: str = "",
    whose: str = "all",
) -> Choice:
    """A choice by names: coders by name, codes by id or slug:notation (with all below them), articles by id, text hash
    or title, by rounds, or by a filter as the list of articles takes it; marks of all, each coder's `own` or the
    `consensus`. Nothing named stands for all. Raises UserError for a name that is not there.
    """
    people = _people(project, coders, whose)
    names = CodeNames(project)
    wanted = [id for name in codes for id in names.with_below(name)]
    ids: list[str] | None = [stored_articles.find(project, key).id for key in articles] if articles else None
    if filter.strip():
        ids = _both(ids, stored_articles.ids(project, filter))
    if rounds:
        ids = _both(ids, _planned(project, rounds))
    if unknown := set(states) - set(ArticleState):
        raise UserError(f"There is no state “{unknown.pop()}”; there are {', '.join(ArticleState)}.")
    return Choice(
        people,
        wanted if codes else None,
        ids,
        states or None,
    )


def _both(ids: list[str] | None, fitting: list[str]) -> list[str]:
    """What fits, of those named where some are."""
    if ids is None:
        return fitting
    held = set(fitting)
    return [id for id in ids if id in held]


def _planned(project: Project, titles: Collection[str]) -> list[str]:
    """The articles of these rounds."""
    from storage import rounds

    found = (
        each.article
        for title in titles
        for each in rounds.assignments(project, rounds.named(project, title).id)
    )
    return list(dict.fromkeys(found))


def _people(project: Project, names: Collection[str], whose: str) -> list[str] | None:
    """Ids of the coders, None for all."""
    people = [stored_coders.known(project, name).id for name in names]
    if whose == "all":
        return people if names else None
    if whose not in WHOSE:
        raise UserError(f"Marks are {', '.join(WHOSE)}, not “{whose}”.")
    agreed = stored_coders.consensus(project)
    if agreed is None:
        raise UserError(
            "There is no consensus coder: call one Consensus, or set one in the menu of the coders."
        )
    if whose == "consensus":
        if names:
            raise UserError("Name coders, or ask for the consensus, not both.")
        return [agreed.id]
    listed = people if names else [each.id for each in stored_coders.all_coders(project)]
    return [id for id in listed if id != agreed.id]


def condition(choice: Choice, article: str = "h.article") -> tuple[str, list[str]]:
    """A WHERE over articles (a) and highlights (h), or "", and its parameters. With `article` "a.id" only what is
    chosen of articles counts.
    """
    terms, parameters = [], []
    of_marks = article == "h.article"
    for column, wanted in (
        ("h.coder", choice.coders if of_marks else None),
        (article, choice.articles),
        ("a.state", choice.states),
    ):
        if wanted is not None:
            terms.append(f"{column} IN (SELECT value FROM json_each(?))")
            parameters.append(json.dumps([str(each) for each in wanted]))
    if choice.codes is not None and of_marks:
        named = [code for code in choice.codes if code is not None]
        without = " OR h.code IS NULL" if None in choice.codes else ""
        terms.append(f"(h.code IN (SELECT value FROM json_each(?)){without})")
        parameters.append(json.dumps(named))
    return ("WHERE " + " AND ".join(terms) if terms else ""), parameters
