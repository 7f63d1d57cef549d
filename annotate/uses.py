"""How the codes of a taxonomy are used: its rules, its questions about articles, its types of relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annotate import relations, rules
from annotate.codebook_difference import ALL, Difference, Piece, Sort, What, list_pieces, word_pieces
from annotate.questions import Condition, Option, Question, QuestionKind, Source
from annotate.relations import RelationType
from annotate.rules import Rule
from annotate.spoken import one_of

if TYPE_CHECKING:
    from annotate.model import Code, Taxonomy

Codes = Mapping[str, "Code"]


@dataclass(frozen=True, slots=True)
class Uses:
    """What a taxonomy holds beside its codes, each in its order."""

    rules: tuple[Rule, ...] = ()
    questions: tuple[Question, ...] = ()
    relation_types: tuple[RelationType, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rules or self.questions or self.relation_types)


def uses_of(taxonomy: Taxonomy) -> Uses:
    return Uses(taxonomy.rules, taxonomy.questions, taxonomy.relation_types)


def named_codes(uses: Uses) -> set[str]:
    """The ids of the codes that they name; answers that stand for one among them, which may be none."""
    ids: list[str | None] = []
    for rule in uses.rules:
        ids += [rule.code, *rule.others]
    for question in uses.questions:
        ids += [question.branch, *(question.condition.values if question.condition else ())]
    for type in uses.relation_types:
        ids += [*(type.sources or ()), *(type.targets or ())]
    return {id for id in ids if id}


# ---------------------------------------------------------------- kept with a version


def dump(uses: Uses) -> dict[str, Any]:
    """As JSON holds it; `load` reads it. Codes that are named need not be there any more."""
    return {
        "rules": [
            {"id": rule.id, "kind": str(rule.kind), "code": rule.code, "value": rules.told(rule)}
            | {"note": rule.note, "position": rule.position}
            for rule in uses.rules
        ],
        "questions": [_question_entry(question) for question in uses.questions],
        "relations": [
            {name: getattr(type, name) for name in RELATION_FIELDS} for type in uses.relation_types
        ],
    }


def load(held: Mapping[str, Any], taxonomy: str) -> Uses:
    """What `dump` made, as that of the taxonomy with this id."""
    return Uses(
        tuple(
            rules.made(
                each["id"], taxonomy, each["kind"], each["value"], code=each["code"], note=each["note"],
                position=each["position"],
            )
            for each in held["rules"]
        ),
        tuple(_question(each, taxonomy) for each in held["questions"]),
        tuple(_relation_type(each, taxonomy) for each in held["relations"]),
    )  # fmt: skip


RELATION_FIELDS = ("id", "label", "sources", "targets", "symmetric", "colour", "note", "position")
QUESTION_FIELDS = ("id", "name", "text", "branch", "follows", "required", "note", "position")


def _question_entry(question: Question) -> dict[str, Any]:
    waits = question.condition
    return {name: getattr(question, name) for name in QUESTION_FIELDS} | {
        "kind": str(question.kind),
        "source": str(question.source),
        "options": [[option.value, option.label] for option in question.options],
        "condition": None if waits is None else [waits.question, list(waits.values)],
    }


def _question(held: Mapping[str, Any], taxonomy: str) -> Question:
    waits = held["condition"]
    return Question(
        taxonomy=taxonomy,
        kind=QuestionKind(held["kind"]),
        source=Source(held["source"]),
        options=tuple(Option(value, label) for value, label in held["options"]),
        condition=None if waits is None else Condition(waits[0], tuple(waits[1])),
        **{name: held[name] for name in QUESTION_FIELDS},
    )


def _relation_type(held: Mapping[str, Any], taxonomy: str) -> RelationType:
    ends = {name: None if held[name] is None else tuple(held[name]) for name in ("sources", "targets")}
    return RelationType(taxonomy=taxonomy, **{name: held[name] for name in RELATION_FIELDS} | ends)


# ---------------------------------------------------------------- compared


@dataclass(frozen=True, slots=True)
class Told:
    """A rule, a question or a type in words: what it is called, what it says in short, and its texts and lists by what
    people call them.
    """

    label: str
    says: str
    fields: Mapping[str, str | tuple[str, ...]]


def compare(before: Uses, after: Uses, old: Codes, new: Codes) -> Iterator[Difference]:
    """What differs, in the order of the later state; what was removed comes last of its sort. Each is the same one
    by its id. `old` and `new` are the codes of the two states. Colour and order do not count, nor that a code or a
    question that is named has another name now.
    """
    codes = {**old, **new}
    names = {each.id: each.name for each in (*before.questions, *after.questions)}

    def rules_of(uses: Uses) -> dict[str, Told]:
        return {rule.id: told_rule(rule, codes) for rule in uses.rules}

    def questions_of(uses: Uses) -> dict[str, Told]:
        return {each.id: told_question(each, codes, names) for each in uses.questions}

    def types_of(uses: Uses) -> dict[str, Told]:
        return {type.id: told_type(type, codes) for type in uses.relation_types}

    for sort, told in ((Sort.RULE, rules_of), (Sort.QUESTION, questions_of), (Sort.RELATION, types_of)):
        yield from _compared(sort, told(before), told(after))


def told_rule(rule: Rule, codes: Codes) -> Told:
    branch = (
        ALL if rule.code is None else codes[rule.code].label if rule.code in codes else "a code that is gone"
    )
    said = rules.in_words(rule, codes)
    return Told(branch, said, {"": said, "note": rule.note})


def told_question(question: Question, codes: Codes, names: Mapping[str, str]) -> Told:
    fields: dict[str, str | tuple[str, ...]] = {
        "text": question.text,
        "answers": (str(question.kind), *_answers(question, codes, names)),
        "asked": _asked_where(question, codes, names),
        "required": "yes" if question.required else "no",
        "note": question.note,
    }
    return Told(question.name, question.asked, fields)


def told_type(type: RelationType, codes: Codes) -> Told:
    said = relations.in_words(type, codes)
    return Told(type.label, said, {"": said, "note": type.note})


def _answers(question: Question, codes: Codes, names: Mapping[str, str]) -> Iterator[str]:
    if question.source is Source.FOLLOWS:
        yield f"the codes below the answer to “{names.get(question.follows or '', '')}”"
    elif question.source is Source.CODES:
        branch = codes.get(question.branch or "")
        yield f"the codes below “{branch.label}”" if branch else "the topmost codes"
    for option in question.options:
        yield option.label if option.label == option.value else f"{option.label} ({option.value})"


def _asked_where(question: Question, codes: Codes, names: Mapping[str, str]) -> str:
    waits = question.condition
    if waits is None:
        return "always"
    values = one_of(codes[value].name if value in codes else value for value in waits.values)
    return f"where “{names.get(waits.question, '')}” is {values or 'answered'}"


def _compared(sort: Sort, old: Mapping[str, Told], new: Mapping[str, Told]) -> Iterator[Difference]:
    for id, told in new.items():
        if id in old:
            yield from _changes(sort, id, old[id], told)
        else:
            yield Difference(What.ADDED, id, told.label, after=told.says, sort=sort)
    for id, told in old.items():
        if id not in new:
            yield Difference(What.REMOVED, id, told.label, before=told.says, sort=sort)


def _changes(sort: Sort, id: str, was: Told, told: Told) -> Iterator[Difference]:
    if was.label != told.label:
        what = What.MOVED if sort is Sort.RULE else What.RENAMED
        yield Difference(what, id, told.label, before=was.label, after=told.label, sort=sort)
    for name, after in told.fields.items():
        before = was.fields[name]
        if before != after:
            yield Difference(
                What.REWRITTEN, id, told.label, field=name, before=_plain(before), after=_plain(after),
                pieces=_pieces(before, after), sort=sort,
            )  # fmt: skip


def _pieces(before: str | tuple[str, ...], after: str | tuple[str, ...]) -> tuple[Piece, ...]:
    if isinstance(before, str) and isinstance(after, str):
        return word_pieces(before, after)
    return list_pieces(before, after)


def _plain(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value)
