"""Coding without texts comes in: looked at first, with a report of what finds its place, then done as one step."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTextBrowser, QWidget

from annotate.errors import UserError
from annotate.marks_from.json_file import number_at
from annotate.sharing.shared_file import SharedFile
from annotate.spoken import counted
from storage import Project
from storage.rehydrated import Rehydrated
from storage.rehydrating import rehydrate
from storage.rehydration_plan import Plan, look
from ui import ask
from ui.look import Look
from ui.session import Session
from ui.sharing.job import Watch, Work
from ui.sharing.sheet import WorkingSheet
from ui.sharing.told import as_html, as_text

KINDS = "Coding without texts, replication packages (*.zip);;All files (*)"


class RehydrateSheet(WorkingSheet):
    """Looks at once; nothing is stored before the button is pressed."""

    def __init__(self, session: Session, look: Look, path: Path, parent: QWidget | None) -> None:
        with SharedFile(path) as file:
            self._title, self._most = file.title, max(0, number_at(file.head, "highlights"))
        super().__init__(f"Coding from “{self._title}”", session, look, parent, width=820, height=680)
        self._path = path
        self.plan: Plan | None = None
        self.report: Rehydrated | None = None
        self.done_ = False
        self.text = QTextBrowser(openLinks=False)
        self.text.setAccessibleName("Report")
        self.body.addWidget(self.bar)
        self.body.addWidget(self.text, 1)
        self.copy = self.button("Copy the report", self._copy)
        self.go = self.button("Bring it in", self._bring, primary=True)
        self.resting = [self.copy, self.go]
        look.changed.connect(self._show)
        self._look_first()

    def came(self, answer: object) -> None:
        if isinstance(answer, _Looked):
            self.plan, self.report = answer.plan, answer.report
        else:
            assert isinstance(answer, Rehydrated)
            self.report, self.done_ = answer, True
            self._session.look_for_others()
            self._session.said.emit(f"{counted(answer.added, 'highlight')} added from {self._path.name}")
        self._show()
        self.copy.show()
        self.cancel.setText("Close" if self.done_ else "Cancel")
        self.go.setVisible(not self.done_)
        report = self.report
        self.go.setEnabled(report.brings)
        self.go.setText(f"Bring in {counted(report.added, 'highlight')}")

    def stayed(self) -> None:
        if self.report is None:
            self._say("Nothing is known yet of what would come.")
            self.go.setText("Look again")

    def _look_first(self) -> None:
        self._say("Looking for the articles and for the place of every highlight…")
        self.copy.hide()
        self.go.setEnabled(False)
        self.begin(_looking(self._path), self._most, writes=True)

    def _show(self) -> None:
        if self.report is not None:
            self.text.setHtml(as_html(self.report, self._look, dry_run=not self.done_))

    def _say(self, text: str) -> None:
        self.text.setHtml(f"<p style='color:{self._look.theme.dim}'>{text}</p>")

    def _copy(self) -> None:
        assert self.report is not None
        QGuiApplication.clipboard().setText(as_text(self._path.name, self.report, dry_run=not self.done_))
        self.aside.setText("Copied.")

    def _bring(self) -> None:
        self.aside.setText("")
        if self.report is None:
            self._look_first()
            return
        self.begin(_bringing(self._path, self.plan), self._most, writes=True)


class _Looked:
    def __init__(self, plan: Plan, report: Rehydrated) -> None:
        self.plan, self.report = plan, report


def _looking(path: Path) -> Work:
    def work(project: Project, watch: Watch) -> _Looked:
        with SharedFile(path) as file:
            plan = look(project, file, watch)
            return _Looked(plan, rehydrate(project, file, dry_run=True, plan=plan))

    return work


def _bringing(path: Path, plan: Plan | None) -> Work:
    def work(project: Project, watch: Watch) -> Rehydrated:
        with SharedFile(path) as file:
            return rehydrate(project, file, plan=plan, watch=watch)

    return work


def ask_and_open(session: Session, look: Look, parent: QWidget) -> RehydrateSheet | None:
    """Asks for the file; what is wrong with it is said."""
    settings = session.settings
    path = ask.open_one(parent, "Bring in coding without texts", settings.last_folder, KINDS)
    if path is None:
        return None
    settings.set_last_folder(path.parent)
    try:
        sheet = RehydrateSheet(session, look, path, parent)
    except UserError as error:
        session.failed.emit(str(error))
        return None
    sheet.open()
    return sheet
