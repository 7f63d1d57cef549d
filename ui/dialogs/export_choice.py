"""What goes out and what does not: counts with their reasons, and the marks that stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from annotate.model import ArticleState
from annotate.writers import CodedSpan
from storage import Project, articles
from storage.exchange import Arrangement, Choice, Divider, coded_spans, count_spans
from ui.session import Session


@dataclass(frozen=True, slots=True)
class Counts:
    """How many marks there are, how many go out, and why the others stay: reason -> number."""

    whole: int
    going: int
    reasons: dict[str, int]


class Counter:
    """Counts what a choice gives, once for each: with a million marks it takes a third of a second."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._known: dict[tuple[object, ...], int] = {}
        self.divider = Divider(project)

    def __call__(self, choice: Choice) -> int:
        parts = (choice.coders, choice.codes, choice.articles, choice.states)
        key = (self._project.last_step(), *(None if part is None else frozenset(part) for part in parts))
        if key not in self._known:
            self._known[key] = count_spans(self._project, choice)
        return self._known[key]


def counted(count: Counter, choice: Choice, arrangement: Arrangement) -> Counts:
    """Each mark that stays is counted under the first reason that applies: coder, article, code, part of the split."""
    whole = count(Choice())
    of_coders = count(Choice(coders=choice.coders)) if choice.coders else whole
    in_articles = (
        count(replace(choice, codes=None)) if choice.articles is not None or choice.states else of_coders
    )
    chosen, bare = in_articles, 0
    if choice.codes:
        chosen = count(choice)
        bare = count(replace(choice, codes=[None]))
    going = count(count.divider.parted(choice, arrangement)) if arrangement.part else chosen
    where = "in another article" if choice.articles is not None else _not_in(choice)
    reasons = {
        "by another coder": whole - of_coders,
        where: of_coders - in_articles,
        "no code": bare,
        "another code": in_articles - chosen - bare,
        "in another part": chosen - going,
    }
    return Counts(whole, going, {reason: number for reason, number in reasons.items() if number})


def left_out(session: Session, choice: Choice, going: Choice) -> Iterator[CodedSpan]:
    """The marks that stay, as they would have gone out; `going` is the choice with the articles of its part."""
    project = session.project
    parts: list[Choice] = []
    if choice.coders:
        parts.append(Choice(coders=[each.id for each in session.coders if each.id not in choice.coders]))
    if choice.articles is not None:
        here = set(choice.articles)
        others = [id for id in articles.ids(project, "") if id not in here]
        parts.append(Choice(coders=choice.coders, articles=others))
    if choice.states:
        states = [str(state) for state in ArticleState if state not in choice.states]
        parts.append(Choice(coders=choice.coders, states=states))
    if choice.codes:
        picked = set(choice.codes)
        others_: list[str | None] = [None, *(code for code in session.codes if code not in picked)]
        parts.append(replace(choice, codes=others_))
    if going is not choice:
        in_part = set(going.articles or ())
        listed = articles.ids(project, "") if choice.articles is None else choice.articles
        parts.append(replace(choice, articles=[id for id in listed if id not in in_part]))
    return chain.from_iterable(coded_spans(project, part) for part in parts)


def _not_in(choice: Choice) -> str:
    return f"article not {' or '.join(str(state) for state in choice.states or ())}"
