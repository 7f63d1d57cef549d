"""Coded spans as JSON Lines: one object a mark, which `highlights import` reads back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO

from annotate.model import Taxonomy
from annotate.writers.spans import CodedSpan, Options

NAME, TITLE, SUFFIX, ROWS = "jsonl", "JSON Lines", ".jsonl", "spans"


def available() -> bool:
    return True


def write(
    spans: Iterable[CodedSpan], taxonomies: Iterable[Taxonomy], out: IO[bytes], options: Options
) -> int:
    """One line per mark; gives their number. Empty fields are left out but for `code`, which may be null."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    number = 0
    for span in spans:
        number += 1
        held = {name: value for name, value in zip(span._fields, span, strict=True) if value != ""}
        if span.parts:
            held["parts"] = json.loads(span.parts)
        if not options.text:
            held.pop("quote", None)
        out.write(encode(held).encode("utf-8", "surrogatepass") + b"\n")
    return number
