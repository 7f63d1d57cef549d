"""A stretch of running text in RTF: its paragraphs, and the rows of tables that are open in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotate.model import BlockKind
from annotate.readers.blocks import Line, one_line
from annotate.readers.rows import row_lines

_LONGEST_HEADING = 300  # code points
_DEEPEST = 20  # tables in tables


@dataclass(frozen=True, slots=True)
class Manner:
    """What kind of paragraph: `heading` 1-6 or 0; `table` how many tables it is in."""

    heading: int = 0
    is_title: bool = False
    is_quote: bool = False
    is_item: bool = False
    level: int = 0
    table: int = 0


@dataclass(slots=True)
class _Row:
    cells: list[list[Line]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)  # of the cell that is open


@dataclass(slots=True)
class Text:
    """The body, a note or a text box, as it is being read."""

    words: list[str] = field(default_factory=list)  # of the paragraph that is open
    label: str | None = None  # what stands before it: "1. ", "" for a bullet
    after: list[Line] = field(default_factory=list)  # text boxes anchored in it
    lines: list[Line] = field(default_factory=list)
    title: str = ""
    _rows: list[_Row] = field(default_factory=list)

    def end_paragraph(self, manner: Manner, table: int | None = None) -> None:
        """`table`: how many tables it is in, where that is known better than from its manner."""
        place = self._at(manner.table if table is None else table)
        place += self._written(manner)
        place += self.after
        self.words.clear()
        self.after.clear()
        self.label = None

    def end_cell(self, manner: Manner, table: int) -> None:
        """The end of a cell, and of the paragraph in it; `table`: 1 for the outermost."""
        self.end_paragraph(manner, table)
        row = self._rows[-1]
        row.cells.append(row.lines)
        row.lines = []

    def end_row(self, table: int) -> None:
        while len(self._rows) >= max(1, table):
            row = self._rows.pop()
            cells = [*row.cells, row.lines] if row.lines else row.cells
            (self._rows[-1].lines if self._rows else self.lines).extend(row_lines(cells))

    def end(self, manner: Manner) -> list[Line]:
        self.end_paragraph(manner)
        self.end_row(1)
        return self.lines

    def _at(self, table: int) -> list[Line]:
        """Where lines go that are in so many tables; tables further in are over."""
        table = max(0, min(table, _DEEPEST))
        if len(self._rows) > table:
            self.end_row(table + 1)
        while len(self._rows) < table:
            self._rows.append(_Row())
        return self._rows[-1].lines if self._rows else self.lines

    def _written(self, manner: Manner) -> list[Line]:
        # Surrogates come one by one.
        text = "".join(self.words).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        texts = [found for part in text.split("\n") if (found := one_line(part))]
        if not texts:
            return []
        label = self.label or ""
        whole = label + " ".join(texts)
        if (manner.heading or manner.is_title) and len(whole) <= _LONGEST_HEADING:
            if manner.is_title:
                self.title = self.title or whole
            return [Line(whole, BlockKind.HEADING, manner.heading or 1)]
        texts[0] = label + texts[0]
        if manner.is_item or self.label is not None:
            return [Line(each, BlockKind.ITEM, manner.level) for each in texts]
        kind = BlockKind.QUOTE if manner.is_quote else BlockKind.PARAGRAPH
        return [Line(each, kind) for each in texts]
