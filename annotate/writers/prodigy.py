"""Texts with labelled spans as Prodigy has them: JSON Lines, a text and coder a line. Positions are code points."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import IO, Any

from annotate.errors import UserError
from annotate.model import Span
from annotate.spoken import counted
from annotate.tokens import tokens, touched
from annotate.writers.dataset import CodedArticle, Dataset, Written
from annotate.writers.labelled import OWN, labels_of, own, parts_of
from annotate.writers.spans import Options

NAME, TITLE, SUFFIX, ROWS, QUALIFIERS = "prodigy", "Prodigy (JSON Lines)", ".jsonl", "spans", True


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """A line for each coder of an article; one that nobody marked has a line without spans.

    Spans may overlap, as for spans.manual. Raises UserError without text.
    """
    if not options.text:
        raise UserError("Prodigy labels texts; they cannot be left out.")
    labels = labels_of(dataset.taxonomies)
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    marks = gapped = misfits = 0
    for article in dataset.articles():
        words = tokens(article.text)
        listed = [_token(article.text, words, number) for number in range(len(words))]
        for coder in sorted({span.coder for span in article.spans}) or [""]:
            spans = [span for span in article.spans if span.coder == coder]
            stretches = [_span(part, labels[span.code], words) for span in spans for part in parts_of(span)]
            held: dict[str, Any] = {"text": article.text, "tokens": listed, "spans": stretches}
            held |= {"meta": _meta(article), "_view_id": "spans_manual", "answer": "accept"}
            if coder:
                held |= {"_annotator_id": coder, "_session_id": coder}
            out.write(encode(held | {OWN: own(article, spans, labels)}).encode() + b"\n")
            misfits += sum(not _fits(part, words) for span in spans for part in parts_of(span))
        marks += len(article.spans)
        gapped += sum(bool(span.parts) for span in article.spans)
    return Written(marks, tuple(_notes(gapped, misfits)))


def _notes(gapped: int, misfits: int) -> list[str]:
    notes = [f"{counted(gapped, 'mark')} with gaps: a span for each part."] if gapped else []
    if misfits:
        notes.append(f"{counted(misfits, 'span')} within tokens: open them with --highlight-chars.")
    return notes


def _token(text: str, words: Sequence[Span], number: int) -> dict[str, Any]:
    start, end = words[number]
    return {
        "text": text[start:end],
        "start": start,
        "end": end,
        "id": number,
        "ws": text[end : end + 1].isspace(),
    }


def _span(part: Span, label: str, words: Sequence[Span]) -> dict[str, Any]:
    held: dict[str, Any] = {"start": part[0], "end": part[1], "label": label}
    first, end = touched(words, *part)
    return held | ({"token_start": first, "token_end": end - 1} if first < end else {})


def _fits(part: Span, words: Sequence[Span]) -> bool:
    first, end = touched(words, *part)
    return first < end and (words[first][0], words[end - 1][1]) == part


def _meta(article: CodedArticle) -> dict[str, str]:
    said = {"title": article.title, "outlet": article.outlet, "date": article.date}
    return {name: value for name, value in said.items() if value}
