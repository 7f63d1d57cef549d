"""From the XML of an OpenDocument text to lines: paragraphs, headings, numbered items, table rows, frames."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotate.model import BlockKind
from annotate.readers.blocks import Line, one_line
from annotate.readers.odf_lists import NO_COUNT, Lists
from annotate.readers.odf_names import DRAW, OFFICE, TABLE, TEXT, whole
from annotate.readers.odf_styles import OdfStyles, label
from annotate.readers.rows import Places, spanned

if TYPE_CHECKING:
    from lxml.etree import _Element

_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_SKIPPED = frozenset(
    (
        *(OFFICE + name for name in ("annotation", "forms", "binary-data", "event-listeners", "scripts")),
        *(TEXT + name for name in ("note-citation", "number", "tracked-changes", "ruby-text", "hidden-text")),
        *(_SVG + name for name in ("title", "desc")),
        DRAW + "object",
        DRAW + "object-ole",
    )
)
_AROUND = frozenset(  # they hold paragraphs; what stands directly in them is only the file's indentation
    TEXT + name
    for name in (
        "list", "list-item", "list-header", "section", "note", "note-body", "index-body", "index-title",
    )
)  # fmt: skip
_LEFT_OUT = {
    OFFICE + "annotation": "comment",
    DRAW + "object": "embedded object",
    DRAW + "object-ole": "embedded object",
}
_CELLS = (TABLE + "table-cell", TABLE + "covered-table-cell")
_FRAMED = tuple(DRAW + name for name in ("text-box", "custom-shape", "rect", "ellipse", "circle", "caption"))
_LONGEST_HEADING = 300  # code points
_MOST_SPACES = 100


@dataclass(slots=True)
class _Paragraph:
    names: frozenset[str]  # of its style
    heading: int
    number: str
    level: int  # depth of the list it is in, -1 outside
    words: list[str] = field(default_factory=list)
    after: list[Line] = field(default_factory=list)  # frames anchored in it


@dataclass(slots=True)
class Walk:
    """Reads the body of one document; notes, the title and what was left out are gathered on the way."""

    styles: OdfStyles
    footnotes: list[Line] = field(default_factory=list)
    endnotes: list[Line] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    title: str = ""
    _places: Places = field(default_factory=Places)
    _paragraphs: list[_Paragraph] = field(default_factory=list)
    _lists: list[Lists] = field(
        default_factory=list
    )  # those of the body, of a note in it, of a frame in that
    _marks: list[str] = field(default_factory=list)
    _outline: list[int] = field(default_factory=lambda: [NO_COUNT] * 11)

    def lines(self, root: _Element) -> list[Line]:
        """The lines under an element. Does not recurse, so that depth costs nothing."""
        from lxml import etree

        self._lists = [Lists(self.styles)]
        skipped = None
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "start" and (tag in _SKIPPED or self._is_hidden(element)):
                skipped = element
                self._skip(tag, element)
                walk.skip_subtree()
            elif event == "start":
                self._open(tag, element)
            else:
                if element is not skipped:
                    self._close(tag, element)
                self._say_tail(element)
        return self._places.all()

    def _is_hidden(self, element: _Element) -> bool:
        if element.get(TEXT + "display") == "none":
            return True
        style = element.get(TEXT + "style-name")
        return bool(style) and self.styles.is_hidden(str(style))

    def _skip(self, tag: str, element: _Element) -> None:
        if tag == TEXT + "tracked-changes":
            self.left_out["tracked deletion"] += sum(1 for _ in element.iter(TEXT + "deletion"))
        elif tag in _LEFT_OUT:
            self.left_out[_LEFT_OUT[tag]] += 1
        elif tag not in _SKIPPED and "".join(map(str, element.itertext())).strip():
            self.left_out["hidden passage"] += 1

    def _open(self, tag: str, element: _Element) -> None:
        if tag in (TEXT + "p", TEXT + "h"):
            self._open_paragraph(tag, element)
        elif tag == TEXT + "list":
            self._lists[-1].begin(element)
        elif tag == TEXT + "list-item":
            self._lists[-1].begin_item(element)
        elif tag == TEXT + "s":
            self._say(" " * min(whole(element, TEXT + "c", 1), _MOST_SPACES))
        elif tag == TEXT + "tab":
            self._say("\t")
        elif tag == TEXT + "line-break":
            self._say("\n")
        elif tag == TABLE + "table-row":
            self._places.begin_row()
        elif tag in _CELLS or tag in _FRAMED:
            self._begin()
        elif tag == TEXT + "note":
            citation = element.find(TEXT + "note-citation")
            mark = "" if citation is None else one_line("".join(map(str, citation.itertext())))
            self._say(f"[{mark}]" if mark else "")
            self._marks.append(mark)
            self._begin()
        if tag.startswith(TEXT) and tag not in _AROUND:
            self._say_words(element.text)

    def _begin(self) -> None:
        self._places.begin()
        self._lists.append(self._lists[-1].inner())

    def _end(self) -> list[Line]:
        self._lists.pop()
        return self._places.end()

    def _close(self, tag: str, element: _Element) -> None:
        if tag in (TEXT + "p", TEXT + "h"):
            self._close_paragraph()
        elif tag == TEXT + "list":
            self._lists[-1].end()
        elif tag in _CELLS:
            repeated = spanned(element.get(TABLE + "number-columns-repeated"))
            self._places.add_cell(self._end(), repeated)
        elif tag == TABLE + "table-row":
            self._places.end_row()
        elif tag in _FRAMED:
            lines = self._end()
            self._paragraphs[-1].after.extend(lines) if self._paragraphs else self._places.add(lines)
        elif tag == TEXT + "note":
            self._close_note(element)

    def _close_note(self, element: _Element) -> None:
        lines, mark = self._end(), self._marks.pop()
        if lines and mark:
            lines[0] = Line(f"[{mark}] {lines[0].text}", lines[0].kind, lines[0].level)
        is_end = element.get(TEXT + "note-class") == "endnote"
        (self.endnotes if is_end else self.footnotes).extend(lines)

    def _say(self, words: str) -> None:
        if self._paragraphs:
            self._paragraphs[-1].words.append(words)

    def _say_words(self, text: str | None) -> None:
        """Words as they stand in the file, where line breaks are spaces."""
        if text:
            self._say(text.replace("\n", " "))

    def _say_tail(self, element: _Element) -> None:
        above = element.getparent()
        if above is not None and above.tag.startswith(TEXT) and above.tag not in _AROUND:
            self._say_words(element.tail)

    def _open_paragraph(self, tag: str, element: _Element) -> None:
        heading = min(whole(element, TEXT + "outline-level", 1), 10) if tag == TEXT + "h" else 0
        lists = self._lists[-1]
        number = lists.label()
        if heading and not lists.depth and element.get(TEXT + "is-list-header") != "true":
            number = self._outlined(element, heading)
        names = self.styles.named(element.get(TEXT + "style-name") or "")
        self._paragraphs.append(_Paragraph(names, heading, number, lists.depth - 1))

    def _outlined(self, element: _Element, heading: int) -> str:
        """The number of a heading, by the document's outline."""
        levels = self.styles.outline
        before = self._outline[heading]
        first = levels[heading].start if heading in levels else 1
        self._outline[heading] = first if before == NO_COUNT else before + 1
        self._outline[heading + 1 :] = [NO_COUNT] * (10 - heading)
        for above in range(1, heading):
            self._outline[above] = max(self._outline[above], 1)
        return label(levels, self._outline, heading)

    def _close_paragraph(self) -> None:
        done = self._paragraphs.pop()
        self._places.add(self._written(done))
        self._places.add(done.after)

    def _written(self, done: _Paragraph) -> list[Line]:
        texts = [text for part in "".join(done.words).split("\n") if (text := one_line(part))]
        if not texts:
            return []
        whole = done.number + " ".join(texts)
        if "Title" in done.names and len(whole) <= _LONGEST_HEADING:
            self.title = self.title or whole
            return [Line(whole, BlockKind.HEADING, 1)]
        if done.heading and len(whole) <= _LONGEST_HEADING:
            return [Line(whole, BlockKind.HEADING, min(done.heading, 6))]
        texts[0] = done.number + texts[0]
        if done.level >= 0:
            return [Line(text, BlockKind.ITEM, done.level) for text in texts]
        is_quote = not done.names.isdisjoint(("Quotations", "Quote"))
        return [Line(text, BlockKind.QUOTE if is_quote else BlockKind.PARAGRAPH) for text in texts]
