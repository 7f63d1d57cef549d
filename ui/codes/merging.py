"""Codes merged into another, and codes retired: what becomes of their highlights is said before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from annotate.spoken import counted
from storage import restructuring
from ui.codes import deeds
from ui.codes.choosing import CodeButton
from ui.dialogs.sheet import Sheet, labelled, note
from ui.look import Look
from ui.session import Session


def reason_field() -> QLineEdit:
    """Why something is done, for the log of changes."""
    field = QLineEdit()
    field.setPlaceholderText("For the log of changes")
    return field


class MergeCodes(Sheet):
    """Asks into which code, says what that comes to, and does it as one step."""

    def __init__(
        self, session: Session, look: Look, ids: Sequence[str], parent: QWidget | None = None
    ) -> None:
        self._session, self._ids = session, list(ids)
        super().__init__(f"Merge {deeds.named(session, ids)} into another code", parent, width=480)
        self.heading.setWordWrap(True)
        session.failed.connect(self.say_problem)
        self.target = CodeButton(
            session, look, "Merge into", leave_out=frozenset(deeds.with_below(session, ids))
        )
        self.target.chosen.connect(self.merge_into)
        self.said = note("")
        self.reason = reason_field()
        self.body.addLayout(labelled("Into", self.target))
        self.body.addWidget(self.said)
        self.body.addLayout(labelled("Reason", self.reason))
        self.button("Cancel", self.reject)
        self.accept_button = self.button("Merge", self.accept, primary=True)
        self._show()
        self.target.setFocus()

    def merge_into(self, code: str) -> None:
        """The code that stays."""
        self.target.show_code(code)
        self._show()
        self.reason.setFocus()

    def accept(self) -> None:
        target = self.target.code
        if target is None:
            return
        name = self._session.codes[target].label
        done = deeds.merge(self._session, self._ids, target, self.reason.text())
        if done is None:
            return
        super().accept()
        joined = f", {done.joined:,} joined with one on the same words" if done.joined else ""
        self._session.said.emit(f"Merged into “{name}”: {counted(done.moved, 'highlight')} moved{joined}.")

    def _show(self) -> None:
        self.accept_button.setEnabled(self.target.code is not None)
        one = len(self._ids) == 1
        if self.target.code is None:
            self.said.setText(
                f"{'Its' if one else 'Their'} highlights and the codes below go to the code that stays, which "
                f"keeps the {'label' if one else 'labels'} as {'a synonym' if one else 'synonyms'}."
            )
            return
        foreseen = restructuring.would_merge(self._session.project, self._ids, self.target.code)
        moved = f"{counted(foreseen.moved, 'highlight')} {'goes' if foreseen.moved == 1 else 'go'} over."
        if foreseen.joined:
            again = "stands" if foreseen.joined == 1 else "stand"
            moved += (
                f" {foreseen.joined:,} more {again} on words that the same coder marked with the code that "
                "stays: they become one, with both memos."
            )
        self.said.setText(f"{moved} You can undo this.")


class RetireCodes(Sheet):
    """Asks why, and for one code what replaces it."""

    def __init__(
        self, session: Session, look: Look, ids: Sequence[str], parent: QWidget | None = None
    ) -> None:
        self._session, self._ids = session, list(ids)
        super().__init__(f"Retire {deeds.named(session, ids)}?", parent, width=480)
        self.heading.setWordWrap(True)
        session.failed.connect(self.say_problem)
        doomed = deeds.with_below(session, ids)
        marks = deeds.marks_of(session, ids)
        below = len(doomed) - len(self._ids)
        more = f", with {counted(below, 'code')} below" if below else ""
        one = len(self._ids) == 1
        self.body.addWidget(
            note(
                f"{'It is' if one else 'They are'} offered no more{more}. "
                f"{'Its' if one else 'Their'} {counted(marks, 'highlight')} {'stays' if marks == 1 else 'stay'}, "
                "unless another code is to take over."
            )
            if marks
            else note(f"{'It is' if one else 'They are'} offered no more{more}.")
        )
        self.by = CodeButton(
            session, look, "Replaced by", leave_out=frozenset(doomed), text="Nothing; choose a code…"
        )
        self.marks = QCheckBox("Its highlights get that code as well")
        self.by.chosen.connect(self.replace_by)
        self.reason = reason_field()
        if len(self._ids) == 1:
            self.body.addLayout(labelled("Replaced by", self.by))
            self.body.addWidget(self.marks)
        self.body.addLayout(labelled("Reason", self.reason))
        self.button("Cancel", self.reject)
        self.accept_button = self.button("Retire", self.accept, primary=True)
        self.marks.setEnabled(False)
        self.reason.setFocus()

    def replace_by(self, code: str) -> None:
        """What passages get from now on."""
        self.by.show_code(code)
        self.marks.setEnabled(bool(self._session.counts().get(self._ids[0], 0)))
        self.accept_button.setText("Replace")

    def accept(self) -> None:
        reason = self.reason.text()
        if self.by.code is not None:
            marks = self.marks.isChecked() and self.marks.isEnabled()
            done = deeds.replace_by(self._session, self._ids[0], self.by.code, reason, marks=marks)
        else:
            done = deeds.retire(self._session, self._ids, reason)
        if done:
            super().accept()
