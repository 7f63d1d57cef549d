"""Highlights made before their code meant what it means now: a card that leads to them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from annotate.model import Code
from annotate.spoken import counted
from storage import Change, taxonomy_versions
from ui.dates import moment
from ui.look import Look
from ui.session import Session
from ui.workbench.section import Section


class Again(Section):
    """Hidden while nothing waits."""

    asked = Signal(str, object)  # taxonomy, code or None for all of it

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(session, look, parent)
        self.heading.hide()
        self._what: tuple[str, str | None] = ("", None)
        card = QFrame()
        card.setProperty("role", "card")
        self.title, self.word = QLabel(), QLabel(wordWrap=True)
        self.title.setProperty("role", "heading")
        self.word.setProperty("role", "dim")
        self.word.setTextFormat(Qt.TextFormat.PlainText)
        self.check = QPushButton("Check them…", autoDefault=False)
        self.check.clicked.connect(lambda: self.asked.emit(*self._what))
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 10, 12, 12)
        column.setSpacing(4)
        for widget in (self.title, self.word):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(self.check, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(card)

    def show_code(self, code: Code) -> None:
        waiting = taxonomy_versions.to_check(self.session.project, code.taxonomy, code.id)
        changed = moment(max((each.changed for each in waiting), default=""))
        self._show(code.taxonomy, code.id, len(waiting), f"made before the definition changed, {changed}")

    def show_taxonomy(self, id: str) -> None:
        counts = taxonomy_versions.count_to_check(self.session.project, id)
        names = [self.session.codes[each].label for each in list(counts)[:3] if each in self.session.codes]
        more = f" and {counted(len(counts) - 3, 'other')}" if len(counts) > 3 else ""
        self._show(
            id, None, sum(counts.values()), f"made before {', '.join(names)}{more} said something else"
        )

    def concerns(self, change: Change) -> bool:
        return change.touches("code", "highlight", "taxonomy_change")

    def _show(self, taxonomy: str, code: str | None, many: int, word: str) -> None:
        self._what = taxonomy, code
        self.title.setText(f"{counted(many, 'highlight')} to check again")
        self.word.setText(word)
        self.check.setEnabled(self.session.project.writable)
        self.setVisible(many > 0)
