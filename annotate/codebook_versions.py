"""Versions of a taxonomy: its codes as they stood once, and what differs between two of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from annotate.codetree import by_id, in_order
from annotate.differences import Kind, differences
from annotate.model import Code, CodeKind, Scope

PROSE = {
    "definition": "definition",
    "use_when": "use when",
    "avoid_when": "do not use when",
    "examples": "examples",
    "counter_examples": "counter-examples",
}
LISTS = ("synonyms", "related")


class What(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    RENUMBERED = "notation changed"
    MOVED = "moved"
    REWRITTEN = "text changed"  # one of PROSE or LISTS; `field` says which
    RETIRED = "retired"
    BROUGHT_BACK = "brought back"
    GROUPING = "made a grouping"
    ASSIGNABLE = "made assignable"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: in both versions, or taken out (-1), or put in (1)."""

    text: str
    sign: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is different about one code. `before` and `after` are labels, notations or texts."""

    what: What
    code: str
    label: str  # in the later version, if it is there
    notation: str = ""
    field: str = ""  # as people call it
    before: str = ""
    after: str = ""
    pieces: tuple[Piece, ...] = ()  # of a text: read in order, what was taken out before what was put in


def dump(codes: Iterable[Code]) -> str:
    """The codes as JSON that `load` reads."""
    return json.dumps([_entry(code) for code in codes], ensure_ascii=False, separators=(",", ":"))


def load(text: str, taxonomy: str) -> tuple[Code, ...]:
    """The codes of a version, in tree order. Fields that are not known here are passed over."""
    known = {field.name for field in fields(Code)}
    codes = []
    for entry in json.loads(text):
        values: dict[str, Any] = {name: value for name, value in entry.items() if name in known}
        for name in LISTS:
            values[name] = tuple(values.get(name, ()))
        values["labels"] = tuple((language, label) for language, label in values.get("labels", ()))
        values |= {"kind": CodeKind(values.get("kind", "")), "scope": Scope(values.get("scope", ""))}
        codes.append(Code(**{"parent": None, "notation": "", "label": ""} | values | {"taxonomy": taxonomy}))
    return in_order(codes)


def compare(before: Iterable[Code], after: Iterable[Code]) -> list[Difference]:
    """What differs, in the order of the later tree; what was removed comes last.

    A code is the same one by its id. Colour, key and order among siblings do not count: they do not say
    which passages get a code.
    """
    old, new = by_id(before), by_id(after)
    found: list[Difference] = []
    for id, code in new.items():
        if id in old:
            found += _changes(old[id], code, old, new)
        else:
            found.append(Difference(What.ADDED, id, code.label, code.notation, after=_place(code, new)))
    for id, code in old.items():
        if id not in new:
            found.append(Difference(What.REMOVED, id, code.label, code.notation, before=_place(code, old)))
    return found


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


def in_words(difference: Difference) -> str:
    """The difference as a sentence; words taken out stand in [-…-], words put in in {+…+}."""
    name = " ".join(filter(None, (difference.notation, f"“{difference.label}”")))
    match difference.what:
        case What.ADDED:
            return f"{name} added{_under(difference.after)}"
        case What.REMOVED:
            return f"{name} removed{_under(difference.before)}"
        case What.RENAMED:
            return f"{name} renamed, was “{difference.before}”"
        case What.RENUMBERED:
            return f"{name} has another notation, was “{difference.before}”"
        case What.MOVED:
            return f"{name} moved from {difference.before or 'the top'} to {difference.after or 'the top'}"
        case What.REWRITTEN:
            return f"{name} {difference.field}: {marked(difference.pieces)}"
    return f"{name} {difference.what}"


def marked(pieces: Sequence[Piece]) -> str:
    """Pieces in plain text."""
    signs = {0: "{}", -1: "[-{}-]", 1: "{{+{}+}}"}
    return "".join(signs[piece.sign].format(piece.text) for piece in pieces)


def _changed(taken: str, put: str, *, glued: bool) -> Iterator[Piece]:
    """`glued`: the words before go on without a space."""
    if taken:
        yield Piece((" " if glued else "") + taken + ("" if glued and not put else " "), -1)
    if put:
        yield Piece(put, 1)


def _changes(was: Code, code: Code, old: Mapping[str, Code], new: Mapping[str, Code]) -> Iterator[Difference]:
    def made(what: What, **more: Any) -> Difference:
        return Difference(what, code.id, code.label, code.notation, **more)

    if was.label != code.label:
        yield made(What.RENAMED, before=was.label, after=code.label)
    if was.notation != code.notation:
        yield made(What.RENUMBERED, before=was.notation, after=code.notation)
    if was.parent != code.parent:
        yield made(What.MOVED, before=_place(was, old), after=_place(code, new))
    if was.retired != code.retired:
        yield made(What.RETIRED if code.retired else What.BROUGHT_BACK)
    if was.assignable != code.assignable:
        yield made(What.ASSIGNABLE if code.assignable else What.GROUPING)
    for name, said in PROSE.items():
        before, after = getattr(was, name), getattr(code, name)
        if before != after:
            yield made(
                What.REWRITTEN, field=said, before=before, after=after, pieces=word_pieces(before, after)
            )
    for name in LISTS:
        before, after = _listed(was, name, old, new), _listed(code, name, new, old)
        if before != after:
            yield made(
                What.REWRITTEN,
                field="related codes" if name == "related" else name,
                before=", ".join(before),
                after=", ".join(after),
                pieces=_list_pieces(before, after),
            )


def _listed(code: Code, name: str, codes: Mapping[str, Code], others: Mapping[str, Code]) -> list[str]:
    held = list(getattr(code, name))
    if name != "related":
        return held
    found = ((id, codes.get(id) or others.get(id)) for id in held)
    return [known.label if known else id for id, known in found]


def _list_pieces(before: Sequence[str], after: Sequence[str]) -> tuple[Piece, ...]:
    everything = [*before, *(each for each in after if each not in before)]
    pieces: list[Piece] = []
    for each in everything:
        sign = (each in after) - (each in before)
        pieces += [Piece(", ")] if pieces else []
        pieces.append(Piece(each, sign))
    return tuple(pieces)


def _place(code: Code, codes: Mapping[str, Code]) -> str:
    above = codes.get(code.parent or "")
    return above.label if above else ""


def _under(place: str) -> str:
    return f" under {place}" if place else ""


def _entry(code: Code) -> dict[str, Any]:
    """What is not empty; the taxonomy is that of the version."""
    entry = {
        name: value for name, value in asdict(code).items() if value or name in ("position", "assignable")
    }
    entry.pop("taxonomy", None)
    return entry
