"""Coders compared on what a project holds: which articles count as coded by whom, and what they did there.

An article counts as coded by a coder when it is done and the coder has marks or answers in it, was to code it in a
round, or worked in it for ten seconds. So a code that a coder did not use in such an article is a decision; elsewhere
it is nothing. Only articles that all compared coders coded are compared.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import combinations, groupby
from typing import Any

from annotate.agreement.compared import STANDARD, Asked, CodedMark, CodedText, Compared, Comparison
from annotate.agreement.comparing import Comparing
from annotate.agreement.places import DRAWS
from annotate.codetree import by_id, path_codes
from annotate.errors import UserError
from annotate.frozen import frozen
from annotate.model import ArticleState, Code, Coder, Taxonomy
from annotate.questions import Form, Question, QuestionKind, Source
from annotate.standards import rolled_up
from storage import coders as stored_coders
from storage import taxonomies
from storage.choosing import choice
from storage.errors import said
from storage.highlights import parts_from_text
from storage.project import Project

Watch = Callable[[int], object]
WORKED = 10  # active seconds that count as having coded an article


@frozen
class Wanted:
    """What is compared. `coders` are names, none for all who coded but the consensus coder; `taxonomies` are slugs,
    none for all; `level` is "" for codes as they are, "standard" for those of locked standards with the study's own
    below counted in, or the number of a level of the tree (1: topmost). With `unfinished` articles count that are not
    done.
    """

    coders: tuple[str, ...] = ()
    taxonomies: tuple[str, ...] = ()
    level: str = ""
    filter: str = ""
    round: str = ""
    unfinished: bool = False
    seed: int = 1
    draws: int = DRAWS


@frozen
class Universe:
    """What is compared and what is not: `articles` are ids in order of import; the counts say why others are not."""

    coders: tuple[Coder, ...]
    articles: tuple[str, ...]
    not_done: int = 0
    skipped: int = 0
    not_by_all: int = 0  # done, but not coded by all compared coders


def comparison(
    project: Project,
    wanted: Wanted,
    called: Mapping[str, str] | None = None,
    watch: Watch = lambda done: None,
) -> Comparison:
    """Compares. `called` is what coders are called in what is told, by id; `watch` is told of articles and codes gone
    through, and may raise to stop. Raises UserError where there is nothing to compare, saying what there is.
    """
    within = universe(project, wanted)
    held = _taxonomies(project, wanted)
    names = [(called or {}).get(coder.id, coder.name) for coder in within.coders]
    compared = _compared(project, wanted, within, held, names, watch)
    return Comparison(
        compared, tuple(held), wanted.level, wanted.round, wanted.filter, wanted.unfinished,
        within.not_done, within.skipped, within.not_by_all,
    )  # fmt: skip


def comparisons(
    project: Project,
    wanted: Wanted,
    called: Mapping[str, str] | None = None,
    watch: Watch = lambda done: None,
) -> list[Comparison]:
    """Those that `comparable` gives. Raises UserError."""
    return [comparison(project, each, called, watch) for each in comparable(project, wanted)]


def comparable(project: Project, wanted: Wanted) -> list[Wanted]:
    """All coders together, or where they have no article in common, pair by pair of those who do. Raises UserError
    where there is nothing to compare.
    """
    states = _states(project, wanted)
    coded = _coded(project, wanted, states)
    people = _present(project, coded)
    ids, pairs = {coder.id for coder in people}, _pairs(people, coded)
    if wanted.coders or len(pairs) < 2 or any(ids <= who for who in coded.values()):
        _universe(project, wanted, states, coded)
        return [wanted]
    return [replace(wanted, coders=pair) for pair in pairs]


def universe(project: Project, wanted: Wanted) -> Universe:
    """The articles that all compared coders coded. Raises UserError for fewer than two coders, for one that is not
    there, and where they have no article in common.
    """
    states = _states(project, wanted)
    return _universe(project, wanted, states, _coded(project, wanted, states))


def _universe(
    project: Project, wanted: Wanted, states: Mapping[str, str], coded: Mapping[str, set[str]]
) -> Universe:
    coders = _coders(project, wanted, coded)
    ids = {coder.id for coder in coders}
    common = [article for article in states if ids <= coded.get(article, set())]
    if not common:
        raise UserError(_nothing_in_common(coders, coded, wanted))
    ready = sum(state in _ready(wanted) for state in states.values())
    return Universe(
        tuple(coders),
        tuple(common),
        sum(state not in (ArticleState.SKIPPED, *_ready(wanted)) for state in states.values()),
        sum(state == ArticleState.SKIPPED for state in states.values()),
        ready - len(common),
    )


def _pairs(coders: Sequence[Coder], coded: Mapping[str, Collection[str]]) -> dict[tuple[str, str], int]:
    """For each pair of coders, by name, how many articles both coded; pairs without any are left out."""
    found = {}
    for one, other in combinations(coders, 2):
        if both := sum(one.id in who and other.id in who for who in coded.values()):
            found[one.name, other.name] = both
    return found


def _states(project: Project, wanted: Wanted) -> dict[str, str]:
    """The state of each article that may be compared, by id, in order of import."""
    planned = (wanted.round,) if wanted.round else ()
    within = choice(project, filter=wanted.filter, rounds=planned).articles
    among = None if within is None else set(within)
    rows = project.rows("SELECT id, state FROM article ORDER BY number")
    return {id: state for id, state in rows if among is None or id in among}


def _ready(wanted: Wanted) -> tuple[str, ...]:
    if wanted.unfinished:
        return (ArticleState.TO_DO, ArticleState.IN_PROGRESS, ArticleState.DONE)
    return (ArticleState.DONE,)


def _coded(project: Project, wanted: Wanted, states: Mapping[str, str]) -> dict[str, set[str]]:
    """Who coded each article that is ready: ids of coders by id of the article."""
    sources = [
        "SELECT DISTINCT article, coder FROM highlight",
        "SELECT DISTINCT article, coder FROM answer",
        f"""SELECT a.article, s.coder FROM session s JOIN session_article a ON a.session = s.id
            GROUP BY a.article, s.coder HAVING sum(a.seconds) >= {WORKED}""",
    ]
    if not wanted.unfinished:
        sources.append("SELECT DISTINCT article, coder FROM assignment")
    ready = _ready(wanted)
    coded: dict[str, set[str]] = defaultdict(set)
    for sql in sources:
        for article, coder in project.rows(sql):
            if states.get(article) in ready:
                coded[article].add(coder)
    return coded


def _present(project: Project, coded: Mapping[str, Collection[str]]) -> list[Coder]:
    """Who coded anything, but the consensus coder."""
    active = {coder for who in coded.values() for coder in who}
    return [each for each in stored_coders.all_coders(project) if each.id in active and not each.consensus]


def _coders(project: Project, wanted: Wanted, coded: Mapping[str, Collection[str]]) -> list[Coder]:
    if not wanted.coders:
        found = _present(project, coded)
    else:
        found = [stored_coders.known(project, name) for name in dict.fromkeys(wanted.coders)]
    if len(found) == 1 and wanted.coders:
        raise UserError(f"Name another coder beside {found[0].name}, or none for all.")
    if len(found) < 2:
        who = f"{found[0].name} alone has" if found else "Nobody has"
        done = "" if wanted.unfinished else " that are done"
        raise UserError(f"Agreement needs two coders: {who} coded articles{done}.")
    return found


def _nothing_in_common(coders: Sequence[Coder], coded: Mapping[str, Collection[str]], wanted: Wanted) -> str:
    names = [each.name for each in coders]
    done = "coded" if wanted.unfinished else "done and was coded"
    sentence = f"No article is {done} by all of {', '.join(names[:-1])} and {names[-1]}"
    pairs = _pairs(coders, coded) if len(coders) > 2 else {}
    if pairs:
        listed = ", ".join(f"{one} and {other} {number:,}" for (one, other), number in pairs.items())
        return f"{sentence}; two of them have in common: {listed}. Name two with --coder."
    return f"{sentence}."


def _taxonomies(project: Project, wanted: Wanted) -> list[Taxonomy]:
    held = taxonomies.all_taxonomies(project)
    for slug in wanted.taxonomies:
        if slug not in {each.slug for each in held}:
            raise UserError(
                f"There is no taxonomy {slug}; there are {', '.join(each.slug for each in held)}."
            )
    return [each for each in held if not wanted.taxonomies or each.slug in wanted.taxonomies]


def raised(codes: Mapping[str, Code], level: str) -> Callable[[str], str]:
    """What a code counts as at a level. Raises UserError for what is none."""
    if not level:
        return lambda code: code
    if level == STANDARD:
        above = rolled_up(codes)
        return lambda code: above.get(code, code)
    if not level.isdigit() or int(level) < 1:
        raise UserError(f"“{level}” is no level: say standard, or a number from 1 for the topmost codes.")
    depth = int(level)
    known = {code.id: path_codes(code, codes)[:depth][-1].id for code in codes.values()}
    return lambda code: known.get(code, code)


def _compared(
    project: Project,
    wanted: Wanted,
    within: Universe,
    held: Sequence[Taxonomy],
    names: Sequence[str],
    watch: Watch,
) -> Compared:
    codes = by_id(code for taxonomy in held for code in taxonomy.codes)
    raise_ = raised(codes, wanted.level)
    questions = [each for taxonomy in held for each in taxonomy.questions]
    asked = [
        Asked(each.id, each.kind, _options(each, codes))
        for each in questions
        if each.kind is not QuestionKind.TEXT
    ]
    order = {coder.id: at for at, coder in enumerate(within.coders)}
    comparing = Comparing(
        names,
        {id: code.taxonomy for id, code in codes.items()},
        asked,
    )
    from_codes = {each.id for each in questions if each.source is not Source.OWN}
    with closing(_marks(project, within)) as marked, closing(_answers(project, within)) as given:
        marks, answers = _Grouped(marked), _Grouped(given)
        for article, length in _lengths(project, within):
            of_coders: list[list[CodedMark]] = [[] for _ in order]
            for coder, code, start, end, parts in marks.get(article):
                if code in codes:
                    spans = parts_from_text(parts) or ((start, end),)
                    of_coders[order[coder]].append((raise_(code), spans))
            said_of: list[dict[str, tuple[str, ...]]] = [{} for _ in order]
            for coder, question, value in answers.get(article):
                values = tuple(json.loads(value))
                if question in from_codes:
                    values = tuple(dict.fromkeys(raise_(each) for each in values))
                said_of[order[coder]][question] = values
            comparing.take(CodedText(length, of_coders, said_of))
            watch(1)
    return comparing.compared(wanted.seed, wanted.draws, watch)


def _options(question: Question, codes: Mapping[str, Code]) -> tuple[str, ...]:
    """The values of a question in order; none where they depend on another answer."""
    if not question.chooses:
        return ()
    return tuple(option.value for option in Form([question], codes).options(question, {}))


class _Grouped:
    """Rows in order of their article, taken article by article in the same order."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self._groups = groupby(rows, key=lambda row: row[0])
        self._next = next(self._groups, None)

    def get(self, article: str) -> list[Any]:
        if self._next is None or self._next[0] != article:
            return []
        found = [row[1:] for row in self._next[1]]
        self._next = next(self._groups, None)
        return found


