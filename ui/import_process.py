"""What runs in the import's own process: no Qt, so that it starts at once and takes nothing of the window down."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from annotate.errors import UserError
from annotate.readers.contract import NO_WISHES, Wishes
from storage import Project
from storage.importing import Importer, Progress, Unfinished

SEND_SECONDS = 0.05  # between two words on how far it is


@dataclass(frozen=True, slots=True)
class Work:
    """What the process is to do: read `paths`, or go on with an import that was killed."""

    paths: tuple[Path, ...]
    coder: str = ""
    split: bool = False
    wishes: Wishes = NO_WISHES
    killed: Unfinished | None = None
    keep: bool = True
    looks: bool = False  # only say what would come


class _Interrupted(BaseException):
    """Raised out of whatever the import is at."""


def import_process(project: Path, work: Work, pipe: Connection) -> None:
    """Runs in the child: sends Progress, then the ImportReport or a sentence. Any word sent to it cancels. If the
    window is killed, the import ends as if it had been killed too, and is offered when the project is opened again.
    """
    last = 0.0
    cancelled = False

    def progress(now: Progress) -> bool:
        nonlocal last, cancelled
        at = time.monotonic()
        try:
            if at - last > SEND_SECONDS:
                last = at
                pipe.send(now)
            cancelled = cancelled or (pipe.poll() and bool(pipe.recv()))
        except (EOFError, ConnectionError):  # nobody is at the other end
            importer.leave()
            raise
        return not cancelled

    try:
        _stand_alone()
        with Project.open(project, write=not work.looks) as opened:
            coder = work.killed.coder if work.killed else work.coder
            importer = Importer(
                opened,
                coder=coder,
                split=work.split,
                keep_originals=work.keep,
                wishes=work.wishes,
                beside=True,
                progress=progress,
            )
            _interrupt_on_sigterm(importer)
            try:
                if work.killed:
                    report = importer.resume(work.killed)
                else:
                    report = (importer.look if work.looks else importer.run)(work.paths)
            except _Interrupted:
                importer.close()  # it may have been at just that
                report = importer.report
        pipe.send(report)
    except UserError as error:
        pipe.send(str(error))
    except (EOFError, ConnectionError):
        return  # the window is gone: what is in stays


def _stand_alone() -> None:
    """The child and the processes it starts are one group, so that none is left when it is killed."""
    if os.name == "posix":
        os.setsid()
        os.nice(10)  # the window, and the hand that marks in it, go first
        with suppress(OSError):  # Linux weighs sessions before processes
            Path("/proc/self/autogroup").write_text("10")


def _interrupt_on_sigterm(importer: Importer) -> None:
    def interrupt(*_: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # what tidies up is not interrupted as well
        importer.report.cancelled = True
        raise _Interrupted

    if os.name == "posix":
        signal.signal(signal.SIGTERM, interrupt)
