"""Which marks go out: a choice, by ids or by the names that a person says, and as a condition of a query."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from annotate.errors import UserError
from annotate.model import ArticleState
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
    filter: str = "",
) -> Choice:
    """A choice by names: coders by name, codes by id or slug:notation (with all below them), articles by
    id, text hash or title, or by a filter as the list of articles takes it. Nothing named stands for all. Raises
    UserError for a name that is not there.
    """
    people = []
    for name in coders:
        found = stored_coders.named(project, name)
        if found is None:
            raise UserError(f"There is no coder called {name}.")
        people.append(found.id)
    names = CodeNames(project)
    wanted = [id for name in codes for id in names.with_below(name)]
    ids = [stored_articles.find(project, key).id for key in articles]
    if filter.strip():
        fitting = set(stored_articles.ids(project, filter))
        ids = [id for id in ids if id in fitting] if articles else list(fitting)
    if unknown := set(states) - set(ArticleState):
        raise UserError(f"There is no state “{unknown.pop()}”; there are {', '.join(ArticleState)}.")
    return Choice(
        people if coders else None,
        wanted if codes else None,
        ids if articles or filter.strip() else None,
        states or None,
    )


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
