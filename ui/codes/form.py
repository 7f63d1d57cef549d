"""The form of one code: label, notation, notes, colour, key."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from annotate.model import Code
from storage.taxonomies import make_code
from ui.codes import deeds
from ui.codes.colours import ColourGrid
from ui.codes.merging import reason_field
from ui.codes.related import RelatedCodes
from ui.dialogs.sheet import Sheet
from ui.look import Look
from ui.session import Session
from ui.shortcuts import CodeKeys, letter_of, refusal

NOTES = (
    ("definition", "Definition", "What the code means"),
    ("use_when", "Use when", "When a passage gets this code"),
    ("avoid_when", "Do not use when", "When it does not, and which code it gets instead"),
    ("examples", "Examples", "Passages that got it; the key + takes the selected highlight"),
    ("counter_examples", "Counter-examples", "Passages that seem to fit and do not; the key - takes one"),
)
PROSE_LINES = 3  # of these fields, at most


class KeyField(QLineEdit):
    """Takes one key press on any keyboard layout; Backspace empties it."""

    pressed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = letter_of(event).casefold()
        if letter:
            self.pressed.emit(letter)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.pressed.emit("")
        else:
            super().keyPressEvent(event)


class CodeForm(Sheet):
    """Edits `code`, or makes it when it is not in the project yet. `stored` gives its id."""

    stored = Signal(str)

    def __init__(
        self, session: Session, look: Look, code: Code, parent: QWidget | None = None, *, field: str = "label"
    ) -> None:
        self._new = code.id not in session.codes
        super().__init__("New code" if self._new else code.label, parent, width=680)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setWordWrap(True)
        self.button("Cancel", self.reject)
        self.accept_button = self.button("Save", self.accept, primary=True)
        self._session, self._code = session, code
        self._keys = CodeKeys(session)
        self._keys.setParent(self)
        self.key = code.shortcut.casefold()
        self.label = QLineEdit(code.label)
        self.notation = QLineEdit(code.notation)
        self.notation.setMaximumWidth(130)
        self.shortcut = KeyField(self.key)
        self.shortcut.setMaximumWidth(130)
        self.shortcut.setPlaceholderText("Press a key")
        self.shortcut.pressed.connect(self._take_key)
        self.said = QLabel()
        self.said.setProperty("role", "warn")
        self.said.setWordWrap(True)
        self.notes = {name: self._note(name, hint) for name, _, hint in NOTES}
        self.synonyms = QLineEdit("; ".join(code.synonyms))
        self.synonyms.setPlaceholderText("Other words for it, divided by semicolons; they find it too")
        self.related = RelatedCodes(session, look, code.id, code.related)
        self.reason = reason_field()
        self.colours = ColourGrid(look)
        self.colours.set_up(code.colour, colours_beside(session, code))
        self.assignable = QCheckBox("Can be put on a passage (otherwise it only groups codes)")
        self.assignable.setChecked(code.assignable)
        self._home = self._home_field()
        self._lay_out()
        if not self._new and session.is_fixed(code):
            self._keep_standard()
        self._check()
        self.label.textChanged.connect(self._check)
        first = {"shortcut": self.shortcut, "notation": self.notation, "label": self.label}
        at = first.get(field) or self.notes.get(field) or self.label
        at.setFocus()
        if isinstance(at, QLineEdit):
            at.selectAll()

    def _keep_standard(self) -> None:
        """Of a locked standard only what the study says about its use is there to be edited."""
        for fixed in (self.label, self.notation, self.notes["definition"]):
            fixed.setReadOnly(True)
            fixed.setToolTip("Locked as a standard: unlock the taxonomy to change it")
        self.assignable.setEnabled(False)

    def values(self) -> dict[str, Any]:
        """What the form says now."""
        notes = {name: field.toPlainText().strip() for name, field in self.notes.items()}
        return notes | {
            "label": " ".join(self.label.text().split()),
            "notation": self.notation.text().strip(),
            "synonyms": tuple(dict.fromkeys(filter(None, map(str.strip, self.synonyms.text().split(";"))))),
            "related": tuple(self.related.ids),
            "shortcut": self.key,
            "colour": self.colours.colour,
            "assignable": self.assignable.isChecked(),
        }

    def accept(self) -> None:
        if not self.accept_button.isEnabled():
            return
        if self._store():
            super().accept()
            self.stored.emit(self._code.id)

    def _store(self) -> bool:
        values = self.values()
        if not self._new:
            return deeds.edit(self._session, self._code, values, self.reason.text())
        home, parent = self._code.taxonomy, self._code.parent
        if self._home is not None:
            home, parent = self._home.currentData(), None
        made = make_code(home, parent, values.pop("label"), **values)
        self._code = made
        return deeds.add(self._session, made)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        line = 0

        def add(title: str, field: QWidget, *, beside: QWidget | None = None) -> None:
            nonlocal line
            name = QLabel(title)
            name.setProperty("role", "dim")
            name.setBuddy(field)
            field.setAccessibleName(title)
            top = isinstance(field, QPlainTextEdit | ColourGrid | RelatedCodes)
            name.setContentsMargins(0, 7 if top else 0, 0, 0)
            grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter)
            if beside:
                row = QHBoxLayout()
                row.setSpacing(12)
                row.addWidget(field)
                row.addWidget(beside, 1)
                grid.addLayout(row, line, 1)
            else:
                grid.addWidget(field, line, 1)
            line += 1

        if self._home is not None:
            add("Taxonomy", self._home)
        add("Label", self.label)
        add("Notation", self.notation)
        for name, title, _ in NOTES:
            add(title, self.notes[name])
        add("Synonyms", self.synonyms)
        add("Related", self.related)
        add("Colour", self.colours)
        add("Key", self.shortcut, beside=self.said)
        grid.addWidget(self.assignable, line, 1)
        line += 1
        if not self._new:
            add("Reason", self.reason)
        self.body.addLayout(grid)

    def _note(self, name: str, hint: str) -> QPlainTextEdit:
        field = QPlainTextEdit(str(getattr(self._code, name)))
        field.setPlaceholderText(hint)
        field.setTabChangesFocus(True)
        field.setFixedHeight(
            field.fontMetrics().lineSpacing() * (PROSE_LINES if field.toPlainText() else 1) + 28
        )
        return field

    def _home_field(self) -> QComboBox | None:
        """Which taxonomy a new root code goes to, where there is a choice."""
        if not self._new or self._code.parent is not None or len(self._session.taxonomies) < 2:
            return None
        field = QComboBox()
        for taxonomy in self._session.taxonomies:
            field.addItem(taxonomy.title, taxonomy.id)
        field.setCurrentIndex(max(0, field.findData(self._code.taxonomy)))
        return field

    def _take_key(self, key: str) -> None:
        if key and (why := refusal(key)):
            self.said.setText(why)
            return
        self.key = key
        self.shortcut.setText(key)
        self._check()

    def _check(self) -> None:
        owner = self._keys.owner(self.key, self._code.id)
        saves = "Make the code" if self._new else "Save"
        self.said.setText(f"“{self.key}” is the key of “{owner.label}” now." if owner else "")
        self.accept_button.setText(f"{saves} and take over “{self.key}”" if owner else saves)
        self.accept_button.setEnabled(bool(self.label.text().strip()))


def colours_beside(session: Session, code: Code) -> list[tuple[str, str]]:
    """Labels and colours of the codes beside this one."""
    return [
        (each.label, session.colour(each.id))
        for each in session.codes.values()
        if (each.taxonomy, each.parent) == (code.taxonomy, code.parent) and each.id != code.id
    ]


def blank(taxonomy: str, parent: str | None) -> Code:
    """A code not yet made."""
    return Code("", taxonomy, parent, "", "")
