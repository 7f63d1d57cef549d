"""Rules on how a taxonomy's codes are used. A rule holds for the whole taxonomy or for a branch of it, and binds
each coder's marks by themselves.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from annotate.codetree import children, path_codes
from annotate.errors import UserError
from annotate.model import Code
from annotate.spoken import one_of


class RuleKind(StrEnum):
    LEAVES = "leaves"  # only codes that have none below them
    EXCLUSIVE = "exclusive"  # at most one of these codes at a place
    REQUIRED = "required"  # at least one mark with one of them in every article that is done
    SPAN = "span"  # what a mark may cover
    TOGETHER = "together"  # only where one of `others` stands as well
    QUALIFIER = "qualifier"  # a mark says one more thing of itself


class Where(StrEnum):
    """What counts as one place for codes that exclude or need each other."""

    OVERLAP = "overlap"  # they share a character
    SAME = "same span"  # they cover exactly the same
    ARTICLE = "article"


class Extent(StrEnum):
    SENTENCE = "sentence"  # within one
    PARAGRAPH = "paragraph"  # within one
    PARAGRAPHS = "whole paragraphs"  # one or several, from their first word to their last


@dataclass(frozen=True, slots=True)
class Rule:
    """`code` is the branch it holds for, itself and all below it; None: the whole taxonomy.

    Which of the fields behind it mean something depends on the kind (`FIELDS`). A qualifier has a `name` and
    `values`, which are `ordered` from low to high where it is an intensity.
    """

    id: str
    taxonomy: str
    kind: RuleKind
    code: str | None = None
    where: Where = Where.OVERLAP
    extent: Extent = Extent.SENTENCE
    others: tuple[str, ...] = ()
    name: str = ""
    values: tuple[str, ...] = ()
    ordered: bool = False
    required: bool = False
    note: str = ""
    position: int = 0


FIELDS: Mapping[RuleKind, tuple[str, ...]] = {
    RuleKind.LEAVES: (),
    RuleKind.EXCLUSIVE: ("where",),
    RuleKind.REQUIRED: (),
    RuleKind.SPAN: ("extent",),
    RuleKind.TOGETHER: ("where", "others"),
    RuleKind.QUALIFIER: ("name", "values", "ordered", "required"),
}
STANCE = ("for", "against", "neutral")
_LISTS = ("others", "values")
_FLAGS = ("ordered", "required")


def told(rule: Rule) -> dict[str, Any]:
    """What the fields of its kind say, as JSON has it; what goes without saying is left out."""
    plain = Rule("", "", rule.kind)
    return {
        name: list(value) if name in _LISTS else value if name in _FLAGS else str(value)
        for name in FIELDS[rule.kind]
        if (value := getattr(rule, name)) != getattr(plain, name)
    }


def made(
    id: str, taxonomy: str, kind: str, held: Mapping[str, Any], *, code: str | None = None, note: str = "",
    position: int = 0, place: str = "",
) -> Rule:  # fmt: skip
    """The rule of what `told` said. Raises UserError, with the place, for what is no rule."""
    where = f"{place}: " if place else ""
    try:
        sort = RuleKind(kind)
    except ValueError:
        raise UserError(
            f"{where}there is no kind of rule “{kind}”; there are {', '.join(RuleKind)}."
        ) from None
    values: dict[str, Any] = {}
    for name in FIELDS[sort]:
        if name in held:
            values[name] = _value(name, held[name], where)
    return checked(Rule(id, taxonomy, sort, code, note=note, position=position, **values), where)


def checked(rule: Rule, where: str = "") -> Rule:
    """The rule with its names tidied. Raises UserError where something is missing."""
    if rule.kind is RuleKind.QUALIFIER:
        name = " ".join(rule.name.split())
        values = tuple(dict.fromkeys(filter(None, (" ".join(value.split()) for value in rule.values))))
        if not name:
            raise UserError(f"{where}A qualifier needs a name, as “stance”.")
        if len(values) < 2:
            raise UserError(f"{where}The qualifier “{name}” needs two values or more.")
        return replace(rule, name=name, values=values)
    if rule.kind is RuleKind.TOGETHER and not rule.others:
        raise UserError(f"{where}Say which codes must stand beside it.")
    return rule


def to_json(rule: Rule) -> str:
    return json.dumps(told(rule), ensure_ascii=False)


def covered(rule: Rule, codes: Iterable[Code]) -> frozenset[str]:
    """The ids of the codes it holds for, groupings among them. `codes` are the taxonomy's, in tree order."""
    if rule.code is None:
        return frozenset(code.id for code in codes if code.taxonomy == rule.taxonomy)
    return below([rule.code], codes)


