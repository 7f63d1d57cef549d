"""Coded spans out of the project as a stream, and highlights made elsewhere into it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from annotate.errors import UserError
from annotate.ids import new_id, now
from annotate.marks import BadLine, MarkLine, quote_fits, quote_of, read_lines
from annotate.model import ArticleState, Code, Highlight
from annotate.taxonomy import descendants, path
from annotate.writers.spans import CodedSpan
from storage import articles as stored_articles
from storage import coders as stored_coders
from storage import highlights, taxonomies
from storage.project import Project
from storage.steps import Step


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
) -> Choice:
    """A choice by names: coders by name, codes by id or slug:notation (with all below them), articles by
    id, text hash or title. Nothing named stands for all. Raises UserError for a name that is not there.
    """
    people = []
    for name in coders:
        found = stored_coders.named(project, name)
        if found is None:
            raise UserError(f"There is no coder called {name}.")
        people.append(found.id)
    finder = _Finder(project)
    wanted: list[str] = []
    for name in codes:
        code = finder.code(name)
        wanted += [code, *(below.id for below in descendants(finder.all_codes, code))]
    ids = [stored_articles.find(project, key).id for key in articles]
    if unknown := set(states) - set(ArticleState):
        raise UserError(f"There is no state “{unknown.pop()}”; there are {', '.join(ArticleState)}.")
    return Choice(
        people if coders else None,
        wanted if codes else None,
        ids if articles else None,
        states or None,
    )


@dataclass(slots=True)
class MarksReport:
    """What an import of highlights did."""

    lines: int = 0
    added: int = 0
    doubles: list[int] = field(default_factory=list)  # line numbers of marks that were there already
    bad: list[BadLine] = field(default_factory=list)


def coded_spans(project: Project, choice: Choice | None = None, *, text: bool = True) -> Iterator[CodedSpan]:
    """The chosen marks by article and start. Without `text` the quotes are empty."""
    choice = choice or Choice()
    codes = _described_codes(project)
    people = {coder.id: coder.name for coder in stored_coders.all_coders(project)}
    where, parameters = _where(choice)
    current, whole = "", ""
    head: tuple[str, ...] = ()
    cursor = project.db.conn.execute(
        f"""SELECT h.id, h.article, h.start, h."end", h.parts, h.code, h.coder, h.memo, h.certainty,
                   h.created, h.modified
            FROM article a CROSS JOIN highlight h ON h.article = a.id {where}
            ORDER BY a.number, h.start, h."end", h.id""",
        parameters,
    )
    fetch_head = "SELECT title, outlet, author, date, url, language, state, hash FROM article WHERE id = ?"
    for id, article, start, end, parts, code, coder, memo, certainty, created, modified in cursor:
        if article != current:
            current = article
            head = tuple(cell or "" for cell in project.rows(fetch_head, [article])[0])
            whole = stored_articles.text(project, article) if text else ""
        quote = ""
        if text:
            quote = quote_of(whole, json.loads(parts)) if parts else whole[start:end]
        yield CodedSpan._make(
            (
                id, article, *head, start, end, parts or "", quote, *codes[code], people[coder],
                memo or "", certainty or "", created or "", modified or "",
            )
        )  # fmt: skip


def count_spans(project: Project, choice: Choice) -> int:
    """How many marks `coded_spans` would give."""
    where, parameters = _where(choice)
    return int(
        project.value(
            f"SELECT count(*) FROM article a JOIN highlight h ON h.article = a.id {where}", parameters
        )
    )


def import_marks(
    project: Project, lines: Iterable[str], *, coder: str = "", skip_bad: bool = False
) -> MarksReport:
    """Adds the marks of a JSON Lines file as one step. `coder` serves the lines that name none.

    A line that does not fit is in the report with its number, and nothing is imported unless `skip_bad`.
    A mark that is there already (same article, coder, code and spans) is passed over and reported.
    """
    report = MarksReport()
    fitting: list[MarkLine] = []
    articles_of: dict[str, str] = {}
    codes_of: dict[str, str] = {}
    finder = _Finder(project)
    for line in read_lines(lines):
        report.lines += 1
        problem = line if isinstance(line, BadLine) else finder.problem(line, coder, articles_of, codes_of)
        if isinstance(problem, BadLine):
            report.bad.append(problem)
        elif isinstance(line, MarkLine):
            fitting.append(line)
    if not fitting or (report.bad and not skip_bad):
        return report

    def work(step: Step) -> None:
        people = {
            name: stored_coders.ensure(step, name) for name in {line.coder or coder for line in fitting}
        }
        marks = [
            _mark(line, articles_of[line.article], people[line.coder or coder], codes_of.get(line.code or ""))
            for line in fitting
        ]
        known = _known(project, {mark.article for mark in marks})
        fresh = []
        for line, mark in zip(fitting, marks, strict=True):
            key = _key(mark)
            if key in known:
                report.doubles.append(line.number)
            else:
                known.add(key)
                fresh.append(mark)
        highlights.add(step, fresh)
        report.added = len(fresh)

    count = "1 highlight" if len(fitting) == 1 else f"{len(fitting):,} highlights"
    project.do(f"Import {count}", work)
    return report


class _Finder:
    """Looks up articles and codes by the names lines use, once each."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._texts: dict[str, str] = {}
        self._lengths: dict[str, int] = {}
        self._codes: dict[str, str | None] = {}
        self.all_codes: list[Code] = []
        for taxonomy in taxonomies.all_taxonomies(project):
            self.all_codes += taxonomy.codes
            for code in taxonomy.codes:
                for name in (code.id, f"{taxonomy.slug}:{code.notation}" if code.notation else ""):
                    if name and self._codes.get(name, code.id) != code.id and name != code.id:
                        self._codes[name] = None  # several codes share this notation
                    elif name:
                        self._codes[name] = code.id

    def problem(
        self, line: MarkLine, coder: str, articles_of: dict[str, str], codes_of: dict[str, str]
    ) -> BadLine | None:
        """What is wrong with a line, if anything; notes the ids of its article and code."""
        try:
            if line.article not in articles_of:
                found = stored_articles.find(self._project, line.article)
                articles_of[line.article] = found.id
                self._lengths[found.id] = found.characters
            article = articles_of[line.article]
            if line.code is not None and line.code not in codes_of:
                codes_of[line.code] = self.code(line.code)
            if not (line.coder or coder).strip():
                raise UserError("no coder is named; give one with --coder")
            mark = _mark(line, article, "", None)
            highlights.check_span(mark, self._lengths[article])
            if line.quote is not None and not quote_fits(line, self._text(article)):
                held = quote_of(self._text(article), line.spans)
                raise UserError(f"the quote differs: the text has “{_short(held)}” there")
        except UserError as error:
            return BadLine(line.number, str(error).rstrip("."))
        return None

    def code(self, name: str) -> str:
        """The id of a code named by its id or slug:notation. Raises UserError."""
        if name not in self._codes:
            raise UserError(f"There is no code “{name}”.")
        found = self._codes[name]
        if found is None:
            raise UserError(f"Several codes are called “{name}”; name one by its id.")
        return found

    def _text(self, article: str) -> str:
        if article not in self._texts:
            self._texts = {article: stored_articles.text(self._project, article)}
        return self._texts[article]


