"""Foot- and endnotes of an RTF file: their marks in the text, their lines for the end."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from annotate.readers.blocks import Line
from annotate.readers.rtf_text import Text
from annotate.readers.word_numbers import spoken

_FORMAT = re.compile(r"(a?)ftnn(ar|alc|auc|rlc|ruc)")
_FORMATS = {
    "ar": "decimal",
    "alc": "lowerLetter",
    "auc": "upperLetter",
    "rlc": "lowerRoman",
    "ruc": "upperRoman",
}


@dataclass(slots=True)
class _Note:
    """`place` is where its mark stands in `words`, those of the text; -1 where it has no mark."""

    text: Text
    words: list[str]
    place: int
    is_end: bool = False


class Notes:
    def __init__(self) -> None:
        self.footnotes: list[Line] = []
        self.endnotes: list[Line] = []
        self._open: list[_Note] = []
        self._formats = {False: "decimal", True: "lowerRoman"}
        self._counts = {False: 0, True: 0}
        self._words: list[str] = []  # that the last mark stands in
        self._place = -1

    def format(self, word: str) -> None:
        """How notes are numbered, where the word says so."""
        if match := _FORMAT.fullmatch(word):
            self._formats[bool(match[1])] = _FORMATS[match[2]]

    def mark(self, text: Text) -> None:
        """The mark of the note that follows; in the note itself it is known already."""
        if not (self._open and self._open[-1].text is text):
            self._words, self._place = text.words, len(text.words)
            text.words.append("")

    def begin(self, text: Text) -> list[str]:
        """A note with that text opens; gives where its words go."""
        self._open.append(_Note(text, self._words, self._place))
        self._place = -1
        return text.words

    def is_endnote(self) -> None:
        if self._open:
            self._open[-1].is_end = True

    def end(self, lines: list[Line]) -> None:
        """The innermost note closes."""
        note = self._open.pop()
        if lines and 0 <= note.place < len(note.words):
            self._counts[note.is_end] += 1
            mark = f"[{spoken(self._counts[note.is_end], self._formats[note.is_end])}]"
            note.words[note.place] = mark
            lines = [replace(lines[0], text=f"{mark} {lines[0].text}"), *lines[1:]]
        (self.endnotes if note.is_end else self.footnotes).extend(lines)
