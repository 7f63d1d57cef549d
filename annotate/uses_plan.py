"""What a file would change in how a taxonomy's codes are used: in its rules, questions and types of relations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from annotate.ids import new_id
from annotate.questions import Question, Source
from annotate.relations import Ends, RelationType
from annotate.rules import Rule, RuleKind, told
from annotate.uses import Uses

Use = TypeVar("Use", Rule, Question, RelationType)
Ids = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UsesPlan:
    """`after`: all as they will stand, those that the file lacks among them. They keep the ids of the project; what
    is the same is the same object as in `held`.
    """

    held: Uses
    after: Uses
    missing: Uses

    @property
    def new(self) -> Uses:
        """What the project does not have yet."""
        return _chosen(self.held, self.after, lambda before, each: before is None)

    @property
    def changed(self) -> Uses:
        """What the project has otherwise, as it will stand."""
        return _chosen(self.held, self.after, lambda before, each: before not in (None, each))

    @property
    def counts(self) -> dict[str, int]:
        """How many are new or change, by sort."""
        new, changed = self.new, self.changed
        return {
            "rules": len(new.rules) + len(changed.rules),
            "questions": len(new.questions) + len(changed.questions),
            "relation_types": len(new.relation_types) + len(changed.relation_types),
        }

    @property
    def nothing(self) -> bool:
        return self.held == self.after


def plan_uses(held: Uses, incoming: Uses, taxonomy: str, codes: Ids) -> UsesPlan:
    """What `incoming` changes in `held`, which is that of the project's taxonomy with this id; `codes` gives the ids
    that codes of the file have in the project.

    A rule is the same if it says the same, else by its id, a qualifier also by its name; a question by its id or
    name; a type of relations by its id or label. A file that has none of a sort says nothing of it: these stay, and
    none is missing.
    """
    rules = _matched(
        held.rules, [_rule_here(rule, taxonomy, codes) for rule in incoming.rules],
        (_contents, lambda rule: (rule.id, rule.kind), _qualifier),
    )  # fmt: skip
    questions = _questions(held.questions, incoming.questions, taxonomy, codes)
    types = _matched(
        held.relation_types, [_type_here(type, taxonomy, codes) for type in incoming.relation_types],
        (lambda type: type.id, lambda type: type.label.casefold()),
    )  # fmt: skip
    coloured = [
        replace(type, colour=type.colour or before.colour) if before else type for before, type in types
    ]
    now = Uses(tuple(each for _, each in rules), tuple(questions), tuple(coloured))
    return UsesPlan(
        held,
        Uses(
            _joined(held.rules, now.rules),
            _joined(held.questions, now.questions),
            _joined(held.relation_types, now.relation_types),
        ),
        Uses(
            _lacking(held.rules, now.rules),
            _lacking(held.questions, now.questions),
            _lacking(held.relation_types, now.relation_types),
        ),
    )


def _chosen(held: Uses, after: Uses, wanted: Callable[[Any, Any], bool]) -> Uses:
    def of(before: Sequence[Any], now: Sequence[Any]) -> tuple[Any, ...]:
        known = {each.id: each for each in before}
        return tuple(each for each in now if wanted(known.get(each.id), each))

    return Uses(
        of(held.rules, after.rules),
        of(held.questions, after.questions),
        of(held.relation_types, after.relation_types),
    )


def _matched(
    held: Sequence[Use], incoming: Sequence[Use], keys: Sequence[Callable[[Use], object]]
) -> list[tuple[Use | None, Use]]:
    """Each of the file's with what it is in the project, found by the first key that both have; it takes over the id
    and the place of that. A new one whose id is taken by another gets one of its own.
    """
    pairs: dict[int, Use] = {}
    for key in keys:
        free = {id(each) for each in held} - {id(each) for each in pairs.values()}
        there = {key(each): each for each in reversed(held) if id(each) in free}
        for at, each in enumerate(incoming):
            if at not in pairs and key(each) is not None and (found := there.pop(key(each), None)):
                pairs[at] = found
    taken = {each.id for each in held}
    made: list[tuple[Use | None, Use]] = []
    for at, each in enumerate(incoming):
        before = pairs.get(at)
        if before is not None:
            made.append((before, replace(each, id=before.id, position=before.position)))
        else:
            made.append((None, replace(each, id=new_id()) if each.id in taken else each))
    return made


def _joined(held: Sequence[Use], found: Sequence[Use]) -> tuple[Use, ...]:
    """All as they will stand, new ones last."""
    given = {each.id: each for each in found}
    known = {each.id for each in held}
    after = [given.get(each.id, each) for each in held]
    return tuple(after + [each for each in found if each.id not in known])


def _lacking(held: Sequence[Use], found: Sequence[Use]) -> tuple[Use, ...]:
    """Those of the project that the file lacks though it has others."""
    given = {each.id for each in found}
    return tuple(each for each in held if found and each.id not in given)


def _contents(rule: Rule) -> object:
    return rule.kind, rule.code, str(told(rule)), rule.note


def _qualifier(rule: Rule) -> object:
    return (rule.code, rule.name) if rule.kind is RuleKind.QUALIFIER else None


def _rule_here(rule: Rule, taxonomy: str, codes: Ids) -> Rule:
    others = tuple(codes.get(id, id) for id in rule.others)
    return replace(rule, taxonomy=taxonomy, code=_here(rule.code, codes), others=others)


def _type_here(type: RelationType, taxonomy: str, codes: Ids) -> RelationType:
    def ends(held: Ends) -> Ends:
        return None if held is None else tuple(codes.get(id, id) for id in held)

    return replace(type, taxonomy=taxonomy, sources=ends(type.sources), targets=ends(type.targets))


def _questions(
    held: Sequence[Question], incoming: Sequence[Question], taxonomy: str, codes: Ids
) -> list[Question]:
    """With what they follow and wait for named by the ids of the project."""
    pairs = _matched(
        held, [replace(each, taxonomy=taxonomy) for each in incoming],
        (lambda each: each.id, lambda each: each.name.casefold()),
    )  # fmt: skip
    ids = {was.id: made.id for was, (_, made) in zip(incoming, pairs, strict=True)}
    return [_question_here(made, ids, codes) for _, made in pairs]


def _question_here(question: Question, ids: Ids, codes: Ids) -> Question:
    waits, follows = question.condition, _here(question.follows, ids)
    if waits is not None:
        values = tuple(codes.get(value, value) for value in waits.values)
        waits = replace(waits, question=ids.get(waits.question, waits.question), values=values)
    options = question.options
    if question.source is Source.OWN:
        options = tuple(replace(each, value=codes.get(each.value, each.value)) for each in options)
    branch = _here(question.branch, codes)
    return replace(question, follows=follows, condition=waits, options=options, branch=branch)


def _here(id: str | None, ids: Ids) -> str | None:
    return None if id is None else ids.get(id, id)
