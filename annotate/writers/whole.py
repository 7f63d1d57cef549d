"""A file that is written whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from annotate.errors import UserError


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """A binary file beside `path` that takes its place at the end; on an error nothing is left of it.

    Raises UserError where the folder cannot be written or the disk is full.
    """
    path = Path(path)
    if path.is_dir():
        raise UserError(f"{path} is a folder; give the name of a file.")
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            with unfinished.open("wb", buffering=1 << 20) as out:
                yield out
                out.flush()
                os.fsync(out.fileno())
            os.replace(unfinished, path)
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            reason = "the disk is full" if full else (error.strerror or str(error))
            raise UserError(f"{path} was not written: {reason}.") from None
    finally:
        unfinished.unlink(missing_ok=True)
