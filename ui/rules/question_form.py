"""The fields of one question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotate.questions import Condition, Form, Option, Question, QuestionKind, Source
from ui.codes.choosing import CodeButton
from ui.dialogs.sheet import labelled, note
from ui.look import Look
from ui.session import Session

KINDS = (
    (QuestionKind.SINGLE, "One of several answers"),
    (QuestionKind.MULTIPLE, "Any number of answers"),
    (QuestionKind.SCALE, "A step of a scale"),
    (QuestionKind.YES_NO, "Yes or no"),
    (QuestionKind.NUMBER, "A number"),
    (QuestionKind.TEXT, "Words"),
)
SOURCES = (
    (Source.OWN, "These"),
    (Source.CODES, "The codes just below a branch"),
    (Source.FOLLOWS, "The codes below another answer"),
)
LINES = 5


class _Lines(QPlainTextEdit):
    """Tells when it is left."""

    left = Signal()

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class QuestionForm(QWidget):
    """Shows a question, and tells what it becomes."""

    changed = Signal(object)  # Question

    def __init__(self, session: Session, look: Look, taxonomy: str) -> None:
        super().__init__()
        self._session, self._taxonomy = session, taxonomy
        self._question: Question | None = None
        self._others: tuple[Question, ...] = ()
        self.text, self.name, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.text.setPlaceholderText("Which frame dominates the article?")
        self.name.setMaximumWidth(220)
        self.note.setPlaceholderText("How to decide; coders read it under the question")
        self.kind, self.source, self.follows, self.waits = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        for box, entries in ((self.kind, KINDS), (self.source, SOURCES)):
            for value, words in entries:
                box.addItem(words, value)
        self.options = _Lines()
        self.options.setPlaceholderText("One a line; a value in the data may stand before it: 1 = not at all")
        self.options.setTabChangesFocus(True)
        self.options.setFixedHeight(LINES * self.options.fontMetrics().lineSpacing() + 20)
        self.branch = CodeButton(
            session, look, "The branch whose codes are the answers", text="The topmost codes", groupings=True,
            leave_out=frozenset(id for id, code in session.codes.items() if code.taxonomy != taxonomy),
        )  # fmt: skip
        self.top = QPushButton("The topmost codes", autoDefault=False, clicked=lambda: self._branch(""))
        self.top.setProperty("role", "link")
        self.required = QCheckBox("Required; it is missed when an article is set to done")
        self.only_if = QListWidget()
        self.only_if.setAccessibleName("Answers after which it is asked")
        self.only_if.setFixedHeight(112)
        self.problem = note("", "warn")
        for line in (self.text, self.name, self.note):
            line.editingFinished.connect(self._tell)
        for box in (self.kind, self.source, self.follows):
            box.activated.connect(lambda _: self._tell())
        self.waits.activated.connect(lambda _: self._wait())
        self.options.left.connect(self._tell)
        self.required.clicked.connect(lambda _: self._tell())
        self.only_if.itemChanged.connect(lambda _: self._tell())
        self.branch.chosen.connect(self._branch)
        self._arrange()

    def show_question(self, question: Question, all_of_them: Sequence[Question], *, locked: bool) -> None:
        fresh = self._question is None or question.id != self._question.id
        self._question = question
        self._others = tuple(each for each in all_of_them if each.id != question.id)
        for line, said in (
            (self.text, question.text),
            (self.name, question.name),
            (self.note, question.note),
        ):
            if fresh or not line.hasFocus():
                line.setText(said)
                line.setCursorPosition(0)
        self.kind.setCurrentIndex(self.kind.findData(question.kind))
        self.source.setCurrentIndex(self.source.findData(question.source))
        if fresh or not self.options.hasFocus():
            self.options.setPlainText("\n".join(_line(option) for option in question.options))
        self.branch.show_code(question.branch)
        self._fill(self.follows, question.follows or "", choice="Choose a question")
        waits = question.condition.question if question.condition else ""
        self._fill(self.waits, waits, choice="Always")
        self._fill_values(question.condition)
        self.required.setChecked(question.required)
        self._show_rows(question)
        if fresh:
            self.say("")
        self.setEnabled(not locked)

    def say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    # ------------------------------------------------------------ inside

    def _fill(self, box: QComboBox, id: str, *, choice: str) -> None:
        box.clear()
        box.addItem(choice, "")
        for each in self._others:
            box.addItem(each.asked, each.id)
        box.setCurrentIndex(max(0, box.findData(id)))

    def _fill_values(self, condition: Condition | None) -> None:
        self.only_if.blockSignals(True)
        self.only_if.clear()
        other = next((each for each in self._others if condition and each.id == condition.question), None)
        if other is not None:
            form = Form((other,), self._session.codes)
            for option in form.options(other, {}):
                item = QListWidgetItem(option.label)
                item.setData(Qt.ItemDataRole.UserRole, option.value)
                on = condition is not None and option.value in condition.values
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
                self.only_if.addItem(item)
        self.only_if.blockSignals(False)

    def _show_rows(self, question: Question) -> None:
        kind = QuestionKind(self.kind.currentData())
        chooses = kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.SCALE)
        source = Source(self.source.currentData())
        shown = {
            "source": chooses,
            "options": chooses and source is Source.OWN,
            "branch": chooses and source is Source.CODES,
            "follows": chooses and source is Source.FOLLOWS,
            "only_if": self.only_if.count() > 0,
        }
        for name, on in shown.items():
            for widget in self._rows[name]:
                widget.setVisible(on)
        self.top.setVisible(shown["branch"] and question.branch is not None)

    def _branch(self, code: str) -> None:
        if self._question is not None:
            self._tell(branch=code or None)

    def _wait(self) -> None:
        id = self.waits.currentData()
        self._fill_values(Condition(id) if id else None)
        self._tell()

    def _tell(self, branch: str | None = "") -> None:
        question = self._question
        if question is None:
            return
        kind, source = QuestionKind(self.kind.currentData()), Source(self.source.currentData())
        chooses = kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.SCALE)
        source = source if chooses else Source.OWN
        held = question.branch if branch == "" else branch
        made = replace(
            question,
            text=self.text.text(),
            name=self.name.text(),
            note=self.note.text().strip(),
            kind=kind,
            source=source,
            options=tuple(_option(line) for line in self.options.toPlainText().split("\n") if line.strip()),
            branch=held if source is Source.CODES else None,
            follows=(self.follows.currentData() or None) if source is Source.FOLLOWS else None,
            required=self.required.isChecked(),
            condition=self._condition(),
        )
        self._show_rows(made)
        if made != question:
            self.changed.emit(made)

    def _condition(self) -> Condition | None:
        id = self.waits.currentData()
        if not id:
            return None
        items = [self.only_if.item(at) for at in range(self.only_if.count())]
        chosen = [item for item in items if item.checkState() is Qt.CheckState.Checked]
        return Condition(id, tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in chosen))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(labelled("Question", self.text))
        across = QHBoxLayout()
        across.setSpacing(20)
        across.addLayout(labelled("Answered with", self.kind), 1)
        across.addLayout(labelled("Variable in the data", self.name))
        column.addLayout(across)
        branch = QWidget()
        beside = QHBoxLayout(branch)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.branch)
        beside.addWidget(self.top)
        beside.addStretch(1)
        self._rows: dict[str, list[QWidget]] = {}
        for name, words, widget in (
            ("source", "The answers are", self.source),
            ("options", "Answers, one a line", self.options),
            ("branch", "Branch", branch),
            ("follows", "The question whose answer they stand below", self.follows),
        ):
            row = labelled(words, widget)
            column.addLayout(row)
            label = row.itemAt(0).widget()
            assert isinstance(label, QLabel)
            self._rows[name] = [label, widget]
        column.addLayout(labelled("Asked", self.waits))
        row = labelled("Only after one of these answers; after any, where none is ticked", self.only_if)
        column.addLayout(row)
        label = row.itemAt(0).widget()
        assert isinstance(label, QLabel)
        self._rows["only_if"] = [label, self.only_if]
        column.addWidget(self.required)
        column.addLayout(labelled("Note", self.note))
        column.addWidget(self.problem)
        self.problem.hide()


def _line(option: Option) -> str:
    return option.label if option.label == option.value else f"{option.value} = {option.label}"


def _option(line: str) -> Option:
    value, mark, label = line.partition(" = ")
    return Option(value.strip(), (label if mark else value).strip())
