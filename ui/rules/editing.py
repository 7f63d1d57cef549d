"""The rules and the questions of a taxonomy, each edited in a sheet: a list, and the chosen one beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QWidget,
)

from annotate.errors import UserError
from annotate.model import Taxonomy
from annotate.questions import Question, QuestionKind
from annotate.questions import checked as checked_question
from annotate.rules import STANCE, Rule, RuleKind, checked, in_words
from storage import Change, answers, questions, rules
from ui import ask
from ui.dialogs.sheet import Sheet, note, section
from ui.icon_button import IconButton
from ui.icons import Icon
from ui.look import Look
from ui.rules.question_form import QuestionForm
from ui.rules.rule_form import KINDS, RuleForm
from ui.session import Session

ID = Qt.ItemDataRole.UserRole
SIDE = 280


class _Editor(Sheet):
    """What both sheets have: the list, and buttons under it."""

    def __init__(
        self, session: Session, look: Look, taxonomy: str, what: str, parent: QWidget | None, empty: str
    ) -> None:
        self._session, self._taxonomy = session, taxonomy
        super().__init__(f"{what} of “{self.held.title}”", parent, width=920, height=640, side=True)
        self._empty = note(empty)
        self.list = QListWidget()
        self.list.setAccessibleName(what)
        self.list.setFixedWidth(SIDE)
        self.list.setWordWrap(True)
        self.list.setSpacing(1)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setStyleSheet("QListView::item { padding: 6px 8px; }")
        self.add = QPushButton("Add", autoDefault=False)
        self.drop = IconButton(look, Icon.TRASH, "Remove", lambda: self.remove())
        self.below = QHBoxLayout()
        self.below.setContentsMargins(8, 0, 8, 0)
        self.below.setSpacing(4)
        self.below.addWidget(self.add)
        self.below.addStretch(1)
        self.below.addWidget(self.drop)
        title = section(what)
        title.setContentsMargins(10, 8, 0, 0)
        self.side.addWidget(title)
        self.side.addWidget(self.list, 1)
        self.side.addLayout(self.below)
        self.body.addWidget(self._empty)
        self.button("Done", self.accept)
        self.list.currentItemChanged.connect(lambda *_: self._choose())
        session.changed.connect(self._follow)
        session.failed.connect(self.say_problem)

    @property
    def held(self) -> Taxonomy:
        found = next((each for each in self._session.ruled_taxonomies if each.id == self._taxonomy), None)
        return found or Taxonomy(self._taxonomy, "", "")

    @property
    def chosen(self) -> str:
        """The id of what is chosen in the list."""
        item = self.list.currentItem()
        return str(item.data(ID)) if item else ""

    def remove(self) -> None:
        raise NotImplementedError

    def _choose(self) -> None:
        raise NotImplementedError

    def _fill(self, choose: str = "") -> None:
        raise NotImplementedError

    def _follow(self, change: Change) -> None:
        if change.touches("rule", "question", "code", "taxonomy"):
            if self.held.slug:
                self._fill(self.chosen)
            else:
                self.reject()

    def _list(self, entries: Sequence[tuple[str, str]], choose: str) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for id, words in entries:
            item = QListWidgetItem(words)
            item.setData(ID, id)
            item.setSizeHint(QSize(SIDE - 16, self._height(words)))
            self.list.addItem(item)
        row = next((at for at, (id, _) in enumerate(entries) if id == choose), 0 if entries else -1)
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self._empty.setVisible(not entries)
        self._choose()

    def _height(self, words: str) -> int:
        box = self.list.fontMetrics().boundingRect(0, 0, SIDE - 40, 400, Qt.TextFlag.TextWordWrap, words)
        return box.height() + 14


class RulesSheet(_Editor):
    """Each change is a step, stored as soon as the rule is whole."""

    def __init__(self, session: Session, look: Look, taxonomy: str, parent: QWidget | None) -> None:
        super().__init__(
            session, look, taxonomy, "Rules", parent,
            "A rule says how codes are used: only the lowest ones, one of a group at most, within a sentence, never "
            "without another, with a stance. It warns while one codes and never stands in the way.",
        )  # fmt: skip
        menu = QMenu(self)
        for kind, (name, _) in KINDS.items():
            menu.addAction(name, partial(self.begin, kind))
        self.add.setText("Add a rule")
        self.add.setMenu(menu)
        self.form = RuleForm(session, look, taxonomy)
        self.form.changed.connect(self._store)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self._draft: Rule | None = None
        self._fill()

    def begin(self, kind: RuleKind) -> None:
        """A new rule of a kind, for the whole taxonomy until a branch is chosen."""
        values = {"name": "stance", "values": STANCE} if kind is RuleKind.QUALIFIER else {}
        made = Rule(rules.new(self._taxonomy, RuleKind.LEAVES).id, self._taxonomy, kind, **values)  # type: ignore[arg-type]
        self._draft = made
        if not self._store(made):
            self._fill(made.id)
            self._store(made)

    def remove(self) -> None:
        id = self.chosen
        if self._draft and id == self._draft.id:
            self._draft = None
            self._fill()
        elif id:
            self._session.do("Remove a rule", lambda step: rules.remove(step, [id]))

    def _fill(self, choose: str = "") -> None:
        held = [*self.held.rules, *([self._draft] if self._draft else [])]
        self._rules = {rule.id: rule for rule in held}
        self._list([(rule.id, self._words(rule)) for rule in held], choose)

    def _words(self, rule: Rule) -> str:
        codes = self._session.codes
        where = codes[rule.code].label if rule.code in codes else "All codes"
        return f"{where}: {in_words(rule, codes)}"

    def _choose(self) -> None:
        rule = self._rules.get(self.chosen)
        writable = self._session.project.writable
        self.form.setVisible(rule is not None)
        self.drop.setEnabled(rule is not None and writable)
        self.add.setEnabled(writable)
        if rule is not None:
            self.form.show_rule(rule, locked=not writable)

    def _store(self, rule: Rule) -> bool:
        """Stores what the form says; False, and said, while something is missing."""
        self.say_problem("")
        draft, known = self._draft, {each.id: each for each in self.held.rules}
        try:
            whole = checked(rule)
        except UserError as error:
            self.form.say(str(error))
            if draft and rule.id == draft.id:
                self._draft = rule
            return False
        self.form.say("")
        if rule.id in known:
            if replace(whole, position=known[rule.id].position) == known[rule.id]:
                return True
            return self._session.do("Change a rule", lambda step: rules.edit(step, whole)) is not None
        self._draft = None
        done = self._session.do("Add a rule", lambda step: rules.add(step, [whole]))
        self._fill(rule.id)
        return done is not None


class QuestionsSheet(_Editor):
    """Each change is a step, stored as soon as the question is whole."""

    def __init__(self, session: Session, look: Look, taxonomy: str, parent: QWidget | None) -> None:
        super().__init__(
            session, look, taxonomy, "Questions", parent,
            "A question is asked about every article: which frame dominates, what the tone is, how many people are "
            "quoted. Coders answer in the tab “Questions”; each question becomes a column of the exported table.",
        )  # fmt: skip
        self.add.setText("Add a question")
        self.add.clicked.connect(self.begin)
        self.up = IconButton(look, Icon.ARROW_UP, "Ask it earlier", lambda: self._move(-1))
        self.down = IconButton(look, Icon.ARROW_DOWN, "Ask it later", lambda: self._move(1))
        self.below.insertWidget(2, self.up)
        self.below.insertWidget(3, self.down)
        self.form = QuestionForm(session, look, taxonomy)
        self.form.changed.connect(self._store)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self._fill()

    def begin(self) -> None:
        """A new question, which takes words until another kind is chosen."""
        taken = {each.name for each in self.held.questions}
        number = next(n for n in range(1, 10_000) if f"question_{n}" not in taken)
        made = questions.new(self._taxonomy, f"question_{number}", kind=QuestionKind.TEXT)
        if self._session.do("Add a question", lambda step: questions.add(step, [made])):
            self._fill(made.id)
            self.form.text.setFocus()

    def remove(self) -> None:
        id = self.chosen
        question = self._questions.get(id)
        if question is None:
            return
        number = answers.count(self._session.project, id)
        if number and not ask.confirm(
            self.window(), f"Remove “{question.asked}”?", f"{number:,} answers go with it. Undo brings them back.",
            "Remove it",
        ):  # fmt: skip
            return
        self._session.do(f"Remove the question {question.name}", lambda step: questions.remove(step, [id]))

    def _move(self, by: int) -> None:
        if id := self.chosen:
            self._session.do("Move a question", lambda step: questions.move(step, id, by))

    def _fill(self, choose: str = "") -> None:
        self._questions = {each.id: each for each in self.held.questions}
        self._list([(each.id, each.asked) for each in self.held.questions], choose)

    def _choose(self) -> None:
        question, writable = self._questions.get(self.chosen), self._session.project.writable
        row, last = self.list.currentRow(), self.list.count() - 1
        self.form.setVisible(question is not None)
        for button, on in ((self.drop, question), (self.up, row > 0), (self.down, 0 <= row < last)):
            button.setEnabled(bool(on) and writable)
        self.add.setEnabled(writable)
        if question is not None:
            self.form.show_question(question, self.held.questions, locked=not writable)

    def _store(self, question: Question) -> None:
        self.say_problem("")
        known = self._questions.get(question.id)
        try:
            whole = checked_question(question, self.held.questions)
        except UserError as error:
            self.form.say(str(error))
            return
        self.form.say("")
        if known is not None and whole != known:
            self._session.do(f"Change the question {whole.name}", lambda step: questions.edit(step, whole))
