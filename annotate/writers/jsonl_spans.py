"""Coded spans as JSON Lines: one object a mark, which `highlights import` reads back."""

from __future__ import annotations

import json
from operator import itemgetter
from typing import IO

from annotate.writers.dataset import Dataset, Written
from annotate.writers.related import CodedRelation, by_source
from annotate.writers.spans import CodedSpan, Options

NAME, TITLE, SUFFIX, ROWS, QUALIFIERS, RELATED = "jsonl", "JSON Lines", ".jsonl", "spans", True, True


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """One line per mark. Every line has every field: `code`, `parts` and `boxes` may be null; `qualifiers` is there
    where a mark has some.

    Without text there is no `quote`; words around it, the part and fields of the article are there if they were chosen.
    A mark from which relations start has them as `relations`, whose `target` is the id of another mark.
    """
    links = by_source(dataset.relations())
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    number = 0
    names = options.columns
    drawn = itemgetter(*map(CodedSpan._fields.index, names))
    for span in dataset.spans():
        number += 1
        held: dict[str, object] = dict(zip(names, drawn(span), strict=True))
        held["parts"] = json.loads(span.parts) if span.parts else None
        held["boxes"] = json.loads(span.boxes) if span.boxes else None
        if span.qualifiers:
            held["qualifiers"] = dict(span.qualifiers)
        if options.fields:
            held["fields"] = dict(zip(options.fields, span.fields, strict=True))
        if span.id in links:
            held["relations"] = [_relation(each) for each in links[span.id]]
        out.write(encode(held).encode() + b"\n")
    return Written(number)


def _relation(link: CodedRelation) -> dict[str, object]:
    said = link._asdict()
    return {name: value for name, value in said.items() if name not in ("article", "source")}
