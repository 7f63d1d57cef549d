"""What another process does to the project is noticed, undone and waited for."""

from __future__ import annotations

import multiprocessing
import sqlite3
import time
from pathlib import Path

from storage import Project, articles, highlights
from tests.storage.data import contents, ids_of, mark, project_with


def rename(project: Project, title: str) -> None:
    project.do(title, lambda step: articles.edit(step, ids_of(project)[:1], title=title))


def _elsewhere(path: Path, work: str, argument: str) -> None:
    with Project.open(path) as project:
        if work == "rename":
            rename(project, argument)
        elif work == "undo":
            project.undo()
        elif work == "remove mark":
            project.do("Remove", lambda step: highlights.remove(step, [argument]))


def elsewhere(path: Path, work: str, argument: str = "") -> None:
    """Does something to the project in another process."""
    process = multiprocessing.get_context("fork").Process(target=_elsewhere, args=(path, work, argument))
    process.start()
    process.join()
    assert process.exitcode == 0


def test_poll_tells_what_another_process_did(tmp_path: Path) -> None:
    path = tmp_path / "p.postil"
    with project_with(path) as project:
        first, second = ids_of(project)
        made = mark(project, second, 0, 3, "f-2")
        assert project.poll() is None
        elsewhere(path, "rename", "Other")
        change = project.poll()
        assert change
        assert (change.ids, change.articles) == ({"article": {first}}, {first})
        assert project.poll() is None
        elsewhere(path, "remove mark", made.id)
        change = project.poll()
        assert change
        assert (change.ids, change.articles, change.codes) == ({"highlight": {made.id}}, {second}, {"f-2"})
        elsewhere(path, "undo")
        change = project.poll()
        assert change
        assert (change.ids, change.articles, change.codes) == ({"highlight": {made.id}}, {second}, {"f-2"})


def test_poll_tells_of_another_process_also_after_a_step_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "p.postil"
    with project_with(path) as project:
        first, second = ids_of(project)
        elsewhere(path, "rename", "Other")
        mark(project, second, 0, 3)
        change = project.poll()
        assert change
        assert (set(change.ids), change.articles) == ({"article"}, {first})
        assert project.poll() is None


def test_what_was_announced_since_a_step_is_not_told_again(tmp_path: Path) -> None:
    path = tmp_path / "p.postil"
    with project_with(path) as project:
        before = project.last_step()
        made = mark(project, ids_of(project)[0], 0, 3)
        change = project.changes_since(before)
        assert change
        assert change.ids == {"highlight": {made.id}}
        elsewhere(path, "rename", "Other")
        change = project.poll()
        assert change
        assert set(change.ids) == {"article"}


def test_undo_takes_back_what_another_process_did(tmp_path: Path) -> None:
    path = tmp_path / "p.postil"
    with project_with(path) as project:
        before = contents(project)
        elsewhere(path, "rename", "Other")
        change = project.undo()
        assert change
        assert change.label == "Other"
        assert contents(project) == before


def test_a_step_waits_for_another_process(tmp_path: Path) -> None:
    path = tmp_path / "p.postil"
    with project_with(path) as project:
        other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        from threading import Timer

        Timer(0.05, lambda: other.execute("COMMIT")).start()
        began = time.perf_counter()
        rename(project, "Later")
        assert 0.02 < time.perf_counter() - began < 1
        other.close()
