"""What a code is to others and what it is put on: kind, scope, whether it can be put on anything."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QWidget

from annotate.model import Code, CodeKind, Scope
from storage import taxonomies
from ui.codes import deeds
from ui.look import Look
from ui.session import Session
from ui.workbench.section import Section

KINDS = (
    (CodeKind.PLAIN, "A plain code"),
    (CodeKind.FACET, "A facet: one question of several"),
    (CodeKind.SCALE, "A scale: steps from low to high"),
)
SCOPES = ((Scope.SPAN, "Passages"), (Scope.HEADLINE, "Headlines"), (Scope.ARTICLE, "Whole articles"))


class Standing(Section):
    """Each choice is stored at once."""

    TITLE = "What it is"

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(session, look, parent)
        self._code: Code | None = None
        self.kind, self.scope = _box("Kind of code", KINDS), _box("What it is put on", SCOPES)
        self.assignable = QCheckBox("Can be put on them")
        self.assignable.setToolTip("Otherwise it only groups the codes below it")
        self.kind.activated.connect(lambda _: self._store(kind=self.kind.currentData()))
        self.scope.activated.connect(lambda _: self._store(scope=self.scope.currentData()))
        self.assignable.clicked.connect(lambda on: self._store(assignable=on))
        self.retired = QLabel(wordWrap=True)
        self.retired.setProperty("role", "dim")
        for widget in (self.kind, self.scope, self.assignable, self.retired):
            self.body.addWidget(widget)

    def show_code(self, code: Code) -> None:
        self._code = code
        self.kind.setCurrentIndex(self.kind.findData(code.kind))
        self.scope.setCurrentIndex(self.scope.findData(code.scope))
        self.assignable.setChecked(code.assignable)
        by = self.session.codes.get(code.replaced_by or "")
        self.retired.setText(f"Retired, replaced by {by.label}" if by else "Retired: not offered any more")
        self.retired.setVisible(code.retired)
        for widget in (self.kind, self.scope, self.assignable):
            widget.setEnabled(self.session.project.writable and not self.session.is_fixed(code))
        self.show()

    def _store(self, **values: object) -> None:
        code = self._code and taxonomies.code(self.session.project, self._code.id)
        if code is not None and not deeds.edit(self.session, code, values):
            self.show_code(code)


def _box(name: str, choices: tuple[tuple[StrEnum, str], ...]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    for value, words in choices:
        made.addItem(words, value)
    return made
