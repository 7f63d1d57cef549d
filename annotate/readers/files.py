"""Files as they stand on the disk: which ones a folder offers, and their bytes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotate.errors import UserError

_LITTER = {"thumbs.db", "desktop.ini", "icon\r", "__macosx"}
_OURS = (".postil", ".postil-wal", ".postil-shm")  # projects, which stand beside what is imported into them
_DIGITS = re.compile(r"(\d+)")


def is_candidate(path: Path) -> bool:
    """Whether a person put a file or folder there to be read: it is not hidden, no lock file, no litter, no project."""
    name = path.name
    return (
        not name.startswith((".", "~$", ".~lock"))
        and name.lower() not in _LITTER
        and not name.lower().endswith(_OURS)
    )


def natural_key(name: str) -> list[tuple[int, int, str]]:
    """A sort key by which `page 2` stands before `page 10`, upper and lower case beside each other."""
    parts = _DIGITS.split(name.casefold())
    return [(1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts]


def walk(paths: Iterable[Path], recursive: bool = True) -> Iterator[Path]:
    """The files among and under the paths, in the order given and by natural order within a folder.

    A file named outright is always given (twice if named twice), inside folders only candidates. A folder
    reached again from the same path (a loop of links) is passed over. UserError where a path is not there
    or a folder cannot be listed.
    """
    for path in paths:
        try:
            path.stat()
            is_folder = path.is_dir()
        except (OSError, RuntimeError) as error:
            raise _unreadable(path, error) from None
        if is_folder:
            yield from _under(path, recursive, set())
        else:
            yield path


def _under(folder: Path, recursive: bool, seen: set[str]) -> Iterator[Path]:
    real = os.path.realpath(folder)
    if real in seen:
        return
    seen.add(real)
    try:
        inside = sorted(folder.iterdir(), key=lambda path: natural_key(path.name))
    except OSError as error:
        raise _unreadable(folder, error) from None
    wanted = [path for path in inside if is_candidate(path)]
    yield from (path for path in wanted if path.is_file())
    for path in wanted:
        if recursive and path.is_dir():
            yield from _under(path, recursive, seen)


def read_whole(path: Path) -> bytes:
    """The bytes of a file; UserError where it is no plain file or cannot be read."""
    try:
        if path.is_dir():
            raise UserError(f"{path.name} is a folder, not a file.")
        if path.exists() and not path.is_file():
            raise UserError(f"{path.name} is a device or a pipe, not a file.")
        return path.read_bytes()
    except (OSError, RuntimeError) as error:
        raise _unreadable(path, error) from None


def read_head(path: Path, size: int) -> bytes:
    """The first `size` bytes of a file; UserError as for `read_whole`."""
    try:
        if not path.is_file():
            return read_whole(path)[:size]
        with path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: Exception) -> UserError:
    if isinstance(error, FileNotFoundError):
        return UserError(f"{path} is not there any more, or never was.")
    if isinstance(error, PermissionError):
        return UserError(f"{path} may not be read by you; change its permissions or copy it elsewhere.")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UserError(f"{path} cannot be read ({reason}).")
