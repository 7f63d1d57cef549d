"""Whatever is wrong with a file is said in one sentence, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from annotate.errors import UserError
from storage import AlreadyOpen, Damaged, Project, ReadOnlyPlace, articles, highlights
from storage.checking import check
from storage.schema import known_versions
from tests.shared import ROOT
from tests.storage.conftest import fill, mark


@pytest.fixture
def path(tmp_path: Path) -> Path:
    where = tmp_path / "study.postil"
    with Project.create(where, "Study") as project:
        filled = fill(project)
        for at in range(20):
            mark(filled, 0, 3 + at % 5)
    return where


def said(path: Path, kind: type[UserError] = UserError, **how: bool) -> str:
    with pytest.raises(kind) as caught:
        Project.open(path, **how)
    text = str(caught.value)
    assert text.endswith(".")
    assert path.name in text
    return text


def test_closed_it_is_one_file_that_any_sqlite_reads(path: Path) -> None:
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    with sqlite3.connect(path) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert other.execute("PRAGMA application_id").fetchone() == (0x504F5354,)
        assert other.execute("SELECT quote FROM coded_span LIMIT 1").fetchone() == ("A t",)
    other.close()


def test_missing_folder_and_empty(tmp_path: Path) -> None:
    assert "no project" in said(tmp_path / "none.postil")
    assert "folder" in said(tmp_path)
    empty = tmp_path / "empty.postil"
    empty.touch()
    assert "empty" in said(empty)
    assert empty.stat().st_size == 0


def test_no_project_and_another_programs_database(tmp_path: Path) -> None:
    text = tmp_path / "text.postil"
    text.write_text("not a database, but long enough to be looked at " * 10)
    assert "no Postil project" in said(text)
    other = tmp_path / "other.postil"
    with sqlite3.connect(other) as made:
        made.execute("CREATE TABLE x (y)")
    made.close()
    assert "another program" in said(other)


def test_a_newer_file_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as made:
        made.execute(f"PRAGMA user_version={known_versions() + 1}")
    made.close()
    before = path.read_bytes()
    assert "newer" in said(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("keep", [50, 120, 5000, 0.5, 0.99])
def test_a_cut_off_file(path: Path, keep: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(keep if keep > 1 else keep * len(data))])
    assert "damaged" in said(path, Damaged)


def test_bytes_changed_in_the_middle_are_found_by_check_or_said(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 3000] = b"\xff" * 3000
    path.write_bytes(data)
    told: list[object] = []
    try:
        with Project.open(path, write=False) as project:
            told += check(project)
    except Damaged as error:
        told.append(error)
    assert told


def test_a_second_window_is_refused_and_can_read(path: Path) -> None:
    with Project.open(path, hold=True) as first:
        said(path, AlreadyOpen, hold=True)
        with Project.open(path, write=False) as second:
            assert articles.count(second) == 2
            with pytest.raises(ReadOnlyPlace):
                second.do("Mark", lambda step: None)
        assert first.writable
    Project.open(path, hold=True).close()


def test_a_window_that_died_does_not_hold_the_project(path: Path) -> None:
    source = f"""
