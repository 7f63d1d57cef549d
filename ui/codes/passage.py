"""A highlight with the text around it, to be read and decided on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser

from annotate.model import Highlight, Span
from ui.fonts import reading_font
from ui.look import Look
from ui.theme import code_colour, tint

AROUND = 300  # code points shown before and behind
MOST = 4_000  # and of the highlight itself
SIZE, LEADING = 17, 130  # pixels; percent


class Passage(QTextBrowser):
    """Read-only; the keys go to whoever shows it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[str, Highlight, str] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("The highlight in its text")
        self.document().setDocumentMargin(0)
        look.changed.connect(self._paint)

    def show_mark(self, text: str, mark: Highlight, colour: str) -> None:
        """`text` is the whole article's."""
        self._shown = (text, mark, colour)
        self._paint()

    def say(self, words: str) -> None:
        """A sentence in place of a highlight."""
        self._shown = None
        self.setPlainText(words)

    def words(self) -> str:
        """What is shown."""
        return self.toPlainText()

    def _paint(self) -> None:
        if self._shown is None:
            return
        self.clear()
        text, mark, colour = self._shown
        cursor = QTextCursor(self.document())
        block = QTextBlockFormat()
        block.setLineHeight(LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block.setBottomMargin(8)
        cursor.setBlockFormat(block)
        place = -1
        shown = pieces(text, mark)
        if shown[0][0][0] > 0:
            cursor.insertText("… ", self._format(colour, False))
        for (start, end), marked in shown:
            if marked and place < 0:
                place = cursor.position()
            cursor.insertText(text[start:end], self._format(colour, marked))
        if shown[-1][0][1] < len(text):
            cursor.insertText(" …", self._format(colour, False))
        cursor.setPosition(max(0, place))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _format(self, colour: str, marked: bool) -> QTextCharFormat:
        made, theme = QTextCharFormat(), self._look.theme
        made.setFont(reading_font(SIZE))
        made.setForeground(QColor(theme.text if marked else theme.dim))
        if marked:
            made.setBackground(tint(colour, theme))
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            made.setUnderlineColor(code_colour(colour, theme))
        return made


def pieces(text: str, mark: Highlight) -> list[tuple[Span, bool]]:
    """The stretches to show, in order, and whether each is marked; whole words at both edges."""
    first = _word_edge(text, max(0, mark.start - AROUND), 1)
    last = _word_edge(text, min(len(text), mark.end + AROUND), -1)
    found: list[tuple[Span, bool]] = []
    at = first
    for start, end in mark.spans:
        if at < start:
            found.append(((at, start), False))
        found.append(((start, min(end, start + MOST)), True))
        at = end
    if at < last:
        found.append(((at, last), False))
    return found


def _word_edge(text: str, at: int, way: int) -> int:
    """The next white space from `at` in that way, if it is near."""
    if at in (0, len(text)):
        return at
    for step in range(40):
        place = at + way * step
        if not 0 < place < len(text):
            break
        if text[place - 1].isspace() if way > 0 else text[place].isspace():
            return place
    return at
