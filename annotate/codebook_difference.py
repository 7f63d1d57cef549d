"""One thing that differs between two states of a taxonomy, and how it is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotate.differences import Kind, differences

ALL = "all codes"  # what a rule holds for that is tied to no branch


class What(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    RENUMBERED = "notation changed"
    MOVED = "moved"
    REWRITTEN = "text changed"  # `field` says which
    RETIRED = "retired"
    BROUGHT_BACK = "brought back"
    GROUPING = "made a grouping"
    ASSIGNABLE = "made assignable"
    NOT_KEPT = "not kept"  # by one of the versions, so that nothing can be said of it


class Sort(StrEnum):
    """What it is that differs."""

    CODE = "code"
    RULE = "rule"
    QUESTION = "question"
    RELATION = "relation"  # a type of them
    USES = "uses"  # rules, questions and types of relations as a whole


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: in both versions, or taken out (-1), or put in (1)."""

    text: str
    sign: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is different about a code, or about a rule, a question, a type of relations.

    `label` is in the later version, if it is there: of a rule what it holds for. `before` and `after` are labels,
    notations or texts; of what was added or removed the place of a code, else what it says.
    """

    what: What
    id: str
    label: str
    notation: str = ""
    field: str = ""  # as people call it
    before: str = ""
    after: str = ""
    pieces: tuple[Piece, ...] = ()  # of a text: read in order, what was taken out before what was put in
    sort: Sort = Sort.CODE

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        match self.sort:
            case Sort.CODE:
                return " ".join(filter(None, (self.notation, f"“{self.label}”")))
            case Sort.RULE:
                return f"Rule for {self.label if self.label == ALL else f'“{self.label}”'}"
            case Sort.USES:
                return self.label
        return f"{self.sort.capitalize()} “{self.label}”"


def in_words(difference: Difference) -> str:
    """The difference as a sentence; words taken out stand in [-…-], words put in in {+…+}."""
    name, before, after = difference.name, difference.before, difference.after
    match difference.what:
        case What.ADDED:
            return f"{name} added{_more(difference, after)}"
        case What.REMOVED:
            return f"{name} removed{_more(difference, before)}"
        case What.RENAMED:
            return f"{name} renamed, was “{before}”"
        case What.RENUMBERED:
            return f"{name} has another notation, was “{before}”"
        case What.MOVED:
            return f"{name} moved from {before or 'the top'} to {after or 'the top'}"
        case What.REWRITTEN:
            return f"{' '.join(filter(None, (name, difference.field)))}: {marked(difference.pieces)}"
        case What.NOT_KEPT:
            return f"{name} are not compared: a version kept the codes alone"
    return f"{name} {difference.what}"


def now_in_words(difference: Difference) -> str:
    """The difference as a sentence for paper: of what was written anew, how it reads now."""
    if difference.what is not What.REWRITTEN:
        return in_words(difference)
    name = ", ".join(filter(None, (difference.name, difference.field)))
    now = " ".join(difference.after.split())
    return f"{name}: now “{now}”" if now else f"{name} taken out"


def marked(pieces: Sequence[Piece]) -> str:
    """Pieces in plain text."""
    signs = {0: "{}", -1: "[-{}-]", 1: "{{+{}+}}"}
    return "".join(signs[piece.sign].format(piece.text) for piece in pieces)


def word_pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts as one: what stayed, what was taken out, what was put in, word by word."""
    pieces: list[Piece] = []
    other = 0
    for passage in differences(before, after):
        pieces.append(Piece(after[other : passage.other[0]]))
        if passage.kind is Kind.SAME:
            pieces.append(Piece(after[slice(*passage.other)]))
        else:
            glued = passage.other[0] > 0 and not after[passage.other[0] - 1].isspace()
            pieces += _changed(before[slice(*passage.one)], after[slice(*passage.other)], glued=glued)
        other = passage.other[1]
    pieces.append(Piece(after[other:]))
    return tuple(piece for piece in pieces if piece.text)


def list_pieces(before: Sequence[str], after: Sequence[str]) -> tuple[Piece, ...]:
    """Two lists as one, divided by commas."""
    everything = [*before, *(each for each in after if each not in before)]
    pieces: list[Piece] = []
    for each in everything:
        sign = (each in after) - (each in before)
        pieces += [Piece(", ")] if pieces else []
        pieces.append(Piece(each, sign))
    return tuple(pieces)


def _changed(taken: str, put: str, *, glued: bool) -> Iterator[Piece]:
    """`glued`: the words before go on without a space."""
    if taken:
        yield Piece((" " if glued else "") + taken + ("" if glued and not put else " "), -1)
    if put:
        yield Piece(put, 1)


def _more(difference: Difference, said: str) -> str:
    if not said:
        return ""
    return f" under {said}" if difference.sort is Sort.CODE else f": {said}"
