"""Coded spans out of the project, as a stream."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from annotate.codetree import by_id, path
from annotate.errors import UserError
from annotate.marks import quote_of
from annotate.model import Article, ArticleState, Taxonomy
from annotate.places import Places
from annotate.writers.answers import CodedAnswer, by_article
from annotate.writers.codebook_facts import Facts
from annotate.writers.dataset import CodedArticle, Dataset
from annotate.writers.related import CodedRelation
from annotate.writers.spans import CodedSpan
from storage import answers_out, taxonomies
from storage import articles as stored_articles
from storage import coders as stored_coders
from storage.code_names import CodeNames
from storage.errors import said
from storage.highlights import qualifiers_from_text
from storage.project import Project
from storage.relations_out import chosen_relations


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


def dataset(
    project: Project, choice: Choice | None = None, *, text: bool = True, anonymous: bool = False
) -> Dataset:
    """What goes out of a project. Without `text` the quotes and the articles' texts are empty.

    `anonymous`: coders are called Coder 1, Coder 2 and so on, in order of their first appearance.
    """
    held = taxonomies.all_taxonomies(project)
    people = stored_coders.all_coders(project)
    names = called(project, anonymous=anonymous)
    others = {each.name: names[each.id] for each in people} if anonymous else {}

    def renamed(span: CodedSpan) -> CodedSpan:
        return span._replace(coder=others.get(span.coder, span.coder)) if others else span

    def spans() -> Iterator[CodedSpan]:
        found = coded_spans(project, choice, text=text)
        return map(renamed, found) if others else found

    def articles() -> Iterator[CodedArticle]:
        about = by_article(answers())
        linked: dict[str, list[CodedRelation]] = {}
        for link in relations():
            linked.setdefault(link.article, []).append(link)
        for plain in coded_articles(project, choice, text=text):
            each = replace(plain, answers=about(plain.id), relations=tuple(linked.get(plain.id, ())))
            yield replace(each, spans=tuple(map(renamed, each.spans))) if others else each

    def relations() -> Iterator[CodedRelation]:
        return iter(chosen_relations(project, choice, others))

    def answers() -> Iterator[CodedAnswer]:
        for each in _answers(project, choice, held):
            yield each._replace(coder=others.get(each.coder, each.coder))

    def known() -> Facts:
        from storage.codebook_facts import facts

        return facts(project, names)

    said = answers_out.qualifiers(project, held)
    whose = list(names.values())
    return Dataset(project.title, held, whose, spans, articles, said, answers, relations, known)


def count_answers(project: Project, choice: Choice) -> int:
    """How many answers go out with a choice."""
    where, parameters = _where_answered(choice)
    return int(
        project.value(f"SELECT count(*) FROM article a JOIN answer n ON n.article = a.id {where}", parameters)
    )


def _answers(project: Project, choice: Choice | None, held: Sequence[Taxonomy]) -> Iterator[CodedAnswer]:
    return answers_out.coded_answers(project, held, *_where_answered(choice or Choice()))


def _where_answered(choice: Choice) -> tuple[str, list[str]]:
    where, parameters = condition(replace(choice, codes=None))
    return where.replace("h.", "n."), parameters


def called(project: Project, *, anonymous: bool) -> dict[str, str]:
    """What the coders are called in what goes out, by id, in order of their first appearance."""
    people = enumerate(stored_coders.all_coders(project), 1)
    return {coder.id: f"Coder {at}" if anonymous else coder.name for at, coder in people}


def coded_articles(
    project: Project, choice: Choice | None = None, *, text: bool = True
) -> Iterator[CodedArticle]:
    """The chosen articles in order of import, each with its chosen marks."""
    marks = groupby(coded_spans(project, choice, text=text), key=lambda span: span.article)
    ahead = next(marks, None)
    for each in _chosen_articles(project, choice or Choice()):
        spans: tuple[CodedSpan, ...] = ()
        if ahead is not None and ahead[0] == each.id:
            spans = tuple(ahead[1])
            ahead = next(marks, None)
        yield CodedArticle(
            each.id, each.title, each.outlet, each.author, each.date, each.url, each.language, str(each.state),
            each.hash, stored_articles.text(project, each.id) if text else "", each.attributes,
            stored_articles.layout(project, each.id), spans,
        )  # fmt: skip


def _chosen_articles(project: Project, choice: Choice) -> Iterator[Article]:
    wanted = None if choice.articles is None else set(choice.articles)
    for each in stored_articles.all_articles(project):
        if (wanted is None or each.id in wanted) and (choice.states is None or each.state in choice.states):
            yield each


def coded_spans(project: Project, choice: Choice | None = None, *, text: bool = True) -> Iterator[CodedSpan]:
    """The chosen marks by article and start. Without `text` the quotes are empty."""
    codes = _described_codes(project)
    people = {coder.id: coder.name for coder in stored_coders.all_coders(project)}
    current, whole = "", ""
    head: tuple[str, ...] = ()
    with_pages = {id for (id,) in project.rows("SELECT article FROM article_places")}
    on_pages: _OnPages | None = None
    with said(project.path):
        for (
            id, article, start, end, parts, code, coder, memo, certainty, created, modified, qualifiers
        ) in _marks(project, choice or Choice()):  # fmt: skip
            if article != current:
                current, head = article, _head(project, article)
                whole = stored_articles.text(project, article) if text else ""
                on_pages = _OnPages.of(project, article) if article in with_pages else None
            quote = ""
            if text:
                quote = quote_of(whole, json.loads(parts)) if parts else whole[start:end]
            yield CodedSpan._make(
                (
                    id, article, *head, start, end, parts or "", quote, *codes[code], people[coder],
                    memo or "", certainty or "", created or "", modified or "",
                    *(on_pages.told(json.loads(parts) if parts else [(start, end)]) if on_pages else ("", "")),
                    qualifiers_from_text(qualifiers) if qualifiers else (),
                )
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _OnPages:
    """Where the marks of a PDF stand on its pages."""

    places: Places
    labels: Sequence[str]

    @classmethod
    def of(cls, project: Project, article: str) -> _OnPages | None:
        places = stored_articles.places(project, article)
        if places is None:
            return None
        labels = [mark.label for mark in stored_articles.layout(project, article).pages]
        numbers = [str(page + 1) for page in range(len(places.pages))]
        return cls(places, labels if len(labels) == len(numbers) else numbers)

    def told(self, spans: Sequence[Sequence[int]]) -> tuple[str, str]:
        """The page's name, and the boxes as JSON."""
        boxes = self.places.boxes((start, end) for start, end in spans)
        if not boxes:
            return "", ""
        rows = [
            [box.page + 1, *(round(edge, 1) for edge in (box.left, box.top, box.right, box.bottom))]
            for box in boxes
        ]
        return self.labels[boxes[0].page], json.dumps(rows, separators=(",", ":"))


