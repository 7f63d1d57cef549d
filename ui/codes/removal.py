"""Deleting codes: what becomes of their highlights is asked, when there are any."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QRadioButton, QWidget

from ui.codes import deeds
from ui.codes.choosing import CodeButton
from ui.dialogs.sheet import Sheet
from ui.look import Look
from ui.session import Session


class DeleteCodes(Sheet):
    """Asks what happens to the highlights of the codes (or of a whole taxonomy) and does it as one step."""

    def __init__(
        self,
        session: Session,
        look: Look,
        ids: Sequence[str],
        parent: QWidget | None = None,
        *,
        taxonomy: str | None = None,
    ) -> None:
        self._session, self._ids, self._taxonomy = session, list(ids), taxonomy
        self._doomed = deeds.with_below(session, ids)
        what = f"“{deeds.place_name(session, taxonomy, None)}”" if taxonomy else deeds.named(session, ids)
        super().__init__(f"Delete {what}?", parent, width=480)
        self.heading.setWordWrap(True)
        self.button("Cancel", self.reject)
        self.accept_button = self.button("Delete", self.accept, role="danger")
        marks = deeds.marks_of(session, ids)
        self.body.addWidget(self._sentence(marks))
        self.keep = QRadioButton("Keep the highlights without a code")
        self.move_on = QRadioButton("Move the highlights to another code")
        self.target = CodeButton(session, look, "Move the highlights to", leave_out=frozenset(self._doomed))
        self.target.setEnabled(False)
        self.delete_too = QRadioButton(f"Delete the {marks:,} highlight{'' if marks == 1 else 's'} too")
        self.keep.setChecked(True)
        self.body.addWidget(self.keep)
        self.body.addWidget(self.move_on)
        beside = QHBoxLayout()
        beside.setContentsMargins(24, 0, 0, 0)
        beside.addWidget(self.target)
        self.body.addLayout(beside)
        self.body.addWidget(self.delete_too)
        for choice in (self.move_on, self.target):
            choice.setVisible(taxonomy is None)
        for radio in (self.keep, self.move_on, self.delete_too):
            radio.toggled.connect(self._check)
        self.target.chosen.connect(self.move_to)
        self._check()

    def move_to(self, code: str) -> None:
        """The highlights go to this code."""
        if code in self._doomed:
            self._session.failed.emit("The highlights cannot go to a code that is deleted with them.")
            return
        self.target.show_code(code)
        self.move_on.setChecked(True)
        self._check()

    def accept(self) -> None:
        marks = "move" if self.move_on.isChecked() else "delete" if self.delete_too.isChecked() else "keep"
        if self._taxonomy:
            done = deeds.remove_taxonomy(self._session, self._taxonomy, marks)
        else:
            done = deeds.delete(
                self._session, self._ids, marks, self.target.code if marks == "move" else None
            )
        if done:
            super().accept()

    def _sentence(self, marks: int) -> QLabel:
        below = len(self._doomed) - len(self._ids)
        more = (
            f" With the {below:,} code{'' if below == 1 else 's'} below."
            if below and not self._taxonomy
            else ""
        )
        many = f"{marks:,} highlight has" if marks == 1 else f"{marks:,} highlights have"
        label = QLabel(f"{many} {'it' if len(self._doomed) == 1 else 'them'}.{more} You can undo this.")
        label.setProperty("role", "dim")
        label.setWordWrap(True)
        return label

    def _check(self) -> None:
        self.target.setEnabled(self.move_on.isChecked())
        self.accept_button.setEnabled(not self.move_on.isChecked() or self.target.code is not None)
        words = {self.keep: "Delete, keep the highlights", self.delete_too: "Delete with the highlights"}
        chosen = next(
            (text for radio, text in words.items() if radio.isChecked()), "Delete and move the highlights"
        )
        self.accept_button.setText(chosen)
