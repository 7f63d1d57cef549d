"""Backups: make one now, or go back to one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QWidget

from annotate.errors import UserError
from storage.backup import Backup, backup_folder, backups, make_backup
from ui.dates import moment
from ui.dialogs.sheet import Sheet, note
from ui.look import Look
from ui.session import Session


class Backups(Sheet):
    """Lists them, newest first; `restore_asked` tells which one to go back to, after it was agreed to."""

    restore_asked = Signal(Path)

    def __init__(self, session: Session, look: Look, parent: QWidget | None) -> None:
        super().__init__("Backups", parent, width=600, height=500)
        self._session = session
        folder = backup_folder(session.project.path)
        where = note(f"A changed project is copied when it is opened, into “{folder.name}” beside it.")
        where.setToolTip(str(folder))
        self.body.addWidget(where)
        self.list = QListWidget()
        self.list.setAccessibleName("Backups, newest first")
        self.list.currentItemChanged.connect(lambda *_: self._offer())
        self.list.itemDoubleClicked.connect(lambda _: self.ask())
        self.body.addWidget(self.list, 1)
        self.none = note("No backups yet.")
        self.body.addWidget(self.none)
        self.question, self.yes = QLabel(wordWrap=True), QPushButton("Go back", autoDefault=False)
        self.asking = self._question()
        self.body.addWidget(self.asking)
        self.make = self.button("Make one now", self._make)
        self.button("Close", self.reject)
        self.back = self.button("Go back to this one…", self.ask, primary=True)
        self._fill()

    def ask(self) -> None:
        """Says what going back means, and waits for an answer."""
        chosen = self._chosen()
        if chosen is None or not self.back.isEnabled():
            return
        self.question.setText(
            f"Go back to the project as it was at {moment(chosen.made.isoformat())}? "
            "The present state is backed up first, so that you can come back to it."
        )
        self.asking.show()
        self.yes.setFocus()

    def _question(self) -> QFrame:
        frame = QFrame(visible=False)
        frame.setProperty("role", "notice")
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(8)
        row.addWidget(self.question, 1)
        leave = QPushButton("Leave it", clicked=frame.hide, autoDefault=False)
        self.yes.setProperty("role", "primary")
        self.yes.clicked.connect(self._restore)
        row.addWidget(leave)
        row.addWidget(self.yes)
        return frame

    def _fill(self) -> None:
        self._known = backups(self._session.project.path)
        self.list.clear()
        for each in self._known:
            item = QListWidgetItem(self._said(each))
            item.setSizeHint(QSize(0, max(36, self.fontMetrics().height() + 18)))
            self.list.addItem(item)
        self.list.setVisible(bool(self._known))
        self.none.setVisible(not self._known)
        if self._known:
            self.list.setCurrentRow(0)
        self._offer()

    def _said(self, backup: Backup) -> str:
        since = self._session.project.last_step() - backup.step
        later = (
            "nothing done since" if since <= 0 else "1 step since" if since == 1 else f"{since:,} steps since"
        )
        return f"{moment(backup.made.isoformat())}   ·   {_size(backup.size)}   ·   {later}"

    def _make(self) -> None:
        self.say_problem("")
        try:
            make_backup(self._session.project.path)
            self.aside.setText("Made.")
        except UserError as error:
            self.say_problem(str(error))
        self._fill()

    def _chosen(self) -> Backup | None:
        at = self.list.currentRow()
        return self._known[at] if 0 <= at < len(self._known) else None

    def _offer(self) -> None:
        self.asking.hide()
        self.make.setEnabled(self._session.project.writable)
        self.back.setEnabled(self._chosen() is not None and self._session.project.writable)

    def _restore(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.accept()
            self.restore_asked.emit(chosen.path)


def _size(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{size / 1e3:,.0f} KB"
