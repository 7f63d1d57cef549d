"""A walk through highlights, one by one: each is shown in its text and waits for one key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from annotate.model import Highlight
from storage import articles, highlights
from ui.codes.elided import ElidedLabel
from ui.codes.passage import Passage
from ui.dialogs.sheet import Sheet, rule
from ui.look import Look
from ui.session import Session

FORTH = (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Down)
BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Backspace)


class Walk(Sheet):
    """Shows `marks` one after the other. Put what can be decided into `choices`; `decide` takes keys."""

    def __init__(
        self, session: Session, look: Look, title: str, marks: Sequence[str], parent: QWidget | None
    ) -> None:
        super().__init__(title, parent, width=860, height=660)
        self._session, self._look = session, look
        self._marks = list(marks)
        self.at = 0
        self._text: tuple[str, str] = ("", "")  # article, its text
        self.progress = QProgressBar(textVisible=False)
        self.progress.setRange(0, max(1, len(self._marks)))
        self.progress.setFixedHeight(6)
        self.where = ElidedLabel("small")
        self.told = QLabel()
        self.told.setProperty("role", "small")
        self.passage = Passage(look)
        self.choices = QVBoxLayout()
        self.choices.setSpacing(4)
        self.back_button = QPushButton("Back", autoDefault=False, clicked=lambda: self.step(-1))
        self.on_button = QPushButton("Leave and go on", autoDefault=False, clicked=lambda: self.step(1))
        head = QHBoxLayout()
        head.addWidget(self.where, 1)
        head.addWidget(self.told)
        self.body.setSpacing(10)
        self.body.addLayout(head)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.passage, 1)
        self.body.addWidget(rule())
        self.body.addLayout(self.choices)
        self.foot.insertWidget(0, self.back_button)
        self.foot.insertWidget(1, self.on_button)
        self.aside.hide()
        session.failed.connect(self.say_problem)
        self.setFocus()

    @property
    def mark(self) -> Highlight | None:
        """The highlight that waits, or None at the end."""
        if self.at >= len(self._marks):
            return None
        return highlights.highlight(self._session.project, self._marks[self.at])

    def step(self, way: int) -> None:
        """One on or back; nothing is changed."""
        self.at = max(0, min(self.at + way, len(self._marks)))
        self.show_mark()

    def show_mark(self) -> None:
        self.say_problem("")
        mark = self.mark
        self.progress.setValue(self.at)
        self.told.setText(f"{min(self.at + 1, len(self._marks)):,} of {len(self._marks):,}")
        self.back_button.setEnabled(self.at > 0)
        self.on_button.setEnabled(mark is not None)
        if mark is None:
            self.where.show_text("")
            self.passage.say(self.at_end())
            return
        if self._text[0] != mark.article:
            self._text = mark.article, articles.text(self._session.project, mark.article)
        title = articles.article(self._session.project, mark.article).title
        self.where.show_text(f"{title} · {self._session.coder_name(mark.coder)}")
        self.passage.show_mark(self._text[1], mark, self._session.colour(mark.code))
        self.setFocus()

    def at_end(self) -> str:
        """What is said when all were seen."""
        return "These were all."

    def decide(self, event: QKeyEvent) -> bool:
        """Whether the key decided something about the highlight that waits."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self.decide(event):
            event.accept()
        elif key in FORTH:
            self.step(1)
        elif key in BACK:
            self.step(-1)
        else:
            super().keyPressEvent(event)
