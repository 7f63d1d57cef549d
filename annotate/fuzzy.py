"""Codes found by a few letters of notation, label or definition; accents and case do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotate.model import Code

# What a match is worth: how it was found (a hundred apart), less up to ninety for how late and how loose.
KIND = 100
EXACT_NOTATION, NOTATION_START, LABEL_START, WORD_STARTS, INSIDE, LETTERS, NOTES = (
    700,
    600,
    500,
    400,
    300,
    200,
    100,
)
NOTED = 3  # letters of a query from which on words of the notes count


@dataclass(frozen=True, slots=True)
class Match:
    """`label` and `notation` are the positions (code points) of the letters that matched, to show them."""

    code: Code
    score: int
    label: tuple[int, ...] = ()
    notation: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    code: Code
    label: str
    notation: str
    starts: tuple[int, ...]  # where the words of the label begin
    notes: str


class CodeIndex:
    """Codes prepared for `rank`. Groupings and retired codes are left out, but where `whole` is asked for."""

    def __init__(
        self, codes: Iterable[Code], titles: Mapping[str, str] | None = None, *, whole: bool = False
    ) -> None:
        titles = titles or {}
        self.entries = [
            _Entry(
                code,
                plain(code.label),
                plain(code.notation),
                tuple(match.start() for match in re.finditer(r"\w+", plain(code.label))),
                plain(
                    f"{' '.join(code.synonyms)} {titles.get(code.taxonomy, '')} {code.definition} {code.use_when}"
                ),
            )
            for code in codes
            if whole or code.offered
        ]
        self.last: tuple[str, list[_Entry]] = "", self.entries  # what was looked for, and all that fitted

    def among(self, wanted: str) -> list[_Entry]:
        """Those that can fit: of a query that goes on from the last one, what fitted that one."""
        before, fitted = self.last
        alike = len(before) >= NOTED or len(wanted) < NOTED
        return fitted if before and alike and wanted.startswith(before) else self.entries


def rank(query: str, index: CodeIndex, *, recent: Sequence[str] = (), limit: int = 60) -> list[Match]:
    """The codes that fit, best first: notation, beginnings of the label or its words ("leg jur"), letters
    inside, letters in order, words of the notes. Among codes found the same way, those of `recent` stand
    first, then those with a key of their own; on an empty query the recent ones do.
    """
    wanted = plain(query).strip()
    freshness = {id: len(recent) - at for at, id in enumerate(recent)}
    if not wanted:
        fresh = [entry for entry in index.entries if entry.code.id in freshness]
        fresh.sort(key=lambda entry: -freshness[entry.code.id])
        rest = (entry for entry in index.entries if entry.code.id not in freshness)
        return [Match(entry.code, 0) for entry in [*fresh, *rest][:limit]]
    words = wanted.split()
    fitting = [
        (entry, match)
        for entry in index.among(wanted)
        if (match := _matched(entry, wanted, words)) is not None
    ]
    index.last = wanted, [entry for entry, _ in fitting]
    matches = [match for _, match in fitting]
    matches.sort(
        key=lambda m: (
            -((m.score + KIND - 1) // KIND),
            -freshness.get(m.code.id, 0),
            not m.code.shortcut,
            -m.score,
        )
    )
    return matches[:limit]


def plain(text: str) -> str:
    """Lower case without accents, letter for letter: positions stay those of the text."""
    if text.isascii():
        return text.lower()
    return "".join(_bare(character) for character in text)


def _bare(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)[:1].lower()
    return base[:1] or character


def _matched(entry: _Entry, wanted: str, words: list[str]) -> Match | None:
    label, notation, code = entry.label, entry.notation, entry.code
    if notation and notation.startswith(wanted):
        places = tuple(range(len(wanted)))
        if notation == wanted:
            return Match(code, EXACT_NOTATION, notation=places)
        return Match(code, NOTATION_START - 1 - min(len(notation), 90), notation=places)
    if label.startswith(wanted):
        return Match(code, LABEL_START, tuple(range(len(wanted))))
    at = label.find(wanted)
    one = len(words) == 1
    if (at >= 0 if one else all(word in label for word in words)) and (starts := _word_starts(entry, words)):
        return Match(code, WORD_STARTS - min(starts[0], 90), starts)
    if at >= 0:
        return Match(code, INSIDE - min(at, 90), tuple(range(at, at + len(wanted))))
    if one and (letters := _in_order(label, wanted)):
        return Match(code, LETTERS - min(letters[-1] - letters[0], 90), letters)
    if len(wanted) >= NOTED and all(word in entry.notes or word in label for word in words):
        return Match(code, NOTES)
    return None


def _word_starts(entry: _Entry, words: list[str]) -> tuple[int, ...]:
    """Positions when each word of the query begins a further word of the label, in order."""
    places: list[int] = []
    starts = iter(entry.starts)
    for word in words:
        for start in starts:
            if entry.label.startswith(word, start):
                places.extend(range(start, start + len(word)))
                break
        else:
            return ()
    return tuple(places)


def _in_order(label: str, wanted: str) -> tuple[int, ...]:
    places: list[int] = []
    at = -1
    for letter in wanted:
        at = label.find(letter, at + 1)
        if at < 0:
            return ()
        places.append(at)
    return tuple(places)
