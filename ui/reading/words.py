"""Characters, words and sentences of a text, as Unicode and the reader see them. All in code points."""

from __future__ import annotations

from PySide6.QtCore import QTextBoundaryFinder

from annotate.model import Span
from annotate.offsets import OffsetMap

Kind = QTextBoundaryFinder.BoundaryType
_NEAR = 200
_FAR = 4000


def boundaries(kind: QTextBoundaryFinder.BoundaryType, text: str) -> list[int]:
    """Every place where a unit of that kind begins or ends, from 0 to the length of `text`."""
    finder = QTextBoundaryFinder(kind, text)
    offsets = OffsetMap(text)
    found = [0]
    while (unit := finder.toNextBoundary()) >= 0:
        found.append(offsets.to_points(unit))
    if found[-1] != len(text):
        found.append(len(text))
    return found


def paragraph(text: str, place: int) -> Span:
    """The line that holds `place`, without its line feed."""
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return start, len(text) if end < 0 else end


def _window(text: str, place: int, reach: int) -> tuple[int, str]:
    """The text near a place within its paragraph, and where that begins."""
    start, end = paragraph(text, place)
    start, end = max(start, place - reach), min(end, place + reach)
    return start, text[start:end]


def _around(kind: QTextBoundaryFinder.BoundaryType, text: str, place: int, reach: int) -> Span:
    start, near = _window(text, place, reach)
    if not near:
        return place, place
    edges = boundaries(kind, near)
    after = next((at for at, edge in enumerate(edges) if start + edge > place), len(edges) - 1)
    return start + edges[after - 1], start + edges[after]


def trimmed(text: str, span: Span) -> Span:
    """The span without white space at its ends."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def word(text: str, place: int) -> Span:
    """The word at `place`; that before it if none begins there; empty between spaces."""
    found = trimmed(text, _around(Kind.Word, text, place, _NEAR))
    lone = found[0] == found[1] or (found[0] == place and not text[place].isalnum())
    if lone and place > 0 and not text[place - 1].isspace():
        found = trimmed(text, _around(Kind.Word, text, place - 1, _NEAR))
    return found


def sentence(text: str, place: int) -> Span:
    """The sentence at `place`, without white space at its ends."""
    return trimmed(text, _around(Kind.Sentence, text, place, _FAR))


def whole_characters(text: str, span: Span) -> Span:
    """The span grown to whole characters as a reader sees them: no emoji or accent is cut."""
    start, end = span
    low = _around(Kind.Grapheme, text, start, _NEAR)[0] if start < len(text) else start
    if end <= start:
        return low, low
    return low, max(_around(Kind.Grapheme, text, end - 1, _NEAR)[1], end)


def whole_words(text: str, span: Span) -> Span:
    """The span grown to whole words and freed of white space at its ends; empty if it holds nothing else."""
    start, end = trimmed(text, span)
    if start == end:
        return span[0], span[0]
    first, last = (_around(Kind.Word, text, place, _NEAR) for place in (start, end - 1))
    return min(first[0], start), max(last[1], end)


def next_place(kind: str, text: str, place: int, step: int) -> int:
    """Where the caret goes from `place` by a "sentence" or a "paragraph", forth (step 1) or back (-1)."""
    around = sentence if kind == "sentence" else paragraph
    if step > 0:
        at = around(text, place)[1] + (kind == "paragraph")
        if kind == "sentence" and at <= place:
            at = place + 1
        while at < len(text) and text[at].isspace():
            at += 1
        return min(at, len(text))
    at = place
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return around(text, at - 1)[0] if at > 0 else 0


LADDER = ("word", "sentence", "paragraph")


def grown(text: str, span: Span) -> Span:
    """The next larger of word, sentence and paragraph around a span; the span if none is larger."""
    for around in (word, sentence, paragraph):
        start, end = around(text, span[0])
        if span[1] > end:
            end = around(text, max(span[1] - 1, span[0]))[1]
        if start <= span[0] and end >= span[1] and (start, end) != span and end > start:
            return start, end
    return span
