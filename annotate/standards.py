"""Standards: taxonomies that are locked, with codes of the study's own below theirs."""

from __future__ import annotations

from collections.abc import Mapping

from annotate.model import Code

# What a study may say about a standard's code: how it is shown, how it is used here, what illustrates it.
OPEN = frozenset(
    {
        "colour", "shortcut", "use_when", "avoid_when", "examples", "counter_examples", "synonyms", "related",
        "retired", "replaced_by", "position", "labels",
    }
)  # fmt: skip


def rolled_up(codes: Mapping[str, Code]) -> dict[str, str]:
    """For each of the study's own codes the standard's code it stands below: id -> id."""
    found: dict[str, str] = {}
    for code in codes.values():
        at: Code | None = code
        while at is not None and at.own:
            at = codes.get(at.parent) if at.parent else None
        if at is not None and at is not code:
            found[code.id] = at.id
    return found
