"""One question of the form: its words, what can be answered, and how the keyboard answers it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotate.questions import Option, Question, QuestionKind
from ui.rules.options import ElidedBox, WrappedCheck, WrappedRadio

LISTED = 7  # options up to so many stand one under the other; more are a list to open
STEPS = 26  # characters that the steps of a scale side by side have room for
PAUSE_MS = 800
NOT_ANSWERED = "Not answered"


class AnswerField(QWidget):
    """Shows a question and tells each new answer. Digits choose the first nine options."""

    answered = Signal(str, object)  # the question's id, a tuple of values
    go_on = Signal(str)  # Enter: to the next question

    def __init__(self, question: Question, options: Sequence[Option], *, locked: bool) -> None:
        super().__init__()
        self.question, self.options = question, tuple(options)
        self._locked = locked
        self._given: tuple[str, ...] = ()
        self.asked = QLabel(wordWrap=True)
        self.asked.setTextFormat(Qt.TextFormat.PlainText)
        self.asked.setProperty("role", "heading")
        self.asked.setText(question.asked)
        self.note = QLabel(question.note, wordWrap=True, visible=bool(question.note))
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setProperty("role", "small")
        self.problem = QLabel(wordWrap=True, visible=False)
        self.problem.setProperty("role", "danger")
        self.needed = QLabel("Required")
        self.needed.setProperty("role", "faint")
        self.needed.setVisible(question.required)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.asked, 1)
        head.addWidget(self.needed, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(head)
        self._column.addWidget(self.note)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.leave)
        self.setAccessibleName(question.asked)
        self._build()
        self._column.addWidget(self.problem)

    def show_values(self, values: tuple[str, ...]) -> None:
        """The answer as it is stored; what is being typed stays."""
        self._given = values
        self._put(values)
        self.say("")

    def say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def focus(self) -> None:
        """The keyboard goes to the answer, or to the first option."""
        self._target().setFocus(Qt.FocusReason.TabFocusReason)

    def leave(self) -> None:
        """Tells what was typed, if it is another answer."""

    # ------------------------------------------------------------ for each kind

    def _build(self) -> None:
        raise NotImplementedError

    def _put(self, values: tuple[str, ...]) -> None:
        raise NotImplementedError

    def _target(self) -> QWidget:
        raise NotImplementedError

    def _tell(self, values: tuple[str, ...]) -> None:
        if values != self._given:
            self._given = values
            self.answered.emit(self.question.id, values)

    def _watch(self, widget: QWidget) -> None:
        widget.installEventFilter(self)
        widget.setEnabled(not self._locked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if self._pause.isActive() and isinstance(event, QFocusEvent) and event.lostFocus():
            self.leave()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.leave()
            self.go_on.emit(self.question.id)
            return True
        return False


class ButtonsField(AnswerField):
    """Radio buttons, check boxes, or the steps of a scale side by side."""

    def _build(self) -> None:
        several = self.question.kind is QuestionKind.MULTIPLE
        brief = self.question.kind in (QuestionKind.SCALE, QuestionKind.YES_NO)
        across = brief and sum(len(option.label) for option in self.options) <= STEPS
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)  # a second click takes an answer back
        holder = QHBoxLayout() if across else QVBoxLayout()
        holder.setSpacing(2 if across else 0)
        for number, option in enumerate(self.options, 1):
            button = self._button(option, several=several, across=across)
            button.setProperty("value", option.value)
            button.setAccessibleName(f"{self.question.asked}: {option.label}")
            button.setToolTip(f"{option.label}  {number}" if number < 10 else option.label)
            button.clicked.connect(lambda on, value=option.value: self._clicked(value, on))
            self._group.addButton(button)
            self._watch(button)
            holder.addWidget(button)
        if across:
            holder.addStretch(1)
        self._column.addLayout(holder)

    def _button(self, option: Option, *, several: bool, across: bool) -> QAbstractButton:
        if across:
            step = QPushButton(option.label, checkable=True)
            step.setProperty("role", "quiet")
            step.setStyleSheet("padding: 0 8px; min-height: 26px;")
            return step
        return WrappedCheck(option.label) if several else WrappedRadio(option.label)

    def _put(self, values: tuple[str, ...]) -> None:
        for button in self._group.buttons():
            button.setChecked(button.property("value") in values)

    def _target(self) -> QWidget:
        buttons = self._group.buttons()
        if not buttons:
            return self
        return next((each for each in buttons if each.isChecked()), buttons[0])

    def _clicked(self, value: str, on: bool) -> None:
        if self.question.kind is QuestionKind.MULTIPLE:
            held = {*self._given, value} if on else {*self._given} - {value}
            order = [option.value for option in self.options if option.value in held]
            self._tell((*order, *(each for each in self._given if each in held and each not in order)))
        else:
            self._put((value,) if on else ())
            self._tell((value,) if on else ())

    def _key(self, event: QKeyEvent) -> bool:
        buttons = self._group.buttons()
        at = next((place for place, each in enumerate(buttons) if each.hasFocus()), 0)
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Right) and at + 1 < len(buttons):
            buttons[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Left) and at > 0:
            buttons[at - 1].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        number = event.key() - Qt.Key.Key_1
        if 0 <= number < min(9, len(buttons)) and not event.modifiers():
            buttons[number].setFocus(Qt.FocusReason.TabFocusReason)
            buttons[number].click()
            return True
        return super()._key(event)


class ListField(AnswerField):
    """One of many options: a list that opens, in which one types the beginning. A pause, or leaving, answers."""

    def _build(self) -> None:
        self.box = ElidedBox()
        self.box.setAccessibleName(self.question.asked)
        self.box.setMaxVisibleItems(16)
        self.box.addItem(NOT_ANSWERED, "")
        for option in self.options:
            self.box.addItem(option.label, option.value)
        self.box.activated.connect(lambda _: self._pause.start())  # going through the list is no answer yet
        self._watch(self.box)
        self._column.addWidget(self.box)

    def leave(self) -> None:
        self._pause.stop()
        value = self.box.currentData()
        self._tell((value,) if value else ())

    def _put(self, values: tuple[str, ...]) -> None:
        if self._pause.isActive():
            return
        at = self.box.findData(values[0] if values else "")
        if at < 0:  # an answer that is no option any more
            self.box.addItem(values[0], values[0])
            at = self.box.count() - 1
        self.box.setCurrentIndex(at)
        self.box.setToolTip(self.box.currentText())

    def _target(self) -> QWidget:
        return self.box


class LineField(AnswerField):
    """A number."""

    def _build(self) -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText("A number")
        self.line.setAccessibleName(self.question.asked)
        self.line.setMaximumWidth(160)
        self.line.editingFinished.connect(self.leave)
        self._watch(self.line)
        self._column.addWidget(self.line)

    def _put(self, values: tuple[str, ...]) -> None:
        if not (self.line.hasFocus() and self.line.isModified()):
            self.line.setText(values[0] if values else "")

    def _target(self) -> QWidget:
        return self.line

    def leave(self) -> None:
        said = self.line.text().strip()
        self.line.setModified(False)
        self._tell((said,) if said else ())


class TextField(AnswerField):
    """Words; a pause or leaving keeps them."""

    def _build(self) -> None:
        self.editor = QPlainTextEdit()
        self.editor.setAccessibleName(self.question.asked)
        self.editor.setPlaceholderText("Write an answer")
        self.editor.setTabChangesFocus(True)
        self.editor.setFixedHeight(3 * self.editor.fontMetrics().lineSpacing() + 22)
        self.editor.textChanged.connect(self._pause.start)
        self._watch(self.editor)
        self._column.addWidget(self.editor)

    def _put(self, values: tuple[str, ...]) -> None:
        said = values[0] if values else ""
        if self.editor.toPlainText().strip() != said and not self._pause.isActive():
            self.editor.blockSignals(True)
            self.editor.setPlainText(said)
            self.editor.blockSignals(False)

    def _target(self) -> QWidget:
        return self.editor

    def leave(self) -> None:
        self._pause.stop()
        said = self.editor.toPlainText().strip()
        self._tell((said,) if said else ())

    def _key(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        return False if plain else super()._key(event)  # Enter is a new line, Ctrl+Enter goes on


def field_of(question: Question, options: Sequence[Option], *, locked: bool) -> AnswerField:
    """The field that fits a question."""
    kinds: dict[QuestionKind, type[AnswerField]] = {
        QuestionKind.NUMBER: LineField,
        QuestionKind.TEXT: TextField,
    }
    kind = kinds.get(question.kind, ButtonsField)
    if question.kind is QuestionKind.SINGLE and len(options) > LISTED:
        kind = ListField
    return kind(question, options, locked=locked)
