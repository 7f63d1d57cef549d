"""Articles as they were read, with the highlights drawn, a legend before and the memos behind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from annotate.errors import UserError
from annotate.model import Block, BlockKind, Taxonomy
from annotate.spoken import counted
from annotate.taxonomy import by_id, path
from annotate.version import VERSION
from annotate.writers.dataset import CodedArticle, Dataset
from annotate.writers.document import Part, Run, chip, part, row
from annotate.writers.drawn import Line, Signs, drawn, unseen
from annotate.writers.report import Report
from annotate.writers.spans import Options

NAME, TITLE, ROWS = "articles", "Coded articles", "articles"
LONGEST_QUOTE = 80

_OWN_MARKER = re.compile(r"\s*(\(?([0-9]+|[A-Za-z]|[ivxIVX]+)[.)]|[•◦▪–—*-])\s")


def compose(dataset: Dataset, options: Options, report: Report) -> Iterator[Part]:
    """The chosen articles, each on a new page in print. Raises UserError where the texts are to stay."""
    if not options.text:
        raise UserError("Coded articles cannot go out without their texts; choose another format.")
    signs = Signs.of(dataset.taxonomies, dataset.coders)
    ways = _ways(dataset.taxonomies)
    hidden = 0
    yield part("title", dataset.title)
    yield part("dim", f"Coders: {', '.join(dataset.coders) or 'none'}. Postil {VERSION}.")
    for article in dataset.articles():
        yield from _article(article, signs, ways, first=not report.rows)
        report.rows += 1
        hidden += unseen(article)
    if hidden:
        report.notes.append(f"{counted(hidden, 'mark')} on line breaks alone cannot be seen.")


def _ways(taxonomies: Iterable[Taxonomy]) -> dict[str, str]:
    found: dict[str, str] = {}
    for taxonomy in taxonomies:
        known = by_id(taxonomy.codes)
        found.update((code.id, path(code, known)) for code in taxonomy.codes)
    return found


def _article(article: CodedArticle, signs: Signs, ways: Mapping[str, str], *, first: bool) -> Iterator[Part]:
    yield part("heading", article.title or "Untitled", level=2, page=not first)
    about = (article.outlet, article.author, article.date, article.url, article.state)
    yield part("dim", " · ".join(each for each in about if each))
    yield from _legend(article, signs, ways)
    for number, line in enumerate(drawn(article, signs)):
        if number or not _is_title_alone(line, article):
            yield _shown(line)
    memos = [span for span in article.spans if span.memo]
    if memos:
        yield part("heading", "Memos", level=3)
    for span in memos:
        quote = span.quote if len(span.quote) <= LONGEST_QUOTE else span.quote[: LONGEST_QUOTE - 1] + "…"
        sign = Run(signs.sign(span), colour=signs.colour(span.code))
        yield part("item", sign, f" “{' '.join(quote.split())}”: {span.memo}", level=0)


def _legend(article: CodedArticle, signs: Signs, ways: Mapping[str, str]) -> Iterator[Part]:
    """The codes of this article with their signs, in the order of the codebook."""
    number = Counter(span.code for span in article.spans)
    if not number:
        yield part("dim", "No highlights.")
        return
    yield row("Sign", "Code", "Highlights", head=True)
    for id, way in ways.items():
        if id in number:
            yield row(_sign(signs, id), way, f"{number[id]:,}")
    if None in number:
        yield row(_sign(signs, None), "Without a code", f"{number[None]:,}")
    if any(span.certainty == "unsure" for span in article.spans):
        yield row("?", "The coder is unsure", "")


def _sign(signs: Signs, code: str | None) -> tuple[Run, ...]:
    colour = signs.colour(code)
    return (chip(colour), Run(signs.key(code), (colour,)))


def _shown(line: Line) -> Part:
    block = line.block
    if block.kind in (BlockKind.TITLE, BlockKind.HEADING):
        return part("heading", *line.cells[0], level=_level(block))
    if block.kind is BlockKind.ROW:
        return row(*line.cells)
    if block.kind is BlockKind.ITEM:
        own = _OWN_MARKER.match("".join(run.text for run in line.cells[0]))
        return part("listed" if own else "item", *line.cells[0], level=block.level)
    return part("quote" if block.kind is BlockKind.QUOTE else "paragraph", *line.cells[0])


def _is_title_alone(line: Line, article: CodedArticle) -> bool:
    """Whether the line says the title again, with no mark on it."""
    runs = line.cells[0]
    plain = len(runs) == 1 and not runs[0].colours
    return line.block.kind is BlockKind.TITLE and plain and runs[0].text == article.title


def _level(block: Block) -> int:
    return 3 if block.kind is BlockKind.TITLE else min(6, block.level + 2)
