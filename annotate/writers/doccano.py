"""Texts with labelled stretches as doccano reads them: JSON Lines, a text a line. Positions are code points."""

from __future__ import annotations

import json
from typing import IO

from annotate.errors import UserError
from annotate.spoken import counted
from annotate.writers.dataset import Dataset, Written
from annotate.writers.labelled import OWN, labels_of, own, parts_of
from annotate.writers.spans import Options

NAME, TITLE, SUFFIX, ROWS, QUALIFIERS = "doccano", "doccano (JSON Lines)", ".jsonl", "spans", True


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """The labels of all coders stand side by side, a label for each part of a mark with gaps.

    What doccano has no place for goes along as `postil`. Raises UserError without text.
    """
    if not options.text:
        raise UserError("doccano labels texts; they cannot be left out.")
    labels = labels_of(dataset.taxonomies)
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    marks = gapped = 0
    coders: set[str] = set()
    for number, article in enumerate(dataset.articles(), 1):
        stretches = [[*part, labels[span.code]] for span in article.spans for part in parts_of(span)]
        held = {"id": number, "text": article.text, "label": stretches, "title": article.title}
        out.write(encode(held | {OWN: own(article, article.spans, labels)}).encode() + b"\n")
        marks += len(article.spans)
        gapped += sum(bool(span.parts) for span in article.spans)
        coders.update(span.coder for span in article.spans)
    notes = [f"{counted(gapped, 'mark')} with gaps: a label for each part."] if gapped else []
    if len(coders) > 1:
        notes.append(f"The labels of {len(coders)} coders stand side by side; whose each is, `postil` says.")
    return Written(marks, tuple(notes))
