"""Files into the project: read beside the window's work, written in short batches that undo as one."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from annotate.errors import UserError
from annotate.ids import new_id, now
from annotate.model import Draft
from annotate.near import signature
from annotate.readers.contract import Wishes
from annotate.readers.reading import Loaded, printable, read_all
from annotate.references import Reference
from annotate.spoken import counted
from annotate.text import text_hash, word_count
from storage import articles, coders, referencing
from storage.file import claim, is_held, release
from storage.near import Near, Neighbours
from storage.originals import Original
from storage.project import Project

if TYPE_CHECKING:
    from storage.lock import Lock

BATCH_SECONDS = 0.05
BATCH_SECONDS_BESIDE = 0.007  # while a window holds the project, and codes go on being made in it
PAUSE_BESIDE = 0.007  # in which the window gets its turn
CHECKPOINT_BESIDE = 300  # pages of the log worked in at a time: a long one would keep the disk busy


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
    near: list[Near] = field(default_factory=list)  # of `articles`: those like one that was there before
    failures: list[Told] = field(default_factory=list)
    notes: list[Told] = field(default_factory=list)
    run_on: list[Told] = field(default_factory=list)  # files in which another article seems to follow
    locked: list[str] = field(default_factory=list)  # paths of those among the failures that want a password
    expected: list[Told] = field(default_factory=list)  # titles that would come, where nothing was stored
    references: int = 0  # of bibliographies, that belong to an article
    cancelled: bool = False

    def take_unlocked(self, path: str, opened: ImportReport) -> None:
        """Adds what came of reading the file at `path`, one of `locked`, once more with a password."""
        if opened.failures:
            return
        self.failures = [told for told in self.failures if told.path != path]
        self.locked.remove(path)
        self.articles += opened.articles
        self.duplicates += opened.duplicates
        self.near += opened.near
        self.notes += opened.notes
        self.run_on += opened.run_on


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An import that was killed: what it had not come to is still to be read."""

    run: int
    started: str
    paths: tuple[str, ...]
    coder: str = ""
    done: int = 0  # files it had come to
    batch: int | None = None  # its group of steps, if it had stored anything


@dataclass(frozen=True, slots=True)
class _Piece:
    """An article waiting to be stored; `measure` is the hash and the number of words of its text."""

    draft: Draft
    loaded: Loaded
    measure: tuple[str, int]
    signature: bytes


