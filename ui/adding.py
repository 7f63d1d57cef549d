"""Adding articles: files beside the window's work, texts at once, and what an import leaves to decide."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotate.errors import UserError
from annotate.readers.contract import Wishes
from storage import importing
from storage.importing import ImportReport, Unfinished
from ui.import_notices import ImportStrip, offer_password, offer_split, offer_unfinished, said_of
from ui.importing import ImportJob
from ui.look import Look
from ui.notice import Notices
from ui.session import Session

if TYPE_CHECKING:
    from ui.dialogs.add_articles import AddArticles


class Adding(QObject):
    """One import at a time; its progress and its end are told among the notices."""

    arrived = Signal(str)  # the first article that came in while none was open, or of a text
    report_asked = Signal()
    near_asked = Signal(object)  # the near duplicates that an import told

    def __init__(self, session: Session, look: Look, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._look, self._notices = session, look, notices
        self._job: ImportJob | None = None

    def add_files(
        self, paths: list[Path], wishes: Wishes | None = None, *, split: bool = False, keep: bool = True
    ) -> None:
        """Imports files and folders in a process of its own. Of tables it is asked what their columns are."""
        if not paths:
            return
        if not self._session.project.writable:
            self._notices.say("This project is open read-only; no articles can be added.", kind="warning")
        elif self._job is not None:
            self._notices.say("Another import is under way; add these when it is done.", kind="warning")
        else:
            wishes = wishes or self._columns(paths)
            if wishes is not None:
                coder = self._coder()
                self._begin(
                    ImportJob(
                        self._session, paths, coder=coder, split=split, wishes=wishes, keep=keep, parent=self
                    )
                )

    def ask(self, parent: QWidget) -> None:
        """The dialog with all that can be said about an import."""
        from ui.dialogs.add_articles import AddArticles

        sheet = AddArticles(self._session, self._look, parent)
        sheet.finished.connect(lambda accepted: self._take(sheet) if accepted else None)
        sheet.open()

    def _take(self, sheet: AddArticles) -> None:
        split, keep = sheet.split.isChecked(), sheet.keep.isChecked()
        self.add_files(sheet.paths, sheet.wishes, split=split, keep=keep)

    def _columns(self, paths: list[Path]) -> Wishes | None:
        from ui.dialogs.columns import ask_columns

        parent = self._notices.window()
        return ask_columns(self._session.project, paths, parent)

    def add_text(self, text: str, name: str) -> None:
        """Makes an article of a text that is in no file."""
        from annotate.readers import read_text

        project = self._session.project
        try:
            before = project.last_step()
            importer = importing.Importer(project, coder=self._coder())
            report = importer.run_drafts([read_text(text, name)], name)
        except UserError as error:
            self._session.failed.emit(str(error))
            return
        self._session.announce_since(before)
        offer_split(self._session, self._notices, report)
        if report.near:
            compare = (("Compare", partial(self.near_asked.emit, report.near)),)
            self._notices.say(f"That text is like “{report.near[0].of_title}”.", answers=compare)
        if report.articles:
            self.arrived.emit(report.articles[0])
        else:
            self._session.failed.emit("That text is in the project already.")

    def offer_unfinished(self) -> None:
        """Asks what becomes of imports that were killed."""
        offer_unfinished(self._session, self._notices, self._go_on)

    def stop(self) -> None:
        """Ends an import under way; what is in stays."""
        if self._job is not None:
            self._job.cancel(wait=True)

    def _coder(self) -> str:
        return self._session.coder.name if self._session.coder else ""

    def _begin(self, job: ImportJob) -> None:
        self._notices.add(ImportStrip(job, self._look))
        self._job = job
        job.finished.connect(self._ended)
        job.failed.connect(self._failed)
        job.start()

    def _ended(self, report: ImportReport) -> None:
        self._job = None
        self._session.look_for_others()
        text, warn = said_of(report)
        answers = [("Show report", self.report_asked.emit)]
        if report.near:
            answers.append(("Compare", partial(self.near_asked.emit, report.near)))
        self._notices.say(text, kind="warning" if warn else "info", answers=tuple(answers))
        offer_split(self._session, self._notices, report)
        offer_password(self._notices, report, self.add_files)
        if self._session.article is None and report.articles:
            self.arrived.emit(report.articles[0])

    def _failed(self, text: str) -> None:
        self._job = None
        self._session.look_for_others()
        self._notices.say(text, kind="warning", lasting=True)
        self.offer_unfinished()

    def _go_on(self, killed: Unfinished) -> None:
        self._begin(ImportJob(self._session, [], killed=killed, parent=self))
