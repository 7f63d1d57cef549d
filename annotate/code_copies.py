"""Codes copied with all that hangs below them, and children put in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from annotate.codetree import children, descendants
from annotate.ids import new_id
from annotate.model import Code

_DIGITS = re.compile(r"(\d+)")


def copied(
    codes: Sequence[Code], roots: Sequence[Code], taxonomy: str, parent: str | None
) -> tuple[Code, ...]:
    """Copies of `roots` with all below them under `parent` of another (or the same) taxonomy, parents first.

    `codes` are all that may hang below them. Copies have ids of their own and no keys, since no two codes answer to
    one; what they say of each other they say of the copies.
    """
    family = [code for root in roots for code in (root, *descendants(codes, root.id))]
    ids = {code.id: new_id() for code in family}
    tops = {root.id for root in roots}

    def copy(code: Code) -> Code:
        return replace(
            code,
            id=ids[code.id],
            taxonomy=taxonomy,
            parent=parent if code.id in tops else ids[str(code.parent)],
            shortcut="",
            related=tuple(ids.get(each, each) for each in code.related),
            replaced_by=ids.get(code.replaced_by or "", code.replaced_by),
        )

    return tuple(map(copy, family))


def in_new_order(codes: Sequence[Code], parent: str | None, key: Callable[[Code], Any]) -> tuple[Code, ...]:
    """The children of `parent` whose place changes when they stand in the order of `key`; equal ones stay."""
    ordered = sorted(children(codes).get(parent, ()), key=key)
    placed = (replace(code, position=at) for at, code in enumerate(ordered))
    return tuple(new for new, old in zip(placed, ordered, strict=True) if new != old)


def by_notation(code: Code) -> tuple[Any, ...]:
    """Numbers as numbers: 9, 10, 10a; codes without a notation last."""
    parts = _DIGITS.split(code.notation.casefold())
    return (
        not code.notation,
        *((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part),
    )


def by_label(code: Code) -> str:
    """Letters before their case."""
    return code.label.casefold()
