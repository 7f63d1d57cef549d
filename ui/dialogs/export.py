"""Export: formats at the left, choices in one block, the first rows live, and a button that says what it does."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from PySide6.QtCore import Qt, QThread, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotate import writers
from annotate.errors import UserError
from annotate.model import ArticleState
from annotate.taxonomy import path
from annotate.writers import CodedSpan, Options, Writer
from storage import Project, highlights, taxonomies
from storage.exchange import Choice, coded_spans, count_spans
from ui import ask
from ui.dialogs.sheet import Sheet, labelled
from ui.look import Look
from ui.session import Session

FIRST_ROWS = 5
SHOWN = ("title", "start", "end", "quote", "notation", "label", "coder")
HEADS = ("article", "start", "end", "quote", "code", "label", "coder")
GROUPS = (("Table", ("csv",)), ("Annotation", ("jsonl",)), ("Codebook", ("codebook",)))


class ExportDialog(Sheet):
    """Writes what is chosen; the same as a command can be copied."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None) -> None:
        super().__init__("Coded spans as CSV", parent, width=1080, height=700)
        self._session = session
        self._job: _Export | None = None
        self.formats = self._format_list()
        self.coders, self.codes = QComboBox(), QComboBox()
        self.articles, self.text = QComboBox(), QComboBox()
        self.guard = QCheckBox("For a spreadsheet: guard cells that would be taken for a formula")
        self.choices = QFrame()
        self._fill_choices()
        self.head = QLabel("First rows")
        self.head.setProperty("role", "section")
        self.preview = _Preview()
        self.goes, self.stays = QLabel(), QLabel()
        self.stays.setProperty("role", "dim")
        self._lay_out()
        self.copy = self.button("Copy as command", self._copy)
        self.cancel = self.button("Cancel", self.reject)
        self.go = self.button("Export", self._export, primary=True)
        self.formats.currentItemChanged.connect(lambda *_: self.refresh())
        for box in (self.coders, self.codes, self.articles, self.text):
            box.currentIndexChanged.connect(lambda _: self.refresh())
        self.guard.toggled.connect(lambda _: self.refresh())
        self.refresh()

    # ------------------------------------------------------------ what is chosen

    @property
    def writer(self) -> Writer:
        return writers.writer(self.formats.currentItem().data(Qt.ItemDataRole.UserRole))

    @property
    def choice(self) -> Choice:
        session, states = self._session, self.articles.currentData()
        here = [session.article] if states == "here" and session.article else None
        taxonomy = next((t for t in session.taxonomies if t.id == self.codes.currentData()), None)
        return Choice(
            coders=[self.coders.currentData()] if self.coders.currentData() else None,
            codes=[code.id for code in taxonomy.codes] if taxonomy else None,
            articles=here,
            states=list(states) if isinstance(states, tuple) else None,
        )

    @property
    def options(self) -> Options:
        return Options(text=bool(self.text.currentData()), for_spreadsheet=self.guard.isChecked())

    def command(self) -> str:
        """The command that writes the same, as far as the command line can say it."""
        parts = ["postil", "export", str(self._session.project.path), f"spans{self.writer.SUFFIX}"]
        parts += ["--format", self.writer.NAME]
        if self.coders.currentData():
            parts += ["--coder", self.coders.currentText()]
        taxonomy = next((t for t in self._session.taxonomies if t.id == self.codes.currentData()), None)
        for code in taxonomy.codes if taxonomy else ():
            if code.parent is None:
                parts += ["--code", code.id]
        if self.articles.currentData() == "here" and self._session.article:
            parts += ["--article", self._session.article]
        for state in self.articles.currentData() if isinstance(self.articles.currentData(), tuple) else ():
            parts += ["--state", str(state)]
        if not self.options.text:
            parts.append("--no-text")
        if self.options.for_spreadsheet:
            parts.append("--for-spreadsheet")
        return shlex.join(parts)

    # ------------------------------------------------------------ what is seen

    def refresh(self) -> None:
        """Shows the first rows and the counts for what is chosen now."""
        chosen, spans = self.writer, self.writer.ROWS == "spans"
        self.heading.setText(f"Coded spans as {chosen.TITLE}" if spans else chosen.TITLE)
        self.choices.setEnabled(spans)
        self.guard.setVisible(chosen.SUFFIX == ".csv")
        project = self._session.project
        if spans:
            rows = count_spans(project, self.choice)
            whole = highlights.count(project)
            first = islice(coded_spans(project, self.choice, text=self.options.text), FIRST_ROWS)
            self.preview.show_rows(HEADS, [[getattr(span, name) for name in SHOWN] for span in first])
            self.goes.setText(f"<b>{rows:,}</b> of {_count(whole, 'highlight')} go out")
            self.stays.setText(f"{whole - rows:,} left out by the choices above" if whole > rows else "")
        else:
            codes = [code for taxonomy in self._session.taxonomies for code in taxonomy.codes]
            rows = len(codes)
            known = self._session.codes
            self.preview.show_rows(
                ("id", "notation", "label", "path"),
                [[code.id, code.notation, code.label, path(code, known)] for code in codes[:FIRST_ROWS]],
            )
            self.goes.setText(f"<b>{rows:,}</b> codes go out")
            self.stays.setText("")
        self._rows = rows
        self.go.setText(f"Export {_count(rows, 'row')}")
        self.go.setEnabled(bool(rows))
        self.preview.setVisible(bool(rows))
        self.head.setText("First rows" if rows else "Nothing to export yet: no highlight fits these choices.")

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(14)
        right.addWidget(self.choices)
        right.addWidget(self.guard)
        right.addWidget(self.head)
        right.addWidget(self.preview, 1)
        counts = QHBoxLayout()
        counts.setSpacing(28)
        counts.addWidget(self.goes)
        counts.addWidget(self.stays)
        counts.addStretch(1)
        right.addLayout(counts)
        right.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(28)
        across.addWidget(self.formats)
        across.addLayout(right, 1)
        self.body.addLayout(across, 1)

    def _format_list(self) -> QListWidget:
        listed = QListWidget()
        listed.setAccessibleName("Formats")
        listed.setFixedWidth(180)
        known = {each.NAME: each for each in writers.writers()}
        grouped = {name for _, names in GROUPS for name in names}
        others = tuple(name for name in known if name not in grouped)
        for head, names in (*GROUPS, ("Others", others)):
            if not names:
                continue
            heading = QListWidgetItem(head)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            listed.addItem(heading)
            for name in names:
                item = QListWidgetItem(known[name].TITLE)
                item.setData(Qt.ItemDataRole.UserRole, name)
                listed.addItem(item)
        listed.setCurrentRow(1)
        return listed

    def _fill_choices(self) -> None:
        session = self._session
        self.coders.addItem("All coders", "")
        for coder in session.coders:
            self.coders.addItem(coder.name, coder.id)
        self.codes.addItem("All, and those without a code", "")
        for taxonomy in session.taxonomies:
            self.codes.addItem(f"All in {taxonomy.title}", taxonomy.id)
        self.articles.addItem("All", None)
        self.articles.addItem("Done", (ArticleState.DONE,))
        self.articles.addItem("Done and in progress", (ArticleState.DONE, ArticleState.IN_PROGRESS))
        if session.article:
            self.articles.addItem("The one that is open", "here")
        self.text.addItem("With the quote", True)
        self.text.addItem("Without text", False)
        grid = QGridLayout(self.choices)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(12)
        for at, (name, box) in enumerate(
            (("Coders", self.coders), ("Codes", self.codes), ("Articles", self.articles), ("Text", self.text))
        ):
            grid.addLayout(labelled(name, box), at // 2, at % 2)

    # ------------------------------------------------------------ what is done

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command())
        self.aside.setText("Copied.")

    def _export(self) -> None:
        settings, chosen = self._session.settings, self.writer
        name = f"{self._session.project.path.stem} {chosen.NAME}{chosen.SUFFIX}"
        kinds = f"{chosen.TITLE} (*{chosen.SUFFIX});;All files (*)"
        out = ask.save_file(self, "Export", settings.last_folder / name, kinds)
        if out is None:
            return
        settings.set_last_folder(out.parent)
        self.go.setEnabled(False)
        self.aside.setText("Writing…")
        self._job = _Export(self._session.project.path, chosen.NAME, self.choice, self.options, out, self)
        self._job.done.connect(self._written)
        self._job.start()

    def _written(self, rows: int, problem: str) -> None:
        self.go.setEnabled(True)
        self.aside.setText("")
        if problem:
            self.say_problem(problem)
            return
        assert self._job is not None
        self._session.said.emit(f"{_count(rows, 'row')} written to {self._job.out.name}")
        self.accept()

    def done(self, accepted: bool) -> None:
        if self._job is not None:
            self._job.requestInterruption()
            self._job.wait()
        super().done(accepted)


