"""Highlights made before their code's meaning was changed, gone through one by one."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from annotate.codebook_difference import word_pieces
from storage import change_log, highlights, taxonomy_versions
from storage.change_log import MEANING, Line, What
from storage.taxonomy_versions import ToCheck
from ui.codes.choosing import CodeButton
from ui.codes.version_html import pieces_html
from ui.codes.walking import Walk
from ui.look import Look
from ui.session import Session

WORDS = {"definition": "Definition", "use_when": "Use when", "avoid_when": "Do not use when"}


def check_again(
    session: Session, look: Look, taxonomy: str, code: str | None, parent: QWidget | None
) -> CheckAgain | None:
    """Opens the walk through what waits in a taxonomy, or for one code; None where nothing does."""
    waiting = taxonomy_versions.to_check(session.project, taxonomy, code)
    if not waiting:
        return None
    walk = CheckAgain(session, look, waiting, parent)
    walk.open()
    return walk


class CheckAgain(Walk):
    """Enter: it still holds; C: another code. Each is a step of its own."""

    def __init__(
        self, session: Session, look: Look, waiting: Sequence[ToCheck], parent: QWidget | None = None
    ) -> None:
        super().__init__(session, look, "Check again", [each.mark for each in waiting], parent)
        self._changed = _last_changes(session, {each.code for each in waiting})
        self.now = QLabel(wordWrap=True)
        self.now.setTextFormat(Qt.TextFormat.RichText)
        self.other = CodeButton(session, look, "Change the code", text="Another code…")
        self.other.setToolTip("C")
        self.other.chosen.connect(self.change_code)
        self.holds_button = QPushButton("Still holds", autoDefault=False, clicked=lambda: self.holds())
        self.holds_button.setToolTip("Enter")
        self.holds_button.setProperty("role", "primary")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.other)
        row.addWidget(self.holds_button)
        self.choices.addWidget(self.now)
        self.choices.addLayout(row)
        self.button("Done", self.accept)
        self.show_mark()

    def holds(self) -> None:
        """The code is right as it means now; the next one comes."""
        mark = self.mark
        if mark and self._session.do(
            "Check a highlight again", lambda step: taxonomy_versions.checked(step, [mark.id])
        ):
            self.step(1)

    def change_code(self, code: str) -> None:
        """Another code is right now."""
        mark = self.mark
        label = f"Change the code to “{self._session.codes[code].label}”"
        if mark and self._session.do(label, lambda step: highlights.edit(step, [mark.id], code=code)):
            self.step(1)
        self.setFocus()

    def show_mark(self) -> None:
        super().show_mark()
        mark = self.mark
        for widget in (self.now, self.other, self.holds_button):
            widget.setVisible(mark is not None)
        code = self._session.codes.get(mark.code or "") if mark else None
        if code is None:
            return
        line = self._changed.get(code.id)
        said = [f"<b>{escape(code.label)}</b>"]
        for name in MEANING:
            if line and name in line.details:
                pieces = word_pieces(*line.details[name])
                said.append(f"{WORDS[name]}: {pieces_html(pieces, self._look.theme)}")
        self.now.setText("<br>".join(said))

    def decide(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.hasFocus():
            self.holds()
            return True
        if event.key() == Qt.Key.Key_C and self.mark is not None:
            self.other.click()
            return True
        return False


def _last_changes(session: Session, codes: set[str]) -> dict[str, Line]:
    """The last change of meaning of each code."""
    homes = {session.codes[id].taxonomy for id in codes if id in session.codes}
    found: dict[str, Line] = {}
    for home in homes:
        for line in change_log.lines(session.project, home):
            if line.what is What.DEFINED:
                found.setdefault(line.code, line)
    return found
