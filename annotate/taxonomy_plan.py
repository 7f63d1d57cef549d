"""What a file would change in a taxonomy that is there: looked at first, then done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from annotate.codebook_cells import FLAGS
from annotate.codebook_difference import Difference
from annotate.codebook_versions import Stand, compare, stand_of
from annotate.codetree import by_id, in_order, path
from annotate.languages import labels_of
from annotate.model import Code, Taxonomy
from annotate.refi import guid
from annotate.uses import Uses, uses_of
from annotate.uses import compare as compare_uses
from annotate.uses_plan import UsesPlan, plan_uses

FIELDS = (
    "notation", "label", "definition", "use_when", "avoid_when", "examples", "counter_examples", "synonyms", "related",
    "colour", "shortcut", "assignable", "labels",
)  # fmt: skip
ABOUT = ("version", "licence", "source", "credit", "note")


@dataclass(frozen=True, slots=True)
class Plan:
    """`after`: all codes as they will stand, those that the file lacks among them; `uses`: the same of rules, questions
    and types of relations.

    Codes keep the ids of the project. `moved` hang elsewhere; `reordered` is the number of codes that only change
    their place among siblings. `silent`: fields of which the file says nothing, so that they stay.
    """

    held: Taxonomy
    after: tuple[Code, ...]
    missing: tuple[Code, ...]
    uses: UsesPlan
    about: Mapping[str, str]
    silent: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def before(self) -> dict[str, Code]:
        return by_id(self.held.codes)

    @property
    def new(self) -> tuple[Code, ...]:
        before = self.before
        return tuple(code for code in self.after if code.id not in before)

    @property
    def changed(self) -> dict[str, dict[str, Any]]:
        """For each code that changes, the fields that do and what they become."""
        before = self.before
        found = {code.id: fields_changed(before[code.id], code) for code in self.after if code.id in before}
        return {id: fields for id, fields in found.items() if fields}

    @property
    def moved(self) -> tuple[Code, ...]:
        before = self.before
        return tuple(c for c in self.after if c.id in before and before[c.id].parent != c.parent)

    @property
    def reordered(self) -> int:
        before = self.before
        stayed = (code for code in self.after if code.id in before and before[code.id].parent == code.parent)
        return sum(before[code.id].position != code.position for code in stayed)

    @property
    def differences(self) -> list[Difference]:
        """What changes, code by code, then rules, questions and types; what is missing stays and is not among them."""
        return compare(stand_of(self.held), Stand(self.after, self.uses.after))

    @property
    def uses_missing(self) -> list[Difference]:
        """Rules, questions and types that the file lacks though it has others of their sort, as if they went."""
        codes = by_id(self.after)
        return list(compare_uses(self.uses.missing, Uses(), codes, codes))

    @property
    def nothing(self) -> bool:
        """Whether all is as the file has it, but for what it lacks."""
        changes = self.new or self.changed or self.moved or self.reordered or self.about
        return not changes and self.uses.nothing


def plan(held: Taxonomy, incoming: Taxonomy) -> Plan:
    """What `incoming` changes in `held`.

    Codes are the same by id, or else by their path, a label that both have once, or such a notation. A field that no
    code of the file has stays as it is; so do the places, where no code of the file has a parent.
    """
    ids, notes = _known(held, incoming)
    silent = tuple(name for name in FIELDS if not any(_says(code, name) for code in incoming.codes))
    flat = not any(code.parent for code in incoming.codes) and any(code.parent for code in held.codes)
    before = by_id(held.codes)
    said = []
    for code in incoming.codes:
        id = ids.get(code.id, code.id)
        mine = _with_ids(replace(code, id=id, taxonomy=held.id), ids)
        said.append(_merged(before[id], mine, silent, flat=flat) if id in before else mine)
    given = {code.id for code in said}
    missing = tuple(code for code in held.codes if code.id not in given and not (held.locked and code.own))
    after = _placed(said, held.codes, flat=flat)
    about = {
        name: value for name in ABOUT if (value := getattr(incoming, name)) and value != getattr(held, name)
    }
    if flat:
        notes.append("The file is a plain list: places in the tree stay.")
    uses = plan_uses(uses_of(held), uses_of(incoming), held.id, ids)
    return Plan(held, after, missing, uses, about, silent, tuple(notes))


def fields_changed(before: Code, after: Code) -> dict[str, Any]:
    """The fields that differ, but for the place in the tree, and what they become."""
    names = (*FIELDS, "retired", "replaced_by")
    return {name: getattr(after, name) for name in names if getattr(before, name) != getattr(after, name)}


def counts(found: Plan) -> dict[str, int]:
    """How many codes are new, changed, moved, missing, and as they were."""
    touched = {*found.changed, *(code.id for code in found.moved)}
    return {
        "new": len(found.new),
        "changed": len(found.changed),
        "moved": len(found.moved),
        "missing": len(found.missing),
        "same": len(found.held.codes) - len(found.missing) - len(touched),
    }


def _known(held: Taxonomy, incoming: Taxonomy) -> tuple[dict[str, str], list[str]]:
    """Which code of the project each of the file is, and by what they were known where it was not the id."""
    there = by_id(held.codes)
    guids = {guid(id): id for id in there}
    ids = {
        code.id: code.id if code.id in there else guids[code.id]
        for code in incoming.codes
        if code.id in there or code.id in guids
    }
    notes = []
    old, new = by_id(held.codes), by_id(incoming.codes)
    ways: tuple[tuple[str, Callable[[Code, Mapping[str, Code]], str]], ...] = (
        ("path", lambda code, codes: path(code, codes).casefold()),
        ("label", lambda code, codes: code.label.casefold()),
        ("notation", lambda code, codes: code.notation),
    )
    for name, key in ways:
        taken = set(ids.values())
        mine = _once((key(code, old), id) for id, code in old.items() if id not in taken)
        theirs = _once((key(code, new), id) for id, code in new.items() if id not in ids)
        same = {theirs[word]: mine[word] for word in theirs if word and word in mine}
        ids |= same
        if same:
            notes.append(f"Codes known by their {name}, since their ids differ: {len(same):,}.")
    return ids, notes


def _once(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The names that only one has."""
    pairs = list(named)
    often = Counter(name for name, _ in pairs)
    return {name: id for name, id in pairs if often[name] == 1}


