"""Find and replace within the text that is edited."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from annotate.errors import UserError
from annotate.model import Span
from annotate.replacing import Rule, find_rule
from ui.correcting.editor import TextEditor
from ui.icon_button import IconButton
from ui.icons import Icon
from ui.look import Look

LATER_MS = 150


class ReplaceBar(QFrame):
    """Two lines: what is sought, and what comes in its place."""

    def __init__(self, editor: TextEditor, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._hits: list[Span] = []
        self._at = -1
        self.sought = QLineEdit(placeholderText="Find")
        self.sought.setAccessibleName("Find")
        self.put_in = QLineEdit(placeholderText="Replace with")
        self.put_in.setAccessibleName("Replace with")
        self.count = QLabel("")
        self.count.setProperty("role", "small")
        self.count.setMinimumWidth(76)
        self.case = QCheckBox("Match case")
        self.words = QCheckBox("Whole words")
        self.regex = QCheckBox("Regular expression")
        self.one = QPushButton("Replace", clicked=self.replace_one, autoDefault=False)
        self.all = QPushButton("Replace all", clicked=self.replace_all, autoDefault=False)
        self._steps = [
            IconButton(look, Icon.ARROW_UP, "Previous hit", lambda: self.step(-1)),
            IconButton(look, Icon.ARROW_DOWN, "Next hit", lambda: self.step(1)),
        ]
        self._later = QTimer(self, interval=LATER_MS, singleShot=True)
        self._later.timeout.connect(self.seek)
        self._lay_out()
        self.sought.textChanged.connect(lambda _: self._later.start())
        for box in (self.case, self.words, self.regex):
            box.toggled.connect(lambda _: self.seek())
        editor.edited.connect(self._later.start)
        self._enable()

    def rule(self, put_in: str) -> Rule | None:
        """What the fields say, or None where they cannot be read."""
        if not self.sought.text():
            return None
        try:
            return find_rule(
                self.sought.text(),
                put_in,
                regex=self.regex.isChecked(),
                words=self.words.isChecked(),
                case=self.case.isChecked(),
            )
        except UserError as error:
            self.sought.setToolTip(str(error))
            return None

    def seek(self) -> None:
        """Finds anew, and goes to none yet."""
        self._later.stop()
        self._at = -1
        self.sought.setToolTip("")
        rule = self.rule("")
        bad = rule is None and bool(self.sought.text())
        try:
            self._hits = [(e.start, e.end) for e in rule(self._editor.text())] if rule else []
        except UserError as error:
            self._hits, bad = [], True
            self.sought.setToolTip(str(error))
        if (self.sought.property("role") == "bad") != bad:
            self.sought.setProperty("role", "bad" if bad else "")
            self.sought.style().polish(self.sought)
        self._show()

    def step(self, by: int) -> None:
        """To the next or previous hit, from the caret at first."""
        if self._later.isActive():
            self.seek()
        if not self._hits:
            return
        if self._at < 0:
            self._at = bisect_left(self._hits, (self._editor.place(), 0)) + (by < 0) * -1
        else:
            self._at += by
        self._at %= len(self._hits)
        self._editor.go_to(self._hits[self._at])
        self._show()

    def replace_one(self) -> None:
        """Replaces the hit that is shown and goes on to the next."""
        if self._at < 0:
            self.step(1)
            return
        here = self._hits[self._at]
        rule = self.rule(self.put_in.text())
        edits = [edit for edit in rule(self._editor.text()) if edit.start == here[0]] if rule else []
        self._editor.replace(edits)
        self.seek()
        self.step(1)

    def replace_all(self) -> None:
        """Replaces every hit, as one edit."""
        try:
            rule = self.rule(self.put_in.text())
            edits = rule(self._editor.text()) if rule else []
        except UserError as error:
            self.count.setText(str(error))
            return
        self._editor.replace(edits)
        self.seek()
        self.count.setText(f"{len(edits):,} replaced")

    def begin(self, *, words: str = "") -> None:
        """Puts the cursor into the field, with these words in it."""
        if words and "\n" not in words:
            self.sought.setText(words)
        self.sought.setFocus()
        self.sought.selectAll()

    # ------------------------------------------------------------ inside

    def _lay_out(self) -> None:
        boxes = QHBoxLayout()
        boxes.setSpacing(16)
        for box in (self.case, self.words, self.regex):
            boxes.addWidget(box)
        boxes.addStretch(1)
        steps = QHBoxLayout()
        steps.setSpacing(2)
        for button in self._steps:
            steps.addWidget(button)
        steps.addWidget(self.count)
        steps.addStretch(1)
        does = QHBoxLayout()
        does.setSpacing(8)
        does.addWidget(self.one)
        does.addWidget(self.all)
        does.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.sought, 0, 0)
        grid.addLayout(steps, 0, 1)
        grid.addLayout(boxes, 0, 2)
        grid.addWidget(self.put_in, 1, 0)
        grid.addLayout(does, 1, 1, 1, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(2, 4)

    def _show(self) -> None:
        here = self._hits[self._at] if 0 <= self._at < len(self._hits) else None
        self._editor.show_hits(self._hits, here)
        if not self.sought.text():
            self.count.setText("")
        elif self.sought.property("role") == "bad":
            self.count.setText("Not readable")
        elif here:
            self.count.setText(f"{self._at + 1:,} of {len(self._hits):,}")
        else:
            self.count.setText(f"{len(self._hits):,} found" if self._hits else "No hits")
        self._enable()

    def _enable(self) -> None:
        there = bool(self._hits)
        for widget in (self.one, self.all, *self._steps):
            widget.setEnabled(there)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.put_in.hasFocus():
                self.replace_one()
            else:
                self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            event.accept()
            return
        super().keyPressEvent(event)
