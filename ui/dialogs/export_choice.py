"""What goes out and what does not: the pickers' answers as a choice, as a command, and as reasons."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from annotate.model import ArticleState
from annotate.taxonomy import descendants
from annotate.writers import CodedSpan, Options, Writer
from storage import Project, articles
from storage.exchange import Choice, coded_spans, count_spans
from ui.session import Session


@dataclass(frozen=True, slots=True)
class Picked:
    """The pickers' answers; empty stands for all. `codes` are ids of codes, with all below them."""

    coders: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    article: str = ""
    filter: str = ""  # as the list of articles takes it
    anonymous: bool = False  # coders are numbered, not named

    def choice(self, session: Session) -> Choice:
        """As the storage room takes it."""
        wanted = [
            each
            for code in self.codes
            for each in (code, *(below.id for below in descendants(session.codes.values(), code)))
        ]
        ids = [self.article] if self.article else None
        if self.filter.strip():
            fitting = articles.ids(session.project, self.filter)
            ids = [id for id in fitting if not self.article or id == self.article]
        return Choice(
            coders=list(self.coders) or None,
            codes=wanted or None,
            articles=ids,
            states=list(self.states) or None,
        )

    def command(self, session: Session, writer: Writer, options: Options) -> str:
        """The command that writes the same file."""
        parts = ["postil", "export", str(session.project.path), f"{session.project.path.stem}{writer.SUFFIX}"]
        parts += ["--format", writer.NAME]
        if writer.ROWS != "codes":
            for coder in self.coders:
                parts += ["--coder", session.coder_name(coder)]
            for code in self.codes:
                parts += ["--code", code]
            if self.article:
                parts += ["--article", self.article]
            for state in self.states:
                parts += ["--state", state]
            parts += ["--filter", self.filter.strip()] if self.filter.strip() else []
            parts += ["--anonymous"] if self.anonymous else []
            parts += [] if options.text else ["--no-text"]
            if options.shape != "long":
                parts += ["--shape", options.shape, "--values", options.values]
            if options.shape == "units":
                parts += ["--unit", options.unit]
        parts += ["--for-spreadsheet"] if options.for_spreadsheet else []
        return shlex.join(parts)


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

    def __call__(self, choice: Choice) -> int:
        parts = (choice.coders, choice.codes, choice.articles, choice.states)
        key = (self._project.last_step(), *(None if part is None else frozenset(part) for part in parts))
        if key not in self._known:
            self._known[key] = count_spans(self._project, choice)
        return self._known[key]


def counted(count: Counter, choice: Choice) -> Counts:
    """Each mark that stays is counted under the first reason that applies: coder, article, code."""
    whole = count(Choice())
    of_coders = count(Choice(coders=choice.coders)) if choice.coders else whole
    in_articles = (
        count(replace(choice, codes=None)) if choice.articles is not None or choice.states else of_coders
    )
    going, bare = in_articles, 0
    if choice.codes:
        going = count(choice)
        bare = count(replace(choice, codes=[None]))
    where = "in another article" if choice.articles is not None else _not_in(choice)
    reasons = {
        "by another coder": whole - of_coders,
        where: of_coders - in_articles,
        "no code": bare,
        "another code": in_articles - going - bare,
    }
    return Counts(whole, going, {reason: number for reason, number in reasons.items() if number})


def left_out(session: Session, choice: Choice) -> Iterator[CodedSpan]:
    """The marks that stay, as they would have gone out."""
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
    return chain.from_iterable(coded_spans(project, part) for part in parts)


def _not_in(choice: Choice) -> str:
    return f"article not {' or '.join(str(state) for state in choice.states or ())}"
