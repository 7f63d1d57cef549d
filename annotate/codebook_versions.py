"""Versions of a taxonomy: how it stood once, and what differs between two of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from annotate.codebook_difference import Difference, Sort, What, list_pieces, word_pieces
from annotate.codetree import by_id, in_order
from annotate.model import Code, CodeKind, Scope, Taxonomy
from annotate.uses import Uses, uses_of
from annotate.uses import compare as compare_uses
from annotate.uses import dump as dump_uses
from annotate.uses import load as load_uses

PROSE = {
    "definition": "definition",
    "use_when": "use when",
    "avoid_when": "do not use when",
    "examples": "examples",
    "counter_examples": "counter-examples",
}
STANDING = {CodeKind.PLAIN: "plain"}
PUT_ON = {Scope.SPAN: "passages", Scope.HEADLINE: "headlines", Scope.ARTICLE: "whole articles"}
LISTS = ("synonyms", "related")


@dataclass(frozen=True, slots=True)
class Stand:
    """A taxonomy as it stood. `uses` is None for a version that was frozen before these were kept with it."""

    codes: tuple[Code, ...]
    uses: Uses | None


def stand_of(taxonomy: Taxonomy) -> Stand:
    """The taxonomy as it is."""
    return Stand(taxonomy.codes, uses_of(taxonomy))


def dump(stand: Stand) -> str:
    """As JSON that `load` reads: codes alone are a list, as they were kept before uses were."""
    codes = [_entry(code) for code in stand.codes]
    held = codes if stand.uses is None else {"codes": codes, **dump_uses(stand.uses)}
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def load(text: str, taxonomy: str) -> Stand:
    """What `dump` made, the codes in tree order. Fields that are not known here are passed over."""
    held = json.loads(text)
    if isinstance(held, list):
        return Stand(_codes(held, taxonomy), None)
    return Stand(_codes(held["codes"], taxonomy), load_uses(held, taxonomy))


def compare(before: Stand, after: Stand) -> list[Difference]:
    """What differs, in the order of the later tree; codes that were removed come after it, then rules, questions and
    types of relations.

    A code is the same one by its id. Colour, key and order among siblings do not count: they do not say
    which passages get a code. Where one of the two kept codes alone and the other has more, that is said.
    """
    old, new = by_id(before.codes), by_id(after.codes)
    found = compare_codes(old, new)
    if before.uses is not None and after.uses is not None:
        found += compare_uses(before.uses, after.uses, old, new)
    elif before.uses or after.uses:
        found.append(Difference(What.NOT_KEPT, "", "Rules, questions and relations", sort=Sort.USES))
    return found


def compare_codes(old: Mapping[str, Code], new: Mapping[str, Code]) -> list[Difference]:
    """What differs between codes, by their ids."""
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


def _codes(entries: Iterable[Mapping[str, Any]], taxonomy: str) -> tuple[Code, ...]:
    known = {field.name for field in fields(Code)}
    codes = []
    for entry in entries:
        values: dict[str, Any] = {name: value for name, value in entry.items() if name in known}
        for name in LISTS:
            values[name] = tuple(values.get(name, ()))
        values["labels"] = tuple((language, label) for language, label in values.get("labels", ()))
        values |= {"kind": CodeKind(values.get("kind", "")), "scope": Scope(values.get("scope", ""))}
        codes.append(Code(**{"parent": None, "notation": "", "label": ""} | values | {"taxonomy": taxonomy}))
    return in_order(codes)


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
    texts = [(said, getattr(was, name), getattr(code, name)) for name, said in PROSE.items()]
    texts.append(("kind", STANDING.get(was.kind, was.kind), STANDING.get(code.kind, code.kind)))
    texts.append(("put on", PUT_ON.get(was.scope, was.scope), PUT_ON.get(code.scope, code.scope)))
    languages = dict.fromkeys(language for language, _ in (*was.labels, *code.labels))
    texts += [
        (f"label ({each})", dict(was.labels).get(each, ""), dict(code.labels).get(each, ""))
        for each in languages
    ]
    for said, before, after in texts:
        if before != after:
            pieces = word_pieces(before, after)
            yield made(What.REWRITTEN, field=said, before=before, after=after, pieces=pieces)
    for name in LISTS:
        before, after = _listed(was, name, old, new), _listed(code, name, new, old)
        if before != after:
            yield made(
                What.REWRITTEN,
                field="related codes" if name == "related" else name,
                before=", ".join(before),
                after=", ".join(after),
                pieces=list_pieces(before, after),
            )


def _listed(code: Code, name: str, codes: Mapping[str, Code], others: Mapping[str, Code]) -> list[str]:
    held = list(getattr(code, name))
    if name != "related":
        return held
    found = ((id, codes.get(id) or others.get(id)) for id in held)
    return [known.label if known else id for id, known in found]


def _place(code: Code, codes: Mapping[str, Code]) -> str:
    above = codes.get(code.parent or "")
    return above.label if above else ""


def _entry(code: Code) -> dict[str, Any]:
    """What is not empty; the taxonomy is that of the version."""
    entry = {
        name: value for name, value in asdict(code).items() if value or name in ("position", "assignable")
    }
    entry.pop("taxonomy", None)
    return entry
