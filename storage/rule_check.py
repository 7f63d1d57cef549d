"""The rules of the project's taxonomies against its marks and answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter

from annotate.model import Article, ArticleState, Highlight
from annotate.violations import Checker, CodedText, Violation
from storage import answers, articles, highlights, taxonomies
from storage.project import Project


def violations(
    project: Project,
    taxonomy: str | None = None,
    *,
    article: str | None = None,
    going: Callable[[], bool] = lambda: True,
) -> Iterator[Violation]:
    """Everything that is broken, in the order of the articles: of all taxonomies or of one, in all articles or in
    one. Ends early where `going` says so.
    """
    checker = Checker(taxonomies.all_taxonomies(project))
    if checker.idle:
        return
    marks = _marks(project, article)
    ahead = next(marks, None)
    for each in articles.all_articles(project, None if article is None else [article]):
        found: list[Highlight] = []
        if ahead is not None and ahead[0] == each.id:
            found, ahead = ahead[1], next(marks, None)
        if not going():
            return
        if found or each.state is ArticleState.DONE or checker.form.questions:
            broken = checker.violations(coded_text(project, each, found, checker))
            yield from (one for one in broken if taxonomy in (None, one.taxonomy))


def coded_text(project: Project, article: Article, marks: Sequence[Highlight], checker: Checker) -> CodedText:
    """An article as a checker takes it; its text is read when a rule asks for it."""
    return CodedText(
        article.id,
        marks,
        partial(articles.text, project, article.id),
        partial(articles.layout, project, article.id),
        article.language,
        article.state is ArticleState.DONE,
        answers.of_article(project, article.id) if checker.form.questions else None,
    )


def _marks(project: Project, article: str | None) -> Iterator[tuple[str, list[Highlight]]]:
    """The marks of each article that has some, in the order of the articles."""
    where, parameters = ("WHERE h.article = ?", [article]) if article else ("", [])
    names = ", ".join(f"h.{name.strip()}" for name in highlights.FIELDS.split(","))
    rows = project.db.conn.execute(
        f"""SELECT {names} FROM article a CROSS JOIN highlight h ON h.article = a.id {where}
            ORDER BY a.number, h.start, h."end" DESC, h.id""",
        parameters,
    )
    for id, group in groupby(rows, key=itemgetter(1)):
        yield id, [highlights.of_row(row) for row in group]
