"""Coded spans out of the project, as a stream."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from annotate.codetree import by_id, path
from annotate.context import words_after, words_before
from annotate.marks import quote_of
from annotate.model import Article, Taxonomy
from annotate.places import Places
from annotate.writers.answers import CodedAnswer
from annotate.writers.codebook_facts import Facts
from annotate.writers.dataset import CodedArticle, Dataset
from annotate.writers.related import CodedRelation
from annotate.writers.spans import CodeCells, CodedSpan
from storage import answers_out, taxonomies
from storage import articles as stored_articles
from storage import coders as stored_coders
from storage.arranging import ORDERS, PLAIN, Arrangement, Divider, numbered
from storage.choosing import Choice, choice, condition
from storage.errors import said
from storage.highlights import qualifiers_from_text
from storage.project import Project
from storage.relations_out import chosen_relations

__all__ = [
    "Arrangement",
    "Choice",
    "Divider",
    "called",
    "choice",
    "code_cells",
    "coded_articles",
    "coded_spans",
    "condition",
    "count_answers",
    "count_articles",
    "count_by_code",
    "count_spans",
    "dataset",
]


def dataset(
    project: Project, choice: Choice | None = None, arrangement: Arrangement = PLAIN, *, text: bool = True,
    divider: Divider | None = None,
) -> Dataset:  # fmt: skip
    """What goes out of a project. Without `text` the quotes and the articles' texts are empty.

    Anonymous coders are called Coder 1, Coder 2 and so on, in the order of their first marks.
    """
    held = taxonomies.all_taxonomies(project)
    names = called(project, anonymous=arrangement.anonymous)
    people = stored_coders.all_coders(project) if arrangement.anonymous else []
    others = {coder.name: names[coder.id] for coder in people}
    whole, divider = choice or Choice(), divider or Divider(project)
    parts = divider.parts(whole, arrangement.split) if arrangement.split is not None else {}
    chosen = divider.parted(whole, arrangement)
    laid = _Laid(arrangement, others, parts)

    def spans() -> Iterator[CodedSpan]:
        return coded_spans(project, chosen, text=text, laid=laid)

    def articles() -> Iterator[CodedArticle]:
        answered: dict[str, list[CodedAnswer]] = {}
        for answer in answers():
            answered.setdefault(answer.article, []).append(answer)
        linked: dict[str, list[CodedRelation]] = {}
        for link in relations():
            linked.setdefault(link.article, []).append(link)
        for each in coded_articles(project, chosen, text=text, laid=laid):
            about, links = tuple(answered.get(each.id, ())), tuple(linked.get(each.id, ()))
            yield replace(each, answers=about, relations=links)

    def relations() -> Iterator[CodedRelation]:
        return iter(chosen_relations(project, chosen, others))

    def answers() -> Iterator[CodedAnswer]:
        for each in _answers(project, chosen, held):
            yield each._replace(coder=others.get(each.coder, each.coder))

    def known() -> Facts:
        from storage.codebook_facts import facts

        return facts(project, held, names)

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
    """What the coders are called in what goes out, by id; numbers go by their first marks."""
    people = stored_coders.all_coders(project)
    if not anonymous:
        return {coder.id: coder.name for coder in people}
    numbers, ids = numbered(project), {coder.name: coder.id for coder in people}
    return {ids[name]: number for name, number in numbers.items()}


@dataclass(frozen=True, slots=True)
class _Laid:
    """An arrangement with what was found for it: coders' names by name, parts by article."""

    arrangement: Arrangement = PLAIN
    called: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)

    def own(self, attributes: Mapping[str, str]) -> Mapping[str, str]:
        """The fields of an article that go along."""
        wanted = self.arrangement.fields
        return (
            attributes
            if wanted is None
            else {name: attributes[name] for name in wanted if name in attributes}
        )


_AS_IT_IS = _Laid()


