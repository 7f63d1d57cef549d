"""Marks laid flat on tokens: which stay, which are widened, which give way, each told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from annotate.model import Span
from annotate.tokens import touched
from annotate.writers.spans import CodedSpan

UNCODED = "Uncoded"
WIDENED, CUT, BLANK = "widened to whole tokens", "not on whole tokens", "on white space only"
GAPS, LONG, UNDER = "split at its gaps", "split at sentences", "under another mark"


class Flat:
    """Lays the marks of one article after another.

    `counts` says what happened to stretches of marks, by reason; `rows` each of them: mark, start, end, tag, reason.
    `marks` are in, whole or in part.
    """

    def __init__(self, types: Mapping[str, str], *, widen: bool) -> None:
        self.counts: dict[str, int] = {}
        self.rows: list[tuple[str, int, int, str, str]] = []
        self.marks = 0
        self._types = types
        self._widen = widen

    def tags(
        self, spans: Sequence[CodedSpan], text: str, words: Sequence[Span], starts: Sequence[int]
    ) -> list[str]:
        """The IOB2 tag of each token. Of marks that overlap the longer stays, of equals the earlier.

        A chunk begins anew at each sentence; `starts` are the tokens with which these begin.
        """
        found = ["O"] * len(words)
        begins = set(starts)
        placed: set[str] = set()
        for span, stretch, tag in sorted(self._stretches(spans), key=_order):
            first, end = touched(words, *stretch)
            if not self._fits(span, stretch, tag, text, words[first:end]):
                continue
            if any(each != "O" for each in found[first:end]):
                self._tell(span, stretch, tag, UNDER)
                continue
            heads = {first, *(at for at in range(first, end) if at in begins)}
            if len(heads) > 1:
                self._tell(span, stretch, tag, LONG)
            found[first:end] = [f"{'B' if at in heads else 'I'}-{tag}" for at in range(first, end)]
            placed.add(span.id)
        self.marks += len(placed)
        return found

    def _fits(self, span: CodedSpan, stretch: Span, tag: str, text: str, words: Sequence[Span]) -> bool:
        if not words:
            self._tell(span, stretch, tag, BLANK)
            return False
        inside = text[stretch[0] : stretch[1]].strip()
        if len(inside) == words[-1][1] - words[0][0]:
            return True
        self._tell(span, stretch, tag, WIDENED if self._widen else CUT)
        return self._widen

    def _stretches(self, spans: Sequence[CodedSpan]) -> Iterator[tuple[CodedSpan, Span, str]]:
        for span in spans:
            tag = UNCODED if span.code is None else self._types.get(span.code, UNCODED)
            parts = json.loads(span.parts) if span.parts else [(span.start, span.end)]
            if len(parts) > 1:
                self._tell(span, (span.start, span.end), tag, GAPS)
            for start, end in parts:
                yield span, (start, end), tag

    def _tell(self, span: CodedSpan, stretch: Span, tag: str, reason: str) -> None:
        self.counts[reason] = self.counts.get(reason, 0) + 1
        self.rows.append((span.id, *stretch, tag, reason))


def _order(laid: tuple[CodedSpan, Span, str]) -> tuple[int, Span, str]:
    span, (start, end), _ = laid
    return start - end, (start, end), span.id
