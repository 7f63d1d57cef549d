"""A code split: its highlights are gone through one by one, and one key gives each another code."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from annotate.codetree import free_colour
from annotate.model import Code
from annotate.spoken import counted
from storage import Step, change_log, restructuring, taxonomies
from ui import ask
from ui.codes.choosing import CodeButton
from ui.codes.colours import chip_icon
from ui.codes.merging import reason_field
from ui.codes.walking import Walk
from ui.look import Look
from ui.session import Session

MOST = 9  # codes, each with a digit


class SplitCode(Walk):
    """Each decision is stored at once; all of them are undone together and one line in the log."""

    def __init__(self, session: Session, look: Look, code: str, parent: QWidget | None = None) -> None:
        self._code = session.codes[code]
        self._targets: list[str] = []
        self._batch: int | None = None
        self._line: str | None = None
        marks = restructuring.to_split(session.project, code)
        super().__init__(session, look, f"Split “{self._code.label}”", marks, parent)
        self._rows: list[QWidget] = []
        self.other = CodeButton(
            session, look, "A code to split into", leave_out=frozenset({code}), text="Add a code…"
        )
        self.other.chosen.connect(self.add_target)
        self.new = QPushButton("New code…", autoDefault=False, clicked=lambda: self._ask_new())
        self.reason: QLineEdit = reason_field()
        self.reason.setMaximumWidth(320)
        self.reason.setAccessibleName("Reason")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.other)
        row.addWidget(self.new)
        row.addStretch(1)
        row.addWidget(QLabel("Reason"))
        row.addWidget(self.reason, 1)
        self.body.addLayout(row)
        self.button("Done", self.accept, primary=True)
        for child in session.codes.values():
            if child.parent == code and child.offered and len(self._targets) < MOST:
                self._targets.append(child.id)
        self._fill()
        self.show_mark()

    def add_target(self, id: str) -> None:
        """One more code that a digit gives."""
        if id not in self._targets and len(self._targets) < MOST:
            self._targets.append(id)
            self._fill()
        self.setFocus()

    def new_target(self, label: str) -> None:
        """Makes a code beside the one that is split."""
        home, parent = self._code.taxonomy, self._code.parent
        colour = free_colour(home, parent, self._session.codes)
        made = taxonomies.make_code(home, parent, label, colour=colour)
        if self._do(lambda step: taxonomies.add_codes(step, [made])):
            self.add_target(made.id)

    def give(self, to: str) -> None:
        """The highlight that waits gets this code; the next one comes."""
        mark = self.mark
        if mark is None:
            return

        def work(step: Step) -> None:
            self._line = restructuring.split(
                step, self._code.id, {mark.id: to}, self.reason.text(), line=self._line
            )

        if mark.code == to or self._do(work):
            self._fill()
            self.step(1)

    def accept(self) -> None:
        line, reason = self._line, self.reason.text()
        if line and reason.strip():
            self._do(lambda step: change_log.give_reason(step, line, reason))
        super().accept()

    def decide(self, event: QKeyEvent) -> bool:
        digit = event.text()
        if digit == "0":
            self.give(self._code.id)
            return True
        if digit.isdecimal() and 0 < int(digit) <= len(self._targets):
            self.give(self._targets[int(digit) - 1])
            return True
        return False

    def at_end(self) -> str:
        left = self._session.counts().get(self._code.id, 0)
        kept = f"{counted(left, 'highlight')} {'stays' if left == 1 else 'stay'} with “{self._code.label}”."
        return (
            kept
            if left
            else f"All highlights of “{self._code.label}” have another code now; it can be retired."
        )

    def _do(self, work) -> bool:
        change = self._session.do(f"Split “{self._code.label}”", work, batch=self._batch)
        if change is not None and change.step:
            self._batch = self._batch or change.step
        return change is not None

    def _ask_new(self) -> None:
        label = ask.text(self, "New code", "Label", yes="Make the code")
        if label and label.strip():
            self.new_target(label)
        self.setFocus()

    def _fill(self) -> None:
        for row in self._rows:
            self.choices.removeWidget(row)
            row.deleteLater()
        counts = self._session.counts()
        codes = [self._session.codes[id] for id in self._targets]
        self._rows = [self._row(str(at), code, counts.get(code.id, 0)) for at, code in enumerate(codes, 1)]
        self._rows.append(self._row("0", self._code, counts.get(self._code.id, 0)))
        for row in self._rows:
            self.choices.addWidget(row)
        full = len(self._targets) >= MOST
        self.other.setEnabled(not full)
        self.new.setEnabled(not full)
        self.other.leave_out = frozenset({self._code.id, *self._targets})
        self.other.show_code(None)

    def _row(self, digit: str, code: Code, count: int) -> QWidget:
        made = QWidget()
        key = QLabel(digit)
        key.setProperty("role", "key")
        key.setFixedSize(20, 20)
        key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        button = QPushButton(code.label, autoDefault=False)
        button.setProperty("role", "quiet")
        button.setIcon(chip_icon(self._session.colour(code.id), self._look.theme))
        button.setStyleSheet("text-align: left;")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(partial(self.give, code.id))
        held = QLabel(f"{count:,}")
        held.setProperty("role", "dim")
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 4, 0)
        row.addWidget(key)
        row.addWidget(button, 1)
        row.addWidget(held)
        return made
