"""Copies of the project in a folder beside it: made through SQLite's backup API, thinned by age."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from annotate.errors import UserError
from storage.errors import said
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
    source = sqlite3.connect(f"{project.resolve().as_uri()}?mode=ro", uri=True)
    try:
        with said(project):
            step = int(source.execute("SELECT coalesce(max(id), 0) FROM step").fetchone()[0])
        known = backups(project)
        if only_if_changed and known and known[0].step == step:
            return None
        folder = backup_folder(project)
        _need_room(project, folder.parent)
        folder.mkdir(exist_ok=True)
        stamp = datetime.now(UTC).strftime("%Y-%m-%d %H%M%S")
        path = folder / f"{stamp} step {step}.postil"
        _copy(source, path, project)
    except OSError as error:
        raise UserError(f"The backup of {project.name} could not be made: {error.strerror}.") from None
    finally:
        source.close()
    for backup in thinned_out(backups(project)):
        backup.path.unlink(missing_ok=True)
    return next(backup for backup in backups(project) if backup.path == path)


def restore(project: Path, backup: Path) -> Backup | None:
    """Puts a backup in the place of the project, whose present state is backed up first.

    Returns the copy of the present state, None where it was too damaged to copy (it is then kept
    beside the project with `damaged` in its name). Raises UserError if a window holds the project.
    """
    inspect(backup)
    lock = claim(project)
    try:
        present = None
        if project.exists():
            try:
                inspect(project)
                present = make_backup(project)
            except UserError:
                shutil.copy2(project, project.with_name(f"{project.stem} damaged.postil"))
        fresh = project.with_name(f".{project.name}.restored")
        source = sqlite3.connect(f"{backup.resolve().as_uri()}?mode=ro", uri=True)
        try:
            _copy(source, fresh, project)
        finally:
            source.close()
        for beside in ("-wal", "-shm", "-journal"):
            project.with_name(project.name + beside).unlink(missing_ok=True)
        os.replace(fresh, project)
        return present
    finally:
        release(lock)


def thinned_out(known: Iterable[Backup], at: datetime | None = None) -> list[Backup]:
    """Which backups to drop, keeping ten: all of the last hour, then one an hour, one a day, one a week."""
    at = at or datetime.now(UTC)
    taken: set[str] = set()
    dropped = []
    kept = 0
    for backup in sorted(known, key=lambda each: (each.made, each.step), reverse=True):
        place = _place(backup, at - backup.made)
        if place in taken or kept >= KEPT:
            dropped.append(backup)
        else:
            taken.add(place)
            kept += 1
    return dropped


def _place(backup: Backup, age: timedelta) -> str:
    made = backup.made
    if age < timedelta(hours=1):
        return f"{made.isoformat()} {backup.step}"
    if age < timedelta(days=1):
        return made.strftime("%Y-%m-%d %H")
    if age < timedelta(days=14):
        return made.strftime("%Y-%m-%d")
    return made.strftime("%G week %V")


def _copy(source: sqlite3.Connection, path: Path, project: Path) -> None:
    unfinished = path.with_name(f".{path.name}.new")
    try:
        with said(project):
            target = sqlite3.connect(unfinished)
            try:
                source.backup(target, pages=-1)
                target.execute("PRAGMA journal_mode=DELETE")
            finally:
                target.close()
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def _need_room(project: Path, folder: Path) -> None:
    free, size = shutil.disk_usage(folder).free, project.stat().st_size
    if free < 2 * size:
        raise UserError(
            f"No backup was made: the disk has {free // 1_000_000:,} MB free, and a copy of {project.name} "
            f"takes {size // 1_000_000:,} MB."
        )
