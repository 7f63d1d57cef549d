"""Export: formats at the left, choices in one block, the first rows live, and a button that says what it does."""

from __future__ import annotations

import shlex
from itertools import islice

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotate.model import ArticleState
from annotate.spoken import counted as said_count
from annotate.taxonomy import path, path_codes
from annotate.writers import Options, Writer
from storage import articles, lost_marks
from storage.exchange import coded_spans, dataset
from ui import ask
from ui.dialogs.export_choice import Counter, Counts, Picked, counted, left_out
from ui.dialogs.export_formats import FormatList
from ui.dialogs.export_shapes import ROWS, VALUES, WHAT, chosen_articles, first_answers, first_rows
from ui.dialogs.export_through import ThroughBox, counts_through, rows_through, spans_through
from ui.dialogs.exporting import Export
from ui.dialogs.picker import Choice as Entry
from ui.dialogs.picker import Picker
from ui.dialogs.preview import Preview
from ui.dialogs.sheet import Sheet, labelled, section
from ui.formats import writers
from ui.look import Look
from ui.session import Session

FIRST_ROWS = 5
TYPED_MS = 250  # a filter that is being typed is tried after a rest of so long
SHOWN = ("title", "start", "end", "quote", "notation", "label", "coder")
HEADS = ("article", "start", "end", "quote", "code", "label", "coder")
GUARDED = (".csv", ".tsv")
HERE = "here"


