"""Which codes change when some are dragged elsewhere, within a taxonomy or into another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotate.errors import UserError
from annotate.model import Code, Taxonomy
from annotate.taxonomy import children, descendants


def topmost(codes: Sequence[Code], ids: Sequence[str]) -> list[Code]:
    """Those of `ids` that hang below no other of them, in tree order (`codes` is in tree order)."""
    wanted, covered, found = set(ids), set[str](), []
    for code in codes:
        if code.parent in covered:
            covered.add(code.id)
        elif code.id in wanted:
            covered.add(code.id)
            found.append(code)
    return found


def moved_to(
    taxonomies: Sequence[Taxonomy], ids: Sequence[str], taxonomy: str, parent: str | None, place: int
) -> tuple[Code, ...]:
    """The codes that change when `ids`, with all below them, come to stand before the `place`-th child of
    `parent` (counted as the children stand now). Raises UserError when one would hang below itself.
    """
    everything = [code for each in taxonomies for code in each.codes]
    roots = topmost(everything, ids)
    carried = {root.id: descendants(everything, root.id) for root in roots}
    for root in roots:
        if parent == root.id or any(code.id == parent for code in carried[root.id]):
            raise UserError(f"“{root.label}” cannot be moved into itself.")
    there = [code for code in everything if code.taxonomy == taxonomy]
    siblings = children(there).get(parent, ())
    going = {root.id for root in roots}
    before = [code for code in siblings[:place] if code.id not in going]
    after = [code for code in siblings[place:] if code.id not in going]
    changed: list[Code] = []
    for number, code in enumerate([*before, *roots, *after]):
        put = replace(code, taxonomy=taxonomy, parent=parent, position=number)
        changed += [put] if put != code else []
    for root in roots:
        if root.taxonomy != taxonomy:
            changed += [replace(code, taxonomy=taxonomy) for code in carried[root.id]]
    return tuple(changed)
