"""Whether a mark stays within a sentence, a paragraph or the headline."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property

from annotate.model import BlockKind, Highlight, Layout, Span
from annotate.rules import Extent
from annotate.sentences import paragraphs, sentences


class Lines:
    """The lines of one text; they and their sentences are found when they are first asked for."""

    def __init__(self, text: Callable[[], str], layout: Callable[[], Layout], language: str = "") -> None:
        self._read, self._layout, self._language = text, layout, language
        self._sentences: dict[int, list[Span]] = {}

    def fits(self, mark: Highlight, extent: Extent) -> bool:
        """White space at its edges does not count. A mark with gaps has every part of it in the same sentence or
        paragraph, or each of them covers whole paragraphs.
        """
        spans = [found for span in mark.spans if (found := self._trimmed(*span))]
        if not spans:
            return True
        if extent is Extent.PARAGRAPHS:
            return all(start in self._starts and end in self._ends for start, end in spans)
        start, end = spans[0][0], spans[-1][1]
        line = self._line(start)
        if line is None or end > self._lines[line][1]:
            return False
        if extent is Extent.PARAGRAPH:
            return True
        held = self._in_line(line)
        at = bisect_right(held, start, key=lambda each: each[0]) - 1
        return at >= 0 and end <= held[at][1]

    def sentence_at(self, place: int) -> Span | None:
        """The sentence that holds a place, or the next one in its line."""
        line = self._line(place)
        if line is None:
            return self._in_line(0)[0] if self._lines else None
        return next((span for span in self._in_line(line) if place < span[1]), None)

    def in_headline(self, mark: Highlight) -> bool:
        """Whether it lies in a title; in the first line where the text has none."""
        return any(start <= mark.start and mark.end <= end for start, end in self._headlines)

    @cached_property
    def _text(self) -> str:
        return self._read()

    @cached_property
    def _lines(self) -> list[Span]:
        return list(paragraphs(self._text))

    @cached_property
    def _firsts(self) -> list[int]:
        return [start for start, _ in self._lines]

    @cached_property
    def _starts(self) -> frozenset[int]:
        return frozenset(self._firsts)

    @cached_property
    def _ends(self) -> frozenset[int]:
        return frozenset(end for _, end in self._lines)

    @cached_property
    def _headlines(self) -> list[Span]:
        titles = [block for block in self._layout().blocks if block.kind is BlockKind.TITLE]
        return [(block.start, block.end) for block in titles] or self._lines[:1]

    def _line(self, place: int) -> int | None:
        at = bisect_right(self._firsts, place) - 1
        return at if at >= 0 else None

    def _in_line(self, line: int) -> list[Span]:
        if line not in self._sentences:
            start, end = self._lines[line]
            cut = sentences(self._text[start:end], self._language)
            self._sentences[line] = [(start + a, start + b) for a, b in cut]
        return self._sentences[line]

    def _trimmed(self, start: int, end: int) -> Span | None:
        words = self._text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        return (start, end) if start < end else None
