"""A check of all rules in a thread, through a connection of its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from annotate.errors import UserError
from annotate.violations import Violation
from storage import Project
from storage.rule_check import violations

AT_ONCE = 400  # violations told together


class RuleCheck(QThread):
    """Start it; `found` tells lists of violations, `over` the end and what stood in the way."""

    found = Signal(object)
    over = Signal(str)

    def __init__(self, project: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project

    def run(self) -> None:
        try:
            with Project.open(self._project, write=False) as project:
                waiting: list[Violation] = []
                for each in violations(project, going=lambda: not self.isInterruptionRequested()):
                    waiting.append(each)
                    if len(waiting) >= AT_ONCE:
                        self.found.emit(waiting)
                        waiting = []
                self.found.emit(waiting)
        except UserError as error:
            self.over.emit(str(error))
        else:
            self.over.emit("")

    def stop(self) -> None:
        """Ends it before the next article, and waits until it has."""
        self.requestInterruption()
        self.wait()
