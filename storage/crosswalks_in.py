"""Crosswalks of files, and those that come with the program, into the project: first what would come, then one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from annotate.crosswalk_files import Row, looked_up, names_of
from annotate.crosswalks import Crosswalk, Link, turned
from annotate.errors import UserError
from annotate.frozen import frozen
from annotate.ids import new_id
from annotate.model import Taxonomy
from storage import crosswalks, taxonomies
from storage.project import Project
from storage.steps import Step


@frozen
class Plan:
    """What a file would bring to a crosswalk (`fresh`: one that is not there yet). `unknown` are lines of which the
    project lacks a code.
    """

    crosswalk: Crosswalk
    fresh: bool
    new: tuple[Row, ...] = ()
    changed: tuple[Row, ...] = ()  # another kind of mapping between the same two
    known: int = 0
    unknown: tuple[Row, ...] = ()


def plan(
    project: Project, rows: Sequence[Row], *, title: str, origin: str = "", source: str = "", target: str = ""
) -> Plan:
    """Looks the codes up in the taxonomies `source` and `target` (slugs), or in those that most of the file is of.

    Raises UserError where these cannot be told, and for a crosswalk of this title between others.
    """
    held = taxonomies.all_taxonomies(project)
    one = _taxonomy(held, source, [row.code for row in rows], "the codes at the left")
    other = _taxonomy(held, target, [row.other for row in rows], "the codes at the right")
    found, unknown = looked_up(rows, names_of(one.codes), names_of(other.codes))
    standing = next(
        (each for each in crosswalks.all_crosswalks(project) if each.title.casefold() == title.casefold()),
        None,
    )
    if standing is not None and (standing.taxonomy, standing.other) == (other.id, one.id):
        swapped = turned(Crosswalk("", "", one.id, other.id, mappings=tuple(_links(found))))
        found = [Row("", each.code, each.match, each.other, each.note) for each in swapped.mappings]
    elif standing is not None and (standing.taxonomy, standing.other) != (one.id, other.id):
        raise UserError(f"The crosswalk “{title}” joins other taxonomies; give this one another title.")
    crosswalk = standing or crosswalks.make(title, one.id, other.id, origin=origin)
    known = {(each.code, each.other): each.match for each in crosswalk.mappings}
    latest = {(row.code, row.other): row for row in found}
    new = tuple(row for pair, row in latest.items() if pair not in known)
    changed = tuple(row for pair, row in latest.items() if pair in known and known[pair] != row.match)
    return Plan(
        crosswalk, standing is None, new, changed, len(latest) - len(new) - len(changed), tuple(unknown)
    )


def take(step: Step, wanted: Plan) -> None:
    """Does what the plan says."""
    if wanted.fresh:
        crosswalks.add(step, replace(wanted.crosswalk, mappings=tuple(_links(wanted.new))))
        return
    for row in (*wanted.new, *wanted.changed):
        crosswalks.put(step, wanted.crosswalk.id, row.code, row.match, row.other, row.note)


def _links(rows: Iterable[Row]) -> Iterable[Link]:
    return (Link(new_id(), row.code, row.match, row.other, row.note) for row in rows)


def _taxonomy(held: Sequence[Taxonomy], slug: str, names: Sequence[str], what: str) -> Taxonomy:
    if slug:
        found = next((each for each in held if slug in (each.slug, each.title)), None)
        if found is None:
            there = ", ".join(each.slug for each in held) or "none"
            raise UserError(f"There is no taxonomy “{slug}”; there are {there}.")
        return found
    wanted = set(names)
    fits = Counter({each.id: len(wanted & names_of(each.codes).keys()) for each in held})
    best = fits.most_common(1)
    if not best or not best[0][1]:
        raise UserError(f"The project has no taxonomy with {what} of the file; add it first.")
    return next(each for each in held if each.id == best[0][0])
