"""An export in a thread, through a connection of its own: written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QThread, Signal

from annotate.crosswalks import Crosswalk
from annotate.errors import UserError
from annotate.writers import Options
from storage import Project
from storage.exchange import Choice, dataset
from storage.through import through
from ui.formats import writers

T = TypeVar("T")
TELL = 2000  # rows between two words on how far it is


class Export(QThread):
    """Start it; `written` tells the rows, or what stood in the way. `stop` leaves nothing behind."""

    progress = Signal(int)  # rows so far
    written = Signal(int, str, object)  # rows, problem, what the format could not take (a tuple of sentences)

    def __init__(
        self,
        project: Path,
        name: str,
        choice: Choice,
        options: Options,
        out: Path,
        parent: QObject,
        *,
        anonymous: bool = False,
    ) -> None:
        super().__init__(parent)
        self._project, self._name, self._choice, self._options = project, name, choice, options
        self._anonymous = anonymous
        self.out = out
        self.through: Crosswalk | None = None  # under whose codes the marks go out

    def run(self) -> None:
        try:
            with Project.open(self._project, write=False) as project:
                text = writers.reads_text(self._name, self._options)
                whole = dataset(project, self._choice, text=text, anonymous=self._anonymous)
                if self.through is not None:
                    whole = through(project, whole, self.through, self._choice)
                watched = replace(
                    whole,
                    spans=lambda: self._watched(whole.spans()),
                    articles=lambda: self._watched(whole.articles()),
                )
                done = writers.export(self._name, watched, self.out, self._options)
        except UserError as error:
            self.written.emit(0, str(error), ())
        else:
            self.written.emit(done.rows, "", done.notes)

    def stop(self) -> None:
        """Ends it before the next row, and waits until it has."""
        self.requestInterruption()
        self.wait()

    def _watched(self, stream: Iterator[T]) -> Iterator[T]:
        for at, each in enumerate(stream):
            if at % TELL == 0:
                if self.isInterruptionRequested():
                    raise UserError("Stopped; nothing was written.")
                self.progress.emit(at)
            yield each
