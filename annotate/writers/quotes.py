"""The quotation report: what was marked, code by code."""

from __future__ import annotations

from collections.abc import Iterator

from annotate.model import Code, Taxonomy
from annotate.spoken import counted
from annotate.taxonomy import by_id, path
from annotate.version import VERSION
from annotate.writers.dataset import Dataset
from annotate.writers.document import Part, Run, chip, part, row
from annotate.writers.drawn import Signs
from annotate.writers.report import Report
from annotate.writers.shapes import codes_in_use
from annotate.writers.spans import CodedSpan, Options

DIM = "#5c6168"
NAME, TITLE, ROWS = "quotes", "Quotes", "spans"


def compose(dataset: Dataset, options: Options, report: Report) -> Iterator[Part]:
    """A table of the codes in use, then the quotes under each, in the order of the codebook; those without last."""
    under: dict[str | None, list[CodedSpan]] = {}
    for span in dataset.spans():
        under.setdefault(span.code, []).append(span)
        report.rows += 1
    signs = Signs.of(dataset.taxonomies, dataset.coders)
    groups: list[tuple[Taxonomy | None, Code | None]] = [*codes_in_use(dataset.taxonomies, set(under))]
    if None in under:
        groups.append((None, None))
    yield part("title", dataset.title)
    articles = len({span.article for spans in under.values() for span in spans})
    yield part(
        "dim", f"{counted(report.rows, 'highlight')} in {counted(articles, 'article')}. Postil {VERSION}."
    )
    yield row("Code", "Taxonomy", "Highlights", head=True)
    known = {taxonomy.id: by_id(taxonomy.codes) for taxonomy in dataset.taxonomies}
    for taxonomy, code in groups:
        number = f"{len(under[code.id if code else None]):,}"
        yield row(_named(code, signs), taxonomy.title if taxonomy else "", number)
    for taxonomy, code in groups:
        spans = under[code.id if code else None]
        yield part("heading", *_named(code, signs), level=2)
        if taxonomy and code:
            way = path(code, known[taxonomy.id])
            about = [
                f"{taxonomy.title}: {way}" if code.parent else taxonomy.title,
                counted(len(spans), "highlight"),
            ]
            yield part("dim", ". ".join(about) + ".")
            if code.definition:
                yield part("paragraph", code.definition)
        for span in spans:
            yield from _quote(span, signs, options)


def _named(code: Code | None, signs: Signs) -> tuple[Run, ...]:
    if code is None:
        return (chip(signs.colour(None)), Run("Without a code"))
    return (chip(signs.colour(code.id)), Run(code.name))


def _quote(span: CodedSpan, signs: Signs, options: Options) -> Iterator[Part]:
    colour = signs.colour(span.code)
    if options.text:
        around = [Run(said, colour=DIM) if said else Run("") for said in (span.before, span.after)]
        yield part("quote", around[0], Run(span.quote, (colour,)), around[1], edge=colour)
    place = f"page {span.page}" if span.page else f"{span.start:,}–{span.end:,}"
    qualifiers = (f"{name}: {value}" for name, value in span.qualifiers)
    said = (span.title, span.outlet, span.date, place, span.coder, span.certainty, *qualifiers)
    yield part("dim", " · ".join(each for each in said if each))
    if span.memo:
        yield part("dim", Run("Memo: ", bold=True), span.memo)
