"""The questions about the article shown, answered in place: each answer is one step of the coder's."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotate.errors import UserError
from annotate.questions import Form, Question, fitting
from storage import Change, answers
from ui.dialogs.sheet import note
from ui.icons import Icon, icon
from ui.look import Look
from ui.rules.answering import AnswerField, field_of
from ui.session import Session

Shown = tuple[tuple[Question, tuple[str, ...]], ...]  # the questions asked, with their options' values


class FormPage(QFrame):
    """Tab, digits, arrows and Enter are enough for all of it; Esc goes back to the text."""

    left = Signal()
    coder_needed = Signal()
    edit_asked = Signal()

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self.setProperty("role", "chrome")
        self.fields: dict[str, AnswerField] = {}
        self._shown: object = None  # what the fields were made for
        self.none = note("")
        self.make = QPushButton("Make a question…", clicked=lambda: self.edit_asked.emit())
        self.progress = QLabel()
        self.progress.setProperty("role", "dim")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName("Answered")
        self.form = QWidget()
        self._fields = QVBoxLayout(self.form)
        self._fields.setContentsMargins(16, 4, 12, 16)
        self._fields.setSpacing(18)
        self._lay_out()
        session.article_changed.connect(lambda _: self._fill(fresh=True))
        session.coder_changed.connect(lambda: self._fill(fresh=True))
        session.changed.connect(self._on_change)
        look.changed.connect(lambda _: self._paint())
        self._paint()
        self._fill(fresh=True)

    def flush(self) -> None:
        """Keeps what was typed."""
        for field in self.fields.values():
            field.leave()

    def focus_next(self, after: str = "") -> None:
        """The keyboard goes to the next question without an answer, or the next one, or the first."""
        given = self._given()
        order = list(self.fields)
        at = order.index(after) + 1 if after in order else 0
        ahead = order[at:]
        target = next((id for id in ahead if not given.get(id)), ahead[0] if ahead else "")
        if target:
            self.fields[target].focus()
            self._scroll.ensureWidgetVisible(self.fields[target], 0, 24)
        elif after:
            self.left.emit()

    def focus_on(self, question: str) -> None:
        if question in self.fields:
            self.fields[question].focus()
            self._scroll.ensureWidgetVisible(self.fields[question], 0, 24)

    # ------------------------------------------------------------ what is shown

    def _on_change(self, change: Change) -> None:
        article = self._session.article
        if change.touches("question", "code", "taxonomy", "rule") or (
            change.touches("answer") and article in change.articles
        ):
            self._fill()

    def _form(self) -> Form | None:
        checker = self._session.checker
        return checker.form if checker and checker.form.questions else None

    def _given(self) -> dict[str, tuple[str, ...]]:
        article, coder = self._session.article, self._session.coder
        if article is None or coder is None:
            return {}
        return answers.of_article(self._session.project, article).get(coder.id, {})

    def _fill(self, *, fresh: bool = False) -> None:
        form, article = self._form(), self._session.article
        there = form is not None and article is not None
        self.none.setVisible(not there)
        self.make.setVisible(form is None and self._session.project.writable)
        for widget in (self.progress, self.bar, self._scroll):
            widget.setVisible(there)
        if form is None or article is None:
            self.none.setText(
                "No article is open."
                if form
                else "A taxonomy can ask questions about whole articles: the main topic, the tone, how many "
                "sources are quoted. Their answers stand here and are exported with the articles."
            )
            self._make(Form((), {}), {})
            return
        given = self._given()
        if fresh:
            self._shown = None
        self._make(form, given)
        for id, field in self.fields.items():
            field.show_values(given.get(id, ()))
            if problem := form.problem(field.question, given):
                field.say(problem)
        done, asked = form.progress(given)
        self.progress.setText(f"{done:,} of {asked:,} answered")
        self.bar.setRange(0, max(asked, 1))
        self.bar.setValue(done)

    def _make(self, form: Form, given: dict[str, tuple[str, ...]]) -> None:
        """The fields for what is asked now; those that stay as they are keep the keyboard."""
        asked = form.shown(given)
        wanted = {each.id: (each, form.options(each, given)) for each in asked}
        locked = not self._session.project.writable
        key = (tuple(wanted.items()), locked, self._session.article)
        if key == self._shown:
            return
        same_place = isinstance(self._shown, tuple) and self._shown[2] == self._session.article
        self._shown = key
        kept = {
            id: field
            for id, field in self.fields.items()
            if same_place and id in wanted and (field.question, field.options) == wanted[id]
        }
        for id, field in self.fields.items():
            if id not in kept:
                field.leave()
                field.hide()
                field.deleteLater()
        while self._fields.count():
            item = self._fields.takeAt(0)
            if isinstance(widget := item.widget(), QLabel):
                widget.hide()
                widget.deleteLater()
        self.fields = {}
        home = ""
        several = len({each.taxonomy for each in asked}) > 1
        for question, options in wanted.values():
            if several and question.taxonomy != home:
                home = question.taxonomy
                self._fields.addWidget(self._heading(home))
            field = kept.get(question.id) or self._field(question, options, locked=locked)
            self.fields[question.id] = field
            self._fields.addWidget(field)
        self._fields.addStretch(1)

    def _field(self, question: Question, options: tuple, *, locked: bool) -> AnswerField:
        field = field_of(question, options, locked=locked)
        field.answered.connect(self._answer)
        field.go_on.connect(self.focus_next)
        return field

    def _heading(self, taxonomy: str) -> QLabel:
        label = QLabel(next((each.title for each in self._session.taxonomies if each.id == taxonomy), ""))
        label.setProperty("role", "section")
        return label

    # ------------------------------------------------------------ what is done

    def _answer(self, id: str, values: tuple[str, ...]) -> None:
        session, form = self._session, self._form()
        article, coder = session.article, session.coder
        question = form.question(id) if form else None
        if article is None or question is None or form is None:
            return
        if coder is None:
            self.coder_needed.emit()
            self._fill()
            return
        try:
            kept = fitting(question, values)
        except UserError as error:
            self.fields[id].say(str(error))
            return
        said = "; ".join(form.label(question, value) for value in kept)
        said = said if len(said) <= 40 else f"{said[:39].rstrip()}…"
        label = f"{question.name}: {said}" if kept else f"No answer to {question.name}"
        session.do(label, partial(answers.give, article=article, coder=coder.id, question=id, values=kept))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.flush()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------ look

    def _lay_out(self) -> None:
        self._scroll = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.form)
        self.edit = QPushButton("Edit the questions…", clicked=lambda: self.edit_asked.emit())
        self.edit.setProperty("role", "link")
        self.edit.setStyleSheet("padding: 0;")
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 8)
        head.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self.progress)
        row.addStretch(1)
        row.addWidget(self.edit)
        head.addWidget(self.none)
        head.addWidget(self.make, 0, Qt.AlignmentFlag.AlignLeft)
        head.addLayout(row)
        head.addWidget(self.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addStretch(0)

    def _paint(self) -> None:
        self.make.setIcon(icon(Icon.PLUS, self._look.theme.text, 16))