class _Export(QThread):
    """Writes in a thread, through a connection of its own; stopped, it leaves nothing behind."""

    done = Signal(int, str)

    def __init__(
        self, project: Path, name: str, choice: Choice, options: Options, out: Path, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._project, self._name, self._choice, self._options = project, name, choice, options
        self.out = out

    def run(self) -> None:
        try:
            with Project.open(self._project, write=False) as project:
                spans = coded_spans(project, self._choice, text=self._options.text)
                rows = writers.export(
                    self._name,
                    self._until_stopped(spans),
                    taxonomies.all_taxonomies(project),
                    self.out,
                    self._options,
                )
        except UserError as error:
            self.done.emit(0, str(error))
        else:
            self.done.emit(rows, "")

    def _until_stopped(self, spans: Iterator[CodedSpan]) -> Iterator[CodedSpan]:
        for at, span in enumerate(spans):
            if at % 1000 == 0 and self.isInterruptionRequested():
                raise UserError("Stopped; nothing was written.")
            yield span


class _Preview(QTableWidget):
    """The first rows, read-only."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("First rows")
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(34)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_rows(self, heads: tuple[str, ...], rows: list[list[object]]) -> None:
        self.setColumnCount(len(heads))
        self.setHorizontalHeaderLabels(heads)
        self.setRowCount(len(rows))
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                item = QTableWidgetItem(" ".join(str(cell).split()))
                if isinstance(cell, int):
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(y, x, item)
        widths = {"article": 160, "quote": 250, "label": 170, "path": 330, "id": 130}
        for x, name in enumerate(heads):
            self.setColumnWidth(x, widths.get(name, 74))
            header = self.horizontalHeaderItem(x)
            right = name in ("start", "end")
            header.setTextAlignment(
                (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
                | Qt.AlignmentFlag.AlignVCenter
            )
        self.horizontalHeader().setStretchLastSection(True)


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
