"""What is written about the code under the cursor: what it is, when to use it, when not."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotate.model import Code
from ui.codes.elided import ElidedLabel
from ui.icons import Icon, icon
from ui.look import Look
from ui.session import Session
from ui.theme import Theme

LINES = 6
OPENERS = frozenset(
    ("as", "because", "by", "for", "if", "in", "of", "on", "only", "to", "unless", "when", "where", "with")
)
FLAG = "code_note"


def note_html(code: Code, theme: Theme, *, definition: bool = True) -> str:
    """The notes of a code, the words that open each in strong; every character of the notes as it is."""
    lines = [escape(code.definition)] if definition and code.definition else []
    for word, note in (("Use", code.use_when), ("Not", code.avoid_when)):
        if note:
            lines.append(_strong(theme, word) + escape(_running_on(note)))
    if definition and code.examples:
        lines.append(_strong(theme, "For example") + " " + escape(code.examples))
    if definition and code.counter_examples:
        lines.append(_strong(theme, "But not") + " " + escape(code.counter_examples))
    if code.synonyms:
        lines.append(_strong(theme, "Also") + " " + escape(", ".join(code.synonyms)))
    return "<br>".join(line.replace("\n", "<br>") for line in lines)


def _strong(theme: Theme, word: str) -> str:
    return f'<span style="font-weight:600; color:{theme.text}">{word}</span>'


def _running_on(note: str) -> str:
    """What follows the word Use or Not: `the passage …` reads `when the passage …`, a sentence stands alone."""
    first = note.split(maxsplit=1)[0].lower().strip(",.;:")
    if first in OPENERS:
        return " " + note[0].lower() + note[1:]
    return f": {note}" if note[0].isupper() else f" when {note}"


class CodeNote(QFrame):
    """One line until a code is pointed at; then a strip of fixed height, so that the next moves nothing.

    What was pointed at last stays. It can be folded.
    """

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._look = look
        self._code: str | None = None
        self._fold = QToolButton(self)
        self._fold.setAccessibleName("Notes on the code")
        self._fold.clicked.connect(self._turn)
        self._down = session.settings.flag(FLAG, True)
        self._title = ElidedLabel("section")
        self._text = QLabel()
        self._text.setProperty("role", "small")
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._text.setAccessibleName("Notes")
        self._area = _Strip(self._text)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 8, 0)
        head.setSpacing(2)
        head.addWidget(self._fold)
        head.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 4, 0, 8)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._area)
        session.changed.connect(lambda change: change.touches("code", "taxonomy") and self._show())
        look.changed.connect(self._show)
        self._show()

    def show_code(self, id: str | None) -> None:
        if id is not None and id != self._code:
            self._code = id
            self._show()

    def text(self) -> str:
        return self._text.text()

    def _show(self) -> None:
        code = self._session.codes.get(self._code or "")
        theme = self._look.theme
        down = self._down
        self._fold.setIcon(icon(Icon.CHEVRON_DOWN if down else Icon.CHEVRON_RIGHT, theme.dim, 14))
        self._fold.setToolTip("Fold the notes" if down else "Show the notes")
        self._area.setVisible(down)
        title = " ".join(filter(None, (code.notation, code.label))) if code else ""
        self._title.show_text(title or "About the code")
        self._area.set_lines(LINES if code else 1)
        if code is None:
            self._text.setText("Point at a code to read when to use it.")
        else:
            self._text.setText(note_html(code, theme) or "Nothing is written about this code yet.")
        self._area.verticalScrollBar().setValue(0)

    def _turn(self) -> None:
        self._down = not self._down
        self._session.settings.set_flag(FLAG, self._down)
        self._show()


class _Strip(QScrollArea):
    def __init__(self, inside: QLabel) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside.setContentsMargins(6, 0, 6, 0)
        self.setWidget(inside)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lines = LINES

    def set_lines(self, lines: int) -> None:
        self._lines = lines
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def sizeHint(self) -> QSize:
        self.widget().ensurePolished()
        return QSize(200, QFontMetrics(self.widget().font()).lineSpacing() * self._lines)
