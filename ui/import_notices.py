"""What is said about imports: how far one is, what it brought, and what is offered afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton

from annotate.readers.contract import Wishes
from annotate.spoken import counted
from storage import Step, articles, importing
from storage.importing import ImportReport, Progress, Unfinished
from storage.originals import Original, original
from ui import ask
from ui.fonts import tabular
from ui.importing import ImportJob
from ui.look import Look
from ui.notice import Notices
from ui.session import Session


class ImportStrip(QFrame):
    """A slim bar: how far, and a way to stop. It goes when the import ends."""

    def __init__(self, job: ImportJob, look: Look) -> None:
        super().__init__()
        self._job = job
        self.setProperty("role", "notice")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(16)
        self.said = QLabel("Adding articles…")
        self.said.setFont(tabular(self.font()))
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName("Import")
        self.stop = QPushButton("Cancel", clicked=self._stop)
        self.stop.setProperty("role", "quiet")
        row.addWidget(self.said)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        job.progress.connect(self._show)
        job.finished.connect(lambda _: self.deleteLater())
        job.failed.connect(lambda _: self.deleteLater())

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.stop.setText("Stopping…")
        self._job.cancel()

    def _show(self, progress: Progress) -> None:
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)
        self.bar.setAccessibleDescription(progress.name)
        self.said.setText(
            f"{progress.done:,} of {counted(progress.total, 'file')} · {counted(progress.articles, 'article')}"
        )


def said_of(report: ImportReport) -> tuple[str, bool]:
    """An import in one sentence, and whether it should be looked at."""
    facts = [f"{counted(len(report.articles), 'article')} added"]
    if report.duplicates:
        facts.append(f"{len(report.duplicates):,} already there")
    if report.near:
        facts.append(counted(len(report.near), "near duplicate"))
    if report.failures:
        facts.append(f"{len(report.failures):,} could not be read")
    text = ", ".join(facts) + "."
    return (f"Stopped: {text}" if report.cancelled else text), bool(report.failures or report.cancelled)


def offer_unfinished(session: Session, notices: Notices, go_on: Callable[[Unfinished], None]) -> None:
    """Imports that were killed are finished or left, as the user likes."""
    for each in importing.unfinished(session.project):
        if not each.paths:
            importing.seal(session.project, each.run)
            continue
        total = each.done + len(each.paths)
        notices.say(
            f"The last import stopped after {each.done:,} of {counted(total, 'file')}.",
            answers=(
                ("Go on", partial(go_on, each)),
                ("Leave it", partial(importing.seal, session.project, each.run)),
            ),
        )


def offer_split(session: Session, notices: Notices, report: ImportReport) -> None:
    """Where another article runs on in a text, cutting it is offered."""
    if not report.run_on:
        return
    where = Path(report.run_on[0].path).name if len(report.run_on) == 1 else f"{len(report.run_on):,} texts"
    notices.say(
        f"Another article seems to follow in {where}.",
        answers=(("Split", partial(split_run_on, session, report)), ("Leave it", lambda: None)),
    )


def offer_password(notices: Notices, report: ImportReport, add: Callable[[list[Path], Wishes], None]) -> None:
    """Encrypted files are read once more with a password, if one is given."""
    if not report.locked:
        return
    paths = [Path(path) for path in report.locked]
    one = len(paths) == 1
    what = f"{paths[0].name} is encrypted." if one else f"{len(paths):,} files are encrypted."

    def asked() -> None:
        told = paths[0].name if one else "It is tried on each of them."
        if password := ask.password(notices.window(), "Read encrypted files", told):
            add(paths, Wishes(passwords=(password,)))

    notices.say(what, answers=(("Give the password", asked), ("Leave out", lambda: None)))


def split_run_on(session: Session, report: ImportReport) -> list[str]:
    """Cuts the texts of an import in which another article runs on, as one step; the ids of the parts.

    Articles that were changed or coded meanwhile are left as they are.
    """
    from annotate.readers import read_text, split

    project, made = session.project, list[str]()
    names = {Path(told.path).name for told in report.run_on}

    def work(step: Step) -> None:
        for each in articles.all_articles(project, report.articles):
            row = articles.rows(project, [each.number]).get(each.number)
            if each.source not in names or row is None or row.highlights:
                continue
            draft = read_text(articles.text(project, each.id), each.source)
            if not draft.split_at:
                continue
            kept = replace(draft, title=each.title, outlet=each.outlet, author=each.author, date=each.date)
            parts, bytes_ = split(kept), original(project, each.id)
            originals = [Original(each.source, bytes_) if bytes_ else None, *[None] * (len(parts) - 1)]
            articles.remove(step, [each.id])
            made.extend(articles.add(step, parts, [each.source] * len(parts), originals))

    session.do("Split texts in which another article follows", work)
    if made:
        session.said.emit(f"Split into {counted(len(made), 'article')}")
        session.show_article(made[0])
    return made
