"""Many files read in their order: a few light ones here, heavy or many ones in worker processes."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from annotate.errors import PasswordNeeded, UserError
from annotate.model import Draft
from annotate.near import signature
from annotate.readers.contract import NO_WISHES, Wishes
from annotate.references import Reference
from annotate.text import text_hash, word_count

AHEAD = 6  # pieces of work under way per worker
SECONDS = 120.0  # for one heavy file, or one chunk of light ones
MEMORY = 4 << 30  # bytes of address space for a worker
MANY = 300  # light files from which workers are worth their start
CHUNK = 64  # light files read at once by a worker


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file as read: its articles and bytes, or the sentence that says why not.

    `references` are those of a bibliography. `locked`: a password would help. `data` is None where it was not read,
    or is nothing but its one article's text in UTF-8 (`same`). `measures` holds the hash and the number of words of
    each article, `signatures` what the articles like it are found by (annotate.near).
    """

    path: Path
    drafts: tuple[Draft, ...] = ()
    data: bytes | None = None
    same: bool = False
    error: str = ""
    locked: bool = False
    references: tuple[Reference, ...] = ()
    measures: tuple[tuple[str, int], ...] = ()
    signatures: tuple[bytes, ...] = ()


Work = tuple[Path, ...]


def read_all(
    paths: Sequence[Path], *, wishes: Wishes = NO_WISHES, workers: int = 0, seconds: float = SECONDS
) -> Iterator[Loaded]:
    """Each file in turn. `workers`: processes, as many as there are cores if 0."""
    pool = _Workers(workers or os.cpu_count() or 1, seconds, wishes)
    waiting: deque[tuple[Work, Future[list[Loaded]] | None]] = deque()
    try:
        for work, aside in _pieces(paths):
            waiting.append((work, pool.submit(work) if aside else None))
            while waiting and (waiting[0][1] is None or len(waiting) > AHEAD * pool.count):
                yield from pool.results(*waiting.popleft())
        while waiting:
            yield from pool.results(*waiting.popleft())
    finally:
        pool.stop()


def read_some(paths: Work, wishes: Wishes = NO_WISHES) -> list[Loaded]:
    """What a worker does."""
    return [loaded for path in paths if (loaded := read_one(path, wishes)) is not None]


def read_one(path: Path, wishes: Wishes = NO_WISHES, *, light: bool = False) -> Loaded | None:
    """Reads one file; whatever goes wrong is in `error`, as one sentence. `light`: None for a heavy format."""
    from annotate.readers import is_heavy, opened, read_with
    from annotate.readers.files import read_whole

    try:
        data = read_whole(path)
        name = printable(path.name)
        if references := _references(data, name):
            return Loaded(path, references=references)
        inside, reader = opened(data, name)
        if light and is_heavy(reader):
            return None
        drafts = tuple(read_with(reader, inside, name, wishes=wishes))
    except UserError as error:
        return Loaded(path, error=printable(str(error)), locked=isinstance(error, PasswordNeeded))
    except MemoryError:
        return Loaded(path, error=f"{path.name} needs more memory than there is.")
    same = len(drafts) == 1 and data == drafts[0].text.encode()
    measures = tuple((text_hash(draft.text), word_count(draft.text)) for draft in drafts)
    signatures = tuple(signature(draft.text) for draft in drafts)
    return Loaded(path, drafts, None if same else data, same, measures=measures, signatures=signatures)


def _references(data: bytes, name: str) -> tuple[Reference, ...]:
    from annotate.bibliographies import kind_of, read_bibliography
    from annotate.readers.contract import HEAD

    return tuple(read_bibliography(data, name)) if kind_of(data[:HEAD], name) else ()