def _marks(project: Project, choice: Choice) -> Iterator[tuple[Any, ...]]:
    where, parameters = condition(choice)
    return project.db.conn.execute(
        f"""SELECT h.id, h.article, h.start, h."end", h.parts, h.code, h.coder, h.memo, h.certainty,
                   h.created, h.modified, h.qualifiers
            FROM article a CROSS JOIN highlight h ON h.article = a.id {where}
            ORDER BY a.number, h.start, h."end", h.id""",
        parameters,
    )


def _head(project: Project, article: str) -> tuple[str, ...]:
    (found,) = project.rows(
        "SELECT title, outlet, author, date, url, language, state, hash FROM article WHERE id = ?", [article]
    )
    return tuple(cell or "" for cell in found)


def count_articles(project: Project, choice: Choice) -> int:
    """How many articles `coded_articles` would give."""
    return sum(1 for _ in _chosen_articles(project, choice))


def count_spans(project: Project, choice: Choice) -> int:
    """How many marks `coded_spans` would give."""
    where, parameters = condition(choice)
    return int(
        project.value(
            f"SELECT count(*) FROM article a JOIN highlight h ON h.article = a.id {where}", parameters
        )
    )


def _described_codes(project: Project) -> dict[str | None, tuple[str, str | None, str, str, str]]:
    """For each code: taxonomy slug, id, notation, label, path."""
    described: dict[str | None, tuple[str, str | None, str, str, str]] = {None: ("", None, "", "", "")}
    for taxonomy in taxonomies.all_taxonomies(project):
        known = by_id(taxonomy.codes)
        for code in taxonomy.codes:
            described[code.id] = (taxonomy.slug, code.id, code.notation, code.label, path(code, known))
    return described


def condition(choice: Choice) -> tuple[str, list[str]]:
    """The condition on `article a` and `highlight h` for what goes out, and its parameters."""
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
