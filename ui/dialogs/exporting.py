"""An export in a thread, through a connection of its own: written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from annotate import writers
from annotate.errors import UserError
from annotate.writers import CodedSpan, Options
from storage import Project, taxonomies
from storage.exchange import Choice, coded_spans

TELL = 2000  # rows between two words on how far it is


class Export(QThread):
    """Start it; `done` tells the rows written, or what stood in the way. `stop` leaves nothing behind."""

    progress = Signal(int)  # rows so far
    written = Signal(int, str)  # rows, problem

    def __init__(
        self, project: Path, name: str, choice: Choice, options: Options, out: Path, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._project, self._name, self._choice, self._options = project, name, choice, options
        self.out = out

    def run(self) -> None:
        try:
            with Project.open(self._project, write=False) as project:
                spans = coded_spans(project, self._choice, text=self._options.text)
                held = taxonomies.all_taxonomies(project)
                rows = writers.export(self._name, self._watched(spans), held, self.out, self._options)
        except UserError as error:
            self.written.emit(0, str(error))
        else:
            self.written.emit(rows, "")

    def stop(self) -> None:
        """Ends it before the next row, and waits until it has."""
        self.requestInterruption()
        self.wait()

    def _watched(self, spans: Iterator[CodedSpan]) -> Iterator[CodedSpan]:
        for at, span in enumerate(spans):
            if at % TELL == 0:
                if self.isInterruptionRequested():
                    raise UserError("Stopped; nothing was written.")
                self.progress.emit(at)
            yield span
