"""The file itself: what its header says, a connection to it, and whose window holds it."""

from __future__ import annotations

import os
import sqlite3
import struct
from pathlib import Path

from filelock import FileLock, Timeout
from sqlite_utils import Database

from annotate.errors import UserError
from storage.errors import AlreadyOpen, Damaged
from storage.schema import APPLICATION_ID, known_versions

BUSY_SECONDS = 20.0


def connect(path: Path, options: str = "") -> Database:
    """A connection with everything that is set per connection."""
    target = path.resolve().as_uri() + ("?" + options if options else "")
    connection = sqlite3.connect(target, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    db = Database(connection, recursive_triggers=True)
    db.execute("PRAGMA foreign_keys=ON")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("PRAGMA cache_size=-32000")
    db.execute("PRAGMA temp_store=MEMORY")
    return db


def inspect(path: Path) -> int:
    """The format version in the file's header. Raises a UserError for whatever is no project."""
    if not path.exists():
        raise UserError(f"There is no project at {path}.")
    if path.is_dir():
        raise UserError(f"{path} is a folder, no project file.")
    try:
        with path.open("rb") as file:
            head = file.read(100)
        size = path.stat().st_size
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror}.") from None
    if size == 0:
        raise UserError(f"{path.name} is empty, no Postil project.")
    if not head.startswith(b"SQLite format 3\0"):
        raise UserError(f"{path.name} is no Postil project.")
    if len(head) < 100:
        raise Damaged(f"{path.name} is damaged: it ends after {size} bytes. Restore a backup.")
    page, pages = struct.unpack(">H", head[16:18])[0], struct.unpack(">I", head[28:32])[0]
    page = 65536 if page == 1 else page
    version, application = struct.unpack(">I", head[60:64])[0], struct.unpack(">I", head[68:72])[0]
    if application != APPLICATION_ID:
        raise UserError(f"{path.name} is a database of another program, no Postil project.")
    if pages * page > size:
        raise Damaged(
            f"{path.name} is damaged: {size:,} of its {pages * page:,} bytes are there. Restore a backup "
            "(File menu, or: postil restore)."
        )
    if version > known_versions():
        raise UserError(
            f"{path.name} was made by a newer Postil (format {version}; this one reads up to "
            f"{known_versions()}). Install the newer version to open it."
        )
    return int(version)


def claim(path: Path) -> FileLock:
    """Holds the project for one window; the system lets go of it when the process ends, however it ends.

    Raises AlreadyOpen.
    """
    lock = FileLock(path.with_name(f".{path.name}.open"), thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise AlreadyOpen(
            f"{path.name} is open in another window; close it there, or open it read-only here."
        ) from None
    return lock


def is_held(path: Path) -> bool:
    """Whether a window has the project open now."""
    if not path.with_name(f".{path.name}.open").exists():
        return False
    try:
        release(claim(path))
    except AlreadyOpen:
        return True
    except OSError:
        return False
    return False


def release(lock: FileLock | None) -> None:
    """Lets go of what `claim` gave."""
    if lock is None:
        return
    if os.name == "posix":  # elsewhere a held file cannot be removed
        Path(lock.lock_file).unlink(missing_ok=True)
    lock.release()
