"""Finding a code by a few letters: what the quick-tag popup and the code filter rank by."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from annotate.model import Code

# Kinds of match, best first; within a kind the earlier and the shorter wins.
EXACT_NOTATION, NOTATION_PREFIX, LABEL_PREFIX, WORD_PREFIXES, SUBSTRING, SUBSEQUENCE, DEFINITION = range(7)


@dataclass(frozen=True, slots=True)
class Match:
    """A code that fits, with the places (code points) of the letters that made it fit, to be shown bold."""

    code: Code
    kind: int
    label_at: tuple[int, ...] = ()
    notation_at: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    code: Code
    notation: str
    label: str  # folded, letter for letter as long as the label itself
    starts: tuple[int, ...]  # where the words of the label begin
    letters: frozenset[str]
    prose: str  # definition and taxonomy title


class CodeIndex:
    """Codes made ready for `rank`: build it when the codes change, ask it at each key press."""

    def __init__(self, codes: Iterable[Code], titles: Mapping[str, str] | None = None) -> None:
        """`titles` gives the title of each taxonomy by its id."""
        titles = titles or {}
        self._entries = [_entry(code, titles.get(code.taxonomy, "")) for code in codes]
        self._place = {entry.code.id: place for place, entry in enumerate(self._entries)}

    def rank(self, query: str, *, recent: Sequence[str] = (), limit: int = 200) -> list[Match]:
        """The best `limit` codes for what was typed; `recent` are ids, latest first, and break ties.

        An empty query gives the recent codes and then the rest in their order.
        """
        wanted = fold(query).strip()
        lately = {code_id: place for place, code_id in enumerate(recent)}
        if not wanted:
            return self._unasked(recent, limit)
        words = wanted.split()
        scored = []
        for place, entry in enumerate(self._entries):
            kind, at = _fit(entry, wanted, words)
            if kind < 0:
                continue
            late = lately.get(entry.code.id, len(lately))
            scored.append((kind, late, at, len(entry.label), place))
        best = nsmallest(limit, scored)
        return [_match(self._entries[place], kind, wanted, words) for kind, _, _, _, place in best]

    def _unasked(self, recent: Sequence[str], limit: int) -> list[Match]:
        first = [self._place[code_id] for code_id in dict.fromkeys(recent) if code_id in self._place]
        rest = (place for place in range(len(self._entries)) if place not in set(first))
        order = [*first, *(place for _, place in zip(range(limit), rest, strict=False))]
        return [Match(self._entries[place].code, EXACT_NOTATION) for place in order[:limit]]


def rank(query: str, entries: Iterable[Code], *, recent: Sequence[str] = ()) -> list[Match]:
    """`CodeIndex.rank` for codes that are asked only once."""
    return CodeIndex(entries).rank(query, recent=recent)


def fold(text: str) -> str:
    """Lower case without accents, one letter for each letter of `text`, so that places stay the same."""
    if text.isascii():
        return text.lower()
    return "".join(_plain(letter) for letter in text)


def _plain(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[0].lower()
    return base if len(base) == 1 else letter


def _entry(code: Code, title: str) -> _Entry:
    label = fold(code.label)
    starts = tuple(
        at for at, letter in enumerate(label) if letter.isalnum() and not (at and label[at - 1].isalnum())
    )
    notation = fold(code.notation)
    return _Entry(code, notation, label, starts, frozenset(label), fold(f"{code.definition} {title}"))


def _fit(entry: _Entry, wanted: str, words: list[str]) -> tuple[int, int]:
    """The kind of match and where in the label it begins; kind -1 for none."""
    label, notation = entry.label, entry.notation
    if notation.startswith(wanted):
        return (EXACT_NOTATION if notation == wanted else NOTATION_PREFIX), 0
    found = label.find(wanted)
    if found == 0:
        return LABEL_PREFIX, 0
    if entry.letters.issuperset(words[0]):
        begins = _word_prefixes(entry, words)
        if begins:
            return WORD_PREFIXES, begins[0]
        if found > 0:
            return SUBSTRING, found
        places = _subsequence(entry, "".join(words))
        if places:
            return SUBSEQUENCE, places[-1] - places[0]
    if len(words[0]) > 2 and all(word in entry.prose or word in label for word in words):
        return DEFINITION, 0
    return -1, 0


def _word_prefixes(entry: _Entry, words: Sequence[str]) -> tuple[int, ...]:
    """Where each typed word begins a word of the label, in their order; empty if one does not."""
    found: list[int] = []
    for word in words:
        after = found[-1] if found else -1
        begin = next((at for at in entry.starts if at > after and entry.label.startswith(word, at)), -1)
        if begin < 0:
            return ()
        found.append(begin)
    return tuple(found)


def _subsequence(entry: _Entry, letters: str) -> tuple[int, ...]:
    """Places of the letters in the label in their order, the first at the start of a word; empty if none."""
    for start in entry.starts:
        if entry.label[start] == letters[0]:
            places = [start]
            for letter in letters[1:]:
                places.append(entry.label.find(letter, places[-1] + 1))
                if places[-1] < 0:
                    break
            else:
                return tuple(places)
    return ()


def _match(entry: _Entry, kind: int, wanted: str, words: list[str]) -> Match:
    if kind in (EXACT_NOTATION, NOTATION_PREFIX):
        return Match(entry.code, kind, notation_at=tuple(range(len(wanted))))
    if kind == WORD_PREFIXES:
        begins = zip(_word_prefixes(entry, words), words, strict=True)
        return Match(entry.code, kind, tuple(at + n for at, word in begins for n in range(len(word))))
    if kind in (LABEL_PREFIX, SUBSTRING):
        found = entry.label.find(wanted)
        return Match(entry.code, kind, tuple(range(found, found + len(wanted))))
    if kind == SUBSEQUENCE:
        return Match(entry.code, kind, _subsequence(entry, "".join(words)))
    return Match(entry.code, kind)
