"""Files into the project: read beside the window's work, written in short batches that undo as one."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from annotate.errors import UserError
from annotate.ids import now
from annotate.model import Draft
from annotate.readers.reading import Loaded, read_all
from annotate.text import text_hash
from storage import articles, coders
from storage.articles import Original
from storage.file import claim, is_held, release
from storage.project import Project

BATCH_SECONDS = 0.05
BATCH_SECONDS_BESIDE = 0.012  # while a window holds the project, and codes go on being made in it
PAUSE_BESIDE = 0.004


@dataclass(frozen=True, slots=True)
class Told:
    """Something the report says about a file."""

    path: str
    what: str


@dataclass(frozen=True, slots=True)
class Progress:
    done: int  # files
    total: int
    articles: int
    name: str


@dataclass(slots=True)
class ImportReport:
    """What an import did. `articles` are ids, in order."""

    files: int = 0
    articles: list[str] = field(default_factory=list)
    duplicates: list[Told] = field(default_factory=list)
    failures: list[Told] = field(default_factory=list)
    notes: list[Told] = field(default_factory=list)
    run_on: list[Told] = field(default_factory=list)  # files in which another article seems to follow
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An import that was killed: what it had not come to is still to be read."""

    run: int
    started: str
    paths: tuple[str, ...]
    coder: str = ""
    done: int = 0  # files it had come to
    batch: int | None = None  # its group of steps, if it had stored anything


