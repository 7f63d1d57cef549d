"""Replacing in many articles: every passage is looked at first, and all of it is one step."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from annotate.errors import UserError
from annotate.replacing import Rule, find_rule
from annotate.spoken import counted
from storage import articles, corrections
from storage.corrections import Outcome, Preview
from ui.correcting.passages import Passages
from ui.dialogs.sheet import Sheet, labelled, note
from ui.look import Look
from ui.session import Session

LATER_MS = 300
SLICE = 0.03  # seconds at a time for looking, and for replacing


class ManySheet(Sheet):
    """Fields above, what they would do below. A kind of it says `rule` and lays out its fields."""

    LABEL = "Replace words"

    def __init__(
        self,
        title: str,
        session: Session,
        look: Look,
        parent: QWidget,
        selected: Sequence[str],
        *,
        height: int,
    ) -> None:
        super().__init__(title, parent, width=820, height=height)
        self._session = session
        self.outcome: Outcome | None = None
        self._looking: Iterator[Preview] | None = None
        self._found: list[str] = []
        self._places = 0
        self._replacing: _Replacing | None = None
        self.scope = QComboBox()
        self.passages = Passages(look)
        self.none = note("")
        self._later = QTimer(self, interval=LATER_MS, singleShot=True)
        self._later.timeout.connect(self.look_through)
        self._work = QTimer(self, interval=0)
        self._work.timeout.connect(self._look_on)
        self._offer_scopes(selected)
        self.fields = QWidget()
        self.body.addWidget(self.fields)
        self.body.addWidget(self.none)
        self.body.addWidget(self.passages, 1)
        self.cancel = self.button("Cancel", self.reject)
        self.go = self.button("Replace", self.replace, primary=True)
        self.scope.currentIndexChanged.connect(lambda _: self.look_through())

    # ------------------------------------------------------------ what a kind of it says

    def rule(self) -> Rule | None:
        """What is to be done; None as long as nothing was asked for. Raises UserError."""
        raise NotImplementedError

    def hint(self) -> str:
        """What to do first."""
        raise NotImplementedError

    # ------------------------------------------------------------ looking

    def changed(self) -> None:
        """A field was changed: it will be looked through anew."""
        self._work.stop()
        self.go.setEnabled(False)
        self._later.start()

    def look_through(self) -> None:
        """Looks through the articles, a little at a time."""
        self._later.stop()
        self._work.stop()
        self._found, self._places = [], 0
        self.passages.begin()
        self.say_problem("")
        self._looking = None
        try:
            rule = self.rule()
        except UserError as error:
            self.say_problem(str(error))
            rule = None
        if rule is not None:
            self._looking = corrections.preview(self._session.project, rule, self.scope.currentData())
            self._work.start()
        self._tell()

    def settled(self) -> bool:
        """Whether everything that was asked for was looked through."""
        return self._looking is None and not self._later.isActive()

    def _look_on(self) -> None:
        until = time.monotonic() + SLICE
        try:
            while self._looking is not None and time.monotonic() < until:
                found = next(self._looking, None)
                if found is None:
                    self._looking = None
                    break
                self._found.append(found.article)
                self._places += found.count
                self.passages.add(found)
        except UserError as error:
            self._looking, self._found, self._places = None, [], 0
            self.say_problem(str(error))
        if self._looking is None:
            self._work.stop()
        self._tell()

    def _tell(self) -> None:
        looking = self._looking is not None
        places, found = counted(self._places, "place"), counted(len(self._found), "article")
        self.aside.setText("Looking…" if looking else f"{places} in {found}" if self._found else "")
        self.go.setEnabled(bool(self._found) and not looking)
        self.go.setText(f"Replace {places}" if self._found else "Replace")
        nothing = "" if looking or self._found or not self.problem.isHidden() else self._nothing()
        self.none.setText(nothing)
        self.none.setVisible(bool(nothing))

    def _nothing(self) -> str:
        try:
            return "Found in none of these articles." if self.rule() is not None else self.hint()
        except UserError:
            return ""

    # ------------------------------------------------------------ replacing

    def replace(self) -> None:
        """Replaces what was looked at, a few articles at a time; all of it is one step to undo."""
        rule = self.rule()
        if rule is None or not self._found or not self.settled():
            return
        for widget in (self.fields, self.go):
            widget.setEnabled(False)
        self._replacing = _Replacing(self._session, self.LABEL, self._found, rule)
        self._work.timeout.disconnect()
        self._work.timeout.connect(self._replace_on)
        self._work.start()

    def _replace_on(self) -> None:
        work = self._replacing
        assert work is not None
        try:
            done = work.go_on()
        except UserError as error:
            self._stop(str(error))
            return
        self.aside.setText(f"Replacing… {work.at:,} of {len(self._found):,} articles")
        if done:
            self._work.stop()
            self.outcome = work.outcome
            work.announce()
            self.accept()

    def _stop(self, why: str) -> None:
        """Takes back what was replaced so far."""
        assert self._replacing is not None
        self._work.stop()
        self._replacing.take_back()
        self._replacing = None
        self._work.timeout.disconnect()
        self._work.timeout.connect(self._look_on)
        self.fields.setEnabled(True)
        self.go.setEnabled(True)
        self._tell()
        self.say_problem(why)

    def reject(self) -> None:
        if self._replacing is not None and self.outcome is None:
            self._stop("Stopped; nothing was replaced.")
            return
        self._work.stop()
        super().reject()

    # ------------------------------------------------------------ inside

    def _offer_scopes(self, selected: Sequence[str]) -> None:
        count = articles.count(self._session.project)
        self.scope.addItem("The only article" if count == 1 else f"All {count:,} articles", None)
        if len(selected) > 1:
            self.scope.addItem(f"The {len(selected):,} selected articles", list(selected))
        if self._session.article and count > 1:
            self.scope.addItem("The article that is open", [self._session.article])
        if len(selected) > 1:
            self.scope.setCurrentIndex(1)


class _Replacing:
    """The work of a sheet: steps of one group, each short."""

    def __init__(self, session: Session, label: str, ids: Sequence[str], rule: Rule) -> None:
        self._session, self._rule, self._ids = session, rule, ids
        self._before = session.project.last_step()
        self._reason = label
        self._label = f"{label} in {counted(len(ids), 'article')}"
        self._batch: int | None = None
        self.at = 0
        self.outcome = Outcome()

    def go_on(self) -> bool:
        """A slice of it; whether that was the last."""
        until = time.monotonic() + SLICE
        coder = self._session.coder.id if self._session.coder else None
        with self._session.project.step(self._label, coder, batch=self._batch) as handle:
            while self.at < len(self._ids) and time.monotonic() < until:
                one = [self._ids[self.at]]
                self.outcome.take(corrections.replace_in_many(handle.step, one, self._rule, self._reason))
                self.at += 1
        if handle.step.wrote and self._batch is None:
            self._batch = handle.step.number
        return self.at >= len(self._ids)

    def announce(self) -> None:
        self._session.announce_since(self._before)

    def take_back(self) -> None:
        """Undoes what is done, if anything is."""
        if self._batch is not None:
            self._session.project.undo()
            self.announce()


class ReplaceSheet(ManySheet):
    """Find and replace."""

    def __init__(self, session: Session, look: Look, parent: QWidget, selected: Sequence[str]) -> None:
        super().__init__("Find and replace in many articles", session, look, parent, selected, height=680)
        self.sought, self.put_in = QLineEdit(), QLineEdit(placeholderText="Empty takes the words out")
        self.case = QCheckBox("Match case", checked=True)
        self.words = QCheckBox("Whole words")
        self.regex = QCheckBox("Regular expression")
        above = QHBoxLayout()
        above.setSpacing(16)
        above.addLayout(labelled("Find", self.sought), 3)
        above.addLayout(labelled("Replace with", self.put_in), 3)
        above.addLayout(labelled("In", self.scope), 2)
        boxes = QHBoxLayout()
        boxes.setSpacing(20)
        for box in (self.case, self.words, self.regex):
            boxes.addWidget(box)
            box.toggled.connect(lambda _: self.changed())
        boxes.addStretch(1)
        column = QVBoxLayout(self.fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(above)
        column.addLayout(boxes)
        for field in (self.sought, self.put_in):
            field.textChanged.connect(lambda _: self.changed())
        self.sought.setFocus()
        self.look_through()

    def rule(self) -> Rule | None:
        if not self.sought.text():
            return None
        return find_rule(
            self.sought.text(),
            self.put_in.text(),
            regex=self.regex.isChecked(),
            words=self.words.isChecked(),
            case=self.case.isChecked(),
        )

    def hint(self) -> str:
        return (
            "Type what to find. Every passage is shown here first; each text that changes gets a new version, "
            "and its highlights move along."
        )
