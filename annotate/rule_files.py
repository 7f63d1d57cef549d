"""Rules and questions as they stand in the files of a taxonomy (JSON and YAML): read, written, and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from annotate.codetree import by_id
from annotate.errors import UserError
from annotate.model import Code, Taxonomy
from annotate.questions import Condition, Option, Question, QuestionKind, Source, checked
from annotate.rules import Rule, made, told
from annotate.spoken import counted

YES = ("yes", "true", "1")


def said(taxonomy: Taxonomy) -> dict[str, list[dict[str, Any]]]:
    """What to write under `rules` and `questions`; what goes without saying is left out."""
    names = {question.id: question.name for question in taxonomy.questions}
    found: dict[str, list[dict[str, Any]]] = {}
    if taxonomy.rules:
        found["rules"] = [_rule_said(rule) for rule in taxonomy.rules]
    if taxonomy.questions:
        found["questions"] = [_question_said(question, names) for question in taxonomy.questions]
    return found


def with_uses(taxonomy: Taxonomy, held: Mapping[str, Any]) -> Taxonomy:
    """The taxonomy with the rules and questions that `held` says. Raises UserError for what is none, and for codes
    and questions that are not there.
    """
    rules = tuple(_rules(held.get("rules"), taxonomy))
    questions = tuple(_questions(held.get("questions"), taxonomy))
    return replace(taxonomy, rules=rules, questions=questions) if rules or questions else taxonomy


def renamed(taxonomy: Taxonomy, slug: str) -> Taxonomy:
    """Under another slug, which in a file is its id."""
    return replace(
        taxonomy,
        rules=tuple(replace(rule, taxonomy=slug) for rule in taxonomy.rules),
        questions=tuple(replace(question, taxonomy=slug) for question in taxonomy.questions),
    )


def left_out(taxonomy: Taxonomy) -> tuple[str, ...]:
    """What a format without a place for them says."""
    numbers = ((len(taxonomy.rules), "rule"), (len(taxonomy.questions), "question"))
    listed = " and ".join(counted(number, noun) for number, noun in numbers if number)
    return (f"Left out: {listed}; YAML and JSON have them.",) if listed else ()


def _rule_said(rule: Rule) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": rule.id, "kind": str(rule.kind)}
    if rule.code:
        entry["code"] = rule.code
    return entry | told(rule) | ({"note": rule.note} if rule.note else {})


def _question_said(question: Question, names: Mapping[str, str]) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": question.id, "name": question.name}
    entry |= {"text": question.text} if question.text else {}
    entry["kind"] = str(question.kind)
    if question.source is not Source.OWN:
        entry["source"] = str(question.source)
    if question.branch:
        entry["branch"] = question.branch
    if question.follows:
        entry["follows"] = names.get(question.follows, question.follows)
    if question.options:
        entry["options"] = [_option_said(option) for option in question.options]
    if question.required:
        entry["required"] = True
    if question.condition:
        held = question.condition
        entry["condition"] = {"question": names.get(held.question, held.question)}
        entry["condition"] |= {"values": list(held.values)} if held.values else {}
    return entry | ({"note": question.note} if question.note else {})


def _option_said(option: Option) -> Any:
    return option.value if option.value == option.label else {"value": option.value, "label": option.label}


# ---------------------------------------------------------------- reading


def _rules(listed: Any, taxonomy: Taxonomy) -> Iterator[Rule]:
    known = by_id(taxonomy.codes)
    ids: set[str] = set()
    for place, entry in enumerate(_entries(listed, "rules")):
        where = f"Rule {place + 1}"
        id = _unused(_text(entry, "id") or f"{taxonomy.slug}:rule-{place + 1}", ids, where)
        code = _code(_text(entry, "code"), known, where)
        rule = made(
            id, taxonomy.id, _text(entry, "kind"), entry, code=code, note=_text(entry, "note"), position=place,
            place=where,
        )  # fmt: skip
        for other in rule.others:
            _code(other, known, where)
        yield rule


def _questions(listed: Any, taxonomy: Taxonomy) -> list[Question]:
    entries = _entries(listed, "questions")
    known, ids = by_id(taxonomy.codes), set[str]()
    names: dict[str, str] = {}
    for place, entry in enumerate(entries):
        name = _text(entry, "name") or _text(entry, "text")
        id = _text(entry, "id") or f"{taxonomy.slug}:{name}"
        names.setdefault(name, _unused(id, ids, f"Question {place + 1}"))
    names |= {id: id for id in ids}
    found: list[Question] = []
    for place, entry in enumerate(entries):
        question = _question(entry, place, taxonomy, known, names)
        found.append(checked(question, found))
    return found


def _question(
    entry: Mapping[str, Any],
    place: int,
    taxonomy: Taxonomy,
    known: Mapping[str, Code],
    names: Mapping[str, str],
) -> Question:
    where = f"Question {place + 1}"
    name = _text(entry, "name") or _text(entry, "text")
    try:
        kind, source = QuestionKind(_text(entry, "kind") or "single"), Source(_text(entry, "source"))
    except ValueError as error:
        raise UserError(f"{where}: {error}; kinds are {', '.join(QuestionKind)}.") from None
    condition = entry.get("condition")
    return Question(
        id=_text(entry, "id") or f"{taxonomy.slug}:{name}",
        taxonomy=taxonomy.id,
        name=name,
        text=_text(entry, "text"),
        kind=kind,
        source=source,
        options=tuple(_options(entry.get("options"), where)),
        branch=_code(_text(entry, "branch"), known, where),
        follows=_named(_text(entry, "follows"), names, where),
        required=_text(entry, "required").lower() in YES,
        condition=_condition(condition, names, where) if condition else None,
        note=_text(entry, "note"),
        position=place,
    )


def _options(listed: Any, where: str) -> Iterator[Option]:
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, Mapping):
            yield Option(_text(each, "value"), _text(each, "label"))
        elif isinstance(each, (str, int, float)):
            yield Option(str(each), str(each))
        else:
            raise UserError(f"{where}: an option is a text, or has a value and a label.")


def _condition(held: Any, names: Mapping[str, str], where: str) -> Condition:
    if not isinstance(held, Mapping):
        raise UserError(f"{where}: its condition needs “question” and “values”.")
    values = held.get("values")
    listed = values if isinstance(values, list) else [] if values is None else [values]
    question = _named(_text(held, "question"), names, where)
    if question is None:
        raise UserError(f"{where}: its condition needs “question”.")
    return Condition(question, tuple(str(value) for value in listed))


def _entries(listed: Any, what: str) -> list[Mapping[str, Any]]:
    if listed is None or listed == "":
        return []
    if not isinstance(listed, list) or not all(isinstance(each, Mapping) for each in listed):
        raise UserError(f"“{what}” is no list of {what}.")
    return listed


def _code(id: str, known: Mapping[str, Code], where: str) -> str | None:
    if id and id not in known:
        raise UserError(f"{where}: there is no code “{id}”.")
    return id or None


def _named(name: str, names: Mapping[str, str], where: str) -> str | None:
    if name and name not in names:
        raise UserError(f"{where}: there is no question “{name}”.")
    return names[name] if name else None


def _unused(id: str, ids: set[str], where: str) -> str:
    if id in ids:
        raise UserError(f"{where}: the id “{id}” was already used.")
    ids.add(id)
    return id


def _text(entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name)
    return str(value).strip() if isinstance(value, (str, int, float)) else ""
