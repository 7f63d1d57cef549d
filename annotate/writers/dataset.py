"""A coded dataset as writers are given it: what was chosen of a project, as streams."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotate.model import Layout, Taxonomy
from annotate.writers.codebook_facts import Facts
from annotate.writers.related import CodedRelation
from annotate.writers.spans import CodedSpan

if TYPE_CHECKING:
    from annotate.writers.answers import CodedAnswer

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
    answers: tuple[CodedAnswer, ...] = ()
    relations: tuple[CodedRelation, ...] = ()  # between these marks
    split: str = ""


def _none() -> Iterator[CodedRelation]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Dataset:
    """What goes out. `spans`, `articles` and `relations` begin a new stream at each call, articles in the order that
    was chosen.

    `articles` gives those without a mark too. `qualifiers` are the names of those in use, with the values that a rule
    gives them, `answers` what was answered about the chosen articles.
    """

    title: str
    taxonomies: Sequence[Taxonomy]
    coders: Sequence[str]
    spans: Callable[[], Iterator[CodedSpan]]
    articles: Callable[[], Iterator[CodedArticle]]
    qualifiers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answers: Callable[[], Iterator[CodedAnswer]] = lambda: iter(())
    relations: Callable[[], Iterator[CodedRelation]] = _none
    facts: Callable[[], Facts] = Facts  # for the printed codebook
    notes: tuple[str, ...] = ()  # what was done to it before it goes out


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows (marks, articles, codes: as the format counts) were written.

    `notes` say in a sentence each what the format could not take, and how often.
    """

    rows: int
    notes: tuple[str, ...] = ()
