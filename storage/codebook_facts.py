"""What the printed codebook needs to know of a project beside its codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from annotate.codebook_difference import now_in_words
from annotate.codebook_versions import Stand, compare, stand_of
from annotate.crosswalks import SAID
from annotate.model import Taxonomy
from annotate.writers.codebook_facts import Facts, Frozen, Use, Walk
from storage import crosswalks, relations, taxonomy_versions
from storage.project import Project


def facts(project: Project, held: Sequence[Taxonomy], people: Mapping[str, str]) -> Facts:
    """Of all taxonomies of the project; `people` says what coders are called in it, by id."""
    uses = {
        code: Use(*numbers)
        for code, *numbers in project.rows(
            """SELECT code, count(*), count(DISTINCT article), count(DISTINCT coder) FROM highlight
               WHERE code IS NOT NULL GROUP BY code"""
        )
    }
    versions: dict[str, list[Frozen]] = {}
    since: dict[str, list[str]] = {}
    for taxonomy in held:
        versions[taxonomy.id], since[taxonomy.id] = _versions(project, taxonomy, people)
    return Facts(uses, versions, since, _walks(project, held), relations.count_by_type(project))


def _versions(
    project: Project, taxonomy: Taxonomy, people: Mapping[str, str]
) -> tuple[list[Frozen], list[str]]:
    """Oldest first, each with what differs from the one before; and what was changed since the last."""
    known = list(reversed(taxonomy_versions.versions(project, taxonomy.id)))
    if not known:
        return [], []
    stood = [taxonomy_versions.stood(project, each) for each in known]
    changes = [(), *(_changes(one, other) for one, other in pairwise([*stood, stand_of(taxonomy)]))]
    found = [
        Frozen(each.number, each.at[:10], people.get(each.coder, ""), each.note, tuple(changes[at]))
        for at, each in enumerate(known)
    ]
    return found, list(changes[-1])


def _changes(before: Stand, after: Stand) -> tuple[str, ...]:
    return tuple(map(now_in_words, compare(before, after)))


def _walks(project: Project, held: Sequence[Taxonomy]) -> dict[str, list[Walk]]:
    codes = {code.id: code for taxonomy in held for code in taxonomy.codes}
    titles = {taxonomy.id: taxonomy.title for taxonomy in held}
    found: dict[str, list[Walk]] = {}
    for each in crosswalks.all_crosswalks(project):
        rows = tuple(
            (codes[link.code].name, SAID[link.match], codes[link.other].name) for link in each.mappings
        )
        found.setdefault(each.taxonomy, []).append(Walk(each.title, titles[each.other], each.origin, rows))
    return found