def printable(name: str) -> str:
    """A file's name as text: bytes in it that are no UTF-8 become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def bound_memory(most: int = MEMORY) -> None:
    """A process that reads may take so many bytes; a file that wants more is told as one."""
    if os.name == "posix":
        import resource

        with suppress(ValueError, OSError):  # some systems know no such bound
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _begin() -> None:
    """How a worker begins. It watches whom it reads for: if that is killed, nobody else tells the pool to end."""
    bound_memory()
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


class _Workers:
    """A process pool made at first need, and made anew when a file had to be given up."""

    def __init__(self, count: int, seconds: float, wishes: Wishes) -> None:
        self.count = count
        self._wishes = wishes
        self._seconds = seconds
        self._pool: ProcessPoolExecutor | None = None
        self._under_way: set[Future[list[Loaded]]] = set()  # of this pool
        self._suspect: set[Path] = set()  # files that were under way when a worker died
        self._none = False  # no worker can be started on this machine: all is read here

    def submit(self, work: Work) -> Future[list[Loaded]] | None:
        """None where there are no workers."""
        if self._none:
            return None
        try:
            future = self._started().submit(read_some, work, self._wishes)
        except BrokenExecutor:
            self.stop()
            future = self._started().submit(read_some, work, self._wishes)
        self._under_way.add(future)
        return future

    def results(self, work: Work, future: Future[list[Loaded]] | None) -> Iterator[Loaded]:
        """What was read. Work under way when a pool broke is done once more, file by file."""
        if future is None and not self._none:
            loaded = read_one(work[0], self._wishes, light=True)
            if loaded is not None:
                yield loaded
                return
            future = self.submit(work)
        elif future is not None and self._lost(future):
            future = self.submit(work)
        if future is None or self._none:
            yield from read_some(work, self._wishes)
            return
        self._under_way.discard(future)
        try:
            yield from future.result(self._seconds)
            return
        except TimeoutError:
            reason = f"took more than {self._seconds:.0f} seconds to read"
        except (BrokenExecutor, OSError):
            reason = "made its reader break down"
        self.stop()
        if not self._at_work():
            self._none = True
            yield from read_some(work, self._wishes)
            return
        alone = len(work) == 1
        for path in work:
            if alone and (path in self._suspect or reason.startswith("took")):
                yield Loaded(path, error=f"{path.name} {reason}.")
            else:
                self._suspect.add(path)
                yield from self.results((path,), self.submit((path,)))

    def _lost(self, future: Future[list[Loaded]]) -> bool:
        """Whether its pool was stopped on account of other work."""
        if future in self._under_way or not future.done():
            return False
        return future.cancelled() or isinstance(future.exception(), BrokenExecutor)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.count, multiprocessing.get_context("spawn"), _begin)
        return self._pool

    def _at_work(self) -> bool:
        """Whether workers start and answer; else no file is to blame that a pool broke."""
        try:
            self._started().submit(int).result(self._seconds)
        except (BrokenExecutor, TimeoutError, OSError):
            self.stop()
            return False
        return True

    def stop(self) -> None:
        """Ends the workers at once, whatever they are doing."""
        pool, self._pool = self._pool, None
        self._under_way.clear()
        if pool is None:
            return
        for process in list((pool._processes or {}).values()):
            process.kill()
        if answers := pool._result_queue:  # an answer that was cut short would be waited for
            answers._writer.close()  # type: ignore[attr-defined]
        pool.shutdown(wait=True, cancel_futures=True)


def _pieces(paths: Sequence[Path]) -> Iterator[tuple[Work, bool]]:
    """The paths in order as pieces of work, and whether each goes to a worker."""
    heavy = _heavy_suffixes()
    many = sum(path.suffix.lower() not in heavy for path in paths) >= MANY
    chunk: list[Path] = []
    for path in paths:
        aside = path.suffix.lower() in heavy
        if chunk and (aside or len(chunk) == CHUNK):
            yield tuple(chunk), True
            chunk = []
        if many and not aside:
            chunk.append(path)
        else:
            yield (path,), aside
    if chunk:
        yield tuple(chunk), True


def _heavy_suffixes() -> frozenset[str]:
    """Suffixes that say a file is of a heavy format; one that hides it is found when it is read."""
    from annotate.readers import is_heavy, readers

    heavy = (reader.SUFFIXES for reader in readers() if is_heavy(reader))
    return frozenset(suffix for suffixes in heavy for suffix in suffixes)
