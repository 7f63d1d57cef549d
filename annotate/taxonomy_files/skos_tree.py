"""One parent for each concept, where a thesaurus may give several, or run in a circle."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from annotate.spoken import counted


def one_parent(
    inside: Collection[str], broader: Mapping[str, Sequence[str]]
) -> tuple[dict[str, str | None], dict[str, tuple[str, ...]], list[str]]:
    """The parent of each concept (None: a root), the further ones, and what to say.

    The first broader concept is the parent, unless it leads back to the concept itself.
    """
    known = set(inside)
    above = {each: [up for up in dict.fromkeys(broader.get(each, ())) if up in known] for each in inside}
    outside = len({up for each in inside for up in broader.get(each, ()) if up not in known})
    parents: dict[str, str | None] = {}
    circles = 0
    for each in inside:
        parents[each] = next((up for up in above[each] if not _below(up, each, parents)), None)
        circles += parents[each] is None and bool(above[each])
    also = {
        each: tuple(up for up in ups if up not in (parents[each], each))
        for each, ups in above.items()
        if parents[each] is not None
    }
    notes = []
    if outside:
        notes.append(
            f"{counted(outside, 'broader concept')} not taken in, so that what is below stands at the top."
        )
    if circles:
        notes.append(f"{counted(circles, 'concept')} below itself in the file was put at the top.")
    return parents, {each: ups for each, ups in also.items() if ups}, notes


def _below(up: str, concept: str, parents: Mapping[str, str | None]) -> bool:
    """Whether the way up from `up` meets the concept. Ways are free of circles as far as they are laid."""
    at: str | None = up
    while at is not None and at != concept:
        at = parents.get(at)
    return at == concept
