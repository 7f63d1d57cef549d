"""The words of DESIGN as values: what a project is made of.

All positions are Unicode code points in the article's stored text, half open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotate.questions import Question
    from annotate.rules import Rule

from annotate.frozen import frozen

if TYPE_CHECKING:
    from annotate.relations import RelationType

Span = tuple[int, int]


class ArticleState(StrEnum):
    TO_DO = "to do"
    IN_PROGRESS = "in progress"
    DONE = "done"
    SKIPPED = "skipped"


class CodeKind(StrEnum):
    """What a code is to those below it."""

    PLAIN = ""
    FACET = "facet"  # they answer one question of several (area, tool, target group)
    SCALE = "scale"  # they are steps, from low to high


class Scope(StrEnum):
    """What a code is put on."""

    SPAN = ""
    HEADLINE = "headline"
    ARTICLE = "article"


class BlockKind(StrEnum):
    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    ROW = "row"  # one row of a table, cells divided by TAB in the text


@frozen
class Block:
    """One paragraph-like stretch of the text: `text[start:end]` holds no line break.

    `level` is 1-6 for headings, the nesting depth (from 0) for list items and quotes.
    """

    start: int
    end: int
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0


@frozen
class PageMark:
    """A page begins at `start`; `label` is what the page is called ("3", "iv")."""

    start: int
    label: str


@frozen
class Layout:
    """How the text is shown. Blocks are in order and do not overlap; a line named by none is a paragraph."""

    blocks: tuple[Block, ...] = ()
    pages: tuple[PageMark, ...] = ()


@frozen
class Draft:
    """What a reader makes of a file: an article not yet stored.

    `text` is normalised (annotate.text.normalise).
    """

    text: str
    title: str = ""
    outlet: str = ""
    author: str = ""
    date: str = ""  # ISO 8601, may be a year or a month only: 2025, 2025-03, 2025-03-12
    url: str = ""
    language: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    layout: Layout = Layout()
    places: bytes = b""  # where it stands on the pages of a PDF, packed (annotate.places)
    notes: tuple[str, ...] = ()  # what the user should know: "read as windows-1252", "page 3 has no text"
    split_at: tuple[int, ...] = ()  # where another article seems to run on behind this one


@frozen
class Article:
    """One article as the list shows it; its text is fetched apart."""

    id: str
    number: int  # order of import, from 1
    title: str
    outlet: str = ""
    author: str = ""
    date: str = ""
    url: str = ""
    language: str = ""
    state: ArticleState = ArticleState.TO_DO
    reason: str = ""  # why it was skipped
    characters: int = 0
    words: int = 0
    hash: str = ""  # SHA-256 of the text, hexadecimal
    source: str = ""  # the name of the file it came from
    attributes: Mapping[str, str] = field(default_factory=dict)
    added: str = ""


@frozen
class Code:
    """One entry of a taxonomy. Its identity is `id`; labels and notations may repeat."""

    id: str
    taxonomy: str
    parent: str | None
    notation: str
    label: str
    definition: str = ""
    use_when: str = ""
    avoid_when: str = ""
    examples: str = ""
    colour: str = ""  # a name from the palette ("teal") or #rrggbb; empty: inherited from the parent
    shortcut: str = ""
    assignable: bool = True  # False: a grouping, not to be put on a span
    position: int = 0
    counter_examples: str = ""  # passages that look like it and are not
    synonyms: tuple[str, ...] = ()
    related: tuple[str, ...] = ()  # ids of codes to look at as well
    retired: bool = False  # kept for the marks it has, not offered any more
    replaced_by: str | None = None  # the id of the code that a retired one's passages get now
    labels: tuple[tuple[str, str], ...] = ()  # (language, label): what it is called in other languages
    kind: CodeKind = CodeKind.PLAIN
    scope: Scope = Scope.SPAN
    own: bool = False  # the study's own, under a locked standard

    @property
    def name(self) -> str:
        """As people call it: `201 Human rights`."""
        return f"{self.notation} {self.label}".strip()

    @property
    def offered(self) -> bool:
        """Whether a passage can get it: neither a grouping nor retired."""
        return self.assignable and not self.retired


@frozen
class Taxonomy:
    """A tree of codes; `codes` is in tree order (parents before children, siblings by position)."""

    id: str
    slug: str
    title: str
    version: str = ""
    licence: str = ""
    source: str = ""
    credit: str = ""
    note: str = ""
    position: int = 0
    codes: tuple[Code, ...] = ()
    locked: bool = False  # a standard: only codes of the study's own may be changed, added and removed
    language: str = ""  # of the labels and notes
    shown: str = ""  # the language in which labels are shown; empty: that of the taxonomy
    rules: tuple[Rule, ...] = ()
    questions: tuple[Question, ...] = ()  # about whole articles
    relation_types: tuple[RelationType, ...] = ()  # in the order to offer them


@frozen
class Coder:
    id: str
    name: str
    colour: str = ""
    consensus: bool = False  # whose marks are those agreed on


@frozen
class Highlight:
    """One coder's mark: one span (or several parts) of one article under one code or none."""

    id: str
    article: str
    coder: str
    code: str | None
    start: int
    end: int
    parts: tuple[Span, ...] = ()  # empty unless the mark has gaps; first start = start, last end = end
    memo: str = ""
    certainty: str = ""  # "", "sure", "unsure"
    state: str = ""
    origin: str = ""  # "", "import", "search"
    created: str = ""
    modified: str = ""
    qualifiers: tuple[tuple[str, str], ...] = ()  # (name, value): what a rule asks of it, as stance: against

    @property
    def spans(self) -> tuple[Span, ...]:
        """The covered stretches, in order."""
        return self.parts or ((self.start, self.end),)
