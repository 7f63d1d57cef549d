"""From a tree of marked-up text to lines with kinds: what HTML, Markdown and the like share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from annotate.model import Block, BlockKind, Layout
from annotate.text import normalise

if TYPE_CHECKING:
    from lxml.etree import _Element


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_SKIPPED = _tags(
    """script style noscript template head title meta link svg math iframe object embed audio video canvas map
    select datalist button graphic"""
)
_BREAKING = _tags(
    """html body p div section article main header footer nav aside figure figcaption address form fieldset
    legend ul ol dl dt dd li item list table thead tbody tfoot tr row caption hr blockquote quote pre center
    details summary h1 h2 h3 h4 h5 h6 hgroup menu dir noframes ab"""
)
_CELLS = frozenset(("td", "th", "cell"))
_ITEMS = frozenset(("li", "item", "dt", "dd"))
_LISTS = frozenset(("ul", "ol", "dl", "list", "menu", "dir"))
_QUOTES = frozenset(("blockquote", "quote"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f]+")
_LONGEST_CELL = 600  # code points: a cell beyond this is a part of a page, not of a table


@dataclass(frozen=True, slots=True)
class Line:
    """One block's words, without a line break."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0


def compose(lines: Iterable[Line], title: str = "") -> tuple[str, Layout]:
    """The text, a line a block, with its layout; a `title` with which it does not begin is put before it."""
    kept = [line for line in lines if line.text]
    if title:
        if kept and same_words(kept[0].text, title):
            kept[0] = Line(kept[0].text, BlockKind.TITLE)
        else:
            kept.insert(0, Line(title, BlockKind.TITLE))
    blocks, place = [], 0
    for line in kept:
        blocks.append(Block(place, place + len(line.text), line.kind, line.level))
        place += len(line.text) + 1
    return "\n".join(line.text for line in kept), Layout(tuple(blocks))


def same_words(one: str, other: str) -> bool:
    """Whether two lines say the same but for case, spaces and punctuation."""
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", other.casefold())


def one_line(raw: str) -> str:
    """Words of a block on one line, safe to store."""
    words = _SPACES.sub(" ", raw)
    if not words.isprintable() or "\ufffc" in words:  # what is printable, but for one sign, needs no care
        words = _SPACES.sub(" ", normalise(raw))
    return words.strip()


def tree_lines(root: _Element) -> list[Line]:
    """The visible text under `root`, a line for each paragraph, heading, item, table row or line of code.

    Knows the tags of HTML and of trafilatura's result. Does not recurse, so depth costs nothing.
    """
    from lxml import etree

    layout_cells, hidden = set(_cells_of_layout(root)), set(hidden_in(root))
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    state = _State()
    for event, element in walk:
        if event in ("comment", "pi") or not isinstance(element.tag, str):
            if event == "comment" or event == "pi":
                state.say(element.tail)
            continue
        tag = element.tag.rpartition("}")[2].lower()
        if event == "start":
            if tag in _SKIPPED or element in hidden:
                walk.skip_subtree()
                continue
            state.open(tag, element, element in layout_cells)
            state.say(element.text)
        else:
            if tag not in _SKIPPED and element not in hidden:
                state.close(tag)
            if element is not root:
                state.say(element.tail)
    state.flush()
    return state.lines


def hidden_in(root: Any) -> list[Any]:
    """The elements under `root`, itself included, that a browser would not show."""
    found = root.xpath("descendant-or-self::*[@hidden or @style]")
    return [element for element in found if is_hidden(element)]


def is_hidden(element: _Element) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDDEN.search(str(style)))


def _cells_of_layout(root: _Element) -> Iterator[_Element]:
    """Cells of tables that only place things on a page: they hold tables, several paragraphs or long text."""
    for cell in root.iter("td", "th"):
        if (
            next(cell.iter("table"), None) is not None
            or sum(1 for _ in cell.iter("p", "h1", "h2", "h3", "li")) > 1
            or sum(len(piece) for piece in cell.itertext()) > _LONGEST_CELL
        ):
            yield cell


