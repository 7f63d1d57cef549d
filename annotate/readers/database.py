"""What downloads from news databases share: one file, many articles, and their number checked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers.blocks import Line, compose, one_line
from annotate.readers.contract import stem
from annotate.readers.html_page import decode_page, parse
from annotate.spoken import counted

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

LONGEST_HEADING = 200  # code points
_WORDS = re.compile(
    r"(\d[\d.,\s]*)\s*(?:words?|w[öo]rter|mots?|palabras?|parol[ae]s?|palavras?|woorden|kata|слов[оа]?|語|字|단어)",
    re.IGNORECASE,
)
_NO_AUTHOR = frozenset(("anonymous", "anonym", "anonyme", "none", "unknown"))
_BY = re.compile(r"\A(?:by|von|par|por|door)\s+(?=\S)", re.IGNORECASE)


@dataclass(slots=True)
class Entry:
    """An article as it is put together from a database's file; fields as in a Draft."""

    title: str = ""
    outlet: str = ""
    author: str = ""
    date: str = ""
    url: str = ""
    language: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    def put(self, key: str, value: str) -> None:
        """An attribute, where it says something; a second value stands behind the first."""
        value = one_line(value)
        if value and value != self.attributes.get(key):
            known = self.attributes.get(key)
            self.attributes[key] = f"{known}; {value}" if known else value

    def put_author(self, stated: str) -> None:
        """The author without "By"; "Anonymous" is none."""
        name = _BY.sub("", one_line(stated), count=1)
        if name.casefold() not in _NO_AUTHOR:
            self.author = name

    def put_length(self, stated: str) -> None:
        """The number of words that is stated: "2,029 Wörter"."""
        if number := length_stated(stated):
            self.put("length", number)

    def draft(self, name: str) -> Draft:
        text, layout = compose(self.lines, self.title)
        fields = (self.outlet, self.author, self.date, self.url, self.language)
        return Draft(text, self.title or stem(name), *fields, attributes=self.attributes, layout=layout)


def length_stated(stated: str) -> str:
    """`2029` for `2,029 words` and the like, "" where it tells no number of words."""
    match = _WORDS.fullmatch(one_line(stated))
    return re.sub(r"\D", "", match[1]) if match else ""


def drafts(entries: Sequence[Entry], name: str, stated: int = 0, notes: tuple[str, ...] = ()) -> list[Draft]:
    """The articles; where the file states another number of them, the first draft says so.

    `stated` is 0 where the file states none. UserError where there is no article.
    """
    kept = [entry for entry in entries if entry.title or any(line.text for line in entry.lines)]
    if not kept:
        raise UserError(f"{name} holds no article that Postil can read.")
    if stated and stated != len(kept):
        were = "was" if len(kept) == 1 else "were"
        notes = (*notes, f"The file says {counted(stated, 'article')}; {len(kept):,} {were} found.")
    made = [entry.draft(name) for entry in kept]
    return [replace(made[0], notes=notes), *made[1:]]


def stated_by_numbers(numbers: Sequence[tuple[int, int]]) -> int:
    """How many articles "3 of 20" over each of them lets expect: all 20 where they begin at 1, else those from
    the first number to the last.
    """
    if not numbers:
        return 0
    places = [place for place, _ in numbers]
    if min(places) == 1:
        return Counter(total for _, total in numbers).most_common(1)[0][0]
    return max(places) - min(places) + 1


def stated_by_ranges(listed: str) -> int:
    """How many articles "1-10, 15" names."""
    found = 0
    for first, last in re.findall(r"(\d{1,6})(?:\s*-\s*(\d{1,6}))?", listed):
        found += max(0, int(last or first) - int(first)) + 1
    return found


def page_tree(data: bytes, name: str) -> tuple[HtmlElement, tuple[str, ...]]:
    """The tree of a database's HTML and a note on its encoding. UserError where it is none."""
    found = decode_page(data, name)
    tree = parse(found.text)
    if tree is None:
        raise UserError(f"{name} is not a text Postil can read.")
    return tree, (found.note,) if found.note else ()


def outermost(root: _Element, wanted: Callable[[Any], bool]) -> Iterator[Any]:
    """The elements under `root` that are wanted, none inside another."""
    from lxml import etree

    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if isinstance(element.tag, str) and wanted(element):
            yield element
            walk.skip_subtree()


def mark_headings(root: _Element) -> None:
    """Makes headings of paragraphs all of whose words stand in bold type."""
    for paragraph in list(root.iter("p")):
        bold = "".join(
            "".join(map(str, each.itertext())) for each in paragraph if each.tag in ("b", "strong")
        )
        words = words_of(paragraph)
        if words and one_line(bold) == words and len(words) <= LONGEST_HEADING:
            paragraph.tag = "h2"


def words_of(element: _Element) -> str:
    """All its text on one line."""
    return one_line("".join(map(str, element.itertext())))
