"""A dialog in the look of the program: a title, a body, and a foot with buttons that say what they do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class Sheet(QDialog):
    """Fill `body`; add buttons with `button`. Esc closes."""

    def __init__(self, title: str, parent: QWidget | None, *, width: int = 560, height: int = 0) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page = QFrame()
        page.setProperty("role", "paper")
        inner = QVBoxLayout(page)
        inner.setContentsMargins(28, 24, 28, 20)
        inner.setSpacing(16)
        self.heading = QLabel(title)
        self.heading.setProperty("role", "title")
        inner.addWidget(self.heading)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        inner.addLayout(self.body, 1)
        self.problem = QLabel(wordWrap=True, visible=False)
        self.problem.setProperty("role", "danger")
        inner.addWidget(self.problem)
        foot = QFrame()
        foot.setProperty("role", "chrome")
        self.foot = QHBoxLayout(foot)
        self.foot.setContentsMargins(24, 12, 24, 12)
        self.foot.setSpacing(12)
        self.aside = QLabel("")
        self.aside.setProperty("role", "dim")
        self.foot.addWidget(self.aside)
        self.foot.addStretch(1)
        rule = QFrame()
        rule.setProperty("role", "rule")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(page, 1)
        column.addWidget(rule)
        column.addWidget(foot)
        screen = self.screen().availableGeometry()
        self.resize(
            min(width, screen.width() - 40), min(height, screen.height() - 60) if height else self.height()
        )

    def button(self, text: str, work: object, *, primary: bool = False, role: str = "") -> QPushButton:
        """Adds a button to the foot."""
        made = QPushButton(text, autoDefault=False, default=primary)
        if primary or role:
            made.setProperty("role", role or "primary")
        made.clicked.connect(work)
        self.foot.addWidget(made)
        return made

    def say_problem(self, text: str) -> None:
        """One sentence above the foot; an empty one takes it away."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))


def labelled(text: str, field: QWidget) -> QVBoxLayout:
    """A field under its label, as all forms have it."""
    column = QVBoxLayout()
    column.setSpacing(4)
    label = QLabel(text)
    label.setProperty("role", "section")
    label.setBuddy(field)
    if not field.accessibleName():
        field.setAccessibleName(text)
    column.addWidget(label)
    column.addWidget(field)
    return column
