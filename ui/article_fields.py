"""Fields that are edited in place: plain text until the mouse or the cursor comes, kept when they are left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ui.icons import Icon, icon
from ui.theme import Theme

SEVERAL = "several values"
LABEL_WIDTH = 76
STYLE = """
Field { background: transparent; border: 1px solid transparent; min-height: 26px; padding: 0 7px; }
Field[role="label"] { padding: 0 7px 0 0; color: palette(text); }
Field:hover:!read-only { border: 1px solid palette(dark); background: palette(base); }
Field:focus { border: 2px solid palette(link); background: palette(base); min-height: 24px; padding: 0 6px; }
"""


class Field(QLineEdit):
    """Tells when it is left with another text than it was given. Esc takes back what was typed."""

    left = Signal(str)

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._hint = hint
        self._given = ""
        self.returnPressed.connect(self.leave)

    def give(self, text: str, *, several: bool = False) -> None:
        """Shows a value; one that is being typed stays, unless the value is another than before."""
        self.setPlaceholderText(SEVERAL if several else self._hint)
        if text != self._given or not self.hasFocus():
            self._given = text
            self.setText(text)
            self.setToolTip(text)
            self.setCursorPosition(0)

    def leave(self) -> None:
        """Tells a changed text, once."""
        if self.text() != self._given:
            self._given = self.text()
            self.left.emit(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.leave()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.text() != self._given:
            if event.type() == QEvent.Type.KeyPress:
                self.setText(self._given)
            event.accept()
            return True
        return super().event(event)


class FieldRow(QWidget):
    """A field beside its label, and what is wrong with it below."""

    def __init__(self, label: QWidget, field: Field, *, button: QWidget | None = None) -> None:
        super().__init__()
        self.field = field
        label.setFixedWidth(max(LABEL_WIDTH, self.fontMetrics().horizontalAdvance("Language") + 12))
        across = QHBoxLayout()
        across.setSpacing(4)
        across.addWidget(label)
        across.addWidget(field, 1)
        if button is not None:
            across.addWidget(button)
        self.problem = QLabel(wordWrap=True, visible=False)
        self.problem.setProperty("role", "danger")
        self.problem.setContentsMargins(label.maximumWidth() + 12, 0, 0, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(across)
        column.addWidget(self.problem)

    def say(self, problem: str) -> None:
        """A sentence under the field; an empty one takes it away."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.field.setProperty("role", "bad" if problem else None)
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)


class AttributeRow(FieldRow):
    """An attribute of one's own: its name and its value, both editable, and a way to take it off."""

    named = Signal(str, str)  # the old name, the new one
    valued = Signal(str, str)  # the name, the value
    removed = Signal(str)

    def __init__(self, name: str, value: str, theme: Theme, *, several: bool, writable: bool) -> None:
        self.held = (name, value, several)
        self.name = Field("Name of the attribute", "name")
        self.name.setProperty("role", "label")
        self.name.give(name)
        self.value = Field(name or "Value of the attribute", "value")
        self.value.give(value, several=several)
        self.off = QToolButton()
        self.off.setIcon(icon(Icon.CLOSE, theme.dim, 12))
        self.off.setIconSize(QSize(12, 12))
        self.off.setAccessibleName(f"Remove the attribute {name}")
        self.off.setToolTip("Remove this attribute")
        super().__init__(self.name, self.value, button=self.off)
        self.off.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for field in (self.name, self.value):
            field.setReadOnly(not writable)
        self.off.setVisible(writable)
        self.name.left.connect(lambda new: self.named.emit(name, new))
        self.value.left.connect(lambda new: self.valued.emit(self.name.text(), new))
        self.off.clicked.connect(lambda: self.removed.emit(name))
