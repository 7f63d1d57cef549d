"""Codes for a few letters, fast enough to follow every key press among thousands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from annotate.fuzzy import LETTERS, NOTES, CodeIndex, Match, plain, rank
from ui.session import Session

SHORT = 2  # so many letters fit half of all labels somewhere: beginnings of words are meant
FEW = 8


class QuickFinder:
    """Asks `rank`, of one or two letters only among the codes with a word that begins so, if there are some."""

    def __init__(self, session: Session, *, groupings: bool = False) -> None:
        """`groupings`: codes that only group others are found as well."""
        self._session, self._groupings = session, groupings
        self._whole: tuple[object, CodeIndex] | None = None  # the codes, and the index over all of them
        self._index: CodeIndex | None = None
        self._beginning: dict[str, CodeIndex] = {}

    def prepare(self) -> None:
        """Reads the codes if they changed, so that the next key press finds them ready."""
        index = self._all()
        if index is self._index:
            return
        by_letter: dict[str, list[Any]] = {}
        for entry in index.entries:
            letters = {entry.label[start] for start in entry.starts} | set(entry.notation[:1])
            for letter in letters:
                by_letter.setdefault(letter, []).append(entry)
        self._index, self._beginning = index, {}
        for letter, entries in by_letter.items():
            self._beginning[letter] = CodeIndex(())
            self._beginning[letter].entries = entries

    def _all(self) -> CodeIndex:
        if not self._groupings:
            return self._session.code_index
        codes = self._session.codes
        if self._whole is None or self._whole[0] is not codes:
            seen = (replace(code, assignable=True) for code in codes.values())
            self._whole = codes, CodeIndex(seen)
        return self._whole[1]

    def find(
        self, words: str, recent: Sequence[str], limit: int, leave_out: frozenset[str] = frozenset()
    ) -> list[Match]:
        """Best first; letters scattered over a label count only where nothing holds them together."""
        self.prepare()
        wanted, more = plain(words).strip(), limit + len(leave_out)
        matches: list[Match] = []
        if 0 < len(wanted) <= SHORT and wanted[0] in self._beginning:
            matches = rank(words, self._beginning[wanted[0]], recent=recent, limit=more)
        if len(matches) < FEW:
            matches = rank(words, self._all(), recent=recent, limit=more)
        if any(match.score > LETTERS for match in matches):
            matches = [match for match in matches if match.score > LETTERS or match.score <= NOTES]
        return [match for match in matches if match.code.id not in leave_out][:limit]