@dataclass(slots=True)
class _State:
    """What is open at a place of the tree, and the line being written."""

    lines: list[Line] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    cells: list[str] | None = None  # of the table row being read
    heading: int = 0
    lists: int = 0
    items: int = 0
    quotes: int = 0
    code: int = 0
    next: list[int | None] = field(default_factory=list)  # numbers of the lists that are open
    number: str = ""  # of the list item whose first line is being written: "3. "

    def say(self, words: str | None) -> None:
        if words:
            self.words.append(words)

    def open(self, tag: str, element: _Element, is_layout: bool) -> None:
        if tag in ("br", "lb"):
            self._break()
        elif tag in _CELLS:
            self._open_cell(is_layout)
        elif tag in _BREAKING:
            self._edge()
        if tag in ("tr", "row"):
            self.cells = []
        elif tag == "pre" or (tag == "code" and "\n" in "".join(map(str, element.itertext()))):
            self._edge()
            self.code += 1
        elif _is_heading(tag):
            self.heading = int(tag[1])
        elif tag in _ITEMS:
            self.number = self._next_number(element)
        elif tag in _LISTS:
            self.next.append(_first_number(element))
        self._count(tag, 1)

    def close(self, tag: str) -> None:
        if tag in _CELLS:
            self.flush() if self.cells is None else self.cells.append(self._taken())
        elif tag in ("tr", "row"):
            self._row()
        elif tag in _BREAKING:
            self._edge()
        elif tag == "code" and self.code and self.words and "\n" in "".join(self.words):
            self._edge()
            self.code -= 1
        if tag == "pre":
            self.code = max(0, self.code - 1)
        if _is_heading(tag):
            self.heading = 0
        elif tag in _LISTS:
            self.next.pop()
        self._count(tag, -1)

    def _next_number(self, element: _Element) -> str:
        """What stands before an item of a numbered list: its own number, or the one behind the last."""
        own, number = element.get("value") or "", self.next[-1] if self.next else None
        if number is None:
            return ""
        number = int(own) if own.isdecimal() and len(own) < 10 else number
        self.next[-1] = number + 1
        return f"{number}. "

    def _open_cell(self, is_layout: bool) -> None:
        if self.cells is not None and not is_layout:
            self.words.clear()
            return
        self.flush()
        self.cells = None  # a row that places things on a page is no row of a table

    def _count(self, tag: str, step: int) -> None:
        self.lists += step * (tag in _LISTS)
        self.items += step * (tag in _ITEMS)
        self.quotes += step * (tag in _QUOTES)

    def _break(self) -> None:
        if self.code:
            self.words.append("\n")
        elif self.cells is None:
            self.flush()
        else:
            self.words.append(" ")

    def _edge(self) -> None:
        """The border of a block; inside a table cell it is a space."""
        if self.cells is None:
            self.flush()
        else:
            self.words.append(" ")

    def _row(self) -> None:
        if self.cells and any(self.cells):
            kind = BlockKind.ROW if len(self.cells) > 1 else BlockKind.PARAGRAPH
            self.lines.append(Line("\t".join(self.cells), kind))
        self.cells = None
        self.flush()

    def flush(self) -> None:
        """Ends the line being written, and a table row that turned out to be a page's layout."""
        if self.cells:
            done, self.cells = self.cells, []
            self.lines.extend(Line(cell) for cell in done)
        if self.code:
            code = normalise("".join(self.words)).expandtabs(4).split("\n")
            self.lines.extend(Line(line.rstrip()) for line in code if line.strip())
            self.words.clear()
        elif words := self._taken():
            self.lines.append(Line(self.number + words, *self._kind()))
            self.number = ""

    def _taken(self) -> str:
        words = one_line("".join(self.words))
        self.words.clear()
        return words

    def _kind(self) -> tuple[BlockKind, int]:
        if self.heading:
            return BlockKind.HEADING, self.heading
        if self.items:
            return BlockKind.ITEM, max(0, self.lists - 1)
        if self.quotes:
            return BlockKind.QUOTE, self.quotes - 1
        return BlockKind.PARAGRAPH, 0


def _first_number(element: _Element) -> int | None:
    """The number of a list's first item; None where its items have none."""
    if element.tag != "ol" and not (element.tag == "list" and element.get("rend") == "ol"):
        return None
    first = element.get("start") or ""
    return int(first) if first.isdecimal() and len(first) < 10 else 1


def _is_heading(tag: str) -> bool:
    return len(tag) == 2 and tag[0] == "h" and tag[1] in "123456"
