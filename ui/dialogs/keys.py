"""All actions with their keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from ui.actions import ACTIONS
from ui.dialogs.sheet import Sheet, note, section
from ui.layouts import emptied
from ui.look import Look

IN_THE_TEXT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Extend the selection by a word", ("Ctrl+Shift+Left", "Ctrl+Shift+Right")),
    ("Extend the selection by a sentence", ("Alt+Shift+Up", "Alt+Shift+Down")),
    ("Grow to word, sentence, paragraph, and back", ("Alt+Shift+Right", "Alt+Shift+Left")),
    ("Extend the selection by a paragraph", ("Ctrl+Shift+Up", "Ctrl+Shift+Down")),
    ("Put a code on the selection", ("its own letter or digit",)),
    ("Let go of the selection", ("Esc",)),
)


class Keys(Sheet):
    """Filtered by typing."""

    def __init__(self, look: Look, parent: QWidget | None) -> None:
        super().__init__("Keyboard shortcuts", parent, width=640, height=680)
        self.filter = QLineEdit(placeholderText="Filter", textChanged=self._fill)
        self.filter.setAccessibleName("Filter shortcuts")
        self.body.addWidget(self.filter)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(0)
        self.grid.setColumnStretch(0, 1)
        self.body.addLayout(self.grid)
        self.none = note("No shortcut matches.")
        self.body.addWidget(self.none)
        self.body.addStretch(1)
        self.button("Close", self.accept, primary=True)
        self.filter.setFocus()
        self._fill("")

    def shown(self) -> list[str]:
        """What is listed now, headings left out."""
        labels = (self.grid.itemAtPosition(row, 0) for row in range(self.grid.rowCount()))
        widgets = [item.widget() for item in labels if item is not None]
        return [each.text() for each in widgets if isinstance(each, QLabel) and each.property("role") is None]

    def _fill(self, words: str) -> None:
        emptied(self.grid)
        rows = [("In the text", text, keys) for text, keys in IN_THE_TEXT]
        rows += [(spec.menu, spec.text.rstrip("…"), spec.keys) for spec in ACTIONS if spec.keys]
        last, at = "", 0
        for menu, text, keys in rows:
            if not _fits(words, f"{menu} {text} {' '.join(keys)}"):
                continue
            if menu != last:
                head, last = section(menu), menu
                self.grid.addWidget(head, at, 0, Qt.AlignmentFlag.AlignBottom)
                self.grid.setRowMinimumHeight(at, 36)
                at += 1
            self.grid.addWidget(QLabel(text), at, 0)
            self.grid.addWidget(_caps(keys), at, 1)
            self.grid.setRowMinimumHeight(at, 30)
            at += 1
        for rest in range(at, self.grid.rowCount()):
            self.grid.setRowMinimumHeight(rest, 0)
        self.none.setVisible(at == 0)


def _caps(keys: tuple[str, ...]) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addStretch(1)
    for key in keys:
        spoken = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) if " " not in key else key
        cap = QLabel(spoken)
        cap.setProperty("role", "key" if " " not in key else "small")
        row.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
    return holder


def _fits(words: str, text: str) -> bool:
    return all(word in text.casefold() for word in words.casefold().split())
