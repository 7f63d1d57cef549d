"""TEI P5: a corpus with a text for each article, and the marks as standoff annotations on its characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING

from annotate.model import Span
from annotate.spoken import counted
from annotate.writers.dataset import CodedArticle, Dataset, Written
from annotate.writers.labelled import parts_of
from annotate.writers.refi_codes import Cleaner
from annotate.writers.spans import CodedSpan, Options
from annotate.writers.tei_header import ID, Ids, added, article_header, corpus_header

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME, TITLE, SUFFIX, ROWS = "tei", "TEI P5 standoff", ".xml", "spans"
NAMESPACE = "http://www.tei-c.org/ns/1.0"
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """The string of a text's <div> is the article's text, so that a pointer's characters are its code points.

    Without text the targets name the text by its SHA-256, and characters as RFC 5147 does.
    """
    clean, ids = Cleaner(), Ids()
    texts = _Texts(clean, ids, options)
    out.write(f'<?xml version="1.0" encoding="utf-8"?>\n<teiCorpus xmlns="{NAMESPACE}">\n'.encode())
    out.write(_bytes(corpus_header(dataset, clean, ids)))
    for number, article in enumerate(dataset.articles(), 1):
        out.write(_bytes(texts.element(number, article)))
    if not texts.number:
        out.write(_bytes(texts.none(dataset.title)))
    out.write(b"</teiCorpus>\n")
    return Written(texts.marks, (*texts.notes(), *clean.notes()))


class _Texts:
    def __init__(self, clean: Cleaner, ids: Ids, options: Options) -> None:
        self._clean, self._ids, self._text = clean, ids, options.text
        self.number = self.marks = self._boxes = 0

    def element(self, number: int, article: CodedArticle) -> _Element:
        from lxml import etree

        self.number = number
        made = etree.Element("TEI", {ID: f"text-{number}"})
        made.append(article_header(article, self._clean))
        if self._text or not article.spans:
            self._add_text(made, article)
        if article.spans:
            list_ = added(added(made, "standOff"), "listAnnotation")
            for span in article.spans:
                self._add_mark(list_, article, span)
        return made

    def none(self, title: str) -> _Element:
        """A text without words, as a corpus needs one."""
        return self.element(1, CodedArticle("none", title, "", "", "", "", "", "", "", ""))

    def _add_text(self, made: _Element, article: CodedArticle) -> None:
        text = added(made, "text")
        if _LANGUAGE.fullmatch(article.language):
            text.set("{http://www.w3.org/XML/1998/namespace}lang", article.language)
        body = added(text, "body")
        if not self._text:
            added(body, "p")
            return
        whole = added(body, "div", **{ID: f"words-{self.number}"})
        lines = self._clean(article.text).split("\n")
        for line in lines:
            paragraph = added(whole, "p")
            paragraph.text, paragraph.tail = line, "\n"
        paragraph.tail = None

    def _add_mark(self, list_: _Element, article: CodedArticle, span: CodedSpan) -> None:
        self.marks += 1
        self._boxes += bool(span.boxes)
        targets = self._targets(article, parts_of(span))
        mark = added(list_, "annotation", **{ID: self._ids.mark(span.id), "target": targets})
        who = added(mark, "respStmt")
        added(who, "resp", "coder")
        added(who, "name", self._clean(span.coder), ref=f"#{self._ids.coder(span.coder)}")
        if span.created or span.modified:
            history = added(mark, "revisionDesc")
            for status, when in (("created", span.created), ("modified", span.modified)):
                if when:
                    added(history, "change", when=when, status=status)
        if span.code:
            added(mark, "ptr", target=f"#{self._ids.code(span.code)}", type="code")
        for kind, said in (("memo", span.memo), ("certainty", span.certainty)):
            if said:
                added(mark, "note", self._clean(said), type=kind)

    def _targets(self, article: CodedArticle, parts: Sequence[Span]) -> str:
        """A pointer for each stretch: its first character from 0, and how many."""
        if self._text:
            here = f"#string-range(words-{self.number},"
            return " ".join(f"{here}{start},{end - start})" for start, end in parts)
        return " ".join(f"urn:sha256:{article.text_hash}#char={start},{end}" for start, end in parts)

    def notes(self) -> list[str]:
        if not self._boxes:
            return []
        return [f"{counted(self._boxes, 'mark')} in PDFs: on their text, without the place on the page."]


def _bytes(element: _Element) -> bytes:
    from lxml import etree

    return etree.tostring(element, encoding="utf-8", xml_declaration=False) + b"\n"