import sys, os
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from storage import Project
project = Project.open(Path({str(path)!r}), hold=True)
print("held", flush=True)
sys.stdin.read()
"""
    holder = subprocess.Popen([sys.executable, "-c", source], stdin=-1, stdout=-1)
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == b"held\n"
    said(path, AlreadyOpen, hold=True)
    holder.kill()
    holder.wait()
    holder.stdout.close()
    holder.stdin.close()
    with Project.open(path, hold=True) as project:
        assert highlights.count(project) == 20


def test_reading_changes_no_byte(path: Path) -> None:
    before, stamp = path.read_bytes(), path.stat().st_mtime_ns
    with Project.open(path, write=False) as project:
        check(project)
        articles.all_articles(project)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, stamp)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_full_disk_loses_only_the_last_step(path: Path) -> None:
    with Project.open(path) as project:
        filled_article = project.rows("SELECT id FROM article")[0][0]
        coder = project.rows("SELECT id FROM coder")[0][0]
        pages = project.value("PRAGMA page_count")
        project.db.conn.execute(f"PRAGMA max_page_count={pages + 1}")
        count = highlights.count(project)
        with pytest.raises(UserError, match="full"):
            project.do(
                "Many",
                lambda step: highlights.add(
                    step,
                    [
                        highlights.make(filled_article, coder, None, [(0, 2)], memo="x" * 900)
                        for _ in range(500)
                    ],
                ),
            )
        assert highlights.count(project) == count
        project.db.conn.execute("PRAGMA max_page_count=1000000")
        mark_again = highlights.make(filled_article, coder, None, [(0, 2)])
        project.do("One", lambda step: highlights.add(step, [mark_again]))
        assert highlights.count(project) == count + 1


def test_a_step_beside_a_long_write_of_another_waits(path: Path) -> None:
    import threading
    import time

    with Project.open(path) as one:

        def hold() -> None:
            with Project.open(path) as other, other.unlogged():
                began.set()
                time.sleep(0.3)

        began = threading.Event()
        thread = threading.Thread(target=hold)
        thread.start()
        began.wait()
        from storage import coders

        one.do("Coder", lambda step: coders.ensure(step, "Cleo"))
        thread.join()
        assert coders.named(one, "Cleo") is not None


def test_what_a_crash_left_is_taken_up(path: Path, tmp_path: Path) -> None:
    with Project.open(path) as project:
        mark(fill_again(project))
        copy = tmp_path / "crashed"
        copy.mkdir()
        for each in (path, path.with_name(path.name + "-wal")):
            shutil.copy(each, copy / each.name)
    with Project.open(copy / path.name) as project:
        assert highlights.count(project) == 21
    assert [each.name for each in copy.iterdir()] == [path.name]


def fill_again(project: Project):
    from tests.storage.conftest import Filled

    ids = [id for (id,) in project.rows("SELECT id FROM article ORDER BY number")]
    people = [id for (id,) in project.rows("SELECT id FROM coder ORDER BY created, id")]
    return Filled(project, *ids, *people)


def test_creating_over_a_file_or_into_nowhere(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(UserError, match="already there"):
        Project.create(path)
    assert path.read_bytes() == before
    with pytest.raises(UserError, match="no folder"):
        Project.create(tmp_path / "nowhere" / "x.postil")
    assert sorted(each.name for each in tmp_path.iterdir()) == [path.name]


@pytest.mark.skipif(os.name != "posix", reason="permissions are another matter elsewhere")
def test_a_read_only_folder_opens_for_reading(path: Path, tmp_path: Path) -> None:
    if shutil.which("setpriv") is None or os.getuid() != 0:
        pytest.skip("needs root and setpriv to become somebody without rights")
    for folder in [tmp_path, *tmp_path.parents]:
        if folder.stat().st_uid == 0 and folder != Path("/") and str(folder).startswith("/tmp/"):
            folder.chmod(0o755)
    path.chmod(0o444)
    source = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from annotate.errors import UserError
from storage import Project, articles
with Project.open(Path({str(path)!r}), write=False) as project:
    print(articles.count(project))
try:
    Project.open(Path({str(path)!r}))
except UserError as error:
    print(type(error).__name__, error)
"""
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", sys.executable, "-c", source]
    done = subprocess.run(nobody, capture_output=True, text=True, cwd="/", check=False)
    if "Permission denied" in done.stderr or "ModuleNotFound" in done.stderr:
        pytest.skip("this Python cannot be run by others")
    assert done.stdout.splitlines()[0] == "2", done.stderr
    assert done.stdout.splitlines()[1].startswith("ReadOnlyPlace study.postil cannot be written to")


def test_a_log_left_by_a_deleted_project_does_not_get_into_a_new_one(path: Path, tmp_path: Path) -> None:
    with Project.open(path) as project:
        mark(fill_again(project))
        log = path.with_name(path.name + "-wal").read_bytes()
    path.unlink()
    path.with_name(path.name + "-wal").write_bytes(log)
    with Project.create(path, "New") as project:
        assert project.title == "New"
        assert articles.count(project) == 0
        assert check(project) == []
    assert (tmp_path / f"{path.name}-wal left over").read_bytes() == log
