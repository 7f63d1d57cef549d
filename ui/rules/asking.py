"""What a highlight says of itself, asked beside it: one key a value, any other key goes on reading."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotate.model import Highlight
from annotate.rules import Rule
from storage import highlights
from ui.coding import Coding
from ui.session import Session

WIDTH = 232
BACK = (Qt.Key.Key_0, Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
FORTH = (Qt.Key.Key_Down, Qt.Key.Key_Tab)
UP = (Qt.Key.Key_Up, Qt.Key.Key_Backtab)


class AskQualifiers(QFrame):
    """Asks one qualifier after the other of the highlight it was opened for. Digits choose, 0 takes back."""

    closed = Signal()
    passed_on = Signal(object)  # the QKeyEvent that was not meant for it

    def __init__(self, session: Session, coding: Coding, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._coding = session, coding
        self._mark: str | None = None
        self._waiting: list[Rule] = []
        self.setProperty("role", "raised")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedWidth(WIDTH)
        self.title = QLabel(wordWrap=True)
        self.title.setProperty("role", "small")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addLayout(self._rows)
        self.hide()

    def open_for(self, mark: Highlight, box: QRect, *, all_of_them: bool) -> bool:
        """Shows it under `box` (global). Without `all_of_them` only what must be said is asked. False where there
        is nothing to ask.
        """
        checker = self._session.checker
        rules = checker.qualifiers(mark.code) if checker else ()
        said = dict(mark.qualifiers)
        self._waiting = [rule for rule in rules if all_of_them or (rule.required and not said.get(rule.name))]
        self._mark = mark.id
        if not self._waiting:
            return False
        self._ask(box)
        return True

    def values(self) -> list[str]:
        """What can be chosen now, in order."""
        return [str(button.property("value")) for button in self._group.buttons()]

    def choose(self, value: str) -> None:
        """Says it (an empty one takes it back) and asks the next one."""
        mark = highlights.highlight(self._session.project, self._mark or "")
        rule = self._waiting.pop(0)
        if mark is not None:
            self._coding.qualify(mark, rule.name, value)
        if mark is None or not self._waiting:
            self.shut()
        else:
            self._ask(None)

    def shut(self) -> None:
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    # ------------------------------------------------------------ inside

    def _ask(self, box: QRect | None) -> None:
        rule = self._waiting[0]
        mark = highlights.highlight(self._session.project, self._mark or "")
        code = self._session.codes.get(mark.code or "") if mark else None
        said = dict(mark.qualifiers).get(rule.name, "") if mark else ""
        words = f"{rule.name[:1].upper()}{rule.name[1:]} of “{code.label if code else ''}”"
        self.title.setText(words)
        self.setAccessibleName(words)
        self._clear()
        for number, value in enumerate(rule.values, 1):
            self._row(value, str(number) if number < 10 else "", checked=value == said)
        self.adjustSize()
        if box is not None:
            self._place(box)
        self.show()
        self.raise_()
        first = next((b for b in self._group.buttons() if b.isChecked()), self._group.buttons()[0])
        first.setFocus()

    def _row(self, value: str, key: str, *, checked: bool) -> None:
        button = QPushButton(value, checkable=True, checked=checked)
        button.setProperty("role", "quiet")
        button.setProperty("value", value)
        button.setStyleSheet("text-align: left; padding: 0 8px;")
        button.setAccessibleName(f"{self.title.text()}: {value}")
        button.clicked.connect(lambda: self.choose(value))
        button.installEventFilter(self)
        self._group.addButton(button)
        row = QHBoxLayout(button)
        row.setContentsMargins(0, 0, 6, 0)
        row.addStretch(1)
        if key:
            sign = QLabel(key)
            sign.setProperty("role", "key")
            row.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)
            sign.setFixedHeight(20)
        self._rows.addWidget(button)

    def _place(self, box: QRect) -> None:
        parent = self.parentWidget()
        at = parent.mapFromGlobal(box.bottomLeft() + QPoint(0, 6))
        if at.y() + self.height() > parent.height() - 8:
            at = parent.mapFromGlobal(box.topLeft() - QPoint(0, self.height() + 6))
        left = max(8, min(at.x(), parent.width() - self.width() - 8))
        self.move(left, max(8, min(at.y(), parent.height() - self.height() - 8)))

    def _clear(self) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.removeEventFilter(self)
            button.hide()
            self._rows.removeWidget(button)
            button.deleteLater()

    def eventFilter(self, watched, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if isinstance(event, QFocusEvent) and event.lostFocus():
            self._left()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._key(event)

    def _key(self, event: QKeyEvent) -> bool:
        buttons = self._group.buttons()
        at = next((place for place, each in enumerate(buttons) if each.hasFocus()), 0)
        key = Qt.Key(event.key())
        if event.key() in range(Qt.Key.Key_1, Qt.Key.Key_1 + len(buttons)):
            self.choose(self.values()[event.key() - Qt.Key.Key_1])
        elif key in BACK:
            self.choose("")
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.choose(self.values()[at])
        elif key in FORTH or key in UP:
            buttons[(at + (1 if key in FORTH else -1)) % len(buttons)].setFocus()
        elif key == Qt.Key.Key_Escape:
            self.shut()
        elif event.text():
            self.shut()
            self.passed_on.emit(event)
        return True

    def _left(self) -> None:
        """The keyboard is elsewhere: whoever took it goes on."""
        now = QApplication.focusWidget()
        if now is not None and not self.isAncestorOf(now) and now is not self and not self.isHidden():
            self.hide()
