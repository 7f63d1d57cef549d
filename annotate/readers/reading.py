"""Many files read in their order: light ones here, heavy ones in worker processes with a time limit."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import overload

from annotate.errors import UserError
from annotate.model import Draft

AHEAD = 8  # heavy files under way per worker
SECONDS = 120.0  # for one heavy file


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file as read: its articles and bytes, or the sentence that says why not."""

    path: Path
    drafts: tuple[Draft, ...]
    data: bytes | None
    error: str


def read_all(paths: Sequence[Path], *, workers: int = 0, seconds: float = SECONDS) -> Iterator[Loaded]:
    """Each file in turn. `workers`: processes for heavy formats, as many as there are cores if 0."""
    pool = _Workers(workers or os.cpu_count() or 1, seconds)
    waiting: deque[tuple[Path, Future[Loaded] | None]] = deque()
    try:
        for path in paths:
            waiting.append((path, pool.submit(path) if _heavy_by_name(path) else None))
            while waiting and (waiting[0][1] is None or len(waiting) > AHEAD * pool.count):
                yield pool.result(*waiting.popleft())
        while waiting:
            yield pool.result(*waiting.popleft())
    finally:
        pool.stop()


@overload
def read_one(path: Path) -> Loaded: ...


@overload
def read_one(path: Path, *, light: bool) -> Loaded | None: ...


def read_one(path: Path, *, light: bool = False) -> Loaded | None:
    """Reads one file; whatever goes wrong is in `error`, as one sentence. `light`: None for a heavy format."""
    from annotate.readers import HEAD, find_reader, read_bytes
    from annotate.readers.files import read_whole

    try:
        data = read_whole(path)
        if light and data and getattr(find_reader(data[:HEAD], path.name), "HEAVY", False):
            return None
        return Loaded(path, tuple(read_bytes(data, path.name)), data, "")
    except UserError as error:
        return Loaded(path, (), None, str(error))
    except MemoryError:
        return Loaded(path, (), None, f"{path.name} needs more memory than there is.")


class _Workers:
    """A process pool made at first need, and made anew when a file had to be given up."""

    def __init__(self, count: int, seconds: float) -> None:
        self.count = count
        self._seconds = seconds
        self._pool: ProcessPoolExecutor | None = None
        self._suspect: set[Path] = set()  # files that were under way when a worker died

    def submit(self, path: Path) -> Future[Loaded]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.count, multiprocessing.get_context("spawn"))
        try:
            return self._pool.submit(read_one, path)
        except BrokenExecutor:
            self.stop()
            return self.submit(path)

    def result(self, path: Path, future: Future[Loaded] | None) -> Loaded:
        """The file's result. A file under way when a pool broke is tried once more, by itself."""
        if future is None:
            loaded = read_one(path, light=True)
            if loaded is not None:
                return loaded
            future = self.submit(path)
        try:
            return future.result(self._seconds)
        except TimeoutError:
            self.stop()
            return Loaded(path, (), None, f"{path.name} took more than {self._seconds:.0f} seconds to read.")
        except (BrokenExecutor, OSError):
            self.stop()
        if path in self._suspect:
            return Loaded(path, (), None, f"{path.name} made its reader break down.")
        self._suspect.add(path)
        return self.result(path, self.submit(path))

    def stop(self) -> None:
        """Ends the workers at once, whatever they are doing."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        for process in list((pool._processes or {}).values()):
            process.kill()
        pool.shutdown(wait=True, cancel_futures=True)


def _heavy_by_name(path: Path) -> bool:
    """Whether the name says that the file is of a heavy format; one that hides it is found when it is read."""
    from annotate.readers import readers

    suffix = path.suffix.lower()
    return any(suffix in reader.SUFFIXES for reader in readers() if getattr(reader, "HEAVY", False))
