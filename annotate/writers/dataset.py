"""A coded dataset as writers are given it: what was chosen of a project, as streams."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotate.model import Layout, Taxonomy
from annotate.writers.spans import CodedSpan

_PLAIN = Layout()


@dataclass(frozen=True, slots=True)
class CodedArticle:
    """An article with its chosen marks, by start. `text` is whole, `text_hash` the SHA-256 of it in UTF-8.

    `split` is the part that it is in (train, dev, test), where articles are shared out.
    """

    id: str
    title: str
    outlet: str
    author: str
    date: str
    url: str
    language: str
    state: str
    text_hash: str
    text: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    layout: Layout = _PLAIN
    spans: tuple[CodedSpan, ...] = ()
    split: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """What goes out. `spans` and `articles` begin a new stream at each call, articles in the order that was chosen.

    `articles` gives those without a mark too.
    """

    title: str
    taxonomies: Sequence[Taxonomy]
    coders: Sequence[str]
    spans: Callable[[], Iterator[CodedSpan]]
    articles: Callable[[], Iterator[CodedArticle]]


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows (marks, articles, codes: as the format counts) were written.

    `notes` say in a sentence each what the format could not take, and how often.
    """

    rows: int
    notes: tuple[str, ...] = ()
