"""Imports beside the window: a process of its own reads and stores, the window hears how far it is."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from annotate.readers.contract import Wishes
from storage import importing
from storage.importing import ImportReport, Progress, Unfinished
from ui.import_process import Work, import_process
from ui.session import Session

POLL_MS = 60
LOOK_SECONDS = 0.25  # between two looks at what came in, or eight times what the last one took
ASKED_SECONDS = 0.35  # a cancelled import may finish its file so long, then it is interrupted
GRACE_SECONDS = 0.9  # and then it is killed


class ImportJob(QObject):
    """One import into the session's project: of `paths`, or what `killed` had not come to.

    One that `looks` only says what would come.
    """

    progress = Signal(object)  # Progress
    finished = Signal(object)  # ImportReport
    failed = Signal(str)  # one sentence; what was stored before stays

    def __init__(
        self,
        session: Session,
        paths: Sequence[Path],
        *,
        coder: str = "",
        split: bool = False,
        wishes: Wishes | None = None,
        keep: bool = True,
        looks: bool = False,
        killed: Unfinished | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        spawn = multiprocessing.get_context("spawn")
        self._pipe, self._theirs = spawn.Pipe()
        path = session.project.path.absolute()
        work = Work(tuple(paths), coder, split, wishes or Wishes(), killed, keep, looks)
        self._process = spawn.Process(
            target=import_process, args=(path, work, self._theirs), name="Postil import"
        )
        self._known: frozenset[int] = frozenset()
        self._asked: float | None = None
        self._ended: float | None = None
        self._look_at = 0.0
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._listen)

    def start(self) -> None:
        self._known = frozenset(each.run for each in importing.unfinished(self._session.project))
        self._process.start()
        self._theirs.close()
        self._timer.start()

    def cancel(self, *, wait: bool = False) -> None:
        """Stops it within a second; what is in stays. `wait` until it is gone, and hear nothing more."""
        if self._asked is None and self._ended is None:
            self._asked = time.monotonic()
            try:
                self._pipe.send("cancel")
            except OSError:
                self._kill()
        if wait:
            self._timer.stop()
            self._process.join(ASKED_SECONDS)
            if self._process.is_alive():
                self._process.terminate()
                self._process.join(GRACE_SECONDS - ASKED_SECONDS)
            self._kill()
            self._seal()

    # ------------------------------------------------------------ inside

    def _listen(self) -> None:
        if self._ended is not None:
            self._reap()
            return
        try:
            while self._ended is None and self._pipe.poll():
                self._heard(self._pipe.recv())
        except (EOFError, OSError):
            self._broke_off()
            return
        self._press()

    def _heard(self, word: object) -> None:
        if isinstance(word, Progress):
            self._look()
            self.progress.emit(word)
            return
        self._ended = time.monotonic()
        if self._asked is not None:
            self._seal()  # it may have been interrupted before it did so itself
        self._session.look_for_others()
        if isinstance(word, ImportReport):
            self.finished.emit(word)
        else:
            self.failed.emit(str(word))

    def _look(self) -> None:
        """Lets the session see what came in; the more that costs, the more seldom."""
        at = time.monotonic()
        if at >= self._look_at:
            self._session.look_for_others()
            cost = time.monotonic() - at
            self._look_at = time.monotonic() + max(LOOK_SECONDS, 8 * cost)

    def _press(self) -> None:
        """A cancelled import that does not end by itself is interrupted, and then killed."""
        if self._asked is None:
            return
        waited = time.monotonic() - self._asked
        if waited > GRACE_SECONDS:
            self._kill()
        elif waited > ASKED_SECONDS and self._process.is_alive():
            self._process.terminate()

    def _broke_off(self) -> None:
        self._kill()
        self._reap()
        self._session.look_for_others()
        if self._asked is not None:
            self._seal()
            self.failed.emit("The import was stopped; what it had read so far is in the project.")
        else:
            self.failed.emit("The import broke off; what it had read so far is in the project.")

    def _seal(self) -> None:
        """One that was to stop is not offered again."""
        project = self._session.project
        for each in importing.unfinished(project):
            if each.run not in self._known:
                importing.seal(project, each.run)

    def _reap(self) -> None:
        """Lets go of the process once it has closed the file; one that does not is killed."""
        ended = self._ended = self._ended or time.monotonic()
        if self._process.is_alive() and time.monotonic() - ended < 10:
            return
        self._kill()
        self._timer.stop()
        self._pipe.close()

    def _kill(self) -> None:
        if self._process.is_alive() and self._process.pid:
            if os.name == "posix" and os.getpgid(self._process.pid) == self._process.pid:
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        self._process.join(1.0)
