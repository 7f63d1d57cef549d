"""Marks written to a file, against the bare library that writes the same columns."""

from __future__ import annotations

import csv
import json
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from annotate.ids import new_id, now
from annotate.writers import Dataset, Options, export
from annotate.writers.spans import COLUMNS, CodedSpan
from storage import Project, articles
from storage.exchange import Choice, dataset
from tests.bench.project import big_project, median_ms, some_words
from tests.bench.row import Row

MARKS, FEW, MANY = 200_000, 10_000, 100_000
Cells = Sequence[tuple[Any, ...]]
Bare = Callable[[Cells, Path], None]


def rows() -> Iterator[Row]:
    made = list(some_marks(MARKS))
    data = Dataset("Bench", [], ["Ana", "Ben"], lambda: iter(made), lambda: iter(()))
    cells = [span[: len(COLUMNS)] for span in made]
    out = Path(tempfile.gettempdir()) / "postil-bench.out"
    kinds: list[tuple[str, Bare, str]] = [("csv", bare_csv, "<= 3x"), ("jsonl", bare_jsonl, "<= 3x")]
    if find_spec("pyarrow") is not None:
        kinds.append(("parquet", bare_parquet, "<= 2x"))
    for name, bare, target in kinds:
        ours = median_ms(lambda name=name: export(name, data, out, Options()), 3)  # type: ignore[misc]
        floor = median_ms(lambda bare=bare: bare(cells, out), 3)  # type: ignore[misc]
        yield Row(f"write {MARKS:,} marks as {name}", ours, floor, target)
    few = Dataset("Bench", [], ["Ana", "Ben"], lambda: iter(made[:FEW]), lambda: iter(()))
    ours = median_ms(lambda: export("xlsx", few, out, Options()), 1)
    yield Row(
        f"write {FEW:,} marks as xlsx", ours, median_ms(lambda: bare_xlsx(cells[:FEW], out), 1), "<= 3x"
    )
    yield from _whole(out)
    out.unlink()


def _whole(out: Path) -> Iterator[Row]:
    """Out of a project of 1,000,000 marks on 100,000 articles, and peak memory of a process that does it."""
    with Project.open(big_project(), write=False) as project:
        some = Choice(articles=[each.id for each in articles.all_articles(project)[: MANY // 10]])
        took = median_ms(lambda: export("qdpx", dataset(project, some), out, Options()), 1)
        yield Row(f"write {MANY:,} marks with their texts as qdpx", took, 0, "<= 30 s")
        took = median_ms(lambda: export("jsonl", dataset(project), out, Options()), 1)
        floor = median_ms(lambda: _jsonl_over(project, out), 1)
        yield Row("write 1,000,000 marks of a project as jsonl", took, floor, "<= 3x")


def _jsonl_over(project: Project, out: Path) -> None:
    """The same objects by the json module, from one query with the quotes cut in SQLite."""
    query = project.db.conn.execute("SELECT * FROM coded_span")
    names = [each[0] for each in query.description]
    with out.open("w", encoding="utf-8") as file:
        for row in query:
            file.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n")


def bare_csv(made: Cells, out: Path) -> None:
    with out.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(made)


def bare_jsonl(made: Cells, out: Path) -> None:
    with out.open("w", encoding="utf-8") as file:
        for span in made:
            file.write(json.dumps(dict(zip(COLUMNS, span, strict=True)), ensure_ascii=False) + "\n")


def bare_parquet(made: Cells, out: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = dict(zip(COLUMNS, map(list, zip(*made, strict=True)), strict=True))
    pq.write_table(pa.table(columns), out)


def bare_xlsx(made: Cells, out: Path) -> None:
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
