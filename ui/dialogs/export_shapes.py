"""The shapes of a table in the export sheet: their names, and the first rows of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from annotate.writers import CodedSpan, Dataset, Options
from annotate.writers.shapes import shaped
from annotate.writers.tables import Table

Rows = tuple[list[str], list[list[object]]]  # headings and cells

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
NEAREST = 18  # characters of the words around a quote
FIELDS = 2  # and of own fields
HEADS = {"title": "article", "notation": "code"}


def first_rows(dataset: Dataset, options: Options, number: int) -> Rows:
    """The first rows of articles, units or relations: the article, the text of a unit, and some of the codes in use."""
    some = list(islice(dataset.articles(), number))
    table = shaped(replace(dataset, articles=lambda: iter(some)), options)
    if options.shape == "relations":
        return _first_relations(table, number)
    unit = ["text"] if options.shape == "units" and options.text else []
    codes = [column.name for column in table.columns if column.code][:CODES]
    own = [name for name in options.fields if name in table.names][:FIELDS]
    shown = ["title", *(["split"] if options.split else []), *unit, "highlights", *own, *codes]
    places = [table.names.index(name) for name in shown]
    rows: list[list[object]] = [[row[at] for at in places] for row in islice(table.rows(), number)]
    return ["article", *shown[1:]], rows


def _first_relations(table: Table, number: int) -> Rows:
    quotes = [name for name in ("source_quote", "target_quote") if name in table.names]
    shown = ["title", "source_label", *quotes[:1], "relation", "target_label", *quotes[1:], "coder"]
    places = [table.names.index(name) for name in shown]
    rows: list[list[object]] = [[row[at] for at in places] for row in islice(table.rows(), number)]
    return ["article", *shown[1:]], rows


def first_answers(dataset: Dataset, number: int) -> Rows:
    """The first answers about whole articles."""
    rows: list[list[object]] = [
        [each.title, each.asked, "; ".join(each.labels), each.coder]
        for each in islice(dataset.answers(), number)
    ]
    return ["article", "question", "answer", "coder"], rows


def first_spans(spans: Iterable[CodedSpan], options: Options, number: int) -> Rows:
    """The first rows of highlights; words around the quotes take the room of the positions."""
    if options.context and options.text:
        shown = ["title", "before", "quote", "after", "notation", "coder"]
    else:
        shown = ["title", "start", "end", "quote", "notation", "label", "coder"]
    shown += ["split"] if options.split else []
    own = options.fields[:FIELDS]
    kept: Iterable[CodedSpan] = islice(spans, number)
    if not options.text:
        kept = (span._replace(quote="") for span in kept)
    rows: list[list[object]] = [
        [*(getattr(span, name) for name in shown), *span.fields[: len(own)]] for span in map(_nearest, kept)
    ]
    return [*(HEADS.get(name, name) for name in shown), *own], rows


def _nearest(span: CodedSpan) -> CodedSpan:
    """With those of the words around that stand next to the quote."""
    before, after = " ".join(span.before.split()), " ".join(span.after.split())
    return span._replace(
        before=before if len(before) <= NEAREST else f"…{before[-NEAREST:]}",
        after=after if len(after) <= NEAREST else f"{after[:NEAREST]}…",
    )
