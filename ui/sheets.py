"""The sheets that actions open, found by the action's name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCursor

from annotate.errors import UserError
from ui.look import Look
from ui.notice import Notices

if TYPE_CHECKING:
    from storage.near import Near
    from ui.workspace import Workspace


class Sheets:
    """Opens them over the window. What is being written in the panes is stored before one that reads all of it."""

    def __init__(self, workspace: Workspace, look: Look, notices: Notices) -> None:
        self._workspace, self._look, self._notices = workspace, look, notices
        self._session = workspace.session

    def relation_types(self) -> None:
        if id := self._workspace.taxonomy_at_hand():
            self._workspace.codes.menu.relation_types(id)

    def crosswalks(self) -> None:
        from ui.crosswalks.sheet import Crosswalks

        Crosswalks(self._session, self._look, self._workspace.window()).open()

    def codebook(self) -> None:
        from ui.codes.codebook import write_codebook

        write_codebook(self._session, self._workspace.window())

    def left_out(self) -> None:
        from ui.dialogs.left_out import LeftOut

        if self._session.article:
            LeftOut(self._session, self._look, self._session.article, self._workspace).open()

    def fields(self) -> None:
        from ui.dialogs.fields import FieldsSheet

        FieldsSheet(self._session, self._look, self._workspace).open()

    def import_reports(self) -> None:
        from ui.dialogs.reports import Reports

        Reports(self._session, self._look, self._workspace.window()).open()

    def export(self) -> None:
        from ui.dialogs.export import ExportDialog

        self._workspace.inspector.flush()
        ExportDialog(self._session, self._look, self._workspace.window()).open()

    def share_coding(self) -> None:
        from ui.sharing.share import ShareSheet

        self._workspace.inspector.flush()
        ShareSheet(self._session, self._look, self._workspace.window()).open()

    def rehydrate(self) -> None:
        from ui.sharing.rehydrate import ask_and_open

        self._workspace.inspector.flush()
        ask_and_open(self._session, self._look, self._workspace.window())

    def package(self) -> None:
        from ui.sharing.package import PackageSheet

        self._workspace.inspector.flush()
        PackageSheet(self._session, self._look, self._workspace.window()).open()

    def backups(self) -> None:
        from ui.dialogs.backups import Backups

        self._workspace.inspector.flush()
        dialog = Backups(self._session, self._look, self._workspace.window())
        dialog.restore_asked.connect(self._restore)
        dialog.open()

    def rounds(self) -> None:
        from ui.rounds.sheet import Rounds

        sheet = Rounds(self._session, self._look, self._workspace)
        sheet.shown.connect(self._workspace.articles.filter.setText)
        sheet.open()

    def agreement(self) -> None:
        from ui.agreeing.sheet import Agreement

        sheet = Agreement(self._session, self._look, self._workspace)
        sheet.go_asked.connect(self._workspace.open_at)
        sheet.open()

    def show_marks(self) -> None:
        from ui.visibility import VisibilityPopover

        VisibilityPopover(self._session, self._look, self._workspace).open_at(QCursor.pos())

    def compare(self, told: list[Near]) -> None:
        from ui.dialogs.near import NearDuplicates

        self._workspace.inspector.flush()
        NearDuplicates(self._session, self._look, told, self._workspace.window()).open()

    def _restore(self, backup: Path) -> None:
        """Closes the project, puts the backup in its place, opens it again."""
        from storage.backup import restore

        window, path = self._workspace.window(), self._session.project.path
        window.close_project()  # type: ignore[attr-defined]
        try:
            restore(path, backup)
            said = f"{path.name} is as it was in that backup; the state before is among the backups."
            self._notices.say(said)
        except UserError as error:
            self._notices.say(str(error), kind="warning", lasting=True)
        QTimer.singleShot(0, window, lambda: window.open_project(path))  # type: ignore[attr-defined]
