"""Codes that came with annotations, into the project: those that are there already are found, the rest is added."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotate.codetree import by_id, path
from annotate.model import Code, Taxonomy
from annotate.refi import guid
from annotate.uses import uses_of
from annotate.uses_plan import plan_uses
from storage import code_uses, taxonomies
from storage.project import Project
from storage.steps import Step


@dataclass(slots=True)
class CodesTaken:
    """`ids`: id in the file -> id in the project. `uses`: how many rules, questions and types of relations were added
    to taxonomies that were there.
    """

    ids: dict[str, str] = field(default_factory=dict)
    added: int = 0
    uses: Counter[str] = field(default_factory=Counter)


def take_codes(step: Step, project: Project, found: Iterable[Taxonomy], *, by_label: bool) -> CodesTaken:
    """Codes are the same by their id, by the GUID that stands for it in REFI-QDA files and, with `by_label`, by
    their path or else their label where the project has it once.

    What is new in a taxonomy of which the project has some codes is added to it, and so are its rules, questions and
    types of relations that are missing there; those that are there stay as they are. Else the taxonomy is added.
    """
    taken = CodesTaken()
    known = _Known(taxonomies.all_taxonomies(project), by_label)
    for taxonomy in found:
        held = taxonomies.all_taxonomies(project)
        inside = by_id(taxonomy.codes)
        same = {code.id: match for code in taxonomy.codes if (match := known.match(code, inside))}
        taken.ids |= {id: code.id for id, code in same.items()}
        fresh = [code for code in taxonomy.codes if code.id not in same]
        taken.ids |= {code.id: code.id for code in fresh}
        taken.added += len(fresh)
        if same:
            _add_beside(step, fresh, same)
            taken.uses.update(_add_uses(step, project, taxonomy, taken.ids, _home(same)))
        elif fresh:
            types = tuple(
                type for type in taxonomy.relation_types if not step.rows("relation_type", [type.id])
            )
            taxonomies.add(step, replace(_renamed(taxonomy, held), relation_types=types))
    return taken


class _Known:
    def __init__(self, held: Sequence[Taxonomy], by_label: bool) -> None:
        self._codes = by_id(code for taxonomy in held for code in taxonomy.codes)
        self._guids = {guid(id): code for id, code in self._codes.items()}
        self._named: dict[str, list[Code]] = {}
        for code in self._codes.values() if by_label else ():
            names = (path(code, self._codes), code.label, code.name)
            for name in {each.casefold() for each in names}:
                self._named.setdefault(name, []).append(code)

    def match(self, code: Code, inside: Mapping[str, Code]) -> Code | None:
        if found := self._codes.get(code.id) or self._guids.get(code.id):
            return found
        if not self._named:
            return None
        for name in (path(code, inside), code.label):
            named = self._named.get(name.casefold(), [])
            if len(named) == 1:
                return named[0]
        return None


def _add_beside(step: Step, fresh: Sequence[Code], same: dict[str, Code]) -> None:
    """Below the parent where that was there, else at the root of the taxonomy that most of the others have."""
    most = _home(same)
    home = {id: code.taxonomy for id, code in same.items()}
    for code in fresh:
        parent = same[code.parent].id if code.parent in same else code.parent
        home[code.id] = home.get(code.parent or "", most)
        taxonomies.add_codes(step, [replace(code, parent=parent, taxonomy=home[code.id])])


def _home(same: Mapping[str, Code]) -> str:
    """The taxonomy that most of the codes are in."""
    ((most, _),) = Counter(code.taxonomy for code in same.values()).most_common(1)
    return most


def _add_uses(
    step: Step, project: Project, brought: Taxonomy, ids: Mapping[str, str], home: str
) -> dict[str, int]:
    if not uses_of(brought):
        return {}
    held = next(each for each in taxonomies.all_taxonomies(project) if each.id == home)
    plan = plan_uses(uses_of(held), uses_of(brought), home, ids)
    code_uses.bring(step, plan, changed=False)
    new = plan.new
    return {
        "rule": len(new.rules),
        "question": len(new.questions),
        "relation type": len(new.relation_types),
    }


def _renamed(taxonomy: Taxonomy, held: Sequence[Taxonomy]) -> Taxonomy:
    """With an id and a slug that no other taxonomy has."""
    slugs, ids = {each.slug for each in held}, {each.id for each in held}
    slug = base = re.sub(r"[^\w-]+", "-", taxonomy.slug.lower()).strip("-") or "codes"
    number = 1
    while slug in slugs or slug in ids:
        number += 1
        slug = f"{base}-{number}"
    return replace(taxonomy, id=slug, slug=slug)
