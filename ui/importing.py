"""Imports beside the window: a process of its own reads and stores, the window shows how far it is."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton

from storage import importing
from storage.importing import ImportReport, Progress
from ui.look import Look
from ui.notice import Notices
from ui.session import Session

POLL_MS = 60
GRACE_SECONDS = 0.8  # after asking it to stop, before it is stopped


def import_process(project: Path, paths: Sequence[Path], coder: str, split: bool, pipe: Connection) -> None:
    """Runs in the child: sends Progress, then the ImportReport or a sentence. Any word sent to it cancels."""
    from annotate.errors import UserError
    from storage import Project

    last = 0.0

    def progress(now: Progress) -> bool:
        nonlocal last
        at = time.monotonic()
        if at - last > POLL_MS / 1000:
            last = at
            pipe.send(now)
        return not pipe.poll()

    try:
        with Project.open(project) as opened:
            importer = importing.Importer(opened, coder=coder, split=split, beside=True, progress=progress)
            pipe.send(importer.run(paths))
    except UserError as error:
        pipe.send(str(error))
    except (EOFError, BrokenPipeError):
        return  # the window is gone: what is in stays


class ImportJob(QObject):
    """One import of files into the session's project. At most one at a time makes sense."""

    progress = Signal(object)  # Progress
    finished = Signal(object)  # ImportReport
    failed = Signal(str)

    def __init__(
        self,
        session: Session,
        paths: Sequence[Path],
        *,
        coder: str = "",
        split: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        spawn = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        path = session.project.path.absolute()
        self._process = spawn.Process(
            target=import_process, args=(path, list(paths), coder, split, theirs), name="Postil import"
        )
        self._theirs = theirs
        self._asked: float | None = None
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._listen)

    def start(self) -> None:
        self._process.start()
        self._theirs.close()
        self._timer.start()

    def cancel(self, *, wait: bool = False) -> None:
        """Asks it to stop after the file at hand; it is stopped if it does not. What is in stays."""
        if self._asked is None and self._process.is_alive():
            self._asked = time.monotonic()
            try:
                self._pipe.send("cancel")
            except OSError:
                self._process.kill()
        if wait:
            self._process.join(GRACE_SECONDS)
            self._end()

    def _listen(self) -> None:
        try:
            while self._pipe.poll():
                self._heard(self._pipe.recv())
        except (EOFError, OSError):
            if self._timer.isActive():
                self._broke_off()
            return
        if self._timer.isActive() and self._asked and time.monotonic() - self._asked > GRACE_SECONDS:
            self._process.kill()

    def _heard(self, word: object) -> None:
        if isinstance(word, Progress):
            self._session.look_for_others()
            self.progress.emit(word)
            return
        self._end()
        if isinstance(word, ImportReport):
            self.finished.emit(word)
        else:
            self.failed.emit(str(word))

    def _broke_off(self) -> None:
        self._end()
        if self._asked is not None:
            for unfinished in importing.unfinished(self._session.project):
                importing.seal(self._session.project, unfinished.run)
            self.finished.emit(ImportReport(cancelled=True))
        else:
            self.failed.emit("The import broke off; what was read so far is in the project.")

    def _end(self) -> None:
        self._timer.stop()
        if self._process.is_alive():
            self._process.join(GRACE_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._pipe.close()


class ImportStrip(QFrame):
    """A slim bar: how far, and a way to stop."""

    def __init__(self, job: ImportJob, look: Look) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(12)
        self.said = QLabel("Adding articles…")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName("Import")
        self.stop = QPushButton("Cancel")
        self.stop.setProperty("role", "quiet")
        self.stop.clicked.connect(lambda: self.stop.setEnabled(False))
        self.stop.clicked.connect(lambda: job.cancel())
        row.addWidget(self.said)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        job.progress.connect(self._show)
        job.finished.connect(lambda _: self.deleteLater())
        job.failed.connect(lambda _: self.deleteLater())

    def _show(self, progress: Progress) -> None:
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)
        self.said.setText(
            f"{progress.done:,} of {_count(progress.total, 'file')} · {_count(progress.articles, 'article')}"
        )


def said_of(report: ImportReport) -> tuple[str, bool]:
    """An import in one sentence, and whether it should be looked at."""
    facts = [f"{_count(len(report.articles), 'article')} added"]
    if report.duplicates:
        facts.append(f"{len(report.duplicates):,} already there")
    if report.failures:
        facts.append(f"{len(report.failures):,} could not be read")
    if report.run_on:
        facts.append(f"{_count(len(report.run_on), 'text')} with another article run on")
    text = ", ".join(facts) + "."
    return (f"Stopped: {text}" if report.cancelled else text), bool(report.failures or report.cancelled)


def offer_unfinished(
    session: Session, notices: Notices, go_on: Callable[[importing.Unfinished], None]
) -> None:
    """Imports that were killed are finished or left, as the user likes."""
    for each in importing.unfinished(session.project):
        if not each.paths:
            importing.seal(session.project, each.run)
            continue
        notices.say(
            f"The last import broke off with {_count(len(each.paths), 'file')} to go.",
            answers=(
                ("Go on", partial(go_on, each)),
                ("Leave it", partial(importing.seal, session.project, each.run)),
            ),
        )


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
