"""Marks written to a file, against the bare library that writes the same columns."""

from __future__ import annotations

import csv
import json
import random
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

from annotate.ids import new_id, now
from annotate.writers import Dataset, Options, export
from annotate.writers.spans import COLUMNS, CodedSpan
from tests.bench.project import median_ms, some_words
from tests.bench.row import Row

MARKS, FEW = 200_000, 10_000
Bare = Callable[[list[CodedSpan], Path], None]


def rows() -> Iterator[Row]:
    made = list(some_marks(MARKS))
    data = Dataset("Bench", [], ["Ana", "Ben"], lambda: iter(made), lambda: iter(()))
    out = Path(tempfile.gettempdir()) / "postil-bench.out"
    kinds: list[tuple[str, Bare, str]] = [("csv", bare_csv, "<= 3x"), ("jsonl", bare_jsonl, "<= 3x")]
    if find_spec("pyarrow") is not None:
        kinds.append(("parquet", bare_parquet, "<= 2x"))
    for name, bare, target in kinds:
        ours = median_ms(lambda name=name: export(name, data, out, Options()), 3)  # type: ignore[misc]
        floor = median_ms(lambda bare=bare: bare(made, out), 3)  # type: ignore[misc]
        yield Row(f"write {MARKS:,} marks as {name}", ours, floor, target)
    few = Dataset("Bench", [], ["Ana", "Ben"], lambda: iter(made[:FEW]), lambda: iter(()))
    ours = median_ms(lambda: export("xlsx", few, out, Options()), 1)
    yield Row(f"write {FEW:,} marks as xlsx", ours, median_ms(lambda: bare_xlsx(made[:FEW], out), 1), "<= 3x")
    out.unlink()


def bare_csv(made: list[CodedSpan], out: Path) -> None:
    with out.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(made)


def bare_jsonl(made: list[CodedSpan], out: Path) -> None:
    with out.open("w", encoding="utf-8") as file:
        for span in made:
            file.write(json.dumps(span._asdict(), ensure_ascii=False) + "\n")


def bare_parquet(made: list[CodedSpan], out: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = dict(zip(COLUMNS, map(list, zip(*made, strict=True)), strict=True))
    pq.write_table(pa.table(columns), out)


def bare_xlsx(made: list[CodedSpan], out: Path) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for span in made:
        sheet.append(span)
    book.save(out)


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
