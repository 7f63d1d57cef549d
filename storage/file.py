"""The file itself: what its header says, a connection to it, and whose window holds it."""

from __future__ import annotations

import json
import os
import sqlite3
import struct
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import combining

from annotate.errors import UserError
from storage.connection import Connection
from storage.errors import AlreadyOpen, Damaged
from storage.layout import APPLICATION_ID, known_versions
from storage.lock import Lock

if TYPE_CHECKING:
    from annotate.filters import Condition

BUSY_SECONDS = 20.0
CLAIM_SECONDS = 0.05  # somebody asking whether a project is held holds it for a moment


def connect(path: Path, options: str = "mode=rw") -> Connection:
    """A connection with everything that is set per connection. `options` are those of SQLite's URIs."""
    target = f"{path.resolve().as_uri()}?{options}"
    connection = sqlite3.connect(target, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    db = Connection(connection)
    db.execute("PRAGMA foreign_keys=ON")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("PRAGMA cache_size=-32000")
    db.execute("PRAGMA temp_store=MEMORY")
    connection.create_function("holds_words", -1, holds_words, deterministic=True)
    connection.create_function("holds_conditions", 10, holds_conditions, deterministic=True)
    connection.create_function("folded", 1, str.casefold, deterministic=True)
    connection.create_function("sorting", 1, sorting, deterministic=True)
    return db


def holds_words(words: str, *fields: str | None) -> bool:
    """Whether every word (casefolded, divided by line breaks) is part of a field, in whatever case.

    SQLite's own LIKE knows upper and lower case in ASCII only. Called for every article.
    """
    try:
        held = "\n".join(fields).casefold()  # type: ignore[arg-type]
    except TypeError:  # a field is NULL
        held = "\n".join(filter(None, fields)).casefold()
    for word in words.split("\n"):  # noqa: SIM110 - all() over a generator takes half as long again
        if word not in held:
            return False
    return True


NAMES = ("title", "outlet", "author", "date", "language", "url", "state", "source")


def holds_conditions(conditions: str, *values: str | None) -> bool:
    """Whether all conditions (JSON) hold for an article's fields: those of NAMES, and its own as JSON."""
    fields = {name: value or "" for name, value in zip(NAMES, values, strict=False)}
    if values[-1]:
        fields |= {name.casefold(): str(value) for name, value in json.loads(values[-1]).items()}
    return all(each.holds(fields) for each in _conditions(conditions))


@lru_cache(maxsize=8)
def _conditions(conditions: str) -> list[Condition]:
    from annotate.filters import Condition

    return [Condition(*each) for each in json.loads(conditions)]


def sorting(text: str | None) -> str:
    """What a title is sorted by: its letters without case and accents."""
    if not text:
        return ""
    if text.isascii():
        return text.lower()
    plain = (letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not combining(letter))
    return "".join(plain)


def inspect(path: Path) -> int:
    """The format version in the file's header. Raises a UserError for whatever is no project.

    After a crash the log beside the file may hold a newer header; ask the open connection too.
    """
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
    if pages * page > size and not _has_log(path):
        raise Damaged(
            f"{path.name} is damaged: {size:,} of its {pages * page:,} bytes are there. Restore a backup "
            "(File menu, or: postil restore)."
        )
    check_version(path, version)
    return int(version)


def check_version(path: Path, version: int) -> None:
    """Raises UserError for a format that this program does not know yet."""
    if version > known_versions():
        raise UserError(
            f"{path.name} was made by a newer Postil (format {version}; this one reads up to "
            f"{known_versions()}). Install the newer version to open it."
        )


def format_of(path: Path, db: Connection) -> int:
    """The format of an open file. Raises UserError for one that is newer than this program."""
    version = int(db.conn.execute("PRAGMA user_version").fetchone()[0])
    check_version(path, version)
    return version


def identity(path: Path) -> tuple[int, int] | None:
    """What tells whether the file at `path` is still the one that was opened."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _has_log(path: Path) -> bool:
    """Whether a crash left a log beside the file, which SQLite works into it at the next opening."""
    logs = (path.with_name(path.name + suffix) for suffix in ("-wal", "-journal"))
    return any(log.exists() and log.stat().st_size for log in logs)


def claim(path: Path, what: str = "open") -> Lock:
    """Holds the project for one window, or for another thing that only one may do at a time; the system
    lets go of it when the process ends, however it ends.

    Raises AlreadyOpen.
    """
    lock = Lock.on(path.with_name(f".{path.name}.{what}"), CLAIM_SECONDS)
    if lock is None:
        raise AlreadyOpen(
            f"{path.name} is open in another window; close it there, or open it read-only here."
        )
    return lock


def is_held(path: Path, what: str = "open") -> bool:
    """Whether a window has the project open now, or somebody else holds what `claim` gave."""
    if not path.with_name(f".{path.name}.{what}").exists():
        return False
    try:
        release(claim(path, what))
    except AlreadyOpen:
        return True
    except OSError:
        return False
    return False


def release(lock: Lock | None) -> None:
    """Lets go of what `claim` gave."""
    if lock is not None:
        lock.release()


def says_wal(path: Path) -> bool:
    """Whether the file's header says that a write-ahead log belongs to it (bytes 18 and 19 are 2)."""
    with path.open("rb") as file:
        return file.read(20)[18:20] == b"\2\2"


def put_in_place(made: Path, path: Path) -> None:
    """Gives a file that is complete its name. Raises FileExistsError if the name is taken."""
    _lay_aside_orphans(path)
    try:
        os.link(made, path)
    except FileExistsError:
        raise
    except (OSError, AttributeError):  # FAT and some network places know no links
        if path.exists():
            raise FileExistsError(str(path)) from None
        os.rename(made, path)


def _lay_aside_orphans(path: Path) -> None:
    """A log left by a file of the same name that is gone would be read into the new one: it gets another name,
    since it may hold the last steps of a project that was renamed.
    """
    if path.exists():
        return
    for suffix in ("-wal", "-journal"):
        orphan = path.with_name(path.name + suffix)
        if orphan.exists():
            os.replace(orphan, orphan.with_name(f"{orphan.name} left over"))
    path.with_name(path.name + "-shm").unlink(missing_ok=True)