def coded_articles(
    project: Project, choice: Choice | None = None, *, text: bool = True, laid: _Laid = _AS_IT_IS
) -> Iterator[CodedArticle]:
    """The chosen articles, each with its chosen marks."""
    marks = groupby(coded_spans(project, choice, text=text, laid=laid), key=lambda span: span.article)
    ahead = next(marks, None)
    for each in _chosen_articles(project, choice or Choice(), laid.arrangement.order):
        spans: tuple[CodedSpan, ...] = ()
        if ahead is not None and ahead[0] == each.id:
            spans = tuple(ahead[1])
            ahead = next(marks, None)
        yield CodedArticle(
            each.id, each.title, each.outlet, each.author, each.date, each.url, each.language, str(each.state),
            each.hash, stored_articles.text(project, each.id) if text else "", laid.own(each.attributes),
            stored_articles.layout(project, each.id), spans, split=laid.parts.get(each.id, ""),
        )  # fmt: skip


def _chosen_articles(project: Project, choice: Choice, order: str = "imported") -> Iterator[Article]:
    wanted = None if choice.articles is None else set(choice.articles)
    listed = stored_articles.all_articles(project)
    if order != "imported":
        ranked = project.rows(f"SELECT a.id FROM article a ORDER BY {ORDERS[order]}")
        place = {id: at for at, (id,) in enumerate(ranked)}
        listed = sorted(listed, key=lambda article: place.get(article.id, len(place)))
    for each in listed:
        if (wanted is None or each.id in wanted) and (choice.states is None or each.state in choice.states):
            yield each


def coded_spans(
    project: Project, choice: Choice | None = None, *, text: bool = True, laid: _Laid = _AS_IT_IS
) -> Iterator[CodedSpan]:
    """The chosen marks by article and start. Without `text` the quotes are empty."""
    codes = code_cells(taxonomies.all_taxonomies(project, uses=False))
    people = {coder.id: coder.name for coder in stored_coders.all_coders(project)}
    people = {id: laid.called.get(name, name) for id, name in people.items()}
    around = laid.arrangement.context if text else 0
    wanted = laid.arrangement.fields
    current, whole = "", ""
    head: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    with_pages = {id for (id,) in project.rows("SELECT article FROM article_places")}
    on_pages: _OnPages | None = None
    with said(project.path):
        for (
            id, article, start, end, parts, code, coder, memo, certainty, created, modified, qualifiers
        ) in _marks(project, choice or Choice(), laid.arrangement.order):  # fmt: skip
            if article != current:
                current, head = article, _head(project, article)
                whole = stored_articles.text(project, article) if text else ""
                on_pages = _OnPages.of(project, article) if article in with_pages else None
                if wanted:
                    held = stored_articles.article(project, article).attributes
                    own = tuple(held.get(name, "") for name in wanted)
            quote = ""
            if text:
                quote = quote_of(whole, json.loads(parts)) if parts else whole[start:end]
            place = on_pages.told(json.loads(parts) if parts else [(start, end)]) if on_pages else ("", "")
            yield CodedSpan._make(
                (
                    id, article, *head, start, end, parts or "", quote, *codes[code], people[coder],
                    memo or "", certainty or "", created or "", modified or "", *place,
                    words_before(whole, start, around) if around else "",
                    words_after(whole, end, around) if around else "",
                    laid.parts.get(article, "") if laid.parts else "", own,
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


def _marks(project: Project, choice: Choice, order: str) -> Iterator[tuple[Any, ...]]:
    where, parameters = condition(choice)
    return project.db.conn.execute(
        f"""SELECT h.id, h.article, h.start, h."end", h.parts, h.code, h.coder, h.memo, h.certainty,
                   h.created, h.modified, h.qualifiers
            FROM article a CROSS JOIN highlight h ON h.article = a.id {where}
            ORDER BY {ORDERS[order]}, h.start, h."end", h.id""",
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


def count_by_code(project: Project, choice: Choice) -> dict[str | None, int]:
    """How many of the chosen marks each code has; of a code without any nothing is said."""
    where, parameters = condition(choice)
    return dict(
        project.rows(
            f"SELECT h.code, count(*) FROM article a JOIN highlight h ON h.article = a.id {where} GROUP BY h.code",
            parameters,
        )
    )


def code_cells(held: Iterable[Taxonomy]) -> dict[str | None, CodeCells]:
    """For each code, by id, what a coded span says of it; for none at all too."""
    cells: dict[str | None, CodeCells] = {None: ("", None, "", "", "")}
    for taxonomy in held:
        known = by_id(taxonomy.codes)
        for code in taxonomy.codes:
            cells[code.id] = (taxonomy.slug, code.id, code.notation, code.label, path(code, known))
    return cells
