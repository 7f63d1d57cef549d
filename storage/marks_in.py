"""Highlights made elsewhere into the project: every line looked up and checked, then all of them as one step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial

from annotate.anchoring import anchored, anchored_by_letters
from annotate.errors import UserError
from annotate.ids import new_id, now
from annotate.marks import BadLine, MarkLine, RelationLine, quote_fits, quote_of, read_lines
from annotate.model import Article, Highlight, Span
from annotate.spans import joined
from annotate.spoken import counted
from storage import articles, coders, highlights
from storage.code_names import CodeNames
from storage.project import Project
from storage.relations_in import RelationsTaken, take_relations
from storage.steps import Step

TEXTS_KEPT = 16
NumberedMark = tuple[int, Highlight]  # the line it stood in, and the mark with its coder's name


@dataclass(slots=True)
class MarksReport:
    """What an import of highlights did."""

    lines: int = 0
    added: int = 0
    doubles: list[int] = field(default_factory=list)  # line numbers of marks that were there already
    bad: list[BadLine] = field(default_factory=list)
    relations: RelationsTaken = field(default_factory=RelationsTaken)


def import_marks(
    project: Project, lines: Iterable[str], *, coder: str = "", skip_bad: bool = False
) -> MarksReport:
    """Adds the marks of a JSON Lines file as one step. `coder` serves the lines that name none.

    A line that does not fit is in the report with its number, and nothing is imported unless `skip_bad`.
    A mark that is there already (same article, coder, code and spans) is passed over and reported.
    """
    report = MarksReport()
    lookup = Lookup(project, coder)
    fitting: list[NumberedMark] = []
    linked: list[RelationLine] = []
    keys: dict[int, str] = {}
    for line in read_lines(lines, linked):
        report.lines += 1
        found = line if isinstance(line, BadLine) else lookup.mark(line)
        if isinstance(found, BadLine):
            report.bad.append(found)
        else:
            fitting.append(found)
            keys[line.number] = line.key if isinstance(line, MarkLine) else ""

    def work(step: Step) -> None:
        placed: dict[int, str] = {}
        report.doubles = store_marks(step, fitting, placed)
        marks = {keys[number]: id for number, id in placed.items() if keys[number]}
        report.relations = take_relations(step, linked, marks, coder)

    if fitting and (skip_bad or not report.bad):
        project.do(f"Import {counted(len(fitting), 'highlight')}", work)
        report.added = len(fitting) - len(report.doubles)
    return report


def store_marks(
    step: Step, fitting: Sequence[NumberedMark], placed: dict[int, str] | None = None
) -> list[int]:
    """Adds marks that stand under their coders' names; gives the numbers of those that were there already.

    `placed` takes up the id of each by its number, of the one that was there where it was.
    """
    names = dict.fromkeys(mark.coder for _, mark in fitting)
    people = {name: coders.ensure(step, name) for name in names}
    known = _known(step, {mark.article for _, mark in fitting})
    fresh, doubles = [], []
    for number, named in fitting:
        mark = replace(named, coder=people[named.coder])
        key = (mark.article, mark.coder, mark.code, mark.spans)
        if key in known:
            doubles.append(number)
        else:
            known[key] = mark.id
            fresh.append(mark)
        if placed is not None:
            placed[number] = known[key]
    highlights.add(step, fresh)
    return doubles


class Lookup:
    """Makes marks of lines; articles and codes are looked up once each."""

    def __init__(self, project: Project, coder: str) -> None:
        self._coder = " ".join(coder.split())
        self._codes = CodeNames(project)
        self._at = now()
        self._find = partial(articles.find, project)
        self._articles: dict[tuple[str, str], Article] = {}
        self._text = lru_cache(TEXTS_KEPT)(partial(articles.text, project))
        self.moved: list[
            int
        ] = []  # numbers of marks that stand where their words are, not where the line says

    def mark(self, line: MarkLine) -> NumberedMark | BadLine:
        """The mark a line tells of, its coder given by name; or what is wrong with the line."""
        try:
            return line.number, self._mark(line)
        except UserError as error:
            return BadLine(line.number, str(error).rstrip("."))

    def _mark(self, line: MarkLine) -> Highlight:
        article = self._article(line)
        line = self._anchored(line, article)
        coder = " ".join(line.coder.split()) or self._coder
        if not coder:
            raise UserError("no coder is named; give one with --coder")
        mark = Highlight(
            id=new_id(),
            article=article.id,
            coder=coder,
            code=None if line.code is None else self._codes.id(line.code),
            start=line.start,
            end=line.end,
            parts=line.parts,
            memo=line.memo,
            certainty=line.certainty,
            origin="import",
            created=line.created or self._at,
            modified=line.modified or line.created or self._at,
            qualifiers=line.qualifiers,
        )
        highlights.check_span(mark, article.characters)
        self._check_words(line, article)
        return replace(mark, parts=_without_touching(line.parts)) if line.parts else mark

    def _article(self, line: MarkLine) -> Article:
        """By id, text hash or title; by the hash the line adds where the id is that of another copy."""
        key = (line.article, line.text_hash)
        if key not in self._articles:
            try:
                self._articles[key] = self._find(line.article)
            except UserError:
                if not line.text_hash:
                    raise
                self._articles[key] = self._find(line.text_hash)
        return self._articles[key]

    def _anchored(self, line: MarkLine, article: Article) -> MarkLine:
        """The line where its words stand, if that is elsewhere and they come with what stands around them."""
        if line.quote is None or line.prefix is None or line.parts:
            return line
        text = self._text(article.id)
        if line.start >= 0 and quote_fits(line, text):
            return line
        found = anchored(text, line.quote, line.prefix, line.suffix or "")
        by_letters = found is None and line.loose
        if by_letters:
            found = anchored_by_letters(text, line.quote)
        if found is None:
            raise UserError(
                f"the words “{_short(line.quote)}” stand nowhere in the text, or in several places"
            )
        self.moved.append(line.number)
        return replace(line, start=found[0], end=found[1], quote=None if by_letters else line.quote)

    def _check_words(self, line: MarkLine, article: Article) -> None:
        if line.quote is None:
            if line.text_hash and line.text_hash != article.hash:
                raise UserError("the mark was made on another text (the text hash differs)")
            return
        text = self._text(article.id)
        if not quote_fits(line, text):
            raise UserError(f"the quote differs: the text has “{_short(quote_of(text, line.spans))}” there")


def _without_touching(parts: tuple[Span, ...]) -> tuple[Span, ...]:
    """Parts that touch leave no gap and become one; a mark of one part needs none."""
    kept = joined(parts)
    return kept if len(kept) > 1 else ()


def _known(step: Step, ids: Iterable[str]) -> dict[tuple[object, ...], str]:
    """The ids of the marks that these articles have, by article, coder, code and spans."""
    return {
        (article, coder, code, highlights.parts_from_text(parts) or ((start, end),)): mark
        for id in ids
        for mark, article, coder, code, start, end, parts in step.db.conn.execute(
            'SELECT id, article, coder, code, start, "end", parts FROM highlight WHERE article = ?', [id]
        )
    }


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
