"""Reports of past imports: what came in, what was there already, what could not be read and why."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QTextBrowser, QWidget

from annotate.errors import UserError
from annotate.spoken import counted
from annotate.writers.whole import written_whole
from storage import importing
from storage.importing import ImportReport, Told
from storage.near import Near
from ui import ask
from ui.dates import moment
from ui.dialogs.sheet import Sheet, note
from ui.look import Look
from ui.session import Session
from ui.theme import Theme

NEAR = "Near duplicates"
LISTED = 1000  # of a kind; the copied text has them all


class Reports(Sheet):
    """One import at a time, the last one first."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None) -> None:
        super().__init__("Import reports", parent, width=760, height=600)
        self._session, self._look = session, look
        self._known = importing.reports(session.project)
        self.which = QComboBox()
        self.which.setAccessibleName("Import")
        for started, report in self._known:
            self.which.addItem(f"{moment(started)}   ·   {summary(report)}")
        self.which.currentIndexChanged.connect(self._show)
        self.text = QTextBrowser(openLinks=False)
        self.text.setAccessibleName("Report")
        self.text.anchorClicked.connect(lambda _: self._compare())
        self.none = note("Nothing was imported yet.")
        self.body.addWidget(self.which)
        self.body.addWidget(self.none)
        self.body.addWidget(self.text, 1)
        self.copy = self.button("Copy the report", self._copy)
        self.keep = self.button("Save the report…", self._save)
        self.button("Close", self.accept, primary=True)
        for widget in (self.which, self.text, self.copy, self.keep):
            widget.setVisible(bool(self._known))
        self.none.setVisible(not self._known)
        look.changed.connect(self._show)
        self._show()

    def _show(self, *_: object) -> None:
        if self._known:
            self.text.setHtml(as_html(self._known[self.which.currentIndex()][1], self._look))

    def _compare(self) -> None:
        from ui.dialogs.near import NearDuplicates

        over, told = self.parentWidget(), self._known[self.which.currentIndex()][1].near
        self.accept()
        NearDuplicates(self._session, self._look, told, over).open()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(as_text(*self._known[self.which.currentIndex()]))
        self.aside.setText("Copied.")

    def _save(self) -> None:
        started, report = self._known[self.which.currentIndex()]
        settings = self._session.settings
        proposed = settings.last_folder / f"import {started[:10]}.txt"
        path = ask.save_file(self, "Save the report", proposed, "Text (*.txt);;All files (*)")
        if path is None:
            return
        try:
            with written_whole(path) as file:
                file.write(as_text(started, report).encode() + b"\n")
        except UserError as error:
            self.say_problem(str(error))
            return
        settings.set_last_folder(path.parent)
        self.aside.setText("Saved.")


def summary(report: ImportReport) -> str:
    """`3 files, 1 article`."""
    stopped = ", stopped" if report.cancelled else ""
    return f"{counted(report.files, 'file')}, {counted(len(report.articles), 'article')}{stopped}"


def sections(report: ImportReport) -> list[tuple[str, list[Told]]]:
    """What is told, under its heads; those without anything are left out."""
    told = (
        ("Would come", report.expected),
        ("Could not be read", report.failures),
        ("Already there", report.duplicates),
        (NEAR, [_near_told(each) for each in report.near]),
        ("Another article seems to follow", report.run_on),
        ("Notes", report.notes),
    )
    return [(head, listed) for head, listed in told if listed]


def _near_told(near: Near) -> Told:
    """A near duplicate as the report says it."""
    return Told(near.title, f"{near.said}, with “{near.of_title}”")


def as_text(started: str, report: ImportReport) -> str:
    """The whole report, as it is copied."""
    lines = [
        f"Import of {moment(started)}" + (", stopped before its end" if report.cancelled else ""),
        f"Files read: {report.files:,}",
        f"Articles added: {len(report.articles):,}",
        f"Texts already there: {len(report.duplicates):,}",
        f"Near duplicates: {len(report.near):,}",
        f"Files that could not be read: {len(report.failures):,}",
    ]
    for head, told in sections(report):
        lines += ["", head, *(f"  {each.path}\n    {each.what}" for each in told)]
    return "\n".join(lines)


def as_html(report: ImportReport, look: Look) -> str:
    """The report as it is shown."""
    theme = look.theme
    parts = [
        f"<p><b>{counted(len(report.articles or report.expected), 'article')}</b> "
        f"{'would come' if report.expected else 'added'} from {counted(report.files, 'file')}"
        + (", stopped before its end" if report.cancelled else "")
        + ".</p>"
    ]
    for head, told in sections(report):
        parts.append(head_html(head, len(told), theme.dim, _link(head, theme)))
        parts += [_line(head, each, theme.dim) for each in told[:LISTED]]
        if len(told) > LISTED:
            parts.append(
                f"<p style='color:{theme.dim}'>and {len(told) - LISTED:,} more in the copied text</p>"
            )
    return "".join(parts)


def _link(head: str, theme: Theme) -> str:
    if head != NEAR:
        return ""
    style = f"color:{theme.accent}; text-decoration:none"
    return f"&nbsp;&nbsp;&nbsp;<a href='near' style='{style}'>Compare side by side</a>"


def _line(head: str, told: Told, dim: str) -> str:
    name, what = told.path if head == NEAR else Path(told.path).name, told.what
    if name in what and head != NEAR:
        return entry_html("", what, dim)
    return entry_html(name, what, dim)


def head_html(head: str, number: int, dim: str, link: str = "") -> str:
    """The head of a section, with how many stand under it."""
    style = f"color:{dim}; margin-top:14px; margin-bottom:2px"
    return f"<p style='{style}'><b>{escape(head)}</b>&nbsp;&nbsp;{number:,}{link}</p>"


def entry_html(name: str, what: str, dim: str) -> str:
    """What is told of one thing, under its name if it has one."""
    if not name:
        return f"<p style='margin:4px 0'>{escape(what)}</p>"
    return f"<p style='margin:4px 0'>{escape(name)}<br><span style='color:{dim}'>{escape(what)}</span></p>"
