"""Backups: made while others write, thinned, restored, and made before an older file is changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import UserError
from storage import AlreadyOpen, Project, articles, highlights
from storage.backup import KEPT, Backup, backup_folder, backups, make_backup, restore, thinned_out
from storage.layout import known_versions
from storage.search import search
from tests.storage.data import add_texts, contents, ids_of, mark, project_with

FILES = Path(__file__).parent.parent / "files"


def flip(path: Path, at: int, count: int = 4000) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(os.urandom(count))


def test_a_backup_is_made_when_something_changed(tmp_path: Path) -> None:
    path = tmp_path / "p.postil"
    project_with(path).close()
    first = make_backup(path, only_if_changed=True)
    assert first
    assert make_backup(path, only_if_changed=True) is None
    with Project.open(path) as project:
        mark(project, ids_of(project)[0], 0, 3)
        second = make_backup(path, only_if_changed=True)  # while it is open, with a log beside it
        whole = contents(project)
    assert second
    assert [each.path for each in backups(path)] == [second.path, first.path]
    with Project.open(second.path, write=False) as copy:
        assert contents(copy) == whole
    assert {each.name for each in backup_folder(path).iterdir()} == {second.path.name, first.path.name}


def test_a_backup_made_while_others_write_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "p.postil"
    project_with(path).close()
    stop = threading.Event()

    def write() -> None:
        with Project.open(path) as project:
            while not stop.is_set():
                project.do("Add", lambda step: add_texts(step, ["some words " * 500] * 5))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        made = [make_backup(path) for _ in range(4)]
    finally:
        stop.set()
        thread.join()
    for each in made:
        assert each
        with Project.open(each.path, write=False) as copy:
            assert copy.rows("PRAGMA integrity_check") == [("ok",)]
            assert copy.rows("PRAGMA foreign_key_check") == []
            assert (articles.count(copy) - 2) % 5 == 0


AGES = st.lists(st.integers(0, 3 * 365 * 86_400), max_size=30, unique=True)


@given(AGES)
def test_ten_backups_are_kept_with_the_newest_and_the_oldest(ages: list[int]) -> None:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    known = [Backup(Path(str(age)), now - timedelta(seconds=age), 1, 1) for age in ages]
    dropped = thinned_out(known, now)
    kept = [each for each in known if each not in dropped]
    assert len(kept) == min(len(known), KEPT)
    if known:
        assert min(known, key=lambda each: now - each.made) in kept
        assert max(known, key=lambda each: now - each.made) in kept


def test_a_year_of_work_keeps_old_days_and_new_hours() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    kept: list[Backup] = []
    for hour in range(0, 365 * 24, 3):
        now = at + timedelta(hours=hour)
        kept.append(Backup(Path(str(hour)), now, hour, 1))
        dropped = thinned_out(kept, now)
        kept = [each for each in kept if each not in dropped]
    ages = sorted((now - each.made).total_seconds() / 3600 for each in kept)
    assert sum(age <= 24 for age in ages) >= 2
    assert sum(24 < age <= 24 * 31 for age in ages) >= 2
    assert sum(age > 24 * 31 for age in ages) >= 2


def test_restoring_goes_back_and_keeps_what_was(tmp_path: Path) -> None:
    path = tmp_path / "p.postil"
    with project_with(path) as project:
        before = contents(project)
    first = make_backup(path)
    assert first
    with Project.open(path) as project:
        mark(project, ids_of(project)[0], 0, 3)
        after = contents(project)
    present = restore(path, first.path)
    assert present
    with Project.open(path) as project:
        assert contents(project) == before
    restore(path, present.path)
    with Project.open(path) as project:
        assert contents(project) == after
    assert {each.name for each in tmp_path.iterdir()} == {"p.postil", "p backups"}


def test_the_oldest_of_ten_backups_can_be_restored(tmp_path: Path) -> None:
    path = tmp_path / "p.postil"
    project_with(path).close()
    made = make_backup(path)
    assert made
    for number in range(KEPT):
        shutil.copy(made.path, made.path.with_name(f"2025-01-0{number % 9 + 1} 0{number}0000 step 1.postil"))
    for each in reversed(backups(path)):
        with Project.open(path) as project:
            mark(project, ids_of(project)[0], 0, 3)
        if each.path.exists():
            restore(path, each.path)
            with Project.open(path) as project:
                assert highlights.count(project) == 0
    assert len(backups(path)) <= KEPT


@pytest.mark.parametrize("hold", [True, False])
def test_a_project_that_is_open_is_not_replaced(tmp_path: Path, hold: bool) -> None:
    path = tmp_path / "p.postil"
    project_with(path).close()
    made = make_backup(path)
    assert made
    with Project.open(path, hold=hold) as project:
        with pytest.raises(AlreadyOpen):
            restore(path, made.path)
        mark(project, ids_of(project)[0], 0, 3)
    with Project.open(path) as project:
        assert highlights.count(project) == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["p backups", "p.postil"]


@pytest.mark.parametrize("at", [0, 40, 9_000])
def test_a_damaged_project_is_kept_aside(tmp_path: Path, at: int) -> None:
    path = tmp_path / "p.postil"
    with project_with(path, ["some words " * 2000] * 3) as project:
        whole = contents(project)
    made = make_backup(path)
    assert made
    flip(path, at, 60_000 if at else 16)
    damaged = path.read_bytes()
    assert restore(path, made.path) is None
    with Project.open(path) as project:
        assert contents(project) == whole
    assert (tmp_path / "p damaged.postil").read_bytes() == damaged
    assert [each.path for each in backups(path)] == [made.path]


def test_a_damaged_backup_is_not_restored(tmp_path: Path) -> None:
    path = tmp_path / "p.postil"
    with project_with(path, ["some words " * 2000] * 3) as project:
        whole = contents(project)
    made = make_backup(path)
    assert made
    flip(made.path, 9_000, 60_000)
    with pytest.raises(UserError, match="damaged"):
        restore(path, made.path)
    with Project.open(path) as project:
        assert contents(project) == whole
    assert sorted(each.name for each in tmp_path.iterdir()) == ["p backups", "p.postil"]


def test_a_deleted_project_is_restored(tmp_path: Path) -> None:
    path = tmp_path / "p.postil"
    with project_with(path) as project:
        whole = contents(project)
    made = make_backup(path)
    assert made
    path.unlink()
    assert restore(path, made.path) is None
    with Project.open(path) as project:
        assert contents(project) == whole


# ---------------------------------------------------------------- files of earlier versions


def test_the_first_format_is_brought_up_to_date_after_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "old.postil"
    shutil.copy(FILES / "format-1.postil", path)
    with pytest.raises(UserError, match="opened for writing once"):
        Project.open(path, write=False)
    before = path.read_bytes()
    with Project.open(path) as project:
        assert project.value("PRAGMA user_version") == known_versions()
        assert [each.title for each in articles.all_articles(project)] == ["An old article"]
        assert [hit.title for hit in search(project, "printed")] == ["An old article"]
        mark(project, ids_of(project)[0], 0, 3, None)
        project.undo()
    (copy,) = backups(path)
    assert copy.step == 0
    with sqlite3.connect(copy.path) as kept, sqlite3.connect(FILES / "format-1.postil") as old:
        assert list(kept.iterdump()) == list(old.iterdump())
    kept.close()
    old.close()
    assert path.read_bytes() != before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["old backups", "old.postil"]


def test_the_first_release_opens_for_ever_after(tmp_path: Path) -> None:
    path = tmp_path / "first.postil"
    shutil.copy(FILES / "first-release.postil", path)
    with Project.open(path) as project:
        assert [each.title for each in articles.all_articles(project)] == ["Border closed", "Café 😀"]
        assert [
            (m.start, m.end, m.parts, m.memo) for m in highlights.of_article(project, ids_of(project)[1])
        ] == [
            (5, 20, ((5, 6), (10, 20)), "with a gap"),
            (5, 6, (), ""),
        ]
        assert [hit.number for hit in search(project, "monday")] == [1]
        assert project.redo()
        assert articles.all_articles(project)[0].title == "Border closed again"
        while project.undo():
            pass
        assert articles.count(project) == 0
        while project.redo():
            pass
        assert articles.count(project) == 2
