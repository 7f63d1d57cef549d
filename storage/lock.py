"""A file held by one process at a time; the system lets go of it when the process ends, however it ends.

Our own few lines: the library for it takes a fifth of the start of the window to import.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

STEP = 0.02  # seconds between two tries

if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """Made by `Lock.on`; it holds until `release`."""

    def __init__(self, path: Path, file: int) -> None:
        self.path = path
        self._file = file

    @classmethod
    def on(cls, path: Path, seconds: float = 0.0) -> Lock | None:
        """Holds `path`, waiting so long for others; None if they do not let go. Raises OSError where no file
        can be made.
        """
        until = time.monotonic() + seconds
        while (held := cls._try(path)) is None and time.monotonic() < until:
            time.sleep(STEP)
        return held

    @classmethod
    def _try(cls, path: Path) -> Lock | None:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _take(file)
        except OSError:
            os.close(file)
            return None
        if sys.platform != "win32" and not _is_still(path, file):
            os.close(file)  # whoever held it before has removed it meanwhile
            return None
        return cls(path, file)

    def release(self) -> None:
        """Lets go; the file goes too, where a held file can be removed."""
        if self._file < 0:
            return
        if sys.platform != "win32":
            self.path.unlink(missing_ok=True)
        os.close(self._file)
        self._file = -1


def _is_still(path: Path, file: int) -> bool:
    try:
        there = path.stat()
    except OSError:
        return False
    held = os.fstat(file)
    return (there.st_ino, there.st_dev) == (held.st_ino, held.st_dev)
