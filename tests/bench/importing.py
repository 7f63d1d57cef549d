"""Ten thousand text files imported, undone and redone, and marks made while it goes on."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import sqlite3
import statistics
import tempfile
import time
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path

from storage import Project, articles, coders, highlights
from storage.importing import Importer
from tests.bench.project import text_of
from tests.bench.row import Row

FILES, LENGTH = 10_000, 6_000


def measure(files: int = FILES) -> list[Row]:
    """The rows on importing `files` texts; takes about a minute for 10,000."""
    folder = Path(tempfile.mkdtemp(prefix="postil-import-"))
    try:
        texts = make_files(folder, files)
        path = folder / "p.postil"
        import_ms = timed_import(path, texts)
        raw_ms = raw_insert(path, folder / "raw.postil")
        named = f"{files:,} text files"
        return [
            Row(f"import {named}", import_ms, raw_ms, "<= 2.5x"),
            *to_and_fro(path, named),
            *marks_beside(folder / "q.postil", texts),
        ]
    finally:
        shutil.rmtree(folder)


def make_files(folder: Path, files: int) -> Path:
    texts = folder / "texts"
    texts.mkdir()
    chance = random.Random(3)
    for number in range(files):
        (texts / f"{number:05}.txt").write_text(text_of(chance, LENGTH), encoding="utf-8")
    return texts


def timed_import(path: Path, texts: Path) -> float:
    with Project.create(path) as project:
        began = time.perf_counter()
        report = Importer(project).run([texts])
        taken = time.perf_counter() - began
        assert not report.failures
        assert articles.count(project) == len(report.articles)
    return taken * 1000


def raw_insert(path: Path, raw: Path) -> float:
    """The floor: the same rows into the same tables, indexes and word index, as one executemany each."""
    Project.create(raw).close()
    source, target = sqlite3.connect(path), sqlite3.connect(raw, isolation_level=None)
    rows = {
        table: source.execute(f"SELECT * FROM [{table}]").fetchall()
        for table in ("article", "article_text", "original")
    }
    source.close()
    target.execute("PRAGMA journal_mode=WAL")
    target.execute("PRAGMA synchronous=FULL")
    began = time.perf_counter()
    target.execute("BEGIN")
    for table, each in rows.items():
        target.executemany(f"INSERT INTO [{table}] VALUES ({', '.join('?' * len(each[0]))})", each)
    target.execute("COMMIT")
    taken = time.perf_counter() - began
    target.close()
    return taken * 1000


def to_and_fro(path: Path, named: str) -> list[Row]:
    first = path.stat().st_size
    with Project.open(path) as project:
        began = time.perf_counter()
        project.undo()
        undone = time.perf_counter() - began
        assert articles.count(project) == 0
    with Project.open(path) as project:
        began = time.perf_counter()
        project.redo()
        redone = time.perf_counter() - began
    return [
        Row(f"undo the import of {named}", undone * 1000, 0.0, ""),
        Row(f"redo the import of {named}", redone * 1000, 0.0, ""),
        Row("file size in MB after import, undo, redo", path.stat().st_size / 1e6, first / 1e6, "<= 2.2x"),
    ]


def marks_beside(path: Path, texts: Path) -> list[Row]:
    """How long a mark takes to be on the disk, alone and while another process imports."""
    with Project.create(path, hold=True) as project:
        one = path.parent / "one.txt"
        one.write_text("The article that is being read. " * 200)
        Importer(project, coder="Ada").run([one])
        alone = make_marks(project, 200)
        spawn = multiprocessing.get_context("spawn")
        begun = spawn.Event()
        process = spawn.Process(target=import_beside, args=(path, texts, begun))
        process.start()
        begun.wait()
        beside = make_marks(project, 10_000, process)
        process.join()
    ordered, floor = sorted(beside), sorted(alone)
    return [
        Row(
            "a mark stored beside an import, median",
            statistics.median(ordered),
            statistics.median(floor),
            "<= 16 ms with painting",
        ),
        Row(
            "a mark stored beside an import, p99",
            ordered[len(ordered) * 99 // 100],
            floor[len(floor) * 99 // 100],
            "<= 60 ms with painting",
        ),
    ]


def make_marks(project: Project, times: int, beside: BaseProcess | None = None) -> list[float]:
    """Milliseconds each took; no more are made once the process `beside` has ended."""
    (article,) = articles.all_articles(project, [project.value("SELECT id FROM article WHERE number = 1")])
    coder = coders.all_coders(project)[0].id
    taken = []
    for number in range(times):
        made = highlights.make(article.id, coder, None, [(number, number + 5)])
        began = time.perf_counter()
        project.do("Highlight", lambda step, made=made: highlights.add(step, [made]), coder)
        taken.append((time.perf_counter() - began) * 1000)
        if beside is not None and not beside.is_alive():
            break
        time.sleep(0.02)
    return taken


def import_beside(path: Path, texts: Path, begun: Event) -> None:
    with Project.open(path) as project:

        def progress(_: object) -> bool:
            begun.set()
            return True

        Importer(project, beside=True, progress=progress).run([texts])


def main() -> None:
    for row in measure():
        print(f"{row.work:45} {row.ours_ms:9.1f} {row.floor_ms:9.1f}  {row.target}")


if __name__ == "__main__":
    main()
