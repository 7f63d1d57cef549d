"""Adding articles with all that can be said about it: from where, how, and a look before anything is stored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QTextBrowser,
    QWidget,
)

from annotate.errors import UserError
from annotate.readers.contract import Wishes
from annotate.readers.naming import compiled
from annotate.spoken import counted
from storage.importing import ImportReport, Progress
from ui import ask
from ui.dialogs.columns import ask_columns, is_table
from ui.dialogs.reports import as_html
from ui.dialogs.sheet import Sheet, labelled, section
from ui.importing import ImportJob
from ui.look import Look
from ui.session import Session


class AddArticles(Sheet):
    """Once accepted, `paths`, `wishes`, `split` and `keep` are what was chosen."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None) -> None:
        super().__init__("Add articles", parent, width=820, height=680)
        self._session, self._look = session, look
        self.paths: list[Path] = []
        self.wishes = Wishes()
        self._job: ImportJob | None = None
        self.sources = QListWidget()
        self.sources.setAccessibleName("Files and folders")
        self.sources.setFixedHeight(112)
        self.sources.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.split = QCheckBox("Cut texts in which another article runs on")
        self.keep = QCheckBox("Keep the files in the project", checked=True)
        self.names = QLineEdit(placeholderText="for example {date}_{outlet}_{title}")
        self.fields = QLineEdit(placeholderText="for example round = 1; region = North")
        self.text = QTextBrowser(openLinks=False)
        self.text.setAccessibleName("What would come")
        self.bar = QProgressBar(textVisible=False, visible=False)
        self.bar.setAccessibleName("Looking")
        self._arrange()
        self.look = self.button("Look first", self._look_first)
        self.button("Cancel", self.reject)
        self.go = self.button("Add", self._take, primary=True)
        self.finished.connect(lambda _: self._stop())
        self._changed()

    def _arrange(self) -> None:
        choose = QHBoxLayout()
        for name, work in (
            ("Files…", self._add_files),
            ("Folder…", self._add_folder),
            ("Take out", self._take_out),
        ):
            choose.addWidget(QPushButton(name, clicked=work, autoDefault=False))
        choose.addStretch(1)
        self.body.addWidget(self.sources)
        self.body.addLayout(choose)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addLayout(labelled("What the names of the files say", self.names))
        both.addLayout(labelled("Fields for all of them", self.fields))
        self.body.addLayout(both)
        ticks = QHBoxLayout()
        ticks.setSpacing(24)
        ticks.addWidget(self.split)
        ticks.addWidget(self.keep)
        ticks.addStretch(1)
        self.body.addLayout(ticks)
        self.head = section("What would come")
        self.body.addWidget(self.head)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.text, 1)

    # ------------------------------------------------------------ from where

    def add_paths(self, paths: list[Path]) -> None:
        self.paths += [path for path in paths if path not in self.paths]
        self._changed()

    def _add_files(self) -> None:
        settings = self._session.settings
        if paths := ask.open_files(self, settings.last_folder):
            settings.set_last_folder(paths[0].parent)
            self.add_paths(paths)

    def _add_folder(self) -> None:
        settings = self._session.settings
        if folder := ask.open_folder(self, settings.last_folder):
            settings.set_last_folder(folder)
            self.add_paths([folder])

    def _take_out(self) -> None:
        gone = {item.data(Qt.ItemDataRole.UserRole) for item in self.sources.selectedItems()}
        self.paths = [path for path in self.paths if str(path) not in gone]
        self._changed()

    def _changed(self) -> None:
        self._stop()
        self.sources.clear()
        for path in self.paths:
            item = QListWidgetItem(f"{path.name}/" if path.is_dir() else path.name)
            item.setData(Qt.ItemDataRole.UserRole, str(path))
            item.setToolTip(str(path))
            self.sources.addItem(item)
        for button in (self.look, self.go):
            button.setEnabled(bool(self.paths))
        self._say("Choose files or folders; a look tells what would come of them, and stores nothing.")

    # ------------------------------------------------------------ how

    def _wished(self) -> Wishes | None:
        """What is wished, asked about tables where it must be; None with a sentence where it makes no sense."""
        self.say_problem("")
        try:
            if self.names.text().strip():
                compiled(self.names.text().strip())
            attributes = tuple(map(_pair, filter(str.strip, self.fields.text().split(";"))))
        except UserError as error:
            self.say_problem(str(error))
            return None
        wishes = Wishes()
        if any(map(is_table, self.paths)):
            asked = ask_columns(self._session.project, self.paths, self)
            if asked is None:
                return None
            wishes = asked
        return replace(wishes, attributes=attributes, names=self.names.text().strip())

    def _take(self) -> None:
        wishes = self._wished()
        if wishes is not None:
            self.wishes = wishes
            self.accept()

    # ------------------------------------------------------------ the look before

    def _look_first(self) -> None:
        wishes = self._wished()
        if wishes is None:
            return
        self._stop()
        job = self._job = ImportJob(
            self._session, self.paths, split=self.split.isChecked(), wishes=wishes, looks=True, parent=self
        )
        job.progress.connect(self._progress)
        job.finished.connect(self._looked)
        job.failed.connect(self._failed)
        self.look.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()
        self._say("Looking…")
        job.start()

    def _progress(self, progress: Progress) -> None:
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)

    def _looked(self, report: ImportReport) -> None:
        self._job = None
        self.bar.hide()
        self.look.setEnabled(True)
        self.text.setHtml(as_html(report, self._look))
        self.aside.setText(f"{counted(len(report.expected), 'article')} would come.")

    def _failed(self, sentence: str) -> None:
        self._job = None
        self.bar.hide()
        self.look.setEnabled(True)
        self.say_problem(sentence)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel(wait=True)
            self._job = None
        self.bar.hide()

    def _say(self, text: str) -> None:
        self.aside.setText("")
        self.text.setHtml(f"<p style='color:{self._look.theme.dim}'>{text}</p>")


def _pair(stated: str) -> tuple[str, str]:
    key, equals, value = stated.partition("=")
    if not key.strip() or not equals:
        raise UserError(f"“{stated.strip()}” is no field; write name = value.")
    return key.strip(), value.strip()
