"""Backups: made when something changed, thinned by age, and gone back to."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import UserError
from storage import AlreadyOpen, Project, highlights
from storage.backup import KEPT, Backup, backup_folder, backups, make_backup, restore, thinned_out
from storage.schema import migrations
from tests.storage.conftest import fill, mark


@pytest.fixture
def path(tmp_path: Path) -> Path:
    where = tmp_path / "study.postil"
    with Project.create(where, "Study") as project:
        mark(fill(project))
    return where


def count(path: Path) -> int:
    with Project.open(path, write=False) as project:
        return highlights.count(project)


def add_mark(path: Path) -> None:
    from tests.storage.test_files import fill_again

    with Project.open(path) as project:
        mark(fill_again(project), 1, 4)


def test_a_copy_is_made_once_per_change(path: Path) -> None:
    made = make_backup(path, only_if_changed=True)
    assert made is not None
    assert make_backup(path, only_if_changed=True) is None
    add_mark(path)
    assert make_backup(path, only_if_changed=True) is not None
    assert len(backups(path)) == 2
    assert count(backups(path)[0].path) == 2


def test_a_copy_while_it_is_open_and_written(path: Path) -> None:
    from tests.storage.test_files import fill_again

    with Project.open(path, hold=True) as project:
        mark(fill_again(project), 1, 4)
        made = make_backup(path)
    assert made is not None
    assert count(made.path) == 2


def test_going_back_keeps_the_present_state(path: Path) -> None:
    old = make_backup(path)
    assert old is not None
    add_mark(path)
    present = restore(path, old.path)
    assert count(path) == 1
    assert present is not None
    assert count(present.path) == 2
    assert sorted(each.name for each in path.parent.iterdir()) == ["study backups", "study.postil"]


def test_going_back_is_refused_while_a_window_is_open(path: Path) -> None:
    old = make_backup(path)
    assert old is not None
    with Project.open(path, hold=True), pytest.raises(AlreadyOpen):
        restore(path, old.path)


def test_a_damaged_project_is_kept_aside(path: Path) -> None:
    old = make_backup(path)
    assert old is not None
    path.write_bytes(path.read_bytes()[:9000])
    assert restore(path, old.path) is None
    assert count(path) == 1
    assert (path.parent / "study damaged.postil").stat().st_size == 9000


def test_what_is_no_backup_is_refused(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("words " * 100)
    before = path.read_bytes()
    with pytest.raises(UserError, match="no Postil project"):
        restore(path, other)
    assert path.read_bytes() == before


AGES = st.lists(st.integers(0, 60 * 24 * 400), min_size=1, max_size=40, unique=True)


@given(AGES)
def test_thinning_keeps_ten_at_most_and_always_the_newest(ages: list[int]) -> None:
    at = datetime(2026, 5, 5, 12, tzinfo=UTC)
    known = [Backup(Path(str(age)), at - timedelta(minutes=age), 1, 1) for age in ages]
    dropped = thinned_out(known, at)
    kept = [backup for backup in known if backup not in dropped]
    assert 1 <= len(kept) <= KEPT
    assert max(backup.made for backup in known) == max(backup.made for backup in kept)
    assert thinned_out(kept, at) == []


def test_an_older_file_is_copied_before_it_is_brought_up_to_date(tmp_path: Path) -> None:
    from sqlite_utils import Database

    old = tmp_path / "old.postil"
    db = Database(sqlite3.connect(old, isolation_level=None))
    last = migrations._migrations[-1].name
    migrations.apply(db, stop_before=last)
    db.execute(f"PRAGMA user_version={len(migrations._migrations) - 1}")
    db.execute("PRAGMA application_id=0x504F5354")
    db.table("project").insert({"id": "p", "title": "Old", "created": ""})
    db.close()
    with pytest.raises(UserError, match="older"):
        Project.open(old, write=False)
    with Project.open(old) as project:
        assert project.title == "Old"
        assert project.rows("SELECT * FROM code_frequency") == []
    assert len(list(backup_folder(old).iterdir())) == 1
