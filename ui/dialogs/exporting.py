"""An export in a thread, through a connection of its own: written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QThread, Signal

from annotate.errors import UserError
from storage import Project
from storage.exchange import Divider
from ui.chosen import Chosen
from ui.formats import writers

T = TypeVar("T")
TELL = 2000  # rows between two words on how far it is


class Export(QThread):
    """Start it; `written` tells the rows, or what stood in the way. `stop` leaves nothing behind."""

    progress = Signal(int)  # rows so far
    written = Signal(int, str, object)  # rows, problem, what the format could not take (a tuple of sentences)

    def __init__(
        self, project: Path, chosen: Chosen, out: Path, parent: QObject, *, key: Path | None = None
    ) -> None:
        """`key`: where who is who among numbered coders is written."""
        super().__init__(parent)
        self._project, self._chosen, self._key = project, chosen, key
        self.out = out

    def run(self) -> None:
        from ui.commands.exporting import write_key

        chosen, options = self._chosen, self._chosen.options()
        try:
            with Project.open(self._project, write=False) as project:
                whole = chosen.dataset(project, chosen.choice(project), Divider(project))
                watched = replace(
                    whole,
                    spans=lambda: self._watched(whole.spans()),
                    articles=lambda: self._watched(whole.articles()),
                )
                done = writers.export(chosen.format, watched, self.out, options)
                if self._key is not None:
                    write_key(project, self._key)
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
