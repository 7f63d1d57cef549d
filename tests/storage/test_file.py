"""The file in a bad world: each trouble is one sentence, and nothing is lost."""

from __future__ import annotations

import multiprocessing.connection
import multiprocessing.synchronize
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlite_utils import Database

from annotate.errors import UserError
from storage import AlreadyOpen, Damaged, Project, ReadOnlyPlace, articles, coders, highlights
from storage.checking import check
from storage.file import is_held
from storage.layout import known_versions
from storage.schema import migrations
from tests.shared import ROOT
from tests.storage.data import add_texts, contents, ids_of, mark, project_with

LONG = ["some words " * 3000] * 4


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "p.postil"
    project_with(made, LONG).close()
    return made


def files_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def one_sentence(error: pytest.ExceptionInfo[UserError]) -> None:
    said = str(error.value)
    assert said.endswith(".")
    assert "\n" not in said
    assert "Traceback" not in said


# ---------------------------------------------------------------- what is no project


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path) -> None:
    path.write_text("A text and no project. " * 20)


def _foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE song (title)")
    db.close()


def _newer(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version={known_versions() + 1}")
    db.close()


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _cut_in_the_header(path: Path) -> None:
    os.truncate(path, 50)


def _gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_empty, "p.postil is empty"),
        (_text, "is no Postil project"),
        (_foreign, "a database of another program"),
        (_newer, "newer Postil"),
        (_folder, "is a folder"),
        (_cut, "is damaged"),
        (_cut_in_the_header, "is damaged"),
        (_gone, "There is no project at"),
    ],
)
def test_what_is_no_project_is_said_and_left_as_it_is(
    path: Path, spoil: Callable[[Path], None], said: str, write: bool
) -> None:
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(UserError, match=said) as error:
        Project.open(path, write=write, hold=write)
    one_sentence(error)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert files_in(path.parent) in (["p.postil"], [])


@pytest.mark.parametrize("seed", range(12))
def test_flipped_bytes_are_damage_or_harmless(path: Path, seed: int) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096 + seed * (size - 8192) // 12)
        file.write(bytes(255 - n % 7 for n in range(2500)))
    with suppress(Damaged), Project.open(path) as project:
        for id in ids_of(project):
            articles.text(project, id)
        mark(project, ids_of(project)[0], 0, 3)
        contents(project)


def test_flipped_bytes_are_found_by_a_check(path: Path) -> None:
    middle = path.stat().st_size // 2
    with path.open("r+b") as file:
        file.seek(middle)
        file.write(b"\xff" * 3000)
    told: list[object] = []
    try:
        with Project.open(path, write=False) as project:
            told += check(project)
    except Damaged as error:
        told.append(error)
    assert told


def test_a_closed_project_opens_in_any_tool(path: Path) -> None:
    with Project.open(path) as project:
        mark(project, ids_of(project)[0], 0, 4)
    with sqlite3.connect(path) as other:
        assert other.execute("PRAGMA application_id").fetchone() == (0x504F5354,)
        assert other.execute("SELECT quote, coder FROM coded_span").fetchall() == [("some", "Ada")]
    other.close()