def below(roots: Iterable[str], codes: Iterable[Code]) -> frozenset[str]:
    """The codes with these ids and all below them."""
    known = list(codes)
    under = children(known)
    waiting = list({code.id for code in known}.intersection(roots))
    found = set(waiting)
    for id in waiting:
        fresh = [code.id for code in under.get(id, ()) if code.id not in found]
        found.update(fresh)
        waiting += fresh
    return frozenset(found)


def qualifiers_for(code: str | None, rules: Sequence[Rule], codes: Mapping[str, Code]) -> tuple[Rule, ...]:
    """The qualifiers that a mark with this code can have, one of each name: that of the nearest branch."""
    if code is None or code not in codes:
        return ()
    line = [each.id for each in path_codes(codes[code], codes)]  # from the root to the code
    nearest: dict[str, tuple[int, Rule]] = {}
    for rule in rules:
        if rule.kind is not RuleKind.QUALIFIER:
            continue
        if rule.code is None:
            depth = 0 if rule.taxonomy == codes[code].taxonomy else -1
        else:
            depth = line.index(rule.code) + 1 if rule.code in line else -1
        if depth >= 0 and (rule.name not in nearest or depth > nearest[rule.name][0]):
            nearest[rule.name] = depth, rule
    return tuple(rule for _, rule in sorted(nearest.values(), key=lambda each: each[1].position))


def in_words(rule: Rule, codes: Mapping[str, Code]) -> str:
    """One sentence that says the rule, without the branch that it holds for."""
    match rule.kind:
        case RuleKind.LEAVES:
            return "Only codes with none below them are put on passages."
        case RuleKind.EXCLUSIVE:
            at = {
                Where.OVERLAP: "on a passage",
                Where.SAME: "on the same span",
                Where.ARTICLE: "in an article",
            }
            return f"At most one of these codes {at[rule.where]}."
        case RuleKind.REQUIRED:
            return "Every article has at least one of these codes when it is done."
        case RuleKind.SPAN:
            extents = {
                Extent.SENTENCE: "stays within one sentence",
                Extent.PARAGRAPH: "stays within one paragraph",
                Extent.PARAGRAPHS: "covers whole paragraphs",
            }
            return f"A highlight {extents[rule.extent]}."
        case RuleKind.TOGETHER:
            at = {
                Where.OVERLAP: "overlaps it",
                Where.SAME: "has the same span",
                Where.ARTICLE: "is in the article",
            }
            return f"Only where {named(rule.others, codes)} {at[rule.where]}."
        case RuleKind.QUALIFIER:
            between = " < " if rule.ordered else ", "
            need = "" if rule.required else " (may be left open)"
            return f"A highlight says its {rule.name}: {between.join(rule.values)}{need}."


def named(ids: Sequence[str], codes: Mapping[str, Code]) -> str:
    """“Actor” or “Issue”."""
    return one_of(codes[id].label for id in ids if id in codes) or "another code"


def _value(name: str, value: Any, where: str) -> Any:
    if name in _LISTS:
        if not isinstance(value, (list, tuple)) or not all(
            isinstance(each, (str, int, float)) for each in value
        ):
            raise UserError(f"{where}“{name}” of a rule is a list.")
        return tuple(str(each) for each in value)
    if name in _FLAGS:
        return str(value).strip().lower() in ("true", "yes", "1")
    try:
        return {"where": Where, "extent": Extent}[name](str(value)) if name != "name" else str(value)
    except ValueError:
        raise UserError(f"{where}“{name}” of a rule cannot be “{value}”.") from None