def _mark(line: MarkLine, article: str, coder: str, code: str | None) -> Highlight:
    at = now()
    return Highlight(
        id=new_id(),
        article=article,
        coder=coder,
        code=code,
        start=line.start,
        end=line.end,
        parts=line.parts,
        memo=line.memo,
        certainty=line.certainty,
        origin="import",
        created=line.created or at,
        modified=line.modified or line.created or at,
    )


def _key(mark: Highlight) -> tuple[object, ...]:
    return mark.article, mark.coder, mark.code, mark.spans


def _known(project: Project, ids: Iterable[str]) -> set[tuple[object, ...]]:
    return {_key(mark) for id in ids for mark in highlights.of_article(project, id)}


def _described_codes(project: Project) -> dict[str | None, tuple[str, str | None, str, str, str]]:
    """For each code: taxonomy slug, id, notation, label, path."""
    described: dict[str | None, tuple[str, str | None, str, str, str]] = {None: ("", None, "", "", "")}
    for taxonomy in taxonomies.all_taxonomies(project):
        known: dict[str, Code] = {code.id: code for code in taxonomy.codes}
        for code in taxonomy.codes:
            described[code.id] = (taxonomy.slug, code.id, code.notation, code.label, path(code, known))
    return described


def _where(choice: Choice) -> tuple[str, list[str]]:
    terms, parameters = [], []
    for column, wanted in (
        ("h.coder", choice.coders),
        ("h.article", choice.articles),
        ("a.state", choice.states),
    ):
        if wanted is not None:
            terms.append(f"{column} IN (SELECT value FROM json_each(?))")
            parameters.append(json.dumps([str(each) for each in wanted]))
    if choice.codes is not None:
        named = [code for code in choice.codes if code is not None]
        without = " OR h.code IS NULL" if None in choice.codes else ""
        terms.append(f"(h.code IN (SELECT value FROM json_each(?)){without})")
        parameters.append(json.dumps(named))
    return ("WHERE " + " AND ".join(terms) if terms else ""), parameters


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
