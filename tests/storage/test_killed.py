"""A process killed at a random moment loses nothing that it had acknowledged."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from storage import Project, articles
from storage.importing import Importer, reports, resume, seal, unfinished
from tests.storage.data import add_texts, contents, ids_of, project_with

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked process")
KILLS = 200


def killed(work: Callable[[int], None], after: Callable[[int], float]) -> bytes:
    """Runs `work(pipe)` in a child, kills it, and gives what came through the pipe.

    `after(pipe)` is asked, with the reading end, how many seconds to wait.
    """
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(ours)
            work(theirs)
        finally:
            os._exit(0)
    os.close(theirs)
    time.sleep(after(ours))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    came = b""
    while piece := os.read(ours, 1 << 16):
        came += piece
    os.close(ours)
    return came


def whole(path: Path) -> None:
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    db.close()


def test_acknowledged_steps_survive_two_hundred_kills(tmp_path: Path) -> None:
    path = tmp_path / "p.postil"
    project_with(path).close()
    chance = random.Random(20)
    known: dict[str, bool] = {}

    def steps(pipe: int) -> None:
        with Project.open(path) as project:
            for number in range(1_000_000):
                name = f"{os.getpid()}-{number}"
                if number % 7 == 3:
                    project.undo()
                    os.write(pipe, b"-\n")
                else:
                    added: list[str] = []

                    def work(step: object, name: str = name, added: list[str] = added) -> None:
                        added += add_texts(step, [name * 200])

                    project.do(name, work)
                    os.write(pipe, added[0].encode() + b"\n")
                if number % 40 == 39:
                    project.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    total = 0
    for _ in range(KILLS):
        came = killed(steps, lambda _: chance.uniform(0.005, 0.12)).decode()
        lines = came.split("\n")[:-1]
        total += len(lines)
        for line in lines:
            if line == "-":
                known.pop(next(reversed(known)))
            else:
                known[line] = True
        whole(path)
        with Project.open(path) as project:
            there = ids_of(project)[2:]
            assert project.rows("PRAGMA foreign_key_check") == []
        acknowledged = list(known)
        unheard = 1  # one step may have been stored and not yet acknowledged: an addition or an undo
        assert there[: len(acknowledged)] == acknowledged or there == acknowledged[:-unheard]
        assert len(there) <= len(acknowledged) + unheard
        known = dict.fromkeys(there, True)
    assert total > KILLS


def test_a_killed_import_is_finished_or_taken_back(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for number in range(400):
        (texts / f"{number:03}.txt").write_text(f"Text number {number}. " * 20)
    chance = random.Random(21)
    interrupted = 0
    for attempt in range(12):
        path = tmp_path / f"p{attempt}.postil"
        with project_with(path, ["before"]) as project:
            before = contents(project)

        def importing(pipe: int, path: Path = path) -> None:
            with Project.open(path) as project:
                Importer(
                    project,
                    coder="Ada",
                    beside=True,
                    progress=lambda now: os.write(pipe, b"." * (now.done > 8)) >= 0,
                ).run([tmp_path / "missing.txt", texts])

        killed(importing, lambda pipe: len(os.read(pipe, 1)) * chance.uniform(0, 0.15))
        whole(path)
        with Project.open(path) as project:
            found = unfinished(project)
            if not found:
                continue
            interrupted += 1
            (left,) = found
            there = articles.count(project) - 1
            assert there == left.done == 400 - len(left.paths)
            if attempt % 2:
                seal(project, left.run)
            else:
                report = resume(project, left)
                assert (len(report.articles), report.duplicates, report.failures) == (len(left.paths), [], [])
                assert articles.count(project) == 401
            assert unfinished(project) == []
            if there or attempt % 2 == 0:
                project.undo()
            assert contents(project) == before
    assert interrupted > 3


def test_an_import_that_runs_is_not_taken_for_a_killed_one(tmp_path: Path) -> None:
    path = tmp_path / "p.postil"
    (tmp_path / "a.txt").write_text("A text.")
    seen = []
    with project_with(path) as project, Project.open(path) as other:

        def look(_: object) -> bool:
            seen.append(unfinished(other))
            return True

        Importer(project, progress=look).run([tmp_path / "a.txt"])
    assert seen == [[]]
    assert sorted(tmp_path.glob(".*")) == []


def test_an_import_interrupted_as_it_closes_is_closed_once_more(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "a.txt").write_text("A text.")
    with project_with(tmp_path / "p.postil") as project:
        importer = Importer(project)

        def interrupted(_: object) -> None:
            monkeypatch.undo()
            raise KeyboardInterrupt

        monkeypatch.setattr("storage.importing.asdict", interrupted)
        with pytest.raises(KeyboardInterrupt):
            importer.run([tmp_path / "a.txt"])
        assert [left.done for left in unfinished(project)] == [1]
        for _ in range(2):
            importer.close()
            assert unfinished(project) == []
            assert [len(report.articles) for _, report in reports(project)] == [1]
