"""Marks written to a file, against the bare library that writes the same columns."""

from __future__ import annotations

import io
import json
import random
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from annotate.ids import new_id, now
from annotate.writers import Dataset, Options, export
from annotate.writers.spans import COLUMNS, CodedSpan
from tests.bench.project import median_ms, some_words
from tests.bench.row import Row

MARKS = 200_000


def rows() -> Iterator[Row]:
    if find_spec("pyarrow") is None:
        return
    made = list(some_marks(MARKS))
    data = Dataset("Bench", [], ["Ana", "Ben"], lambda: iter(made), lambda: iter(()))
    out = Path(tempfile.gettempdir()) / "postil-bench.parquet"
    ours = median_ms(lambda: export("parquet", data, out, Options()), 3)
    yield Row(f"write {MARKS:,} marks to Parquet", ours, median_ms(lambda: bare_parquet(made), 3), "<= 2x")
    out.unlink()


def bare_parquet(made: list[CodedSpan]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = dict(zip(COLUMNS, map(list, zip(*made, strict=True)), strict=True))
    pq.write_table(pa.table(columns), io.BytesIO())


def some_marks(number: int) -> Iterator[CodedSpan]:
    """Ten marks an article, quotes of about thirty words."""
    chance, stamp = random.Random(1), now()
    for at in range(number):
        if at % 10 == 0:
            article, title = new_id(), " ".join(some_words(chance, 7))
        start = chance.randint(0, 6000)
        quote = " ".join(some_words(chance, chance.randint(4, 60)))
        code = chance.randint(1, 60)
        parts = json.dumps([[start, start + 4], [start + 9, start + 30]]) if at % 50 == 0 else ""
        yield CodedSpan(
            new_id(), article, title, "Meridian Post", "", "2025-03-12", "", "en", "done", "0" * 64, start,
            start + len(quote), parts, quote, "cap", f"cap:{code}", str(code), f"Code {code}",
            f"Policy > Code {code}", chance.choice(("Ana", "Ben")), "", "", stamp, stamp,
        )  # fmt: skip
