"""Reports of past imports: what came in, what was there already, what could not be read and why."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from storage import importing
from storage.importing import ImportReport
from ui.dates import moment
from ui.dialogs.sheet import Sheet
from ui.look import Look
from ui.session import Session


class Reports(Sheet):
    """One import at a time, the last one first."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None) -> None:
        super().__init__("Import reports", parent, width=720, height=560)
        self._known = importing.reports(session.project)
        self.which = QComboBox()
        self.which.setAccessibleName("Import")
        for started, report in self._known:
            self.which.addItem(
                f"{moment(started)}  ·  {report.files:,} files, {len(report.articles):,} articles"
            )
        self.which.currentIndexChanged.connect(self._show)
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setAccessibleName("Report")
        self.body.addWidget(self.which)
        self.body.addWidget(self.text, 1)
        self.button("Copy the report", lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        self.button("Close", self.accept, primary=True)
        self._show()

    def _show(self) -> None:
        at = self.which.currentIndex()
        self.which.setVisible(bool(self._known))
        text = as_text(*self._known[at]) if self._known else "Nothing was imported yet."
        self.text.setPlainText(text)


def as_text(started: str, report: ImportReport) -> str:
    """The whole report, as it is copied."""
    lines = [
        f"Import of {moment(started)}" + (", stopped before its end" if report.cancelled else ""),
        f"Files read: {report.files:,}",
        f"Articles added: {len(report.articles):,}",
        f"Texts already there: {len(report.duplicates):,}",
        f"Files that could not be read: {len(report.failures):,}",
    ]
    for head, told in (
        ("Could not be read", report.failures),
        ("Already there", report.duplicates),
        ("Another article seems to run on", report.run_on),
        ("Notes", report.notes),
    ):
        if told:
            lines += ["", head, *(f"  {each.path}\n    {each.what}" for each in told)]
    return "\n".join(lines)
