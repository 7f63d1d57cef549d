"""The colours a code can have: twelve with names, and any other as #rrggbb."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap, QRegularExpressionValidator
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotate.taxonomy import PALETTE
from ui.codes.popover import Popover
from ui.codes.rows import paint_chip
from ui.codes.telling import hard_to_tell
from ui.look import Look
from ui.theme import Theme

COLUMNS = 3


def chip_icon(colour: str, theme: Theme, side: int = 12, *, box: int = 16, hollow: bool = False) -> QIcon:
    """A code's chip as an icon of `box` pixels, sharp at 100 % and 200 %."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        picture = QPixmap(QSize(box, box) * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint_chip(painter, QPointF(box / 2, box / 2), colour, theme, side=side, hollow=hollow)
        painter.end()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled, QIcon.Mode.Selected):
            made.addPixmap(picture, mode)  # a colour that cannot be changed is still the colour
    return made


class ColourGrid(QWidget):
    """The twelve colours by name, a field for others, and a word on which are hard to tell from `others`."""

    picked = Signal(str)  # palette name, #rrggbb, or "" for the parent's

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._others: list[tuple[str, str]] = []
        self.colour = ""
        self._buttons = {name: self._button(name) for name in PALETTE}
        grid = QGridLayout()
        grid.setSpacing(2)
        for place, button in enumerate(self._buttons.values()):
            grid.addWidget(button, place // COLUMNS, place % COLUMNS)
        self._parents = QPushButton("As above")
        self._parents.setProperty("role", "quiet")
        self._parents.setCheckable(True)
        self._parents.setToolTip("The colour of the code above it")
        self._parents.clicked.connect(lambda: self._pick(""))
        self._own = QLineEdit()
        self._own.setPlaceholderText("#rrggbb")
        self._own.setAccessibleName("Another colour, as #rrggbb")
        self._own.setValidator(QRegularExpressionValidator(QRegularExpression("#[0-9a-fA-F]{6}"), self))
        self._own.returnPressed.connect(lambda: self._pick(self._own.text().lower()))
        self._own.textEdited.connect(self._typed)
        row = QHBoxLayout()
        row.addWidget(self._parents)
        row.addWidget(self._own, 1)
        self.word = QLabel()
        self.word.setProperty("role", "small")
        self.word.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addLayout(row)
        column.addWidget(self.word)
        look.changed.connect(self._show)

    def set_up(self, colour: str, others: Sequence[tuple[str, str]]) -> None:
        """`colour` is the code's own; `others` are the labels and colours of the codes beside it."""
        self.colour, self._others = colour, list(others)
        self._own.setText(colour if colour.startswith("#") else "")
        self._show()

    def focus_colour(self) -> None:
        self._buttons.get(self.colour, self._buttons[PALETTE[0]]).setFocus()

    def alike(self, colour: str) -> list[str]:
        """The labels of the codes beside this one whose colour is hard to tell from `colour`."""
        close = set(hard_to_tell(colour, [each for _, each in self._others], self._look.theme))
        return [label for label, each in self._others if each in close]

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(name.capitalize())
        button.setProperty("role", "quiet")
        button.setCheckable(True)
        button.setStyleSheet("text-align: left;")
        button.clicked.connect(lambda: self._pick(name))
        return button

    def _typed(self, text: str) -> None:
        if self._own.hasAcceptableInput():
            self.colour = text.lower()
            self._show()

    def _pick(self, colour: str) -> None:
        self.colour = colour
        if not colour.startswith("#"):
            self._own.clear()
        self._show()
        self.picked.emit(colour)

    def _show(self) -> None:
        for name, button in self._buttons.items():
            button.setIcon(chip_icon(name, self._look.theme))
            button.setChecked(name == self.colour)
            alike = self.alike(name)
            button.setToolTip(f"Hard to tell from {_listed(alike)}" if alike else name.capitalize())
            button.setAccessibleDescription(button.toolTip())
        self._parents.setChecked(not self.colour)
        alike = self.alike(self.colour) if self.colour else []
        self.word.setText(f"Hard to tell from {_listed(alike)}, for some eyes." if alike else "")
        self.word.setVisible(bool(alike))


class ColourPopup(Popover):
    """The colours at hand beside a code; taking one closes it."""

    picked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "Colour", parent)
        self.grid = ColourGrid(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(self.grid)
        self.grid.picked.connect(self._taken)

    def open_at(self, at: QPoint, colour: str, others: Sequence[tuple[str, str]]) -> None:
        """Opens beside `at` (global) with what `ColourGrid.set_up` wants to know."""
        self.grid.set_up(colour, others)
        self.adjustSize()
        self.place(at)
        self.show()
        self.grid.focus_colour()

    def _taken(self, colour: str) -> None:
        self.picked.emit(colour)
        self.close()


def _listed(labels: Sequence[str]) -> str:
    named = [f"“{label}”" for label in labels[:3]]
    if len(labels) > 3:
        named.append(f"{len(labels) - 3} more")
    return " and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else named[0]
