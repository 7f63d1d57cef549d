"""Marks from W3C Web Annotations (JSON-LD): on texts that the project has, known by hash, address or title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from annotate.errors import UserError
from annotate.marks import BadLine, MarkLine, RelationLine, pairs_in, utc
from annotate.marks_from.found import Found
from annotate.marks_from.json_file import at, json_of, list_at, number_at, text_at
from annotate.marks_from.labels import Labels
from annotate.model import Span
from annotate.readers.contract import stem
from annotate.text import GAP
from annotate.writers.web_annotation import CODE, RELATION, TEXT

_CHARACTERS = re.compile(r"char=(\d{1,10}),(\d{1,10})")  # RFC 5147

NAME, TITLE, SUFFIXES = "w3c", "W3C Web Annotation", (".jsonld",)


def sniff(data: bytes, name: str) -> bool:
    return b"www.w3.org/ns/anno.jsonld" in data[:4096]


def read(data: bytes, name: str) -> Found:
    """A collection, a page, a list, or one annotation.

    A mark for each code (or tag) of an annotation; several targets in one source are one mark with gaps.
    """
    held = json_of(data, name)
    labels = Labels(text_at(held, "label") or stem(name))
    marks: list[MarkLine | BadLine] = []
    relations: list[RelationLine] = []
    for annotation in _annotations(held):
        if link := _relation(annotation):
            relations.append(link)
        else:
            marks += _marks(annotation, len(marks) + 1, labels)
    if not marks:
        raise UserError(f"{name} holds no Web Annotations.")
    return Found(marks, taxonomies=labels.taxonomies(), by_label=True, relations=relations)


def _relation(annotation: Any) -> RelationLine | None:
    """An annotation that links another, its target, with the one its body names; None if it is another."""
    target = next((each for each in list_at(annotation, "target") if isinstance(each, str)), "")
    if "linking" not in list_at(annotation, "motivation") or not target:
        return None
    other = type = label = memo = ""
    for body in list_at(annotation, "body"):
        purposes, value = list_at(body, "purpose"), text_at(body, "value")
        source = body if isinstance(body, str) else text_at(body, "source") or text_at(body, "id")
        if "classifying" in purposes and source.startswith(RELATION):
            type = unquote(source.removeprefix(RELATION))
        elif "tagging" in purposes:
            label = value
        elif "commenting" in purposes:
            memo = value
        elif source:
            other = source
    made = text_at(annotation, "created"), text_at(annotation, "modified")
    return (
        RelationLine(target, other, label, type, False, _creator(annotation), memo, *made) if other else None
    )


def _annotations(held: Any) -> Iterator[Any]:
    """In the order of the file; pages that lie elsewhere are not fetched."""
    waiting = [held]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting.extend(reversed(each))
        elif "Annotation" in list_at(each, "type") or "Annotation" in list_at(each, "@type"):
            yield each
        elif isinstance(each, dict):
            waiting.extend(each[key] for key in ("next", "items", "first", "@graph", "rows") if key in each)


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    quote: str | None
    prefix: str
    suffix: str


def _marks(annotation: Any, number: int, labels: Labels) -> Iterator[MarkLine | BadLine]:
    codes, memo, certainty = _bodies(annotation, labels)
    qualifiers = _qualifiers(annotation)
    by_source: dict[str, list[_Part]] = {}
    for target in list_at(annotation, "target"):
        by_source.setdefault(_source(target), []).append(_part(target))
    for source, parts in by_source.items():
        for code in codes or [None]:
            if all(part.start < 0 and part.quote is None for part in parts):
                yield BadLine(number, "no selector says where in the text it stands")
            else:
                made = _mark(annotation, number, source, parts, code, memo, certainty)
                yield replace(made, qualifiers=qualifiers, key=text_at(annotation, "id"))
            number += 1


def _mark(
    annotation: Any, number: int, source: str, parts: list[_Part], code: str | None, memo: str, certainty: str
) -> MarkLine:
    parts = sorted(parts, key=lambda part: part.start)
    spans: tuple[Span, ...] = tuple((part.start, part.end) for part in parts)
    quotes = [part.quote for part in parts]
    hash = source.removeprefix(TEXT) if source.startswith(TEXT) else ""
    created = utc(text_at(annotation, "created"))
    return MarkLine(
        number, hash or source, spans[0][0], spans[-1][1], spans if len(spans) > 1 else (),
        None if None in quotes else GAP.join(quote for quote in quotes if quote is not None),
        code, _creator(annotation), memo, certainty, created, utc(text_at(annotation, "modified")),
        prefix=parts[0].prefix, suffix=parts[-1].suffix,
    )  # fmt: skip


def _source(target: Any) -> str:
    if isinstance(target, str):
        return target.partition("#")[0]
    source = at(target, "source")
    said = source if isinstance(source, str) else text_at(source, "id") or text_at(source, "canonical")
    return said or text_at(target, "id").partition("#")[0]


def _part(target: Any) -> _Part:
    """What the selectors of a target say: alternatives, of which those for text are taken."""
    start = end = -1
    quote, prefix, suffix = None, "", ""
    for selector in list_at(target, "selector"):
        kind = text_at(selector, "type") or text_at(selector, "@type")
        if kind.endswith("TextPositionSelector"):
            start, end = number_at(selector, "start"), number_at(selector, "end")
        elif kind.endswith("TextQuoteSelector"):
            quote = text_at(selector, "exact")
            prefix, suffix = text_at(selector, "prefix"), text_at(selector, "suffix")
        elif found := _CHARACTERS.fullmatch(text_at(selector, "value")):
            start, end = int(found[1]), int(found[2])
    return _Part(start, end, quote, prefix, suffix)


def _bodies(annotation: Any, labels: Labels) -> tuple[list[str | None], str, str]:
    """Codes, memo, certainty. A body that is a plain text is a comment; one that classifies names a code."""
    tags: list[str] = []
    classes: list[str] = []
    memos: list[str] = []
    certainty = ""
    texts = [{"value": each} for each in list_at(annotation, "bodyValue")]
    for body in (*list_at(annotation, "body"), *texts):
        purposes = list_at(body, "purpose") or list_at(annotation, "motivation")
        value = text_at(body, "value")
        source = at(body, "source")
        source = source if isinstance(source, str) else text_at(source, "id")
        if "classifying" in purposes and source:
            classes.append(unquote(source.removeprefix(CODE)) if source.startswith(CODE) else source)
        elif "tagging" in purposes and value:
            tags.append(value)
        elif "assessing" in purposes and value in ("sure", "unsure"):
            certainty = value
        elif "describing" in purposes and pairs_in(value):
            continue
        elif value:
            memos.append(value)
    if classes:  # each with its label behind it, where there is one for each
        named = tags if len(tags) == len(classes) else classes
        codes = [labels.id(label, id) for label, id in zip(named, classes, strict=True)]
    else:
        codes = [labels.id(tag) for tag in tags]
    return list(codes), "\n\n".join(memos), certainty


def _qualifiers(annotation: Any) -> tuple[tuple[str, str], ...]:
    """What the first body that describes says as an object of names and values."""
    described = (
        pairs_in(text_at(body, "value"))
        for body in list_at(annotation, "body")
        if "describing" in list_at(body, "purpose")
    )
    return next(filter(None, described), ())


def _creator(annotation: Any) -> str:
    for each in list_at(annotation, "creator"):
        if (
            name := text_at(each, "name")
            or text_at(each, "nickname")
            or (each if isinstance(each, str) else "")
        ):
            return " ".join(name.split())
    return ""