def _marks(project: Project, within: Universe) -> Generator[Any, None, None]:
    return _stream(
        project,
        within,
        """SELECT h.article, h.coder, h.code, h.start, h."end", h.parts FROM article a
           JOIN highlight h ON h.article = a.id
           WHERE a.id IN (SELECT value FROM json_each(?1)) AND h.coder IN (SELECT value FROM json_each(?2))
           AND h.code IS NOT NULL ORDER BY a.number, h.start, h."end", h.id""",
    )


def _answers(project: Project, within: Universe) -> Generator[Any, None, None]:
    return _stream(
        project,
        within,
        """SELECT n.article, n.coder, n.question, n.value FROM article a JOIN answer n ON n.article = a.id
           WHERE a.id IN (SELECT value FROM json_each(?1)) AND n.coder IN (SELECT value FROM json_each(?2))
           ORDER BY a.number, n.id""",
    )


def _stream(project: Project, within: Universe, sql: str) -> Generator[Any, None, None]:
    coders = json.dumps([coder.id for coder in within.coders])
    with said(project.path):
        yield from project.db.conn.execute(sql, [json.dumps(within.articles), coders])


def _lengths(project: Project, within: Universe) -> list[tuple[str, int]]:
    rows = project.rows(
        "SELECT id, characters FROM article WHERE id IN (SELECT value FROM json_each(?)) ORDER BY number",
        [json.dumps(within.articles)],
    )
    return [(id, length) for id, length in rows]
