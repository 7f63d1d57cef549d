"""All actions with their keys."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ui.actions import ACTIONS, shown_keys
from ui.dialogs.sheet import Sheet
from ui.look import Look

IN_THE_TEXT = (
    ("Extend the selection by a word", "Ctrl+Shift+Left, Ctrl+Shift+Right"),
    ("Extend the selection by a sentence", "Alt+Shift+Left, Alt+Shift+Right"),
    ("Extend the selection by a paragraph", "Ctrl+Shift+Up, Ctrl+Shift+Down"),
    ("Put a code on the selection", "its own letter or digit"),
    ("Let go of the selection", "Esc"),
)


class Keys(Sheet):
    """Filtered by typing."""

    def __init__(self, look: Look, parent: QWidget | None) -> None:
        super().__init__("Keyboard shortcuts", parent, width=620, height=640)
        self.filter = QLineEdit(placeholderText="Filter", textChanged=self._fill)
        self.filter.setAccessibleName("Filter shortcuts")
        self.body.addWidget(self.filter)
        self._scroll = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        self.body.addWidget(self._scroll, 1)
        self.button("Close", self.accept, primary=True)
        self._fill("")

    def _fill(self, words: str) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        rows = [("In the text", text, keys) for text, keys in IN_THE_TEXT]
        rows += [(spec.menu, spec.text.rstrip("…"), shown_keys(spec)) for spec in ACTIONS if spec.keys]
        last, at = "", 0
        for menu, text, keys in rows:
            if words.casefold() not in f"{menu} {text} {keys}".casefold():
                continue
            if menu != last:
                head, last = QLabel(menu), menu
                head.setProperty("role", "section")
                grid.addWidget(head, at, 0)
                grid.setRowMinimumHeight(at, 30)
                at += 1
            cap = QLabel(keys)
            cap.setProperty("role", "key")
            grid.addWidget(QLabel(text), at, 0)
            grid.addWidget(cap, at, 1)
            at += 1
        column.addLayout(grid)
        column.addStretch(1)
        self._scroll.setWidget(page)