def _says(code: Code, name: str) -> bool:
    value = getattr(code, name)
    return bool(value != FLAGS[name] if name in FLAGS else value)


def _with_ids(code: Code, ids: Mapping[str, str]) -> Code:
    def known(id: str | None) -> str | None:
        return ids.get(id, id) if id is not None else None

    related = tuple(ids.get(id, id) for id in code.related)
    return replace(code, parent=known(code.parent), related=related, replaced_by=known(code.replaced_by))


def _merged(held: Code, said: Code, silent: Collection[str], *, flat: bool) -> Code:
    """The code of the project with what the file says. What was retired here stays so."""
    fields = {name: getattr(said, name) for name in FIELDS if name not in silent}
    fields["labels"] = labels_of(dict(held.labels) | dict(said.labels))  # languages that the file lacks stay
    return replace(
        held,
        **fields,
        parent=held.parent if flat else said.parent,
        retired=held.retired or said.retired,
        replaced_by=said.replaced_by or held.replaced_by,
    )


def _placed(said: Sequence[Code], held: Sequence[Code], *, flat: bool) -> tuple[Code, ...]:
    """Siblings in the order of the file, each that it lacks behind the one it stood behind; new ones last if `flat`.

    Places are only numbered anew where the order differs.
    """
    given = by_id(said)
    order: dict[str | None, list[Code]] = {}
    for code in [given.get(each.id, each) for each in held] if flat else said:
        order.setdefault(code.parent, []).append(code)
    stood: dict[str | None, list[str]] = {}
    for code in held:
        stood.setdefault(code.parent, []).append(code.id)
    if flat:
        there = {code.id for code in held}
        order.setdefault(None, []).extend(code for code in said if code.id not in there)
    else:
        for code in held:
            if code.id not in given:
                _insert(order.setdefault(code.parent, []), code, stood[code.parent])
    placed = []
    for parent, kids in order.items():
        as_before = [kid.id for kid in kids] == stood.get(parent)
        placed += [kid if as_before else replace(kid, position=at) for at, kid in enumerate(kids)]
    return in_order(placed)


def _insert(kids: list[Code], code: Code, stood: Sequence[str]) -> None:
    """Behind the nearest of those it stood behind."""
    at = {kid.id: place for place, kid in enumerate(kids)}
    before = stood[: stood.index(code.id)]
    nearest = next((at[id] for id in reversed(before) if id in at), -1)
    kids.insert(nearest + 1, code)
