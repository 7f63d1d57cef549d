"""Types of relations, or codes with groupings, found by a few letters as codes are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtWidgets import QWidget

from annotate.fuzzy import CodeIndex, rank
from annotate.model import Code
from ui.codes.rows import Row, parts_of
from ui.look import Look
from ui.quicktag import MOST, QuickTag
from ui.session import Session


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the popup; `note` is what is said of it below the list."""

    id: str
    label: str
    colour: str = ""
    notation: str = ""
    note: str = ""


class PickPopup(QuickTag):
    """`code_taken` tells the id of the entry that was taken."""

    def __init__(
        self, session: Session, look: Look, parent: QWidget, entries: Sequence[Entry], *, name: str, hint: str
    ) -> None:
        self._entries = {entry.id: entry for entry in entries}
        self._index = CodeIndex(
            Code(entry.id, "", None, entry.notation, entry.label, definition=entry.note) for entry in entries
        )
        super().__init__(session, look, parent, offer_new=False)
        self._ready.stop()
        self.setAccessibleName(name)
        self.list.setAccessibleName(name)
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)
        self.closed.connect(self.deleteLater)

    def _find(self, words: str) -> None:
        matches = rank(words, self._index, limit=MOST)
        rows = []
        for match in matches:
            entry = self._entries[match.code.id]
            bold = parts_of(entry.label, match.label)
            rows.append(Row(entry.label, entry.notation, entry.colour, bold=bold))
        self._model.show([match.code.id for match in matches], rows)
        self.list.setCurrentIndex(self._model.index(0, 0))
        if not rows:
            self._show_note()

    def _show_note(self) -> None:
        at = self.list.currentIndex().row()
        id = self._model.ids[at] if 0 <= at < len(self._model.ids) else None
        said = self._entries[id].note if id else "Nothing holds these letters."
        self.note.setText(escape(said).replace("\n", "<br>"))
        self._fit()
