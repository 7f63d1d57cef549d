"""The coding without the texts: what of their words may go along, how much goes out, and a place to write it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from annotate import writers
from annotate.spoken import counted
from annotate.writers import CodedArticle, Options, Written
from storage import Project, exchange
from storage.arranging import Arrangement
from ui import ask
from ui.dialogs.sheet import labelled, note
from ui.look import Look
from ui.session import Session
from ui.sharing.job import Watch, Work
from ui.sharing.sheet import WorkingSheet, choice, words

WHAT = (
    "Where each highlight stands, its code, coder and memo, what the articles are, and hashes of the texts and of the "
    "highlights’ words. Whoever has the same articles brings the coding onto them, also where their copies differ."
)
TYPED_MS = 250  # a filter that is being typed is tried after a rest of so long
KIND = "Coding without texts (*.zip)"


class ShareSheet(WorkingSheet):
    """Writes a file that may be passed on where the texts may not."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None) -> None:
        super().__init__("Share the coding without the texts", session, look, parent, width=640)
        self.quotes = words("None: hashes of them", "Of at most ")
        self.around = words("None: hashes of five", "")
        self.memos = choice(("Go along as they are", True), ("Stay", False))
        self.names = choice(("As they are", False), ("Coder 1, Coder 2 …", True))
        self.filter = QLineEdit(placeholderText="All, or outlet=CNN, reach>10, words")
        self.choices = QWidget()
        self.goes = note("")
        self._arrange()
        self.copy = self.button("Copy as command", self._copy)
        self.go = self.button("Write the file…", self._write, primary=True)
        self.resting = [self.choices, self.copy, self.go]
        self._typed = QTimer(self, interval=TYPED_MS, singleShot=True)
        self._typed.timeout.connect(self.refresh)
        self.filter.textChanged.connect(lambda _: self._typed.start())
        self.refresh()

    @property
    def options(self) -> Options:
        return Options(
            text=False,
            quotes_up_to=self.quotes.value(),
            context_words=self.around.value(),
            memos=bool(self.memos.currentData()),
        )

    def command(self) -> str:
        """The command that writes the same."""
        path = self._session.project.path
        parts = ["postil", "export", str(path), f"{path.stem} coding.zip", "--format", "standoff"]
        options = self.options
        parts += ["--quotes-up-to", str(options.quotes_up_to)] if options.quotes_up_to else []
        parts += ["--context-words", str(options.context_words)] if options.context_words else []
        parts += [] if options.memos else ["--no-memos"]
        parts += ["--anonymous"] if self.names.currentData() else []
        parts += ["--filter", self.filter.text().strip()] if self.filter.text().strip() else []
        return shlex.join(parts)

    def refresh(self) -> None:
        """Says how much goes out."""
        self.say_problem("")
        chosen = exchange.choice(self._session.project, filter=self.filter.text())
        self.articles = exchange.count_articles(self._session.project, chosen)
        marks = exchange.count_spans(self._session.project, chosen)
        self.goes.setText(f"{counted(marks, 'highlight')} on {counted(self.articles, 'article')} go out.")
        self.go.setEnabled(bool(self.articles))
        if not self.articles:
            self.goes.setText("Nothing goes out: no article fits.")

    def came(self, answer: object) -> None:
        assert isinstance(answer, Written)
        self.tell(f"{counted(answer.rows, 'highlight')} written to {self._out.name}", answer.notes)

    def _arrange(self) -> None:
        grid = QGridLayout(self.choices)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        cells = (
            ("Quotes in words", self.quotes), ("Words around each highlight", self.around),
            ("Memos", self.memos), ("Names of the coders", self.names),
        )  # fmt: skip
        for at, (name, box) in enumerate(cells):
            grid.addLayout(labelled(name, box), at // 2, at % 2)
            grid.setColumnStretch(at % 2, 1)
        grid.addLayout(labelled("Only articles with", self.filter), 2, 0, 1, 2)
        self.body.addWidget(note(WHAT))
        self.body.addWidget(self.choices)
        self.body.addWidget(self.goes)
        self.body.addWidget(self.notes)
        self.body.addWidget(self.bar)
        self.body.addStretch(1)
        self.quotes.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command())
        self.aside.setText("Copied.")

    def _write(self) -> None:
        self.refresh()
        if not self.articles:
            return
        settings = self._session.settings
        name = f"{self._session.project.path.stem} coding.zip"
        out = ask.save_file(self, "Share the coding", settings.last_folder / name, KIND)
        if out is None:
            return
        settings.set_last_folder(out.parent)
        self._out = out
        self.begin(
            _work(out, self.filter.text(), self.options, anonymous=self.names.currentData()), self.articles
        )


def _work(out: Path, filter: str, options: Options, *, anonymous: bool) -> Work:
    def write(project: Project, watch: Watch) -> Written:
        whole = exchange.dataset(
            project, exchange.choice(project, filter=filter), arrangement=Arrangement(anonymous=anonymous)
        )

        def watched() -> Iterator[CodedArticle]:
            for number, each in enumerate(whole.articles()):
                watch(number)
                yield each

        return writers.export("standoff", replace(whole, articles=watched), out, options)

    return write