class Importer:
    """One import into an open project. `run` or `resume` it once."""

    def __init__(
        self,
        project: Project,
        *,
        coder: str = "",
        split: bool = False,
        keep_originals: bool = True,
        wishes: Wishes | None = None,
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
        self._wishes = wishes or Wishes()
        self._target = BATCH_SECONDS_BESIDE if beside else BATCH_SECONDS
        if beside:
            project.db.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_BESIDE}")
        self._pause = PAUSE_BESIDE if beside else 0.0
        self._workers = max(1, (os.cpu_count() or 1) - 1) if beside else 0  # the window needs a core too
        self._progress = progress or (lambda _: True)
        self._batch: int | None = None
        self._size = 8  # articles in a batch, fitted to the time one takes
        self._waiting: list[_Piece] = []
        self._neighbours = Neighbours(project, pause=self._pause)
        self._files: dict[Path, str] = {}  # the file that several articles are coming from, as it is kept
        self._bibliographies: dict[Path, tuple[Reference, ...]] = {}
        self._looks = False  # it only says what would come
        self._seen: set[str] = set()  # hashes of the texts that would
        self._run = 0
        self._open = False  # the run is begun and not yet ended
        self._total = 0
        self._done = 0  # files read, of those that were listed
        self._label = ""
        self._lock: Lock | None = None  # tells others that it is at work, and not killed

    def run(self, paths: Iterable[Path], recursive: bool = True) -> ImportReport:
        """Reads and stores; every file that fails is in the report, the rest is in the project."""
        listed = self._all_listed(paths, recursive)
        self._begin(listed)
        return self._read(listed)

    def look(self, paths: Iterable[Path], recursive: bool = True) -> ImportReport:
        """Reads, but stores nothing: what would come is in `report.expected`."""
        self._looks = True
        self._take_all(self._all_listed(paths, recursive))
        return self.report

    def resume(self, unfinished: Unfinished) -> ImportReport:
        """Goes on with an import that was killed, in its group of steps; the report is on the rest."""
        listed = [Path(path) for path in unfinished.paths]
        self._run, self._batch, self._done = unfinished.run, unfinished.batch, unfinished.done
        self._total = len(listed) + unfinished.done
        if known := coders.named(self.project, self._coder_name):
            self._coder = known.id
        self._hold()
        return self._read(listed)

    def _read(self, listed: Sequence[Path]) -> ImportReport:
        try:
            if not self._neighbours.catch_up(lambda: self._progress(self._where(Path()))):
                self.report.cancelled = True
                return self.report
            self._take_all(listed)
            self._refer()
        finally:
            self.close()
        return self.report

    def _take_all(self, listed: Sequence[Path]) -> None:
        """Reads the files and takes what is in them, until all are done or the user has enough."""
        for loaded in read_all(listed, wishes=self._wishes, workers=self._workers):
            self._done += 1
            self._take(loaded)
            if not self._progress(self._where(loaded.path)):
                self.report.cancelled = True
                break
        self._write()

    def _refer(self) -> None:
        """Takes over what the bibliographies among the files say, into the articles they are about."""
        for path, references in self._bibliographies.items():
            name = printable(path.name)
            with self.project.step(f"Take over {name}", self._coder, batch=self._batch) as handle:
                found = referencing.apply(handle.step, self.project, references, set(self.report.articles))
            if self._batch is None and handle.change and handle.change.step:
                self._batch = handle.step.number
            self.report.references += found.matched
            self.report.notes.append(Told(printable(str(path)), referencing.said(found)))

    def run_drafts(self, drafts: Sequence[Draft], name: str) -> ImportReport:
        """Stores drafts that come from no file (pasted text)."""
        self._total = 1
        self._label = f"Add {name}"
        self._begin([])
        try:
            self._take(Loaded(Path(name), tuple(drafts)))
            self._write()
        finally:
            self.close()
        return self.report

    def _all_listed(self, paths: Iterable[Path], recursive: bool) -> list[Path]:
        """The files, and those that bibliographies among them bring along."""
        listed = list(self._listed(paths, recursive))
        listed += referencing.attached(listed)
        self._total = len(listed)
        return listed

    def _listed(self, paths: Iterable[Path], recursive: bool) -> Iterator[Path]:
        from annotate.readers import walk

        for path in paths:
            try:
                yield from walk([path], recursive)
            except UserError as error:
                self.report.files += 1
                self.report.failures.append(Told(printable(str(path)), printable(str(error))))

    def _take(self, loaded: Loaded) -> None:
        self.report.files += 1
        name = printable(str(loaded.path))
        if loaded.references:
            self._bibliographies[loaded.path] = loaded.references
            return
        if loaded.error:
            self.report.failures.append(Told(name, loaded.error))
            if loaded.locked:
                self.report.locked.append(name)
            return
        for at, draft in enumerate(loaded.drafts):
            self.report.notes += [Told(name, note) for note in draft.notes]
            if draft.split_at and self._split:
                from annotate.readers import split

                self._waiting += [_piece(part, loaded) for part in split(draft)]
                continue
            if draft.split_at:
                what = f"{len(draft.split_at) + 1} articles seem to run on in one text"
                self.report.run_on.append(Told(name, what))
            self._waiting.append(_piece(draft, loaded, at))
        if len(self._waiting) >= self._size:
            self._write()

    def _write(self) -> None:
        """Stores what waits, as one step of the group; known texts are left out and reported."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        fresh: dict[str, _Piece] = {}
        known = articles.known_hashes(self.project, [piece.measure[0] for piece in waiting])
        for piece in waiting:
            key = piece.measure[0]
            if key in known or key in fresh or key in self._seen:
                title = self._title_of(known.get(key)) or piece.draft.title
                self.report.duplicates.append(
                    Told(printable(str(piece.loaded.path)), f"already there as “{title}”")
                )
            else:
                fresh[key] = piece
        if self._looks:
            self._expect(fresh)
        elif fresh:
            self._store(list(fresh.values()))
        if self._pause:
            time.sleep(self._pause)

    def _expect(self, fresh: Mapping[str, _Piece]) -> None:
        self._seen |= fresh.keys()
        for piece in fresh.values():
            self.report.expected.append(Told(printable(str(piece.loaded.path)), piece.draft.title))

    def _store(self, fresh: Sequence[_Piece]) -> None:
        label = self._label or f"Add {counted(self._total, 'file')}"
        made = articles.prepared(
            [piece.draft for piece in fresh],
            [printable(piece.loaded.path.name) for piece in fresh],
            [self._original(piece.loaded) for piece in fresh],
            [piece.measure for piece in fresh],
        )
        began = time.perf_counter()
        with self.project.step(label, self._coder, batch=self._batch) as handle:
            if self._batch is None:
                self._batch = handle.step.number
                if self._coder_name:
                    self._coder = coders.ensure(handle.step, self._coder_name)
            added = articles.add_prepared(handle.step, made)
            handle.step.db.conn.execute(
                "UPDATE import_run SET batch = ?, done = ? WHERE id = ?",
                (self._batch, self._done, self._run),
            )
        self.report.articles += added
        self._fit_size(len(fresh), time.perf_counter() - began)
        signed = [(row["number"], piece.signature) for row, piece in zip(made.narrow, fresh, strict=True)]
        self.report.near += self._neighbours.compare(signed)

    def _fit_size(self, stored: int, seconds: float) -> None:
        """The next batch should take the time that is wished; a quick one is not trusted at once."""
        fitting = stored * self._target / max(seconds, 1e-4)
        self._size = max(1, min(500, round(min(fitting, 1.3 * stored + 1))))

    def _original(self, loaded: Loaded) -> Original | None:
        if not self._keep or (loaded.data is None and not loaded.same):
            return None
        if len(loaded.drafts) > 1:
            known = self._files.get(loaded.path)
            self._files = {loaded.path: known or new_id()}
            data = None if known else loaded.data
            return Original(printable(loaded.path.name), data, self._files[loaded.path])
        whole = loaded.data
        if loaded.same and self._split and loaded.drafts[0].split_at:
            whole = loaded.drafts[0].text.encode()
        return Original(printable(loaded.path.name), whole)

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
            self._hold()

    def _hold(self) -> None:
        """The run is open, and others can tell that it is at work."""
        self._lock = claim(self.project.path, _running(self._run))
        self._open = True

    def close(self) -> None:
        """Ends the run and keeps its report; whoever interrupts that calls it once more."""
        if not self._open:
            return
        try:
            with self.project.unlogged() as db:
                db.conn.execute(
                    "UPDATE import_run SET finished = ?, paths = NULL, done = ?, report = ? WHERE id = ?",
                    (now(), self._done, json.dumps(asdict(self.report)), self._run),
                )
            self._open = False
            if not self.report.cancelled:  # else the next import makes them anew
                self._neighbours.write()
        finally:
            release(self._lock)

    def leave(self) -> None:
        """Gives up what is not stored yet and leaves the run open, as one that was killed: it can be gone on with."""
        self._open = False
        release(self._lock)

    def _where(self, path: Path) -> Progress:
        return Progress(self._done, self._total, len(self.report.articles), printable(path.name))


def _piece(draft: Draft, loaded: Loaded, at: int | None = None) -> _Piece:
    """`at`: which of the file's articles it is, if what was measured of that holds for it."""
    if at is None or not loaded.measures:
        measure = text_hash(draft.text), word_count(draft.text)
        return _Piece(draft, loaded, measure, signature(draft.text))
    return _Piece(draft, loaded, loaded.measures[at], loaded.signatures[at])


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
    report.near = [Near(**each) for each in held.get("near", [])]  # type: ignore[attr-defined]
    for name in ("duplicates", "failures", "notes", "run_on", "expected"):
        setattr(report, name, [Told(**each) for each in held.get(name, [])])  # type: ignore[attr-defined]
    return report


def _running(run: int) -> str:
    return f"import-{run}"
