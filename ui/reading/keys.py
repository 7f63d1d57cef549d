"""Keys that move caret and selection through a text: by sentence and paragraph, growing and shrinking.

Characters, words, lines, pages and the ends come with QTextEdit.
"""

from __future__ import annotations

from PySide6.QtCore import Qt

from annotate.frozen import frozen
from annotate.model import Span
from ui.reading.words import grown, next_place

Key = Qt.Key
_ALT, _CTRL, _SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_KEYPAD = Qt.KeyboardModifier.KeypadModifier

MOVES = {
    (_ALT, Key.Key_Down): ("sentence", 1),
    (_ALT, Key.Key_Up): ("sentence", -1),
    (_CTRL, Key.Key_Down): ("paragraph", 1),
    (_CTRL, Key.Key_Up): ("paragraph", -1),
}
"""With Shift they extend the selection."""

GROW, SHRINK = (_ALT | _SHIFT, Key.Key_Right), (_ALT | _SHIFT, Key.Key_Left)


@frozen
class Caret:
    """Where a selection began and where the caret is, code points; equal without a selection."""

    anchor: int
    place: int

    @property
    def span(self) -> Span:
        """The selection, in order."""
        return min(self.anchor, self.place), max(self.anchor, self.place)


class Ladder:
    """Growing a selection to word, sentence and paragraph, and the way back down."""

    def __init__(self) -> None:
        self._steps: list[Caret] = []
        self._top: Caret | None = None

    def grow(self, text: str, caret: Caret) -> Caret:
        """The next larger selection."""
        span = grown(text, caret.span)
        if span == caret.span:
            return caret
        if self._steps and self._top != caret:
            self._steps.clear()
        self._steps.append(caret)
        self._top = Caret(*span)
        return self._top

    def shrink(self, caret: Caret) -> Caret:
        """What was selected before the last growth, if nothing happened in between."""
        if not self._steps or self._top != caret:
            self._steps.clear()
            return caret
        self._top = self._steps.pop()
        return self._top


def moved(text: str, caret: Caret, ladder: Ladder, modifiers: Qt.KeyboardModifier, key: int) -> Caret | None:
    """Where a key press leads, or None if the key is none of ours."""
    modifiers &= ~_KEYPAD
    here = modifiers, Key(key)
    if here == GROW:
        return ladder.grow(text, caret)
    if here == SHRINK:
        return ladder.shrink(caret)
    move = MOVES.get((modifiers & ~_SHIFT, Key(key)))
    if move is None:
        return None
    place = next_place(move[0], text, caret.place, move[1])
    return Caret(caret.anchor if modifiers & _SHIFT else place, place)
