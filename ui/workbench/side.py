"""The side of a page: its sections one below the other, each a module of its own, named in one place."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotate.model import Code
from storage import Change
from ui.look import Look
from ui.session import Session
from ui.workbench.again import Again
from ui.workbench.in_project import InProject
from ui.workbench.rules_side import RulesSide
from ui.workbench.section import Section
from ui.workbench.standing import Standing
from ui.workbench.version_side import VersionSide

Kind = TypeVar("Kind", bound=Section)
SECTIONS: tuple[type[Section], ...] = (InProject, Standing, RulesSide, VersionSide, Again)
WIDTH = 248


class Side(QWidget):
    """Shows a code, or a whole taxonomy, to every section."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sections = [kind(session, look) for kind in SECTIONS]
        self._code: Code | None = None
        self._taxonomy: str | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(26)
        for each in self.sections:
            self._column.addWidget(each)
        self._column.addStretch(1)

    def section(self, kind: type[Kind]) -> Kind:
        """The section of this kind."""
        return next(each for each in self.sections if isinstance(each, kind))

    def show_code(self, code: Code) -> None:
        self._code, self._taxonomy = code, None
        for each in self.sections:
            each.show_code(code)

    def show_taxonomy(self, id: str) -> None:
        self._code, self._taxonomy = None, id
        for each in self.sections:
            each.show_taxonomy(id)

    def follow(self, change: Change) -> None:
        """Shows anew what the change concerns. What is shown was shown with its present state before."""
        for each in self.sections:
            if each.concerns(change):
                if self._code is not None:
                    each.show_code(self._code)
                elif self._taxonomy is not None:
                    each.show_taxonomy(self._taxonomy)