def test_a_spoilt_text_is_damage(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("UPDATE article_text SET text = CAST(x'fffe41' AS TEXT)")
    db.close()
    with Project.open(path) as project, pytest.raises(Damaged):
        articles.text(project, ids_of(project)[0])


# ---------------------------------------------------------------- made and closed


def test_a_new_project_takes_no_ones_place(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(UserError, match="already there"):
        Project.create(path)
    assert path.read_bytes() == before


def test_a_new_project_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no folder") as error:
        Project.create(tmp_path / "no" / "p.postil")
    one_sentence(error)
    assert files_in(tmp_path) == []


def test_a_project_that_could_not_be_made_leaves_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(db: Database) -> None:
        db.execute("CREATE TABLE half (made)")
        db.execute("PRAGMA max_page_count=1")
        db.execute("INSERT INTO half VALUES (zeroblob(100000))")

    monkeypatch.setattr(migrations, "apply", fail)
    with pytest.raises(UserError, match="full") as error:
        Project.create(tmp_path / "p.postil")
    one_sentence(error)
    assert files_in(tmp_path) == []


def test_a_project_can_be_made_where_there_are_no_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    with Project.create(tmp_path / "p.postil", "On a stick") as project:
        assert project.title == "On a stick"
    with pytest.raises(UserError, match="already there"):
        Project.create(tmp_path / "p.postil")
    assert files_in(tmp_path) == ["p.postil"]


def journal_mode(path: Path) -> str:
    with path.open("rb") as file:
        return "wal" if file.read(20)[18] == 2 else "delete"


def test_a_closed_project_is_one_file(path: Path) -> None:
    with Project.open(path, hold=True) as project:
        mark(project, ids_of(project)[0], 0, 3)
        assert journal_mode(path) == "wal"
    assert journal_mode(path) == "delete"
    assert files_in(path.parent) == ["p.postil"]


def test_it_stays_in_its_log_while_another_reads_and_the_next_close_mends_it(path: Path) -> None:
    with Project.open(path) as project:
        reader = Project.open(path, write=False)
        made = mark(project, ids_of(project)[0], 0, 3)
    assert journal_mode(path) == "wal"
    assert highlights.highlight(reader, made.id) == made
    reader.close()
    Project.open(path).close()
    assert journal_mode(path) == "delete"
    assert files_in(path.parent) == ["p.postil"]


def test_reading_changes_no_byte(path: Path) -> None:
    before = path.read_bytes(), path.stat().st_mtime_ns
    with Project.open(path, write=False) as project:
        contents(project)
        with pytest.raises(ReadOnlyPlace, match="open read-only"):
            mark(project, ids_of(project)[0], 0, 3)
        with pytest.raises(ReadOnlyPlace):
            project.undo()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert files_in(path.parent) == ["p.postil"]


def test_reading_beside_a_window_sees_its_steps(path: Path) -> None:
    with Project.open(path, hold=True) as project, Project.open(path, write=False) as reader:
        made = mark(project, ids_of(project)[0], 0, 3)
        assert highlights.highlight(reader, made.id) == made


# ---------------------------------------------------------------- places that cannot be written


SCRIPT = """
import sys
from pathlib import Path
from annotate.errors import UserError
from storage import Project, ReadOnlyPlace, articles
path = Path(sys.argv[1])
try:
    Project.open(path)
except ReadOnlyPlace as error:
    print(error)
with Project.open(path, write=False) as project:
    print(articles.count(project))
try:
    Project.create(path.with_name("new.postil"))
except UserError as error:
    print(error)
"""


@pytest.mark.parametrize("folder_too", [True, False])
def test_a_read_only_place_can_be_read(path: Path, folder_too: bool) -> None:
    command = [sys.executable, "-c", SCRIPT, str(path)]
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("root may write everywhere, and there is no setpriv to become somebody else")
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
        for each in path.parent.parents:
            if not each.stat().st_mode & 0o001 and each.stat().st_uid == os.geteuid():
                each.chmod(each.stat().st_mode | 0o011)
    path.chmod(0o444)
    path.parent.chmod(0o555 if folder_too else 0o777)
    before = path.read_bytes()
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT)})
    path.parent.chmod(0o777)
    if "Permission denied" in answer.stderr and "python" in answer.stderr:
        pytest.skip("another user may not read this Python")
    said, count, made = [*answer.stdout.splitlines(), "", "", ""][:3]
    assert said == "p.postil cannot be written to; open it read-only or copy it elsewhere.", answer.stderr
    assert count == str(len(LONG))
    assert made.startswith("new.postil cannot be opened") == folder_too
    assert path.read_bytes() == before
    assert files_in(path.parent) == (["p.postil"] if folder_too else ["new.postil", "p.postil"])


# ---------------------------------------------------------------- held, moved, killed


def test_a_second_window_may_only_read(path: Path) -> None:
    with Project.open(path, hold=True) as project:
        with pytest.raises(AlreadyOpen, match="another window") as error:
            Project.open(path, hold=True)
        one_sentence(error)
        with Project.open(path, write=False) as reader:
            assert contents(reader) == contents(project)
        with Project.open(path) as command:  # a command beside the window may write
            mark(command, ids_of(command)[0], 0, 3)
        assert is_held(path)
    assert not is_held(path)
    Project.open(path, hold=True).close()


def _hold(path: Path, ready: multiprocessing.synchronize.Event) -> None:
    project = Project.open(path, hold=True)
    mark(project, ids_of(project)[0], 0, 3)
    ready.set()
    signal.pause()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked process")
def test_a_window_that_was_killed_holds_nothing(path: Path) -> None:
    fork = multiprocessing.get_context("fork")
    ready = fork.Event()
    window = fork.Process(target=_hold, args=(path, ready))
    window.start()
    ready.wait()
    with pytest.raises(AlreadyOpen):
        Project.open(path, hold=True)
    assert is_held(path)
    window.kill()
    window.join()
    assert {"p.postil-wal", ".p.postil.open"} <= set(files_in(path.parent))
    assert not is_held(path)
    with Project.open(path, hold=True) as project:
        assert highlights.count(project) == 1
    assert files_in(path.parent) == ["p.postil"]