class Importer:
    """One import into an open project. `run` or `resume` it once."""

    def __init__(
        self,
        project: Project,
        *,
        coder: str = "",
        split: bool = False,
        keep_originals: bool = True,
        beside: bool = False,
        progress: Callable[[Progress], bool] | None = None,
    ) -> None:
        """`beside`: a window works on the project meanwhile. `progress` answers False to cancel."""
        self.project = project
        self.report = ImportReport()
        self._coder_name = coder
        self._coder: str | None = None
        self._split = split
        self._keep = keep_originals
        self._target = BATCH_SECONDS_BESIDE if beside else BATCH_SECONDS
        self._pause = PAUSE_BESIDE if beside else 0.0
        self._progress = progress or (lambda _: True)
        self._batch: int | None = None
        self._size = 8  # articles in a batch, fitted to the time one takes
        self._waiting: list[tuple[Draft, Loaded]] = []
        self._run = 0
        self._total = 0
        self._done = 0  # files read, of those that were listed
        self._label = ""

    def run(self, paths: Iterable[Path], recursive: bool = True) -> ImportReport:
        """Reads and stores; every file that fails is in the report, the rest is in the project."""
        listed = list(self._listed(paths, recursive))
        self._total = len(listed)
        self._begin(listed)
        return self._read(listed)

    def resume(self, unfinished: Unfinished) -> ImportReport:
        """Goes on with an import that was killed, in its group of steps; the report is on the rest."""
        listed = [Path(path) for path in unfinished.paths]
        self._run, self._batch, self._done = unfinished.run, unfinished.batch, unfinished.done
        self._total = len(listed) + unfinished.done
        if known := coders.named(self.project, self._coder_name):
            self._coder = known.id
        return self._read(listed)

    def _read(self, listed: Sequence[Path]) -> ImportReport:
        lock = claim(self.project.path, _running(self._run))
        try:
            for loaded in read_all(listed):
                self._done += 1
                self._take(loaded)
                if not self._progress(self._where(loaded.path)):
                    self.report.cancelled = True
                    break
            self._write()
        finally:
            self._end()
            release(lock)
        return self.report

    def run_drafts(self, drafts: Sequence[Draft], name: str) -> ImportReport:
        """Stores drafts that come from no file (pasted text)."""
        self._total = 1
        self._label = f"Add {name}"
        self._begin([])
        try:
            self._take(Loaded(Path(name), tuple(drafts), None, ""))
            self._write()
        finally:
            self._end()
        return self.report

    def _listed(self, paths: Iterable[Path], recursive: bool) -> Iterator[Path]:
        from annotate.readers import walk

        for path in paths:
            try:
                yield from walk([path], recursive)
            except UserError as error:
                self.report.files += 1
                self.report.failures.append(Told(str(path), str(error)))

    def _take(self, loaded: Loaded) -> None:
        self.report.files += 1
        name = str(loaded.path)
        if loaded.error:
            self.report.failures.append(Told(name, loaded.error))
            return
        for draft in loaded.drafts:
            self.report.notes += [Told(name, note) for note in draft.notes]
            pieces = [draft]
            if draft.split_at:
                if self._split:
                    from annotate.readers import split

                    pieces = split(draft)
                else:
                    self.report.run_on.append(
                        Told(name, f"{len(draft.split_at) + 1} articles seem to run on in one text")
                    )
            self._waiting += [(piece, loaded) for piece in pieces]
        if len(self._waiting) >= self._size:
            self._write()

    def _write(self) -> None:
        """Stores what waits, as one step of the group; known texts are left out and reported."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        began = time.perf_counter()
        fresh: dict[str, tuple[Draft, Loaded]] = {}
        hashes = [text_hash(draft.text) for draft, _ in waiting]
        known = articles.known_hashes(self.project, hashes)
        for key, (draft, loaded) in zip(hashes, waiting, strict=True):
            if key in known or key in fresh:
                title = self._title_of(known.get(key)) or draft.title
                self.report.duplicates.append(Told(str(loaded.path), f"already there as “{title}”"))
            else:
                fresh[key] = (draft, loaded)
        if fresh:
            self._store(list(fresh.values()))
        taken = time.perf_counter() - began
        self._size = max(1, min(500, round(len(waiting) * self._target / max(taken, 1e-4))))
        if self._pause:
            time.sleep(self._pause)

    def _store(self, fresh: Sequence[tuple[Draft, Loaded]]) -> None:
        label = self._label or f"Add {_files(self._total)}"
        with self.project.step(label, self._coder, batch=self._batch) as handle:
            if self._batch is None:
                self._batch = handle.step.number
                if self._coder_name:
                    self._coder = coders.ensure(handle.step, self._coder_name)
            self.report.articles += articles.add(
                handle.step,
                [draft for draft, _ in fresh],
                [loaded.path.name for _, loaded in fresh],
                [self._original(draft, loaded) for draft, loaded in fresh],
            )
            handle.step.db.conn.execute(
                "UPDATE import_run SET batch = ?, done = ? WHERE id = ?",
                (self._batch, self._done, self._run),
            )

    def _original(self, draft: Draft, loaded: Loaded) -> Original | None:
        if not self._keep or loaded.data is None:
            return None
        same = len(loaded.drafts) == 1 and loaded.data == draft.text.encode()
        return Original(loaded.path.name, None if same else loaded.data)

    def _title_of(self, id: str | None) -> str:
        return str(self.project.value("SELECT title FROM article WHERE id = ?", [id]) or "") if id else ""

    def _begin(self, listed: Sequence[Path]) -> None:
        paths = json.dumps([str(path.absolute()) for path in listed])
        with self.project.unlogged() as db:
            self._run = int(
                db.conn.execute(
                    "INSERT INTO import_run (started, coder, paths, done) VALUES (?, ?, ?, 0)",
                    (now(), self._coder_name, paths),
                ).lastrowid
                or 0
            )

    def _end(self) -> None:
        with self.project.unlogged() as db:
            db.conn.execute(
                "UPDATE import_run SET finished = ?, paths = NULL, done = ?, report = ? WHERE id = ?",
                (now(), self._done, json.dumps(asdict(self.report)), self._run),
            )

    def _where(self, path: Path) -> Progress:
        return Progress(self._done, self._total, len(self.report.articles), path.name)


def unfinished(project: Project) -> list[Unfinished]:
    """Imports that were killed, with the files they had not come to; one that still runs is not told."""
    found = project.rows(
        "SELECT id, started, coder, done, batch, paths FROM import_run WHERE finished IS NULL ORDER BY id"
    )
    return [
        Unfinished(run, started, tuple(json.loads(paths or "[]")[done:]), coder or "", done, batch)
        for run, started, coder, done, batch, paths in found
        if not is_held(project.path, _running(run))
    ]


def resume(
    project: Project,
    killed: Unfinished,
    *,
    split: bool = False,
    keep_originals: bool = True,
    beside: bool = False,
    progress: Callable[[Progress], bool] | None = None,
) -> ImportReport:
    """Finishes an import that was killed; all it brings is undone as one."""
    importer = Importer(
        project,
        coder=killed.coder,
        split=split,
        keep_originals=keep_originals,
        beside=beside,
        progress=progress,
    )
    return importer.resume(killed)


def seal(project: Project, run: int) -> None:
    """Ends a killed import as it stands: what it brought is kept and can be undone."""
    with project.unlogged() as db:
        db.conn.execute("UPDATE import_run SET finished = ?, paths = NULL WHERE id = ?", (now(), run))


def reports(project: Project) -> list[tuple[str, ImportReport]]:
    """The reports of past imports with the time each began, newest first."""
    return [
        (started, _report_from(json.loads(report)))
        for started, report in project.rows(
            "SELECT started, report FROM import_run WHERE report IS NOT NULL ORDER BY id DESC"
        )
    ]


def _report_from(held: dict[str, object]) -> ImportReport:
    report = ImportReport(**held)  # type: ignore[arg-type]
    for name in ("duplicates", "failures", "notes", "run_on"):
        setattr(report, name, [Told(**each) for each in held[name]])  # type: ignore[attr-defined]
    return report


def _running(run: int) -> str:
    return f"import-{run}"


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{number:,} files"
