"""The rules that hold for a code, in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from annotate.codetree import path_codes
from annotate.model import Code
from storage import Change
from ui.look import Look
from ui.session import Session
from ui.workbench.section import Section


class RulesSide(Section):
    """Those of the whole taxonomy and of the branches that the code is in."""

    TITLE = "Rules"
    asked = Signal(str)  # taxonomy

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(session, look, parent)
        self._taxonomy = ""
        self.word = QLabel(wordWrap=True)
        self.word.setProperty("role", "dim")
        self.edit = QPushButton("Edit the rules…", autoDefault=False)
        self.edit.setProperty("role", "link")
        self.edit.clicked.connect(lambda: self.asked.emit(self._taxonomy))
        self.body.addWidget(self.word)
        self.body.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignLeft)

    def show_code(self, code: Code) -> None:
        way = [each.id for each in path_codes(code, self.session.codes)]
        self._show(code.taxonomy, [None, *way])

    def show_taxonomy(self, id: str) -> None:
        self._show(id, [None])

    def concerns(self, change: Change) -> bool:
        return change.touches("code", "taxonomy", "rule")

    def _show(self, taxonomy: str, branches: Sequence[str | None]) -> None:
        from annotate.rules import in_words

        self._taxonomy = taxonomy
        held = next(each for each in self.session.ruled_taxonomies if each.id == taxonomy)
        said = [in_words(rule, self.session.codes) for rule in held.rules if rule.code in branches]
        self.word.setText("\n".join(said))
        self.edit.setEnabled(self.session.project.writable)
        self.setVisible(bool(said))
