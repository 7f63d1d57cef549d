"""What a highlight says of itself, as rows of values: one click says it, a second takes it back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from annotate.model import Highlight
from annotate.rules import Rule
from ui.layouts import emptied

IN_A_ROW = 22  # characters of all values that buttons have room for; more are a list
LABEL_WIDTH = 70
NOT_SAID = "Not said"


class QualifierRows(QWidget):
    """A row for each qualifier that the highlight's code takes, and for those it has beside."""

    chosen = Signal(str, str)  # name, value; an empty one takes it back

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, QWidget] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)

    def show_of(self, mark: Highlight | None, rules: Sequence[Rule], *, locked: bool) -> None:
        """The rows for one highlight; without any it takes no room."""
        self.fields = {}
        emptied(self._grid)
        said = dict(mark.qualifiers) if mark else {}
        rows = {rule.name: rule.values for rule in rules} if mark else {}
        rows |= {name: (value,) for name, value in said.items() if name not in rows}
        for line, (name, values) in enumerate(rows.items()):
            value = said.get(name, "")
            listed = values if value in ("", *values) else (*values, value)
            word = QLabel(name[:1].upper() + name[1:])
            word.setProperty("role", "dim")
            field = self.fields[name] = self._field(name, listed, value)
            field.setEnabled(not locked)
            self._grid.addWidget(word, line, 0)
            self._grid.addWidget(field, line, 1)
        self.setVisible(bool(rows))

    def _field(self, name: str, values: Sequence[str], value: str) -> QWidget:
        if sum(map(len, values)) <= IN_A_ROW:
            return self._buttons(name, values, value)
        box = QComboBox()
        box.setAccessibleName(name)
        box.addItem(NOT_SAID, "")
        for each in values:
            box.addItem(each, each)
        box.setCurrentIndex(box.findData(value))
        box.activated.connect(lambda _: self.chosen.emit(name, box.currentData()))
        return box

    def _buttons(self, name: str, values: Sequence[str], value: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for each in values:
            button = QPushButton(each, checkable=True, checked=each == value)
            button.setProperty("role", "quiet")
            button.setStyleSheet("padding: 0 6px; min-height: 24px;")
            button.setAccessibleName(f"{name}: {each}")
            button.clicked.connect(
                lambda on, each=each: self.chosen.emit(name, each if on else "")  # a second click
            )
            row.addWidget(button)
        row.addStretch(1)
        return holder
