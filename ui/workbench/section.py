"""A small section at the side of a page: a title and what stands below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from annotate.model import Code
from storage import Change
from ui.look import Look
from ui.session import Session


class Section(QWidget):
    """Fill `body`. A section says in `show_code` what it has to say of a code, and hides where that is nothing."""

    TITLE = ""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.look = session, look
        self.heading = QLabel(self.TITLE)
        self.heading.setProperty("role", "section")
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addLayout(self.body)

    def show_code(self, code: Code) -> None:
        """Shows what there is about this code."""
        raise NotImplementedError

    def show_taxonomy(self, id: str) -> None:
        """Shows what there is about a whole taxonomy; most sections have nothing to say."""
        self.hide()

    def concerns(self, change: Change) -> bool:
        """Whether it is to be shown anew after a change."""
        return change.touches("code", "taxonomy")


class Facts(QWidget):
    """Pairs of a word and what it is, in two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnMinimumWidth(0, 72)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[QLabel, QLabel]] = []

    def show_facts(self, facts: list[tuple[str, str]], *, strong: int = 1) -> None:
        """`strong` is the column (0 or 1) that stands out."""
        while len(self._rows) < len(facts):
            self._rows.append(self._row(len(self._rows)))
        for at, labels in enumerate(self._rows):
            for column, label in enumerate(labels):
                label.setVisible(at < len(facts))
                label.setText(facts[at][column] if at < len(facts) else "")
                label.setStyleSheet("font-weight: 500;" if column == strong else "")
                label.setProperty("role", "" if column == strong else "dim")
                label.style().polish(label)

    def texts(self) -> list[tuple[str, str]]:
        """What stands there."""
        return [(a.text(), b.text()) for a, b in self._rows if not a.isHidden()]

    def _row(self, at: int) -> tuple[QLabel, QLabel]:
        made = QLabel(), QLabel()
        for column, label in enumerate(made):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(column == 1)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(label, at, column)
        return made
