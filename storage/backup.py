"""Copies of the project in a folder beside it: made through SQLite's backup API, thinned by age."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from annotate.errors import UserError
from storage.errors import AlreadyOpen, Damaged, said
from storage.file import claim, inspect, release

KEPT = 10
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2}) (\d{2})(\d{2})(\d{2}) step (\d+)\.postil$")


@dataclass(frozen=True, slots=True)
class Backup:
    path: Path
    made: datetime  # UTC
    step: int  # the last step it holds
    size: int  # bytes


def backup_folder(project: Path) -> Path:
    return project.with_name(f"{project.stem} backups")


def backups(project: Path) -> list[Backup]:
    """The backups of a project, newest first."""
    found = []
    folder = backup_folder(project)
    for path in folder.iterdir() if folder.is_dir() else ():
        if matched := _NAME.search(path.name):
            day, hour, minute, second, step = matched.groups()
            made = datetime.fromisoformat(f"{day}T{hour}:{minute}:{second}+00:00")
            found.append(Backup(path, made, int(step), path.stat().st_size))
    return sorted(found, key=lambda backup: (backup.made, backup.step), reverse=True)


def make_backup(project: Path, *, only_if_changed: bool = False) -> Backup | None:
    """Copies the project as it stands; None when `only_if_changed` and the last copy holds all steps.

    Safe while a window or another process writes. Raises UserError when there is no room for it.
    """
    with said(project), closing(_reading(project)) as source:
        step = _last_step(source)
        known = backups(project)
        if only_if_changed and known and known[0].step == step:
            return None
        made = _kept_as_backup(source, project, step)
    thin_out(project)
    return made


def restore(project: Path, backup: Path) -> Backup | None:
    """Puts a backup in the place of the project, whose present state is backed up first.

    Returns the copy of the present state, None where there was none or it was damaged (it is then kept
    beside the project with `damaged` in its name). Raises UserError if somebody has the project open.
    """
    inspect(backup)
    fresh = project.with_name(f".{project.name}.restored")
    lock = claim(project)
    try:
        with said(backup), closing(_reading(backup)) as source:
            _copy(source, fresh)
            if not _is_whole(fresh):
                raise Damaged(f"The backup {backup.name} is damaged; take another.")
        present = _put_aside(project) if project.exists() else None
        os.replace(fresh, project)
    except OSError as error:
        raise UserError(f"{project.name} could not be restored: {error.strerror}.") from None
    finally:
        fresh.unlink(missing_ok=True)
        release(lock)
    thin_out(project)
    return present


def _put_aside(project: Path) -> Backup | None:
    """Keeps the present state: as a backup if it is whole, else as it is, beside the project."""
    if _is_project(project):
        with said(project), closing(sqlite3.connect(project, isolation_level=None, timeout=1)) as source:
            _make_one_file(source, project)
            return _kept_as_backup(source, project, _last_step(source))
    aside = _free_name(project)
    for suffix in ("", "-wal", "-journal"):
        beside = project.with_name(project.name + suffix)
        if beside.exists():
            os.replace(beside, aside.with_name(aside.name + suffix))
    project.with_name(project.name + "-shm").unlink(missing_ok=True)
    return None


def _is_project(path: Path) -> bool:
    try:
        inspect(path)
    except UserError:
        return False
    return _is_whole(path)


def _make_one_file(source: sqlite3.Connection, project: Path) -> None:
    try:
        source.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        raise AlreadyOpen(f"{project.name} is open in another program; close it there first.") from None


def _free_name(project: Path) -> Path:
    names = (f"{project.stem} damaged{f' {n}' if n else ''}{project.suffix}" for n in count())
    return next(path for name in names if not (path := project.with_name(name)).exists())


def _is_whole(path: Path) -> bool:
    try:
        with closing(_reading(path)) as source:
            return bool(source.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _last_step(source: sqlite3.Connection) -> int:
    if not source.execute("SELECT 1 FROM sqlite_master WHERE name = 'step'").fetchone():
        return 0  # the very first format had no steps
    return int(source.execute("SELECT coalesce(max(id), 0) FROM step").fetchone()[0])


def _kept_as_backup(source: sqlite3.Connection, project: Path, step: int) -> Backup:
    folder = backup_folder(project)
    _need_room(project, folder.parent)
    at = datetime.now(UTC).replace(microsecond=0)
    path = folder / f"{at:%Y-%m-%d %H%M%S} step {step}.postil"
    try:
        folder.mkdir(exist_ok=True)
        _copy(source, path)
        return Backup(path, at, step, path.stat().st_size)
    except OSError as error:
        raise UserError(f"The backup of {project.name} could not be made: {error.strerror}.") from None


def thin_out(project: Path) -> None:
    """Drops the backups that are more than are kept."""
    for backup in thinned_out(backups(project)):
        backup.path.unlink(missing_ok=True)


def thinned_out(known: Iterable[Backup], at: datetime | None = None) -> list[Backup]:
    """Which backups to drop, keeping ten: the newest and the oldest stay, and between them the one goes
    whose neighbours are closest together for their age, so that they lie ever wider apart in time.
    """
    at = at or datetime.now(UTC)
    kept = sorted(known, key=lambda each: (each.made, each.step), reverse=True)
    dropped = []
    while len(kept) > KEPT:
        ages = [max((at - backup.made).total_seconds(), 0) + 1 for backup in kept]
        gaps = [ages[n + 1] / ages[n - 1] for n in range(1, len(kept) - 1)]
        dropped.append(kept.pop(1 + gaps.index(min(gaps))))
    return dropped


def copy_to(project: Path, path: Path) -> None:
    """A copy of the project as it stands, safe while others write it. Raises UserError."""
    with said(project), closing(sqlite3.connect(f"{project.resolve().as_uri()}?mode=ro", uri=True)) as source:
        _copy(source, path)


def _copy(source: sqlite3.Connection, path: Path) -> None:
    """Copies what `source` is open on into a file that is whole, or not there."""
    unfinished = path.with_name(f".{path.name}.new")
    try:
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as target:
            source.backup(target, pages=-1)
            target.execute("PRAGMA journal_mode=DELETE")
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
        unfinished.with_name(unfinished.name + "-journal").unlink(missing_ok=True)


def _need_room(project: Path, folder: Path) -> None:
    free, size = shutil.disk_usage(folder).free, project.stat().st_size
    if free < 2 * size:
        raise UserError(
            f"No backup was made: the disk has {free // 1_000_000:,} MB free, and a copy of {project.name} "
            f"takes {size // 1_000_000:,} MB."
        )
