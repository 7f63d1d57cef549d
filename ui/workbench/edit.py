"""An edit of one field, stored while one types: one line of the log of changes and one step to undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from annotate.model import Code, Taxonomy
from storage import Step, code_edits
from ui.codes.deeds import release_key
from ui.session import Session

Write = Callable[[Step, Any, list[str]], None]


class Edit:
    """`write` stores a value; it gets the ids of the lines of the log that this edit has written so far."""

    def __init__(self, session: Session, label: str, begun: object, write: Write) -> None:
        self._session, self._label, self._write = session, label, write
        self._begun = self._stored = begun
        self._batch: int | None = None
        self._lines: list[str] = []

    def store(self, value: object) -> bool:
        """Keeps what was written so far. False where that could not be done, which the session has said."""
        if value == self._stored:
            return True
        before, self._stored = self._stored, value  # whoever hears of the change may ask again
        change = self._session.do(
            self._label, lambda step: self._write(step, value, self._lines), batch=self._batch
        )
        if change is None:
            self._stored = before
            return False
        self._batch = self._batch or change.step
        self._lines = list(change.ids.get("taxonomy_change", frozenset()) - set(self._lines))
        return True

    def take_back(self) -> bool:
        """All is as it was before the edit."""
        return self.store(self._begun)


def of_code(session: Session, code: Code, field: str) -> Edit:
    """An edit of a field of a code. A key that another code has is taken from that one."""

    def write(step: Step, value: Any, lines: list[str]) -> None:
        if field == "shortcut":
            release_key(session, step, value, code.id)
        code_edits.go_on(step, code, lines, **{field: value})

    return Edit(session, f"Edit “{code.label}”", getattr(code, field), write)


def of_taxonomy(session: Session, taxonomy: Taxonomy, field: str) -> Edit:
    """An edit of what is said of a taxonomy."""

    def write(step: Step, value: Any, lines: list[str]) -> None:
        code_edits.edit_taxonomy(step, taxonomy, **{field: value})

    return Edit(session, f"Edit “{taxonomy.title}”", getattr(taxonomy, field), write)
