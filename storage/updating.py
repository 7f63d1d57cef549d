"""An older file brought up to date: a copy first, then the migrations it lacks."""

from __future__ import annotations

from pathlib import Path

from annotate.errors import UserError
from storage.connection import Connection
from storage.file import format_of
from storage.layout import known_versions
from storage.lock import Lock

WAIT_SECONDS = 60.0


def bring_up_to_date(path: Path, db: Connection) -> None:
    """Runs what an older file lacks; one process at a time. Raises UserError for a newer one, and when
    there is no room for the copy.
    """
    if format_of(path, db) == known_versions():
        return
    from storage.backup import make_backup
    from storage.schema import migrations

    lock = Lock.on(path.with_name(f".{path.name}.update"), WAIT_SECONDS)
    if lock is None:
        raise UserError(f"{path.name} is being brought up to date by another program; try again in a minute.")
    try:
        if format_of(path, db) < known_versions():
            make_backup(path)
            migrations.apply(db.utils)
            db.execute(f"PRAGMA user_version={known_versions()}")
    finally:
        lock.release()
