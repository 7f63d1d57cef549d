"""A file that is written whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from annotate.errors import UserError

SQLITE = b"SQLite format 3\0"
COPY = b"POSX"  # marks a database that was exported as tables, and may be exported anew
MARKED = 68  # where a database says so


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """A binary file beside `path` that takes its place at the end; on an error nothing is left of it.

    A pipe or a device is written straight to. Raises UserError where the folder cannot be written, the disk
    is full, or `path` is a project file, which an export never replaces.
    """
    path = Path(path)
    check_target(path)
    try:
        if path.exists() and not path.is_file():
            with path.open("wb", buffering=1 << 20) as out:
                yield out
            return
        target = Path(os.path.realpath(path))  # a link stays a link
        unfinished = target.with_name(f".{target.name[:200]}.{os.getpid()}.part")
        try:
            with unfinished.open("wb", buffering=1 << 20) as out:
                yield out
                out.flush()
                os.fsync(out.fileno())
            os.replace(unfinished, target)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        reason = "the disk is full" if full else (error.strerror or str(error))
        raise UserError(f"{path} was not written: {reason}.") from None


def check_target(path: Path) -> None:
    """Raises UserError for a folder, and for a project file, which nothing that is drawn or exported replaces."""
    if path.is_dir():
        raise UserError(f"{path} is a folder; give the name of a file.")
    try:
        if path.is_file():
            with path.open("rb") as held:
                head = held.read(MARKED + len(COPY))
            taken = head.startswith(SQLITE) and head[MARKED:] != COPY
            if taken:
                raise UserError(f"{path} is a project or another database; choose another name.")
    except PermissionError:
        return  # it may still be replaced
