"""The head of a code's page: chip and label, and below them notation, what it hangs under, and its key."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from annotate.model import Code
from annotate.standards import OPEN
from storage import taxonomies
from ui.codes import deeds
from ui.codes.colours import ColourPopup, chip_icon
from ui.codes.form import KeyField, colours_beside
from ui.look import Look
from ui.session import Session
from ui.shortcuts import refusal
from ui.workbench.edit import of_code
from ui.workbench.inplace import InPlace, serif

CHIP = 21
STANDARD, OWN = "· locked standard", "· your own, below a standard"


class KeyInPlace(InPlace):
    """Takes one key press instead of a text."""

    def _made(self) -> QLineEdit:
        editor = KeyField(self._text)
        editor.setPlaceholderText("Press a key")
        editor.setAccessibleName(self._name)
        editor.setFixedWidth(110)
        editor.pressed.connect(self._take)
        editor.installEventFilter(self)
        return editor

    refused = Signal(str)

    def _take(self, key: str) -> None:
        if key and (why := refusal(key)):
            self.refused.emit(why)
        elif isinstance(self.editor, QLineEdit):
            self.editor.setText(key)
            self.flush()


class Head(QWidget):
    """What a code is called."""

    code_asked = Signal(str)
    taxonomy_asked = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._code: Code | None = None
        self.chip = QPushButton(autoDefault=False)
        self.chip.setProperty("role", "chip")
        self.chip.setIconSize(QSize(CHIP, CHIP))
        self.chip.setAccessibleName("Colour")
        self.chip.setToolTip("Change the colour")
        self.chip.clicked.connect(lambda: self.recolour())
        self.label = InPlace(look, "Label", "Label", style=serif(28, 600), to=_one_line)
        self.notation = InPlace(look, "Notation", "Add a notation", to=str.strip)
        self.under = QPushButton(autoDefault=False)
        self.under.setProperty("role", "inline")
        self.under.clicked.connect(self._up)
        self.standing = _word("")
        self.key = KeyInPlace(look, "Key", "Add a key", html=self._cap)
        self.key.refused.connect(session.failed)
        for field in (self.notation, self.key):
            field.reads.setWordWrap(False)
            field.reads.setContentsMargins(3, 1, 3, 1)
        self._lay_out()

    def fields(self) -> list[InPlace]:
        return [self.label, self.notation, self.key]

    def keyed(self) -> list[QWidget]:
        """What the Tab key comes to, in order."""
        return [self.chip, self.label.reads, self.notation.reads, self.under, self.key.reads]

    def show_code(self, code: Code) -> None:
        """`code` as it is stored."""
        self._code = code
        writable, fixed = self._session.project.writable, self._session.is_fixed(code)
        self.standing.setText(STANDARD if fixed else OWN if code.own else "")
        colour = self._session.colour(code.id)
        self.chip.setIcon(
            chip_icon(colour, self._look.theme, side=CHIP, box=CHIP, hollow=not code.assignable)
        )
        self.chip.setEnabled(writable)
        for name, field in (("label", self.label), ("notation", self.notation), ("shortcut", self.key)):
            open_ = writable and (name in OPEN or not fixed)
            begin = (lambda name=name: of_code(self._session, self._stored(), name)) if open_ else None
            field.show_text(str(getattr(code, name)), begin)
        place = deeds.place_name(self._session, code.taxonomy, code.parent)
        self.under.setText(place.replace("&", "&&"))
        self.under.setAccessibleName(f"Under {place}")

    def recolour(self) -> ColourPopup | None:
        """Opens the colours below the chip."""
        if self._code is None:
            return None
        code = self._stored()
        popup = ColourPopup(self._look, self)
        popup.picked.connect(lambda colour: deeds.recolour(self._session, [code.id], colour))
        popup.open_at(
            self.chip.mapToGlobal(QPoint(0, self.chip.height() + 4)),
            code.colour,
            colours_beside(self._session, code),
        )
        return popup

    def _stored(self) -> Code:
        assert self._code is not None
        return taxonomies.code(self._session.project, self._code.id) or self._code

    def _up(self) -> None:
        if self._code is None:
            return
        if self._code.parent is None:
            self.taxonomy_asked.emit(self._code.taxonomy)
        else:
            self.code_asked.emit(self._code.parent)

    def _cap(self, key: str) -> str:
        theme = self._look.theme
        return f'<span style="background-color:{theme.hover}; color:{theme.text}">&nbsp;{escape(key)}&nbsp;</span>'

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setContentsMargins(6, 0, 0, 0)
        first.setSpacing(0)
        first.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.label, 1)
        second = QHBoxLayout()
        second.setContentsMargins(6, 0, 0, 0)
        second.setSpacing(3)
        for part in (self.notation, "· under", self.under, "· key", self.key, self.standing):
            second.addWidget(part if isinstance(part, QWidget) else _word(part))
        second.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(first)
        column.addLayout(second)


def _word(text: str) -> QLabel:
    made = QLabel(text)
    made.setProperty("role", "dim")
    return made


def _one_line(text: str) -> str:
    return " ".join(text.split())
