"""Find in the article: a slim bar over the text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from ui.icon_button import IconButton
from ui.icons import Icon
from ui.look import Look


class FindBar(QFrame):
    """Says what is sought and which hit is shown; the reading pane does the finding."""

    sought = Signal(str, bool, bool)  # query, case matters, whole words
    stepped = Signal(int)  # +1 next, -1 previous
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "chrome")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(8)
        self.field = QLineEdit(placeholderText="Find in this article", clearButtonEnabled=False)
        self.field.setAccessibleName("Find in this article")
        self.field.setMaximumWidth(320)
        self.field.textChanged.connect(self._seek)
        self.field.installEventFilter(self)
        row.addWidget(self.field, 1)
        self.count = QLabel("")
        self.count.setProperty("role", "small")
        self.count.setMinimumWidth(72)
        row.addWidget(self.count)
        for name, sign, way in (
            ("Previous hit", Icon.ARROW_UP, lambda: self.stepped.emit(-1)),
            ("Next hit", Icon.ARROW_DOWN, lambda: self.stepped.emit(1)),
        ):
            row.addWidget(IconButton(look, sign, name, way))
        self.case = QCheckBox("Match case")
        self.words = QCheckBox("Whole words")
        for box in (self.case, self.words):
            box.toggled.connect(self._seek)
            row.addWidget(box)
        row.addStretch(1)
        row.addWidget(IconButton(look, Icon.CLOSE, "Close find", self.close_bar))
        self.hide()

    def open_bar(self, query: str = "") -> None:
        self.show()
        if query:
            self.field.setText(query)
        self.field.setFocus()
        self.field.selectAll()
        self._seek()

    def close_bar(self) -> None:
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def show_count(self, at: int, number: int) -> None:
        """`at` counts from 0."""
        if not self.field.text():
            self.count.setText("")
        elif number:
            self.count.setText(f"{at + 1:,} of {number:,}")
        else:
            self.count.setText("No hits")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.stepped.emit(-1 if back else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
        return False

    def _seek(self) -> None:
        self.sought.emit(self.field.text(), self.case.isChecked(), self.words.isChecked())
