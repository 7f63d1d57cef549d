"""The automatic backup at opening: made in a thread beside the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, QThread, Signal

from annotate.errors import UserError
from storage import Project


class _Worker(QThread):
    said = Signal(str)

    def __init__(self, project: Project, parent: QObject) -> None:
        super().__init__(parent)
        self._path = project.path

    def run(self) -> None:
        from storage.backup import make_backup

        try:
            make_backup(self._path, only_if_changed=True)
        except UserError as error:
            self.said.emit(str(error))


class BackUp(QObject):
    """Copies the project if it changed since the last copy; what hinders it is said."""

    failed = Signal(str)

    def __init__(self, project: Project, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = _Worker(project, self)
        self._worker.said.connect(self.failed)

    def begin(self) -> None:
        self._worker.start(QThread.Priority.LowPriority)

    def wait(self) -> None:
        """Waits for a copy under way: half a backup is none."""
        self._worker.wait()
