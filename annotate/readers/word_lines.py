"""From the XML of a Word document to lines: paragraphs, headings, numbered items, table rows, text boxes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotate.model import BlockKind
from annotate.readers.blocks import Line, one_line
from annotate.readers.rows import Places, spanned
from annotate.readers.word_names import MC, M, W, is_on, number, tags, value
from annotate.readers.word_numbers import Numbers, spoken
from annotate.readers.word_styles import Style, Styles, heading_of
from annotate.readers.word_words import SIGNS, chosen, form_value, is_drop_cap, shown, sign, symbol

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIPPED = tags(
    """pPr rPr tblPr tblPrEx tblGrid trPr tcPr sdtPr sdtEndPr sectPr rubyPr rt ffData instrText delText
    delInstrText moveFrom del"""
)
_LONGEST_HEADING = 300  # code points: a paragraph beyond that is one, whatever its outline level
_NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/"
_NOTED = {
    W + "commentReference": "comment",
    W + "altChunk": "embedded document",
    _DRAWN + "diagram}relIds": "diagram",
    _DRAWN + "chart}chart": "chart",
}
_FORMATS = {"footnotes": "decimal", "endnotes": "lowerRoman"}


@dataclass(slots=True)
class Tally:
    """What a document refers to and what was left out, gathered over all its parts.

    `notes` are the ids of the notes referred to, with their marks, by part ("footnotes") in order.
    """

    notes: dict[str, dict[str, str]] = field(default_factory=lambda: {"footnotes": {}, "endnotes": {}})
    marks: Counter[str] = field(default_factory=Counter)  # given so far, by part
    left_out: Counter[str] = field(default_factory=Counter)
    title: str = ""  # the first paragraph of a title style


@dataclass(slots=True)
class _Paragraph:
    style: Style
    heading: int = 0
    numbering: str = ""
    level: int = 0
    joins: bool = False  # goes on in the next one: its end was deleted, or it is a drop cap
    words: list[str] = field(default_factory=list)
    after: list[Line] = field(default_factory=list)  # text boxes anchored in it


class Walk:
    """Reads parts of one document in order; numbering goes on from part to part."""

    def __init__(
        self, styles: Styles, numbers: Numbers, tally: Tally, formats: dict[str, str] | None = None
    ) -> None:
        """`formats`: how footnotes and endnotes are numbered, where the document says so."""
        self._styles = styles
        self._numbers = numbers
        self._tally = tally
        self._formats = _FORMATS | (formats or {})
        self._places = Places()
        self._paragraphs: list[_Paragraph] = []
        self._carried: list[str] = []  # words for the next paragraph
        self._branches: list[_Element | None] = []  # of what is said in several ways, the one to be read
        self._fields: list[bool] = []  # open ones, and whether their result has begun

    def lines(self, root: _Element) -> list[Line]:
        """The lines under an element. Does not recurse, so that depth costs nothing."""
        from lxml import etree

        self._places, self._paragraphs, self._branches, self._fields = Places(), [], [], []
        skipped = None
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "end":
                if element is not skipped:
                    self._close(tag, element)
            elif tag in _SKIPPED or self._is_out(tag, element):
                skipped = element
                self._skip(tag, element)
                walk.skip_subtree()
            else:
                self._open(tag, element)
        self._let_go()
        return self._places.all()

    def _is_out(self, tag: str, element: _Element) -> bool:
        """Whether what the element holds is not to be seen."""
        if tag == W + "r":
            return self._is_hidden(element)
        if tag == W + "tr":
            return is_on(element, "trPr", "del")
        if tag in (MC + "Choice", MC + "Fallback"):
            return not self._branches or element is not self._branches[-1]
        return False

    def _is_hidden(self, run: _Element) -> bool:
        properties = run.find(W + "rPr")
        if properties is None:
            return False
        stated = properties.find(W + "vanish")
        if stated is None:
            return self._styles.style(value(properties, "rStyle")).is_hidden
        return is_on(properties, "vanish")

    def _skip(self, tag: str, element: _Element) -> None:
        if tag == W + "del" and next(element.iter(W + "delText"), None) is not None:
            self._tally.left_out["tracked deletion"] += 1
        elif tag == W + "r" and next(element.iter(W + "t"), None) is not None:
            self._tally.left_out["hidden passage"] += 1

    def _open(self, tag: str, element: _Element) -> None:
        if tag == W + "t" or tag == M + "t":
            self._say(shown(element))
        elif tag in SIGNS:
            self._say(sign(element))
        elif tag == W + "p":
            self._open_paragraph(element)
        elif tag == W + "fldChar":
            self._say(form_value(element))
            self._field(element.get(W + "fldCharType") or "")
        elif tag == W + "sym":
            self._say(symbol(element.get(W + "font") or "", element.get(W + "char") or ""))
        elif tag in _NOTES:
            self._refer(_NOTES[tag], element)
        elif tag in _NOTED:
            self._tally.left_out[_NOTED[tag]] += 1
        elif tag == MC + "AlternateContent":
            self._branches.append(chosen(element))
        elif tag == W + "tr":
            self._places.begin_row(number(value(element, "trPr", "gridBefore"), 0))
        elif tag in (W + "tc", W + "txbxContent"):
            self._places.begin()

    def _close(self, tag: str, element: _Element) -> None:
        if tag == W + "p" and self._paragraphs:
            self._close_paragraph()
        elif tag == W + "txbxContent":
            self._let_go()
            lines = self._places.end()
            self._paragraphs[-1].after.extend(lines) if self._paragraphs else self._places.add(lines)
        elif tag == W + "tc":
            self._let_go()
            self._places.add_cell(self._places.end(), spanned(value(element, "tcPr", "gridSpan")))
        elif tag == W + "tr":
            self._places.end_row()
        elif tag == MC + "AlternateContent":
            self._branches.pop()

    def _let_go(self) -> None:
        """Words that waited for another paragraph stand alone where there is none."""
        words, self._carried = one_line("".join(self._carried)), []
        self._places.add([Line(words)] if words else [])

    def _say(self, words: str) -> None:
        if self._paragraphs and all(self._fields):
            self._paragraphs[-1].words.append(words)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _refer(self, part: str, element: _Element) -> None:
        if element.get(W + "customMarkFollows") in ("1", "true", "on"):
            self._tally.notes[part].setdefault(element.get(W + "id") or "", "")
            return
        known, id = self._tally.notes[part], element.get(W + "id") or ""
        if id not in known:
            self._tally.marks[part] += 1
            known[id] = spoken(self._tally.marks[part], self._formats[part])
        self._say(f"[{known[id]}]" if known[id] else "")

    def _open_paragraph(self, element: _Element) -> None:
        properties = element.find(W + "pPr")
        style_id = value(properties, "pStyle")
        style = self._styles.style(style_id)
        found = _Paragraph(style, style.heading, style.numbering, style.level)
        if properties is not None:
            outline = number(value(properties, "outlineLvl"))
            found.heading = heading_of(outline) if outline >= 0 else found.heading
            found.numbering = value(properties, "numPr", "numId") or found.numbering
            found.level = number(value(properties, "numPr", "ilvl"), found.level)
            found.joins = (
                is_on(properties, "rPr", "del")
                or is_on(properties, "rPr", "moveFrom")
                or is_drop_cap(properties)
            )
        if found.level < 0:
            found.level = self._numbers.level_of_style(found.numbering, style_id)
        found.words, self._carried = self._carried, []
        self._paragraphs.append(found)

    def _close_paragraph(self) -> None:
        done = self._paragraphs.pop()
        if done.joins:
            self._carried = done.words
        else:
            self._places.add(self._written(done))
        self._places.add(done.after)
        if not self._paragraphs:  # a field whose result never begins does not swallow the rest
            self._fields = [True] * len(self._fields)

    def _written(self, done: _Paragraph) -> list[Line]:
        number = self._numbers.next(done.numbering, done.level) if done.numbering not in ("", "0") else None
        texts = [text for part in "".join(done.words).split("\n") if (text := one_line(part))]
        if not texts:
            return []
        whole = (number or "") + " ".join(texts)
        if done.style.is_title and len(whole) <= _LONGEST_HEADING:
            self._tally.title = self._tally.title or whole
            return [Line(whole, BlockKind.HEADING, 1)]
        if done.heading and len(whole) <= _LONGEST_HEADING:
            return [Line(whole, BlockKind.HEADING, done.heading)]
        texts[0] = (number or "") + texts[0]
        kind, level = BlockKind.PARAGRAPH, 0
        if number is not None:
            kind, level = BlockKind.ITEM, done.level
        elif done.style.is_quote:
            kind = BlockKind.QUOTE
        return [Line(text, kind, level) for text in texts]
