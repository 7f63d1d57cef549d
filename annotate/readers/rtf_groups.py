"""Groups of an RTF file: what holds inside one pair of braces and is as before behind it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from annotate.readers.blocks import one_line
from annotate.readers.rtf_codes import Font
from annotate.readers.rtf_text import Manner, Text

_MOST_PIECES = 500  # of which a name is put together
_QUOTES = ("quote", "intense quote", "block text", "quotations")


@dataclass(slots=True)
class Style:
    name: str = ""
    heading: int = 0


@dataclass(slots=True)
class Group:
    """`sink` takes the words; None where they are no text.

    `where` is "" in running text, else what the group is about ("fonttbl", "skipped"); `ends` says what is to
    be done when it closes.
    """

    text: Text
    sink: list[str] | None
    where: str = ""
    ends: str = ""
    font: Font = field(default_factory=Font)
    skips: int = 1  # characters that stand for a Unicode escape in old readers
    is_hidden: bool = False
    is_deleted: bool = False
    style: int = 0
    outline: int = -1
    numbering: int = 0
    level: int = 0
    in_table: bool = False
    depth: int = 0  # of tables, as the file itself tells it
    before: tuple[str, list[str] | None] = ("", None)  # where and sink around two versions of one text

    def inner(self) -> Group:
        return replace(self, ends="")

    def plain(self, font: Font) -> None:
        self.font, self.is_hidden, self.is_deleted = font, False, False

    def pard(self) -> None:
        self.style, self.outline, self.numbering, self.level, self.in_table, self.depth = (
            0,
            -1,
            0,
            0,
            False,
            0,
        )

    def skip(self) -> None:
        self.where, self.sink = "skipped", None

    def words(self) -> str:
        """A name or a field, as far as it is not absurdly long."""
        return one_line("".join(self.sink[:_MOST_PIECES] if self.sink else ()))

    @property
    def is_text(self) -> bool:
        """Whether words here belong to a paragraph of the text."""
        return self.sink is self.text.words

    def manner(self, styles: dict[int, Style]) -> Manner:
        style = styles.get(self.style, Style())
        name = style.name.lower()
        return Manner(
            heading=heading_of("", self.outline) if self.outline >= 0 else style.heading,
            is_title=name == "title",
            is_quote=name in _QUOTES,
            is_item=self.numbering > 0,
            level=self.level if 0 <= self.level < 9 else 0,
            table=max(1, self.depth) if self.in_table or self.depth > 0 else 0,
        )


def heading_of(name: str, outline: int) -> int:
    """The level of a heading (1-6) by outline level (0-8) or the name of its style, 0 for others."""
    if 0 <= outline < 9:
        return min(outline + 1, 6)
    word, _, number = name.lower().partition(" ")
    return min(int(number), 6) if word == "heading" and number.isdecimal() and 0 < int(number[:3]) < 10 else 0
