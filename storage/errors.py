"""What SQLite and the disk say, as sentences the user can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotate.errors import UserError


class AlreadyOpen(UserError):  # noqa: N818 - said to the user, not an error of ours
    """Another window holds the project; it can be opened read-only."""


class ReadOnlyPlace(UserError):  # noqa: N818
    """The file or its folder cannot be written to; it can be opened read-only."""


class Damaged(UserError):  # noqa: N818
    """The file is no whole project any more; a backup can be restored."""


def sentence(error: sqlite3.Error, path: Path) -> UserError | None:
    """The user's sentence for an error of the outside world, or None when it is a bug of ours."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return UserError(
            f"The disk that holds {path.name} is full; the last step was not stored and nothing else "
            "was lost. Free some space and try again."
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return sentence_of_damage(path)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return ReadOnlyPlace(f"{path.name} cannot be written to; open it read-only or copy it elsewhere.")
    if code == sqlite3.SQLITE_BUSY:
        return UserError(f"{path.name} is busy with another program's long write; try again in a moment.")
    if code == sqlite3.SQLITE_IOERR:
        return UserError(
            f"{path.name} cannot be read or written: the disk answered with an error ({error}). "
            "The last step was not stored."
        )
    if code == sqlite3.SQLITE_CANTOPEN:
        return UserError(f"{path.name} cannot be opened; is its folder still there and writable?")
    if str(error).startswith("Could not decode to UTF-8"):  # Python's, without a code of SQLite's
        return sentence_of_damage(path)
    return None


def sentence_of_damage(path: Path) -> Damaged:
    return Damaged(
        f"{path.name} is damaged. Restore a backup (File menu, or: postil restore), or keep a copy of "
        "the file and ask for help."
    )


@contextmanager
def said(path: Path) -> Iterator[None]:
    """Turns SQLite's errors about the world into UserErrors that name `path`."""
    try:
        yield
    except sqlite3.Error as error:
        told = sentence(error, path)
        if told is None:
            raise
        raise told from error
