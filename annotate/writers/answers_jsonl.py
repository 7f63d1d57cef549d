"""Answers about whole articles as JSON Lines: one object an answer, which `answers import` reads back."""

from __future__ import annotations

import json
from typing import IO

from annotate.writers.dataset import Dataset, Written
from annotate.writers.spans import Options

NAME, TITLE, SUFFIX, ROWS = "answers", "Answers (JSON Lines)", ".jsonl", "answers"


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """Every line has every field; `values` and `labels` are lists."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    number = 0
    for answer in dataset.answers():
        number += 1
        out.write(encode(answer._asdict()).encode() + b"\n")
    return Written(number)
