"""The files of brat standoff: marks of one text (.ann), and what types there are (annotation.conf, visual.conf)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from annotate.codetree import by_id, resolved_colour
from annotate.model import Code, Span, Taxonomy
from annotate.refi import palette
from annotate.relations import takes
from annotate.sidecar import unused
from annotate.writers.related import CodedRelation
from annotate.writers.spans import CodedSpan

UNCODED = "Uncoded"
NONE: Mapping[str, tuple[str, ...]] = {}
OF_RELATIONS = ("coder", "memo", "created", "modified")
OURS = "Postil"  # the kind of a note that says, as JSON, what brat's lines cannot


def fragments(text: str, spans: Iterable[Span]) -> list[Span]:
    """The stretches without their line breaks: brat's own way with marks over several lines."""
    found = []
    for start, end in spans:
        at = start
        for line in text[start:end].split("\n"):
            if line:
                found.append((at, at + len(line)))
            at += len(line) + 1
    return found


def joined(text: str, pieces: Sequence[Span]) -> list[Span]:
    """What `fragments` was given, as far as it can be told: pieces with nothing but line breaks between are one."""
    found: list[Span] = []
    for start, end in pieces:
        if found and found[-1][1] <= start and not text[found[-1][1] : start].strip("\n"):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


class AnnFile:
    """Makes the lines of .ann files, and counts what was changed on the way."""

    def __init__(self, types: Mapping[str, str], relations: Mapping[str, str] | None = None) -> None:
        self.marks = self.cut = self.empty = self.linked = self.to_link = 0
        self._types, self._relations = types, relations or {}

    def lines(
        self, spans: Iterable[CodedSpan], text: str, relations: Iterable[CodedRelation] = ()
    ) -> Iterator[str]:
        """The marks, and those of the relations both of whose ends are among them."""
        number = attributes = notes = 0
        placed: dict[str, str] = {}
        for span in spans:
            parts = (
                [tuple(each) for each in json.loads(span.parts)] if span.parts else [(span.start, span.end)]
            )
            pieces = fragments(text, parts)
            if not pieces:
                self.empty += 1
                continue
            number += 1
            placed[span.id] = f"T{number}"
            kind = UNCODED if span.code is None else self._types.get(span.code, UNCODED)
            places = ";".join(f"{start} {end}" for start, end in pieces)
            yield f"T{number}\t{kind} {places}\t{' '.join(text[start:end] for start, end in pieces)}"
            if span.certainty:
                attributes += 1
                yield f"A{attributes}\tCertainty T{number} {span.certainty}"
            for name, value in span.qualifiers:
                attributes += 1
                yield f"A{attributes}\t{attribute_name(name)} T{number} {attribute_value(value)}"
            if span.memo:
                notes += 1
                yield f"#{notes}\tAnnotatorNotes T{number}\t{_one_line(span.memo)}"
            if own := self._unsaid(span, parts, joined(text, pieces)):
                notes += 1
                yield f"#{notes}\t{OURS} T{number}\t{json.dumps(own)}"
        self.marks += number
        within = (each for each in relations if each.source in placed and each.target in placed)
        for at, link in enumerate(within, 1):
            self.linked += 1
            ends = f"Arg1:{placed[link.source]} Arg2:{placed[link.target]}"
            yield f"R{at}\t{self._relations[link.type]} {ends}\t"
            if own := {name: said for name in OF_RELATIONS if (said := getattr(link, name))}:
                notes += 1
                yield f"#{notes}\t{OURS} R{at}\t{json.dumps(own)}"

    def _unsaid(self, span: CodedSpan, parts: Sequence[Span], told: Sequence[Span]) -> dict[str, Any]:
        own: dict[str, Any] = {}
        if list(parts) != list(told):
            self.cut += 1
            own["spans"] = parts
        if span.memo != _one_line(span.memo):
            own["memo"] = span.memo
        if span.qualifiers:
            own["qualifiers"] = dict(span.qualifiers)
        return own


def annotation_conf(
    taxonomies: Sequence[Taxonomy],
    types: Mapping[str, str],
    qualifiers: Mapping[str, tuple[str, ...]] = NONE,
    relations: Mapping[str, str] | None = None,
) -> str:
    """Codes as entity types, in their tree; one that is no more than a heading has `!` before it. Relations say which
    types may stand at their ends.
    """
    lines = ["# Written by Postil", "", "[entities]", UNCODED]
    taken = {*types.values(), UNCODED}
    for taxonomy in taxonomies:
        if taxonomy.codes and len(taxonomies) > 1:
            lines.append("!" + unused("Taxonomy_" + _ascii(taxonomy.slug), taken))
        depth: dict[str | None, int] = {None: int(len(taxonomies) > 1)}
        for code in taxonomy.codes:
            level = depth[code.parent]
            depth[code.id] = level + 1
            lines.append("\t" * level + ("" if code.assignable else "!") + types[code.id])
    lines += ["", "[relations]", *_relation_lines(taxonomies, types, relations or {})]
    lines += ["", "[events]", "", "[attributes]"]
    lines += ["Certainty\tArg:<ENTITY>, Value:sure|unsure"]
    for name, values in qualifiers.items():
        lines.append(f"{attribute_name(name)}\tArg:<ENTITY>, Value:{'|'.join(map(attribute_value, values))}")
    return "\n".join(lines) + "\n"


def _relation_lines(
    taxonomies: Sequence[Taxonomy], types: Mapping[str, str], relations: Mapping[str, str]
) -> Iterator[str]:
    codes = {code.id: code for taxonomy in taxonomies for code in taxonomy.codes}
    for type in (type for taxonomy in taxonomies for type in taxonomy.relation_types if type.id in relations):
        ends = []
        for each in (type.sources, type.targets):
            fitting = [types[id] for id in codes if takes(each, id, codes)]
            ends.append("<ENTITY>" if each is None or not fitting else "|".join(fitting))
        way = ", <REL-TYPE>:symmetric" if type.symmetric else ""
        yield f"{relations[type.id]}\tArg1:{ends[0]}, Arg2:{ends[1]}{way}"


def visual_conf(taxonomies: Sequence[Taxonomy], types: Mapping[str, str]) -> str:
    """The codes' labels and colours."""
    labels, drawing = ["[labels]"], ["[drawing]", "SPAN_DEFAULT\tfgColor:black, bgColor:#dddddd"]
    for taxonomy in taxonomies:
        known = by_id(taxonomy.codes)
        for code in taxonomy.codes:
            labels.append(f"{types[code.id]} | {_label(code)}")
            colour = resolved_colour(code, known)
            drawing.append(f"{types[code.id]}\tbgColor:{palette().get(colour, colour)}")
    return "\n".join([*labels, "", *drawing]) + "\n"


def attribute_name(name: str) -> str:
    """A qualifier as brat can name an attribute."""
    return "Qualifier_" + (_ascii(name).strip("_") or "x")


def attribute_value(value: str) -> str:
    return _ascii(value).strip("_") or "x"


def _label(code: Code) -> str:
    return _one_line(f"{code.notation} {code.label}").replace("|", "/")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _ascii(slug: str) -> str:
    return "".join(each if each.isascii() and each.isalnum() else "_" for each in slug)