class ExportDialog(Sheet):
    """Writes what is chosen; the same as a command can be copied."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None) -> None:
        super().__init__("Coded spans as CSV", parent, width=1080, height=700, side=True)
        self._session, self._look = session, look
        self._job: Export | None = None
        self._counter = Counter(session.project)
        self._showing_left_out = False
        self.formats = FormatList(look)
        self.side.addWidget(self.formats)
        self.coders = Picker("All coders", [Entry(each.id, each.name) for each in session.coders])
        self.codes = Picker("All, with a code or without", self._code_entries())
        self.articles = Picker("All articles", self._article_entries())
        self.filter = QLineEdit(placeholderText="outlet=CNN, reach>10, words")
        self.names = QComboBox()
        self.names.addItem("As they are", False)
        self.names.addItem("Coder 1, Coder 2 …", True)
        self.text, self.cells = QComboBox(), QComboBox()
        self.text.addItem("The quote", True)
        self.text.addItem("No text", False)
        self.cells.addItem("Exactly as they are", False)
        self.cells.addItem("Safe to open in a spreadsheet", True)
        self.row, self.values = QComboBox(), QComboBox()
        for box, entries in ((self.row, ROWS), (self.values, VALUES)):
            for name, data in entries:
                box.addItem(name, data)
        self.way = ThroughBox(session)
        self.choices = QWidget()
        self.head = section("First rows")
        self.preview = Preview()
        self.goes, self.stays = QLabel(), QLabel()
        for label in (self.goes, self.stays):
            label.setProperty("role", "dim")
        self.show_them = QPushButton("Show them", clicked=self._turn, autoDefault=False)
        self.show_them.setProperty("role", "link")
        self.notes = QLabel(wordWrap=True, visible=False)
        self.notes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notes.setAccessibleName("What did not go out")
        self.bar = QProgressBar(textVisible=False, visible=False)
        self.bar.setAccessibleName("Export")
        self._arrange()
        self.copy = self.button("Copy as command", self._copy)
        self.cancel = self.button("Cancel", self.reject)
        self.go = self.button("Export", self._export, primary=True)
        self.formats.currentItemChanged.connect(lambda *_: self.refresh())
        for picker in (self.coders, self.codes, self.articles):
            picker.changed.connect(self.refresh)
        for box in (self.text, self.cells, self.row, self.values, self.names, self.way):
            box.currentIndexChanged.connect(lambda _: self.refresh())
        self._typed = QTimer(self, interval=TYPED_MS, singleShot=True)
        self._typed.timeout.connect(self.refresh)
        self.filter.textChanged.connect(lambda _: self._typed.start())
        self.refresh()

    # ------------------------------------------------------------ what is chosen

    @property
    def writer(self) -> Writer:
        """The format chosen at the left."""
        return self.formats.writer

    @property
    def picked(self) -> Picked:
        """What the pickers say."""
        states = [str(key) for key in self.articles.picked if key != HERE]
        here = self._session.article if HERE in self.articles.picked else ""
        codes: list[str] = []
        for key in self.codes.picked:
            taxonomy = next((each for each in self._session.taxonomies if each.id == key), None)
            codes += [code.id for code in taxonomy.codes if not code.parent] if taxonomy else [str(key)]
        coders = tuple(str(key) for key in self.coders.picked)
        filter, anonymous = self.filter.text(), bool(self.names.currentData())
        return Picked(coders, tuple(dict.fromkeys(codes)), tuple(states), here or "", filter, anonymous)

    @property
    def options(self) -> Options:
        guarded = bool(self.cells.currentData()) and self.writer.SUFFIX in GUARDED
        shape, unit = self.row.currentData() if writers.shaped(self.writer) else ("long", "sentence")
        text = (bool(self.text.currentData()) or self.writer.ROWS == "articles") and not self._without_texts
        return Options(text, guarded, shape, self.values.currentData(), unit)

    @property
    def _without_texts(self) -> bool:
        """Whether the format is for those to whom no words may go."""
        return bool(getattr(self.writer, "READS_TEXT", False))

    def command(self) -> str:
        """The command that writes the same."""
        said = self.picked.command(self._session, self.writer, self.options)
        return shlex.join([*shlex.split(said), *(self.way.words() if self.writer.ROWS != "codes" else ())])

    # ------------------------------------------------------------ what is seen

    def refresh(self) -> None:
        """Shows the first rows and the counts for what is chosen now."""
        chosen = self.writer
        spans = chosen.ROWS != "codes"
        what = WHAT.get((self.options.shape, self.options.unit), "Coded spans")
        alone = " as " in chosen.TITLE or self._without_texts
        self.heading.setText(chosen.TITLE if alone else f"{what} as {chosen.TITLE}")
        for picker in (self.coders, self.codes, self.articles, self.filter, self.names):
            picker.setEnabled(spans)
        self.text.setEnabled(chosen.ROWS == "spans" and not self._without_texts)
        self.text.setItemText(0, "No text" if self._without_texts else "The quote")
        self.cells.setEnabled(chosen.SUFFIX in GUARDED)
        self.row.setEnabled(writers.shaped(chosen))
        shape = self.options.shape
        self.values.setEnabled(shape in ("wide", "units"))
        if chosen.ROWS == "answers" or shape == "answers":
            show, noun = self._show_answers, "answer"
        elif chosen.ROWS == "articles":
            show, noun = self._show_articles, "article"
        elif shape == "relations":
            show, noun = self._show_relations, "relation"
        elif shape != "long":
            show, noun = self._show_shaped, "row" if shape == "wide" else "article"
        else:
            show, noun = self._show_spans if spans else self._show_codes, "row"
        rows = self.rows = show()
        self.go.setText(f"Export {said_count(rows, noun)}")
        self.go.setEnabled(bool(rows))
        self.say_problem("")
        self.aside.setText("")
        self.notes.hide()
        self.cancel.setText("Cancel")

    def _show_spans(self) -> int:
        session, choice = self._session, self.picked.choice(self._session)
        counts = counted(self._counter, choice)
        stays = counts.whole - counts.going
        if not stays:
            self._showing_left_out = False
        source, walk = coded_spans(session.project, choice, text=self.options.text), self.way.crosswalk()
        if walk is not None:
            source = spans_through(session.project, choice, walk, text=self.options.text)
        elif self._showing_left_out:
            source = left_out(session, choice)
        first = [[getattr(span, name) for name in SHOWN] for span in islice(source, FIRST_ROWS)]
        self.preview.show_rows(HEADS, first, "quote", FIRST_ROWS)
        self.preview.setColumnHidden(HEADS.index("quote"), False)
        self._say_counts(
            counts if walk is None else counts_through(session.project, choice, walk, counts.whole)
        )
        if walk is not None:
            self.show_them.hide()
            self.head.setText(
                "First rows" if first else "Nothing goes out: no highlight leads to the other taxonomy."
            )
            self.preview.setVisible(bool(first))
            return rows_through(session.project, choice, walk)
        self.head.setText("First of those left out" if self._showing_left_out else "First rows")
        if not first:
            self.head.setText("Nothing goes out: no highlight fits these choices.")
        self.preview.setVisible(bool(first))
        return counts.going

    def _show_articles(self) -> int:
        choice = self.picked.choice(self._session)
        number = chosen_articles(self._session, choice)
        self._showing_left_out = False
        self.preview.hide()
        self._say_counts(counted(self._counter, choice))
        self.show_them.hide()
        self.head.setText("" if number else "Nothing goes out: no article fits these choices.")
        return number

    def _show_shaped(self) -> int:
        session, choice = self._session, self.picked.choice(self._session)
        heads, rows = first_rows(session, choice, self.options, FIRST_ROWS)
        self._showing_left_out = False
        self.preview.show_rows(heads, rows, "text" if "text" in heads else "article", FIRST_ROWS)
        self.preview.setVisible(bool(rows))
        self._say_counts(counted(self._counter, choice))
        self.show_them.hide()
        self.head.setText("First rows" if rows else "Nothing goes out: no article fits these choices.")
        return chosen_articles(session, choice)

    def _show_relations(self) -> int:
        self._show_shaped()
        number = sum(1 for _ in dataset(self._session.project, self.picked.choice(self._session)).relations())
        self.head.setText("First rows" if number else "Nothing goes out: no relation fits these choices.")
        return number

    def _show_answers(self) -> int:
        heads, rows, number = first_answers(self._session, self.picked.choice(self._session), FIRST_ROWS)
        self._showing_left_out = False
        self.preview.show_rows(heads, rows, "answer", FIRST_ROWS)
        self.preview.setVisible(bool(rows))
        self.goes.setText(
            f"<b style='color:{self._look.theme.text}'>{number:,}</b> answers about articles go out"
        )
        self.stays.setText("")
        self.show_them.hide()
        self.head.setText(
            "First rows" if rows else "Nothing goes out: no question is answered in these articles."
        )
        return number

    def _say_counts(self, counts: Counts) -> None:
        text = self._look.theme.text
        strong = f"<b style='color:{text}'>{{:,}}</b>"
        stays = counts.whole - counts.going
        reasons = ", ".join(f"{reason} ({number:,})" for reason, number in counts.reasons.items())
        self.goes.setText(f"{strong.format(counts.going)} of {said_count(counts.whole, 'highlight')} go out")
        waiting = lost_marks.count(self._session.project)
        told = [f"{strong.format(stays)} left out: {reasons}"] if stays else []
        told += [f"{strong.format(waiting)} without a place, to be repaired"] if waiting else []
        self.stays.setText(" &nbsp; ".join(told))
        self.show_them.setVisible(bool(stays))
        self.show_them.setText("Show what goes out" if self._showing_left_out else "Show them")

    def _show_codes(self) -> int:
        session = self._session
        codes = [code for taxonomy in session.taxonomies for code in taxonomy.codes]
        first = [
            [code.notation, code.label, path(code, session.codes), code.definition]
            for code in codes[:FIRST_ROWS]
        ]
        self.preview.show_rows(("notation", "label", "path", "definition"), first, "definition", FIRST_ROWS)
        self.preview.setVisible(bool(first))
        self.head.setText("First rows" if first else "Nothing goes out: there are no codes yet.")
        self.goes.setText(f"<b style='color:{self._look.theme.text}'>{len(codes):,}</b> codes go out")
        self.stays.setText("")
        self.show_them.hide()
        return len(codes)

    def _turn(self) -> None:
        self._showing_left_out = not self._showing_left_out
        self.refresh()

    def _arrange(self) -> None:
        grid = QGridLayout(self.choices)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        cells = (
            ("Coders", self.coders),
            ("Codes", self.codes),
            ("Articles", self.articles),
            ("Only articles with", self.filter),
            ("Names of the coders", self.names),
            ("Text", self.text),
            ("Cells", self.cells),
            ("A row is", self.row),
            ("Codes as", self.values),
            ("Under the codes", self.way),
        )[: 10 if self.way.count() > 1 else 9]
        for at, (name, box) in enumerate(cells):
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            grid.addLayout(labelled(name, box), at // 3, at % 3)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        counts = QHBoxLayout()
        counts.setSpacing(28)
        for widget in (self.goes, self.stays, self.show_them):
            counts.addWidget(widget)
        counts.addStretch(1)
        self.body.addWidget(self.choices)
        self.body.addSpacing(8)
        below = QVBoxLayout()
        below.setSpacing(2)
        below.addWidget(self.head)
        below.addWidget(self.preview)
        self.body.addLayout(below)
        self.body.addLayout(counts)
        self.body.addWidget(self.notes)
        self.body.addWidget(self.bar)
        self.body.addStretch(1)

    def _code_entries(self) -> list[Entry]:
        found: list[Entry] = []
        for taxonomy in self._session.taxonomies:
            found.append(Entry(taxonomy.id, f"All in {taxonomy.title}"))
            for code in taxonomy.codes:
                depth = len(path_codes(code, self._session.codes))
                found.append(Entry(code.id, f"{code.notation} {code.label}".strip(), code.label, depth))
        return found

    def _article_entries(self) -> list[Entry]:
        groups = articles.numbers(self._session.project)
        found = [
            Entry(str(state), f"{str(state).capitalize()}, {len(groups[state]):,}", str(state))
            for state in ArticleState
        ]
        if self._session.article:
            found.append(Entry(HERE, "The one that is open", alone=True))
        return found

    # ------------------------------------------------------------ what is done

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command())
        self.aside.setText("Copied.")

    def _export(self) -> None:
        if self._job is not None:
            return
        settings, chosen = self._session.settings, self.writer
        name = f"{self._session.project.path.stem}{chosen.SUFFIX}"
        kinds = f"{chosen.TITLE} (*{chosen.SUFFIX});;All files (*)"
        out = ask.save_file(
            self, f"Export {said_count(self.rows, 'row')}", settings.last_folder / name, kinds
        )
        if out is None:
            return
        settings.set_last_folder(out.parent)
        choice = self.picked.choice(self._session)
        path, anonymous = self._session.project.path, self.picked.anonymous
        self._job = Export(path, chosen.NAME, choice, self.options, out, self, anonymous=anonymous)
        self._job.through = self.way.crosswalk()
        self._job.progress.connect(self._how_far)
        self._job.written.connect(self._written)
        self._busy(True)
        self._job.start()

    def _how_far(self, rows: int) -> None:
        self.bar.setRange(0, self.rows)
        self.bar.setValue(rows)
        self.aside.setText(f"{rows:,} of {said_count(self.rows, 'row')}")

    def _busy(self, on: bool) -> None:
        self.bar.setVisible(on)
        for widget in (self.go, self.choices, self.formats, self.copy):
            widget.setEnabled(not on)
        self.cancel.setText("Stop" if on else "Cancel")

    def _written(self, rows: int, problem: str, notes: tuple[str, ...]) -> None:
        job, self._job = self._job, None
        assert job is not None
        job.wait()
        self._busy(False)
        self.aside.setText("")
        if problem:
            self.say_problem(problem)
            return
        said = f"{said_count(rows, 'row')} written to {job.out.name}"
        self._session.said.emit(said)
        if notes:
            self._tell(said, notes)
        else:
            self.accept()

    def _tell(self, said: str, notes: tuple[str, ...]) -> None:
        """The sheet stays until what did not go out was read."""
        self.aside.setText(said)
        self.notes.setText("\n".join(notes))
        self.notes.show()
        self.cancel.setText("Close")

    def reject(self) -> None:
        """Stops what is being written; a second time, closes."""
        if self._job is not None:
            self._job.stop()
        else:
            super().reject()

    def done(self, accepted: bool) -> None:
        if self._job is not None:
            self._job.stop()
        super().done(accepted)
