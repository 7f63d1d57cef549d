"""The shapes of a table in the export sheet: their names, and the first rows of one."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from annotate.model import ArticleState
from annotate.writers import Options
from annotate.writers.shapes import shaped
from annotate.writers.tables import Table
from storage import articles
from storage.exchange import Choice, coded_articles, count_answers, dataset
from ui.session import Session

ROWS = (
    ("A highlight", ("long", "sentence")),
    ("An article", ("wide", "sentence")),
    ("A sentence", ("units", "sentence")),
    ("A paragraph", ("units", "paragraph")),
    ("A relation", ("relations", "sentence")),
    ("An answer", ("answers", "sentence")),
)
WHAT = {
    ("wide", "sentence"): "Coded articles",
    ("units", "sentence"): "Coded sentences",
    ("units", "paragraph"): "Coded paragraphs",
    ("relations", "sentence"): "Relations",
    ("answers", "sentence"): "Answers",
}
VALUES = (("0 or 1", "binary"), ("Number of highlights", "counts"), ("Share of characters", "shares"))
CODES = 5  # columns of codes that the preview has room for


def first_rows(
    session: Session, choice: Choice, options: Options, number: int
) -> tuple[list[str], list[list[object]]]:
    """Heads and cells of the first rows: the article, the text of a unit, and some of the codes in use there."""
    some = list(islice(coded_articles(session.project, choice), number))
    table = shaped(replace(dataset(session.project, choice), articles=lambda: iter(some)), options)
    if options.shape == "relations":
        return _first_relations(table, number)
    unit = ["text"] if options.shape == "units" and options.text else []
    codes = [column.name for column in table.columns if column.code][:CODES]
    shown = ["title", *unit, "highlights", *codes]
    places = [table.names.index(name) for name in shown]
    rows: list[list[object]] = [[row[at] for at in places] for row in islice(table.rows(), number)]
    return ["article", *shown[1:]], rows


def _first_relations(table: Table, number: int) -> tuple[list[str], list[list[object]]]:
    quotes = [name for name in ("source_quote", "target_quote") if name in table.names]
    shown = ["title", "source_label", *quotes[:1], "relation", "target_label", *quotes[1:], "coder"]
    places = [table.names.index(name) for name in shown]
    rows: list[list[object]] = [[row[at] for at in places] for row in islice(table.rows(), number)]
    return ["article", *shown[1:]], rows


def first_answers(session: Session, choice: Choice, number: int) -> tuple[list[str], list[list[object]], int]:
    """Heads and cells of the first answers, and how many answers a choice takes."""
    heads = ["article", "question", "answer", "coder"]
    found = islice(dataset(session.project, choice, text=False).answers(), number)
    rows: list[list[object]] = [
        [each.title, each.asked, "; ".join(each.labels), each.coder] for each in found
    ]
    return heads, rows, count_answers(session.project, choice)


def chosen_articles(session: Session, choice: Choice) -> int:
    """How many articles a choice takes."""
    if choice.articles is not None:
        named = articles.all_articles(session.project, choice.articles)
        return sum(choice.states is None or each.state in choice.states for each in named)
    groups = articles.numbers(session.project)
    return sum(
        len(groups[state]) for state in ArticleState if choice.states is None or state in choice.states
    )
