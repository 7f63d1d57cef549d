"""Codes as a tree: order, paths, colours, and what changes when one is moved.

Every function takes the codes of one taxonomy. Positions count siblings from 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from zlib import crc32

from annotate.errors import UserError
from annotate.model import Code

PALETTE = (
    "indigo",
    "amber",
    "teal",
    "rose",
    "forest",
    "sky",
    "plum",
    "rust",
    "olive",
    "violet",
    "umber",
    "slate",
)


def by_id(codes: Iterable[Code]) -> dict[str, Code]:
    return {code.id: code for code in codes}


def children(codes: Iterable[Code]) -> dict[str | None, tuple[Code, ...]]:
    """The codes under each parent, in order; under None the roots. A code without children has no entry."""
    below: dict[str | None, list[Code]] = {}
    for code in codes:
        below.setdefault(code.parent, []).append(code)
    return {parent: tuple(sorted(kids, key=_position)) for parent, kids in below.items()}


def in_order(codes: Iterable[Code]) -> tuple[Code, ...]:
    """Parents before their children, siblings by position. Codes that hang below no root are left out."""
    return _walk(children(codes), None)


def descendants(codes: Iterable[Code], parent: str) -> tuple[Code, ...]:
    """Everything below the code with the id `parent`, in tree order, itself left out."""
    return _walk(children(codes), parent)


def path_codes(code: Code, codes: Mapping[str, Code]) -> tuple[Code, ...]:
    """The way from the root down to `code`, both included."""
    way = [code]
    while way[-1].parent is not None:
        way.append(codes[way[-1].parent])
    return tuple(reversed(way))


def path(code: Code, codes: Mapping[str, Code], separator: str = " > ") -> str:
    """The labels from the root down: "Frame dimension > Economic"."""
    return separator.join(step.label for step in path_codes(code, codes))


def resolved_colour(code: Code, codes: Mapping[str, Code]) -> str:
    """The code's own colour, or the nearest above it, or one of the palette's that stays with its root."""
    way = path_codes(code, codes)
    own = next((step.colour for step in reversed(way) if step.colour), "")
    return own or PALETTE[crc32(way[0].id.encode()) % len(PALETTE)]


def free_colour(taxonomy: str, parent: str | None, codes: Mapping[str, Code]) -> str:
    """A colour of the palette that the fewest codes beside have, for a new one there; "" below a code, whose colour it
    takes on.
    """
    if parent is not None:
        return ""
    beside = [code for code in codes.values() if code.taxonomy == taxonomy and code.parent is None]
    taken = Counter(resolved_colour(code, codes) for code in beside)
    return min(PALETTE, key=lambda name: taken[name])


def moved(codes: Sequence[Code], code_id: str, parent: str | None, index: int) -> tuple[Code, ...]:
    """The codes that change when one is put under `parent` as its `index`-th child (or its last).

    Raises UserError when it would come to hang below itself.
    """
    code = by_id(codes)[code_id]
    if parent == code_id or (parent and any(below.id == parent for below in descendants(codes, code_id))):
        raise UserError(f"“{code.label}” cannot be moved into itself.")
    siblings = [kid for kid in children(codes).get(parent, ()) if kid.id != code_id]
    return _renumbered(siblings, replace(code, parent=parent), index, unchanged={code})


def inserted(codes: Sequence[Code], code: Code, index: int) -> tuple[Code, ...]:
    """`code` as the `index`-th child of its parent, and the siblings whose position changes with it."""
    return _renumbered(list(children(codes).get(code.parent, ())), code, index, unchanged=set())


def numbered(codes: Sequence[Code]) -> tuple[Code, ...]:
    """Siblings by position and then as they come, numbered from 0; in tree order."""
    below = children(codes)
    return _walk(
        {up: tuple(replace(kid, position=at) for at, kid in enumerate(kids)) for up, kids in below.items()},
        None,
    )


def check_tree(codes: Sequence[Code], where: Sequence[str]) -> None:
    """Raises UserError for a missing label, a second use of an id, an unknown parent or a circle of parents.

    `where[i]` says where the i-th code stands ("Line 7"), and opens the sentence.
    """
    known: dict[str, str] = {}
    for code, place in zip(codes, where, strict=True):
        if not code.label:
            raise UserError(f"{place}: the code has no label.")
        if code.id in known:
            raise UserError(f"{place}: the id “{code.id}” was already used ({known[code.id].lower()}).")
        known[code.id] = place
    for code, place in zip(codes, where, strict=True):
        if code.parent is not None and code.parent not in known:
            raise UserError(f"{place}: the parent “{code.parent}” of “{code.label}” is not in the file.")
    reached = {code.id for code in in_order(codes)}
    for code, place in zip(codes, where, strict=True):
        if code.id not in reached:
            raise UserError(f"{place}: the parents of “{code.label}” run in a circle.")


def _position(code: Code) -> int:
    return code.position


def _walk(below: Mapping[str | None, tuple[Code, ...]], parent: str | None) -> tuple[Code, ...]:
    found: list[Code] = []
    waiting = list(reversed(below.get(parent, ())))
    while waiting:
        code = waiting.pop()
        found.append(code)
        waiting.extend(reversed(below.get(code.id, ())))
    return tuple(found)


def _renumbered(siblings: list[Code], code: Code, index: int, unchanged: set[Code]) -> tuple[Code, ...]:
    unchanged = unchanged.union(siblings)
    siblings.insert(max(0, min(index, len(siblings))), code)
    numbered = (replace(kid, position=place) for place, kid in enumerate(siblings))
    return tuple(kid for kid in numbered if kid not in unchanged)
