"""Export: formats at the left, choices in one block, the first rows live, and a button that says what it does."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from annotate.errors import UserError
from annotate.spoken import counted as said_count
from annotate.taxonomy import path
from annotate.writers import Dataset, Options, Writer
from storage import lost_marks
from storage.exchange import Choice, count_answers, count_articles
from ui import ask
from ui.chosen import Chosen
from ui.dialogs.export_choice import Counter, Counts, counted, left_out
from ui.dialogs.export_choices import Choices, without_texts
from ui.dialogs.export_formats import FormatList
from ui.dialogs.export_presets import PresetButton
from ui.dialogs.export_shapes import WHAT, Rows, first_answers, first_rows, first_spans
from ui.dialogs.export_through import counts_through, rows_through
from ui.dialogs.exporting import Export
from ui.dialogs.preview import Preview
from ui.dialogs.sheet import Sheet, section
from ui.look import Look
from ui.session import Session

FIRST_ROWS = 5
NOUNS = {"units": "article", "relations": "relation", "answers": "answer"}
NOTHING_FITS = "Nothing goes out: no {} fits these choices."


class ExportDialog(Sheet):
    """Writes what is chosen; the same as a command can be copied, and the choices kept as a preset."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None) -> None:
        super().__init__("Coded spans as CSV", parent, width=1080, height=720, side=True)
        self._session, self._look = session, look
        self._job: Export | None = None
        self._counter = Counter(session.project)
        self._showing_left_out = False
        self.rows = 0
        self.formats = FormatList(look)
        self.side.addWidget(self.formats)
        self.choices = Choices(session)
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
        self.presets = PresetButton(session, lambda: self.chosen, self)
        self.foot.insertWidget(0, self.presets)
        self.copy = self.button("Copy as command", self._copy)
        self.cancel = self.button("Cancel", self.reject)
        self.go = self.button("Export", self._export, primary=True)
        self.formats.currentItemChanged.connect(lambda *_: self._changed())
        self.choices.changed.connect(self._changed)
        self.presets.picked.connect(self._take)
        self.presets.failed.connect(self.say_problem)
        self.refresh()

    # ------------------------------------------------------------ what is chosen

    @property
    def writer(self) -> Writer:
        """The format chosen at the left."""
        return self.formats.writer

    @property
    def chosen(self) -> Chosen:
        """All that is chosen, as a command and a preset have it."""
        return self.choices.chosen(self.writer)

    @property
    def options(self) -> Options:
        return self.chosen.options()

    def command(self) -> str:
        """The command that writes the same."""
        project = self._session.project.path
        return self.chosen.command(project, f"{project.stem}{self.writer.SUFFIX}")

    def _changed(self) -> None:
        self.presets.say("")
        self.refresh()

    def _take(self, chosen: Chosen) -> None:
        """Shows what a preset holds."""
        try:
            if chosen.format:
                self.formats.choose(chosen.format)
            self.choices.take(chosen)
        except UserError as error:
            self.say_problem(str(error))

    # ------------------------------------------------------------ what is seen

    def refresh(self) -> None:
        """Shows the first rows and the counts for what is chosen now."""
        writer = self.writer
        self.choices.fit(writer)
        chosen, options = self.chosen, self.options
        what = WHAT.get((options.shape, options.unit), "Coded spans")
        alone = " as " in writer.TITLE or without_texts(writer)
        self.heading.setText(writer.TITLE if alone else f"{what} as {writer.TITLE}")
        self.say_problem("")
        if writer.ROWS == "codes":
            rows, noun = self._show_codes(), "row"
        else:
            rows = self._show_chosen(chosen, options)
            noun = "article" if writer.ROWS == "articles" else NOUNS.get(options.shape, "row")
            noun = "answer" if writer.ROWS == "answers" else noun
        self.rows = rows
        self.go.setText(f"Export {said_count(rows, noun)}")
        self.go.setEnabled(bool(rows))
        self.aside.setText("")
        self.notes.hide()
        self.cancel.setText("Cancel")

    def _show_chosen(self, chosen: Chosen, options: Options) -> int:
        """How many rows go out, or articles where these are what is counted."""
        session, project, divider = self._session, self._session.project, self._counter.divider
        choice, arrangement = chosen.choice(project), chosen.arrangement()
        counts = counted(self._counter, choice, arrangement)
        going = divider.parted(choice, arrangement)
        per_span = self.writer.ROWS == "spans" and options.shape == "long"
        if counts.whole == counts.going or not per_span:
            self._showing_left_out = False
        walk = chosen.crosswalk(project)
        if walk is not None:
            counts, self._showing_left_out = counts_through(project, going, walk, counts.whole), False
        self._say_counts(counts)
        self.show_them.setVisible(per_span and walk is None and counts.whole > counts.going)
        data = chosen.dataset(project, choice, divider)
        if self.writer.ROWS == "answers" or options.shape == "answers":
            return self._show_answers(data, going)
        if self.writer.ROWS == "articles":
            self._show_rows(([], []), "quote", "article")
            number = count_articles(project, going)
            self.head.setText("" if number else NOTHING_FITS.format("article"))
            return number
        if per_span:
            source = left_out(session, choice, going) if self._showing_left_out else data.spans()
            plain = replace(options, context=0, split=False, fields=()) if self._showing_left_out else options
            self._show_rows(first_spans(source, plain, FIRST_ROWS), "quote", "highlight")
            return counts.going if walk is None else rows_through(project, going, walk)
        found = first_rows(data, options, FIRST_ROWS)
        if options.shape == "relations":
            self._show_rows(found, "article", "relation")
            return sum(1 for _ in data.relations())
        self._show_rows(found, "text" if "text" in found[0] else "article", "article")
        return count_articles(project, going)

    def _show_answers(self, data: Dataset, going: Choice) -> int:
        number = count_answers(self._session.project, going)
        self.show_them.hide()
        self._show_rows(first_answers(data, FIRST_ROWS), "answer", "answer")
        self.goes.setText(
            f"<b style='color:{self._look.theme.text}'>{number:,}</b> answers about articles go out"
        )
        self.stays.setText("")
        return number

    def _show_rows(self, found: Rows, wide: str, noun: str) -> None:
        heads, rows = found
        if heads:
            self.preview.show_rows(heads, rows, wide, FIRST_ROWS)
        self.preview.setVisible(bool(rows))
        self.head.setText("First of those left out" if self._showing_left_out else "First rows")
        if not rows:
            self.head.setText(NOTHING_FITS.format(noun))

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
        self.show_them.setText("Show what goes out" if self._showing_left_out else "Show them")

    def _show_codes(self) -> int:
        session = self._session
        codes = [code for taxonomy in session.taxonomies for code in taxonomy.codes]
        first: list[list[object]] = [
            [code.notation, code.label, path(code, session.codes), code.definition]
            for code in codes[:FIRST_ROWS]
        ]
        self._showing_left_out = False
        self._show_rows((["notation", "label", "path", "definition"], first), "definition", "code")
        if not first:
            self.head.setText("Nothing goes out: there are no codes yet.")
        self.goes.setText(f"<b style='color:{self._look.theme.text}'>{len(codes):,}</b> codes go out")
        self.stays.setText("")
        self.show_them.hide()
        return len(codes)

    def _turn(self) -> None:
        self._showing_left_out = not self._showing_left_out
        self.refresh()

    def _arrange(self) -> None:
        counts = QHBoxLayout()
        counts.setSpacing(28)
        for widget in (self.goes, self.stays, self.show_them):
            counts.addWidget(widget)
        counts.addStretch(1)
        self.body.addWidget(self.choices)
        below = QVBoxLayout()
        below.setSpacing(2)
        below.addWidget(self.head)
        below.addWidget(self.preview)
        self.body.addLayout(below)
        self.body.addLayout(counts)
        self.body.addWidget(self.notes)
        self.body.addWidget(self.bar)
        self.body.addStretch(1)

    # ------------------------------------------------------------ what is done

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command())
        self.aside.setText("Copied.")

    def _export(self) -> None:
        if self._job is not None:
            return
        settings, writer = self._session.settings, self.writer
        name = f"{self._session.project.path.stem}{writer.SUFFIX}"
        kinds = f"{writer.TITLE} (*{writer.SUFFIX});;All files (*)"
        out = ask.save_file(
            self, f"Export {said_count(self.rows, 'row')}", settings.last_folder / name, kinds
        )
        if out is None:
            return
        settings.set_last_folder(out.parent)
        key = out.with_name(f"{out.stem}-coders.csv") if self.choices.with_key else None
        self._job = Export(self._session.project.path, self.chosen, out, self, key=key)
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
        for widget in (self.go, self.choices, self.formats, self.copy, self.presets):
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
