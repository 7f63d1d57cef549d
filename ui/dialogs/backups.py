"""Backups: make one now, or go back to one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QWidget

from annotate.errors import UserError
from storage.backup import Backup, backup_folder, backups, make_backup
from ui import ask
from ui.dates import moment
from ui.dialogs.sheet import Sheet
from ui.look import Look
from ui.session import Session


class Backups(Sheet):
    """Lists them, newest first; `restore_asked` tells which one to go back to."""

    restore_asked = Signal(Path)

    def __init__(self, session: Session, look: Look, parent: QWidget | None) -> None:
        super().__init__("Backups", parent, width=560, height=480)
        self._session = session
        folder = backup_folder(session.project.path)
        where = QLabel(
            f"A copy is made at every opening if the project has changed. Copies stand in “{folder.name}” beside it.",
            wordWrap=True,
        )
        where.setProperty("role", "dim")
        where.setToolTip(str(folder))
        self.body.addWidget(where)
        self.list = QListWidget()
        self.list.setAccessibleName("Backups, newest first")
        self.list.currentItemChanged.connect(lambda *_: self._offer())
        self.body.addWidget(self.list, 1)
        self.make = self.button("Make one now", self._make)
        self.button("Close", self.reject)
        self.back = self.button("Go back to this one", self._restore, primary=True)
        self._fill()

    def _fill(self) -> None:
        self._known = backups(self._session.project.path)
        self.list.clear()
        for each in self._known:
            self.list.addItem(QListWidgetItem(self._said(each)))
        if not self._known:
            self.list.addItem(QListWidgetItem("No backups yet."))
        self._offer()

    def _said(self, backup: Backup) -> str:
        since = self._session.project.last_step() - backup.step
        later = (
            "nothing done since" if not since else f"{since:,} steps since" if since > 1 else "1 step since"
        )
        return f"{moment(backup.made.isoformat())}  ·  {backup.size / 1e6:,.1f} MB  ·  {later}"

    def _make(self) -> None:
        try:
            make_backup(self._session.project.path)
        except UserError as error:
            self.say_problem(str(error))
        self._fill()

    def _offer(self) -> None:
        chosen = self._known and self.list.currentRow() >= 0
        self.back.setEnabled(bool(chosen) and self._session.project.writable)

    def _restore(self) -> None:
        chosen = self._known[self.list.currentRow()]
        if ask.confirm(
            self,
            f"Go back to the project as it was at {moment(chosen.made.isoformat())}?",
            "The present state is backed up first, so you can come back to it.",
            "Go back",
        ):
            self.accept()
            self.restore_asked.emit(chosen.path)
