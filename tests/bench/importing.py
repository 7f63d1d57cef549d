"""Importing 10,000 text files: beside raw inserts of the same rows, and with marks made meanwhile."""

from __future__ import annotations

import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from annotate.model import Draft
from storage import Project, articles, coders, highlights
from storage.importing import Importer
from tests.bench.row import Row

FILES, SIZE = 10_000, 6_000
ROOT = Path(__file__).resolve().parent.parent.parent


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        made = files(place / "files")
        path = place / "study.postil"
        Project.create(path).close()
        began = time.perf_counter()
        with Project.open(path) as project:
            Importer(project).run([made])
        ours = (time.perf_counter() - began) * 1000
        yield Row(
            f"import {FILES:,} text files of 6 KB",
            ours,
            _floor(path, place / "raw.sqlite"),
            "<= 2.5x",
        )
        yield from _undone(path)
        yield from _beside(place, made)


def files(folder: Path) -> Path:
    import random

    from tests.bench.project import some_words

    chance = random.Random(3)
    folder.mkdir()
    for at in range(FILES):
        words = " ".join(some_words(chance, SIZE // 7)) + f" {at}"
        lines = [words[n : n + 400] for n in range(0, len(words), 400)]
        (folder / f"{at:05}.txt").write_text(f"Article number {at}\n" + "\n".join(lines), encoding="utf-8")
    return folder


def _floor(path: Path, raw: Path) -> float:
    """The same rows into the same tables, with the same indexes and full-text triggers, by executemany."""
    source = sqlite3.connect(path)
    schema = [
        sql
        for (sql,) in source.execute(
            """SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index', 'trigger')
               AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'article_text_fts_%'
               ORDER BY type = 'index', type = 'trigger'"""
        )
    ]
    triggers = [sql for (sql,) in source.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
    held = {
        table: source.execute(f"SELECT * FROM {table}").fetchall()
        for table in ("article", "article_text", "original")
    }
    source.close()
    target = sqlite3.connect(raw, isolation_level=None)
    target.execute("PRAGMA journal_mode=WAL")
    for sql in [*schema, *(trigger for trigger in triggers if trigger not in schema)]:
        target.execute(sql)
    began = time.perf_counter()
    target.execute("BEGIN")
    for table, found in held.items():
        if found:
            target.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(found[0]))})", found)
    target.execute("COMMIT")
    taken = (time.perf_counter() - began) * 1000
    target.close()
    return taken


def _undone(path: Path) -> Iterator[Row]:
    first = path.stat().st_size
    with Project.open(path) as project:
        began = time.perf_counter()
        project.undo()
        undone = (time.perf_counter() - began) * 1000
        began = time.perf_counter()
        project.redo()
        redone = (time.perf_counter() - began) * 1000
        assert articles.count(project) == FILES
    yield Row("undo that import", undone, redone, "(floor: redo)")
    yield Row("file size after undo and redo, MB", path.stat().st_size / 1e6, first / 1e6, "<= 2.2x")


def _beside(place: Path, files: Path) -> Iterator[Row]:
    """Marks made, durable, while another process imports; without painting, which the reading bench has."""
    path = place / "beside.postil"
    with Project.create(path, hold=True) as project:
        ids: list[str] = []
        project.do(
            "Add",
            lambda s: ids.extend(articles.add(s, [Draft(text="words " * 900, title="t")], ["t"], [None])),
        )
        project.do("Coder", lambda step: coders.ensure(step, "Ana"))
        coder = coders.all_coders(project)[0].id
        alone = _marks(project, ids[0], coder, 100)
        source = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from storage import Project
from storage.importing import Importer
with Project.open(Path({str(path)!r})) as project:
    Importer(project, beside=True).run([Path({str(files)!r})])
"""
        child = subprocess.Popen([sys.executable, "-c", source])
        time.sleep(1)
        taken: list[float] = []
        while child.poll() is None:
            taken += _marks(project, ids[0], coder, 10)
            project.poll()
    taken.sort()
    floor = statistics.median(alone)
    yield Row(
        "mark durable while 10,000 files come in, median", statistics.median(taken), floor, "<= 16 ms painted"
    )
    yield Row(
        "mark durable while 10,000 files come in, p99",
        taken[len(taken) * 99 // 100],
        floor,
        "<= 60 ms painted",
    )


def _marks(project: Project, article: str, coder: str, number: int) -> list[float]:
    taken = []
    for at in range(number):
        made = highlights.make(article, coder, None, [(at, at + 9)])
        began = time.perf_counter()
        project.do("Mark", lambda step, made=made: highlights.add(step, [made]))
        taken.append((time.perf_counter() - began) * 1000)
        time.sleep(0.02)
    return taken
