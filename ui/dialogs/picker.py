"""A button that opens a list to tick: everything, or some of it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

KEY = Qt.ItemDataRole.UserRole
FILTERED_FROM = 12  # entries, from which on a filter stands above the list
SHOWN = 12  # entries seen at once
INDENT = "    "


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry. One that stands `alone` is ticked without the others; `depth` indents it."""

    key: Hashable
    text: str
    short: str = ""  # how the button says it
    depth: int = 0
    alone: bool = False


class Picker(QPushButton):
    """Nothing ticked stands for everything, which is the first line of the list."""

    changed = Signal()

    def __init__(self, everything: str, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._everything = everything
        self._choices = {choice.key: choice for choice in choices}
        self._picked: list[Hashable] = []
        self.setProperty("role", "picker")
        self.setAutoDefault(False)
        self.setStyleSheet("text-align: left; padding: 0 30px 0 9px; font-weight: 400;")
        self.clicked.connect(self.open)
        self._say()

    @property
    def picked(self) -> list[Hashable]:
        """The keys ticked, in the order of the list; none for everything."""
        return [key for key in self._choices if key in self._picked]

    def pick(self, keys: Sequence[Hashable]) -> None:
        """Ticks exactly these."""
        self._picked = [key for key in keys if key in self._choices]
        self._say()
        self.changed.emit()

    def add(self, choice: Choice) -> None:
        """An entry more, or in the place of one with its key."""
        self._choices[choice.key] = choice

    def turn(self, key: Hashable) -> None:
        """Ticks or unticks an entry, with regard to those that stand alone."""
        if key in self._picked:
            self.pick([each for each in self._picked if each != key])
        elif self._choices[key].alone:
            self.pick([key])
        else:
            self.pick([*(each for each in self._picked if not self._choices[each].alone), key])

    def open(self) -> None:
        """Shows the list under the button."""
        self._popup = _Popup(self)
        self._popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._popup.show()
        self._popup.list.setFocus()

    def said(self) -> str:
        """What is ticked, in a few words."""
        if not self._picked:
            return self._everything
        names = [self._choices[key].short or self._choices[key].text for key in self.picked]
        said = ", ".join(names) if len(names) <= 3 else f"{', '.join(names[:2])} and {len(names) - 2} more"
        return said[:1].upper() + said[1:]

    def _say(self) -> None:
        self.setText(self.said())
        self.setToolTip(self.said())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Space):
            self.open()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        text = self.text()
        room = self.width() - 42
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room))
        super().paintEvent(event)
        self.setText(text)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().buttonText().color(), 1.4))
        middle, right = self.height() / 2, self.width() - 16.0
        painter.drawPolyline(
            [QPointF(right - 4, middle - 2), QPointF(right, middle + 2), QPointF(right + 4, middle - 2)]
        )


class _Popup(QFrame):
    """The list itself; it goes when something else is clicked, or with Esc."""

    def __init__(self, picker: Picker) -> None:
        super().__init__(picker, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        self._picker = picker
        self.list = QListWidget()
        self.list.setAccessibleName(picker.accessibleName())
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(5, 5, 5, 5)
        self._add(None, picker._everything, 0)
        for choice in picker._choices.values():
            self._add(choice.key, choice.text, choice.depth)
        if self.list.count() > FILTERED_FROM:
            filter_ = QLineEdit(placeholderText="Filter")
            filter_.setAccessibleName("Filter the list")
            filter_.textChanged.connect(self._filter)
            column.addWidget(filter_)
        column.addWidget(self.list)
        self._tick()
        self.list.setCurrentRow(0)
        self.list.itemClicked.connect(self._clicked)
        row = max(self.list.sizeHintForRow(0), 30)
        self.list.setFixedHeight(row * min(SHOWN, self.list.count()) + 4)
        self.setMinimumWidth(max(picker.width(), min(self.list.sizeHintForColumn(0) + 48, 520)))

    def _add(self, key: Hashable, text: str, depth: int) -> None:
        item = QListWidgetItem(INDENT * depth + text)
        item.setData(KEY, (key,))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        self.list.addItem(item)

    def _tick(self) -> None:
        picked = self._picker.picked
        for item in self._items():
            (key,) = item.data(KEY)
            on = key in picked if key is not None else not picked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _clicked(self, item: QListWidgetItem) -> None:
        (key,) = item.data(KEY)
        if key is None:
            self._picker.pick([])
        else:
            self._picker.turn(key)
        self._tick()

    def _filter(self, words: str) -> None:
        for item in self._items():
            item.setHidden(not all(word in item.text().casefold() for word in words.casefold().split()))

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(at) for at in range(self.list.count())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.list.currentItem()
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._clicked(item)
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
