"""The shapes of a table: a mark a row (long), an article a row (wide), a sentence or paragraph a row (units).

In wide and units a code has a column of its own, with the marks of that code and not of those below it: 0 or 1, the
number of marks that touch the row's text, or the share of its characters that they cover (each counted once).
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from annotate.model import Code, Span, Taxonomy
from annotate.sentences import paragraphs, units
from annotate.spoken import counted
from annotate.taxonomy import by_id, path
from annotate.writers import answers, related
from annotate.writers.answers import Asked
from annotate.writers.dataset import CodedArticle, Dataset
from annotate.writers.spans import NUMBERS, QUALIFIER, CodedSpan, Options
from annotate.writers.tables import Cell, Column, Kind, Table, distinct

ABOUT = ("article", "title", "outlet", "author", "date", "url", "language", "state", "text_hash")
KINDS: dict[str, Kind] = {"binary": "flag", "counts": "whole", "shares": "share"}
WITHOUT = "no_code"
DIGITS = 6  # of a share
SAID = {
    "article": "Id of the article",
    "text_hash": "SHA-256 of the article's text",
    "start": "First character (code points, from 0)",
    "end": "Character behind the last one",
    "characters": "Length in code points",
    "coders": "Coders with a mark here",
    "highlights": "Number of marks",
    "unit": "Number of the unit in its article",
    "paragraph": "Number of the paragraph",
    "before": "Words before the quote",
    "after": "Words after the quote",
    "split": "Part for training or testing; near duplicates share one",
    WITHOUT: "Marks without a code",
}


def shaped(dataset: Dataset, options: Options) -> Table:
    """The dataset in the shape that the options name."""
    if options.shape == "long":
        return _long(dataset, options)
    if options.shape == "answers":
        return answers.long(dataset)
    if options.shape == "relations":
        return related.table(dataset, text=options.text)
    survey = _Survey.of(dataset)
    table = _Rows(survey, options, dataset)
    return Table(
        "articles" if options.shape == "wide" else "units", table.columns(), table.rows(), table.notes
    )


def _long(dataset: Dataset, options: Options) -> Table:
    """A mark a row; the chosen fields of its article come last."""
    columns = [
        Column(name, "whole" if name in NUMBERS else "text", SAID.get(name, "")) for name in options.columns
    ]
    said = list(dataset.qualifiers)
    if options.fields:
        columns += map(Column, distinct((*options.columns, *options.fields))[len(columns) :])
    columns += [Column(f"{QUALIFIER}{name}", levels=dataset.qualifiers[name]) for name in said]
    drawn = itemgetter(*map(CodedSpan._fields.index, options.columns))
    rows = (
        (_row(span, drawn(span), said) for span in dataset.spans())
        if said or options.fields
        else map(drawn, dataset.spans())
    )
    return Table("highlights", tuple(columns), rows, list(_linked(dataset)))


def _row(span: CodedSpan, cells: tuple[Cell, ...], qualifiers: Sequence[str]) -> tuple[Cell, ...]:
    """The cells of a mark: positions and texts, fields of its article, and what it says of itself."""
    held = dict(span.qualifiers)
    return (*cells, *span.fields, *(held.get(name, "") for name in qualifiers))


def _linked(dataset: Dataset) -> Iterator[str]:
    if number := sum(1 for _ in dataset.relations()):
        yield f"{counted(number, 'relation')} between the marks: a table of their own (the shape “relations”)."


@dataclass(slots=True)
class _Survey:
    """What a first pass over the articles finds: the codes in use, the attributes, what has no place."""

    codes: set[str | None] = field(default_factory=set)
    attributes: dict[str, None] = field(default_factory=dict)
    coders: set[str] = field(default_factory=set)
    memos: int = 0
    sure: int = 0
    marks: int = 0
    qualified: int = 0
    several: bool = False  # coders who answered about one article

    @classmethod
    def of(cls, dataset: Dataset) -> _Survey:
        found = cls()
        for article in dataset.articles():
            found.attributes.update(dict.fromkeys(article.attributes))
            found.several |= len({answer.coder for answer in article.answers}) > 1
            for span in article.spans:
                found.codes.add(span.code)
                found.coders.add(span.coder)
                found.memos += bool(span.memo)
                found.sure += bool(span.certainty)
                found.qualified += bool(span.qualifiers)
                found.marks += 1
        return found


class _Rows:
    """Rows of articles or of units, with a column for each code in use."""

    def __init__(self, survey: _Survey, options: Options, dataset: Dataset) -> None:
        self._survey, self._options, self._dataset = survey, options, dataset
        self._codes = codes_in_use(dataset.taxonomies, survey.codes)
        self._places: dict[str | None, int] = {code.id: at for at, (_, code) in enumerate(self._codes)}
        if None in survey.codes:
            self._places[None] = len(self._codes)
        self._lost = 0
        self._asked = Asked(dataset.taxonomies if options.shape == "wide" else (), alone=not survey.several)
        self.notes: list[str] = []

    def columns(self) -> tuple[Column, ...]:
        wide = self._options.shape == "wide"
        part = ("split",) if self._options.split else ()
        own = ("characters",) if wide else ("unit", "paragraph", "start", "end")
        whole = {*own, "highlights"}
        kind = KINDS[self._options.values]
        columns = [
            Column(name, "whole" if name in whole else "text", SAID.get(name, ""))
            for name in (*ABOUT, *part, *own, "coders", "highlights", *self._survey.attributes)
        ]
        columns += self._asked.columns()
        known = {taxonomy.id: by_id(taxonomy.codes) for taxonomy in self._dataset.taxonomies}
        for taxonomy, code in self._codes:
            label = path(code, known[taxonomy.id])
            columns.append(Column(f"{taxonomy.slug}:{code.notation or code.label}", kind, label, code))
        if None in self._places:
            columns.append(Column(WITHOUT, kind, SAID[WITHOUT]))
        if self._options.text:
            columns.append(Column("text"))
        names = distinct(column.name for column in columns)
        return tuple(replace(each, name=name) for name, each in zip(names, columns, strict=True))

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        make = self._article if self._options.shape == "wide" else self._units
        for article in self._dataset.articles():
            yield from make(article)
        self._tell()

    def _article(self, article: CodedArticle) -> Iterator[tuple[Cell, ...]]:
        whole = [(0, len(article.text))]
        (hits,) = _Hits.on(whole, article.spans)
        yield (*self._head(article), len(article.text), *self._tail(article, hits, whole[0]))

    def _units(self, article: CodedArticle) -> Iterator[tuple[Cell, ...]]:
        cut = list(units(article.text, self._options.unit, article.language))
        firsts = [start for start, _ in paragraphs(article.text)]
        held = _Hits.on(cut, article.spans)
        seen = {id(span) for hits in held for span, *_ in hits.pieces}
        self._lost += sum(1 for span in article.spans if id(span) not in seen)
        for number, (hits, unit) in enumerate(zip(held, cut, strict=True), 1):
            place = (number, bisect_right(firsts, unit[0]), *unit)
            yield (*self._head(article), *place, *self._tail(article, hits, unit))

    def _head(self, article: CodedArticle) -> tuple[Cell, ...]:
        return (
            article.id, article.title, article.outlet, article.author, article.date, article.url,
            article.language, article.state, article.text_hash,
            *([article.split] if self._options.split else []),
        )  # fmt: skip

    def _tail(self, article: CodedArticle, hits: _Hits, unit: Span) -> tuple[Cell, ...]:
        cells: list[Cell] = [hits.coders(), hits.marks()]
        cells += [article.attributes.get(name, "") for name in self._survey.attributes]
        cells += self._asked.cells(article.answers)
        values: list[Cell] = [0.0 if self._options.values == "shares" else 0] * len(self._places)
        for code, value in hits.values(self._options.values, unit[1] - unit[0]).items():
            values[self._places[code]] = value
        text = [article.text[unit[0] : unit[1]]] if self._options.text else []
        return (*cells, *values, *text)

    def _tell(self) -> None:
        survey, row = self._survey, "article" if self._options.shape == "wide" else self._options.unit
        absent = sum(len(each.codes) for each in self._dataset.taxonomies) - len(self._codes)
        if absent:
            self.notes.append(f"{counted(absent, 'code')} without a mark {_have(absent)} no column.")
        if len(survey.coders) > 1:
            self.notes.append(
                f"The marks of {counted(len(survey.coders), 'coder')} stand together in the row of {_a(row)}."
            )
        absent_marks = {
            "exact places": survey.marks,
            "memos": survey.memos,
            "certainty": survey.sure,
            "qualifiers": survey.qualified,
            "relations": sum(1 for _ in self._dataset.relations()),
        }
        if said := [f"{name} ({number:,})" for name, number in absent_marks.items() if number]:
            self.notes.append(f"Not in this table, of the marks: {', '.join(said)}.")
        if survey.several and self._asked.questions:
            self.notes.append("Where the answers of several coders differ, they stand together in a cell.")
        if self._lost:
            self.notes.append(f"{counted(self._lost, 'mark')} on white space touched no {row}.")


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def codes_in_use(taxonomies: Sequence[Taxonomy], used: set[str | None]) -> list[tuple[Taxonomy, Code]]:
    """The codes whose ids are in `used`, in the order of the codebook."""
    return [(each, code) for each in taxonomies for code in each.codes if code.id in used]


@dataclass(slots=True)
class _Hits:
    """The pieces of marks that lie in one unit."""

    pieces: list[tuple[CodedSpan, int, int]] = field(default_factory=list)

    @classmethod
    def on(cls, cut: Sequence[Span], spans: Sequence[CodedSpan]) -> list[_Hits]:
        """For each of the units (in order, not overlapping) what lies in it."""
        held = [cls() for _ in cut]
        starts, ends = [start for start, _ in cut], [end for _, end in cut]
        for span in spans:
            for start, end in stretches(span):
                for at in range(bisect_right(ends, start), bisect_left(starts, end)):
                    if start < end:
                        held[at].pieces.append((span, max(start, starts[at]), min(end, ends[at])))
        return held

    def coders(self) -> str:
        return "; ".join(dict.fromkeys(span.coder for span, *_ in self.pieces))

    def marks(self) -> int:
        return len({span.id for span, *_ in self.pieces})

    def values(self, values: str, length: int) -> dict[str | None, int | float]:
        """For each code that is here its 1, number of marks or share of `length`."""
        if values == "binary":
            return {span.code: 1 for span, *_ in self.pieces}
        if values == "counts":
            return dict(Counter(code for _, code in {(span.id, span.code) for span, *_ in self.pieces}))
        stretches: dict[str | None, list[Span]] = {}
        for span, start, end in self.pieces:
            stretches.setdefault(span.code, []).append((start, end))
        return {code: round(covered(each) / max(length, 1), DIGITS) for code, each in stretches.items()}


def stretches(span: CodedSpan) -> list[Span]:
    """The covered stretches of a mark, in order."""
    return [(start, end) for start, end in json.loads(span.parts)] if span.parts else [(span.start, span.end)]


def covered(spans: Sequence[Span]) -> int:
    """How many positions are covered by at least one of the spans."""
    total, reached = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total
