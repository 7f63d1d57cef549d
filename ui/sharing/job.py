"""Work on the project file in a thread, through a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from annotate.errors import UserError, own_mistake
from storage import Project

Watch = Callable[[int], None]
Work = Callable[[Project, Watch], object]


class Job(QThread):
    """Start it; `ended` tells what came of it, or what stood in the way. `stop` takes all of it back."""

    progress = Signal(int)  # as the work counts
    ended = Signal(object, str)  # the answer; or None, of our own mistakes the error, and a sentence

    def __init__(self, project: Path, work: Work, parent: QObject, *, writes: bool = False) -> None:
        super().__init__(parent)
        self._project, self._work, self._writes = project, work, writes

    def run(self) -> None:
        try:
            with Project.open(self._project, write=self._writes) as project:
                answer = self._work(project, self._watch)
        except UserError as error:
            self.ended.emit(None, str(error))
        except Exception as error:
            self.ended.emit(error, own_mistake(error))
        else:
            self.ended.emit(answer, "")

    def stop(self) -> None:
        """Ends it when it tells next how far it is, and waits until it has."""
        self.requestInterruption()
        self.wait()

    def _watch(self, number: int) -> None:
        if self.isInterruptionRequested():
            raise UserError("Stopped; nothing was written.")
        self.progress.emit(number)
