"""A coded span as it goes out: one mark with all that a reader of the dataset needs to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

CodeCells = tuple[str, str | None, str, str, str]  # taxonomy's slug, id, notation, label, path


class CodedSpan(NamedTuple):
    """One row. Positions are code points, half open; `parts` is JSON, empty without gaps.

    `article`, `code` and `id` are the project's ids; `taxonomy` is a slug; `path` the labels from the root.

    Of an article that was a PDF, `page` is what the document calls the page on which the mark begins, and `boxes`
    where it stands: JSON, [page (from 1), left, top, right, bottom] for each line, in points from the page's top
    left corner. `qualifiers` are (name, value), what a rule asks of a mark.

    What follows is there where it was asked for: words `before` and `after` the quote, the part (train, dev, test) that
    the article is in, and the values of the chosen fields of the article.
    """

    id: str
    article: str
    title: str
    outlet: str
    author: str
    date: str
    url: str
    language: str
    state: str
    text_hash: str
    start: int
    end: int
    parts: str
    quote: str
    taxonomy: str
    code: str | None
    notation: str
    label: str
    path: str
    coder: str
    memo: str
    certainty: str
    created: str
    modified: str
    page: str = ""
    boxes: str = ""
    before: str = ""
    after: str = ""
    split: str = ""
    fields: tuple[str, ...] = ()
    qualifiers: tuple[tuple[str, str], ...] = ()

    def recoded(self, code: CodeCells) -> CodedSpan:
        """The same mark under another code."""
        taxonomy, id, notation, label, path = code
        return self._replace(taxonomy=taxonomy, code=id, notation=notation, label=label, path=path)


COLUMNS = CodedSpan._fields[
    : CodedSpan._fields.index("before")
]  # of a table; more stand behind them where chosen
QUALIFIER = "qualifier:"  # before its name
MAY_LACK = frozenset({"quote", "page", "boxes"})  # columns that a file may do without
NUMBERS = frozenset({"start", "end"})


@dataclass(frozen=True, slots=True)
class Options:
    """`text`: quotes go out too. `for_spreadsheet`: guard cells that would be taken for a formula.

    Of tables: the `shape`, and in wide and units the `values` of the codes' columns and the `unit`, in the words of
    annotate.shapes. `widen`: a mark that does not fill whole tokens goes out on all that it touches, where a format
    has tokens; else it stays.

    Of coding without texts: the quotes of so many words that go along, the words around them, and whether memos do.

    Of what a dataset may have besides: `context` words before and after the quote, `split` the part of the article,
    `fields` the names of the article's fields that were chosen.
    """

    text: bool = True
    for_spreadsheet: bool = False
    shape: str = "long"
    values: str = "binary"
    unit: str = "sentence"
    widen: bool = True
    quotes_up_to: int = 0
    context_words: int = 0
    memos: bool = True
    context: int = 0
    split: bool = False
    fields: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Of a table with a mark a row, without the fields."""
        around = ("before", "after") if self.context and self.text else ()
        kept = COLUMNS if self.text else tuple(name for name in COLUMNS if name != "quote")
        return (*kept, *around, *(("split",) if self.split else ()))

    @property
    def reads_text(self) -> bool:
        """Whether the dataset must hold the texts, though they may not go out."""
        return self.text or self.shape != "long"
