"""The versions of a code's taxonomy at the side of its page: compared and frozen from there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from annotate.model import Code
from annotate.spoken import counted
from storage import Change, change_log, taxonomy_versions
from ui.dates import moment
from ui.look import Look
from ui.session import Session
from ui.workbench.section import Facts, Section

FEW = 4  # versions named


class VersionSide(Section):
    """Newest first, what was changed since above them."""

    TITLE = "Versions"
    compare_asked = Signal(str)  # taxonomy
    freeze_asked = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(session, look, parent)
        self._taxonomy = ""
        self.facts = Facts()
        self.compare = QPushButton("Compare", autoDefault=False)
        self.compare.setAccessibleName("Compare versions")
        self.compare.clicked.connect(lambda: self.compare_asked.emit(self._taxonomy))
        self.freeze = QPushButton("Freeze", autoDefault=False)
        self.freeze.setProperty("role", "primary")
        self.freeze.clicked.connect(lambda: self.freeze_asked.emit(self._taxonomy))
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.compare)
        row.addWidget(self.freeze)
        row.addStretch(1)
        self.body.addWidget(self.facts)
        self.body.addLayout(row)

    def show_code(self, code: Code) -> None:
        self.show_taxonomy(code.taxonomy)

    def show_taxonomy(self, id: str) -> None:
        self._taxonomy = id
        project = self.session.project
        known = taxonomy_versions.versions(project, id)
        since = change_log.count(project, id, known[0].at if known else "")
        following = taxonomy_versions.next_number(known)
        facts = [(following, f"draft, {counted(since, 'change')}")]
        facts += [
            (each.number, " · ".join(filter(None, (moment(each.at), each.note)))) for each in known[:FEW]
        ]
        self.facts.show_facts(facts, strong=0)
        self.compare.setEnabled(bool(known))
        self.freeze.setText(f"Freeze {following}…")
        self.freeze.setEnabled(project.writable)
        self.show()

    def concerns(self, change: Change) -> bool:
        return change.touches("code", "taxonomy", "taxonomy_version", "taxonomy_change")