def test_a_log_left_by_a_crash_is_worked_in(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "crashed"
    folder.mkdir()
    with Project.open(path) as project:
        project.do("Add", lambda step: add_texts(step, LONG))
        whole = contents(project)
        for suffix in ("", "-wal"):
            shutil.copy(tmp_path / f"p.postil{suffix}", folder / f"p.postil{suffix}")
    with Project.open(folder / "p.postil", write=False) as project:
        assert contents(project) == whole
    with Project.open(folder / "p.postil") as project:
        assert contents(project) == whole
    assert files_in(folder) == ["p.postil"]


def test_a_crash_while_the_log_was_worked_in_is_no_damage(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "crashed"
    folder.mkdir()
    with Project.open(path) as project:
        before = path.stat().st_size
        project.do("Add", lambda step: add_texts(step, LONG * 3))
        whole = contents(project)
        shutil.copy(tmp_path / "p.postil-wal", folder / "p.postil-wal")
        project.db.execute("PRAGMA wal_checkpoint(FULL)")
        shutil.copy(path, folder / "p.postil")
    assert path.stat().st_size > before
    os.truncate(folder / "p.postil", before)  # its header was written, its end was not
    with Project.open(folder / "p.postil") as project:
        assert contents(project) == whole


def test_a_newer_format_in_the_log_of_a_crash_is_noticed(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "crashed"
    folder.mkdir()
    with Project.open(path) as project:
        project.db.execute(f"PRAGMA user_version={known_versions() + 1}")
        for suffix in ("", "-wal"):
            shutil.copy(tmp_path / f"p.postil{suffix}", folder / f"p.postil{suffix}")
    for write in (True, False):
        with pytest.raises(UserError, match="newer Postil"):
            Project.open(folder / "p.postil", write=write)


@pytest.mark.skipif(os.name != "posix", reason="an open file cannot be moved there")
def test_a_project_moved_while_open_takes_no_more_steps_until_it_is_back(path: Path) -> None:
    elsewhere = path.with_name("moved.postil")
    with Project.open(path) as project:
        mark(project, ids_of(project)[0], 0, 3)
        path.rename(elsewhere)
        with pytest.raises(UserError, match="moved, replaced or deleted") as error:
            mark(project, ids_of(project)[0], 4, 6)
        one_sentence(error)
        elsewhere.rename(path)
        mark(project, ids_of(project)[0], 4, 6)
        path.rename(elsewhere)
    with Project.open(elsewhere) as project:
        assert highlights.count(project) == 2


# ---------------------------------------------------------------- a full disk


def test_a_full_disk_loses_nothing_but_the_step(path: Path) -> None:
    with Project.open(path) as project:
        mark(project, ids_of(project)[0], 0, 3)
        before = contents(project)
        pages = project.value("PRAGMA page_count")
        project.db.execute(f"PRAGMA max_page_count={pages + 2}")
        with pytest.raises(UserError, match="is full") as error:
            project.do("Add", lambda step: add_texts(step, LONG))
        one_sentence(error)
        assert contents(project) == before
        project.db.execute("PRAGMA max_page_count=1000000")
        project.do("Add", lambda step: add_texts(step, LONG))
        assert articles.count(project) == 2 * len(LONG)


def _write_until_refused(path: Path, limit: int, pipe: multiprocessing.connection.Connection) -> None:
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    project = Project.open(path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        while True:
            project.do("Add", lambda step: add_texts(step, LONG))
            pipe.send(articles.count(project))
    except UserError as error:
        pipe.send(str(error))
    project.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits a forked process")
def test_a_file_that_may_not_grow_keeps_all_acknowledged_steps(path: Path) -> None:
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe()
    limit = path.stat().st_size + 600_000
    writer = fork.Process(target=_write_until_refused, args=(path, limit, theirs))
    writer.start()
    heard = list(_until_sentence(ours))
    writer.join()
    assert writer.exitcode == 0
    assert "The last step was not stored" in heard[-1] or "is full" in heard[-1]
    with Project.open(path) as project:
        assert articles.count(project) == heard[-2]
        assert project.rows("PRAGMA integrity_check") == [("ok",)]


def _until_sentence(pipe: multiprocessing.connection.Connection) -> Iterator[int | str]:
    while True:
        yield (word := pipe.recv())
        if isinstance(word, str):
            return


# ---------------------------------------------------------------- what others left


def test_a_log_left_by_a_deleted_project_does_not_get_into_a_new_one(path: Path, tmp_path: Path) -> None:
    log = path.with_name(path.name + "-wal")
    with Project.open(path) as project:
        project.do("Coder", lambda step: coders.ensure(step, "Cleo"))
        left = log.read_bytes()
    path.unlink()
    log.write_bytes(left)
    with Project.create(path, "New") as project:
        assert project.title == "New"
        assert articles.count(project) == 0
        assert check(project) == []
    assert (tmp_path / f"{log.name} left over").read_bytes() == left


def test_a_copy_of_an_open_project_is_read_without_a_trace(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    folder.mkdir()
    with Project.open(path):
        shutil.copy(path, folder / "p.postil")
    with Project.open(folder / "p.postil", write=False) as project:
        assert articles.count(project) == len(LONG)
    assert files_in(folder) == ["p.postil"]


def test_the_version_is_the_number_of_migrations() -> None:
    assert known_versions() == len(migrations._migrations)
