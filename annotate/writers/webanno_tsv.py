"""Texts with their marks as WebAnno TSV 3.3 (INCEpTION): a .tsv for each text, as one ZIP.

Positions are UTF-16 units. Marks that begin or end within a token have lines for a part of it, so that their edges
stay exact; white space at their edges does not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO

from annotate.errors import UserError
from annotate.model import Span
from annotate.offsets import OffsetMap
from annotate.sidecar import FILE, Sidecar, file_names
from annotate.spoken import counted
from annotate.tokens import sentences, tokens, touched
from annotate.writers.dataset import CodedArticle, Dataset, Written
from annotate.writers.related import CodedRelation
from annotate.writers.spans import CodedSpan, Options
from annotate.writers.zipped import member, zipped

NAME, TITLE, SUFFIX, ROWS, QUALIFIERS, RELATED = "webanno-tsv", "WebAnno TSV 3", ".zip", "spans", True, True
LAYER = "webanno.custom.Postil"
FEATURES = ("coder", "value", "memo", "mark")
LINKS, OF_LINKS = f"{LAYER}Relation", ("coder", "value", "memo")
LINKS_HEAD = f"#T_RL={'|'.join((LINKS, *OF_LINKS, f'BT_{LAYER}'))}\n"
_RESERVED = re.compile(r"->|[\\\[\]|_;*\t\n]")


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """Raises UserError without text: the format consists of its words."""
    if not options.text:
        raise UserError("WebAnno TSV consists of the words of the texts; it cannot be written without them.")
    sidecar = Sidecar(taxonomies=dataset.taxonomies)
    features = (*FEATURES, "qualifiers") if dataset.qualifiers else FEATURES
    counts = _Counts(features, related=any(True for _ in dataset.relations()))
    with zipped(out) as archive:
        for number, article in enumerate(dataset.articles(), 1):
            name = file_names(number, article.title)
            sidecar.know(name, article)
            archive.writestr(member(f"{name}.tsv"), "".join(_lines(article, counts)).encode())
        archive.writestr(member(FILE), sidecar.to_json())
    return Written(counts.marks, tuple(counts.notes()))


@dataclass(slots=True)
class _Counts:
    features: tuple[str, ...]
    related: bool = False  # whether there is a layer of relations
    marks: int = 0
    gapped: int = 0
    trimmed: int = 0
    blank: int = 0

    def notes(self) -> Iterator[str]:
        yield f"INCEpTION takes it where a span layer {LAYER} with the texts {', '.join(self.features)} is made before."
        if self.related:
            yield f"The relations want a relation layer {LINKS} on it with the texts {', '.join(OF_LINKS)}."
        if self.gapped:
            yield f"{counted(self.gapped, 'mark')} with gaps: an annotation for each part, with the same “mark”."
        if self.trimmed:
            yield f"{counted(self.trimmed, 'mark')} without the white space at an edge."
        if self.blank:
            yield f"{counted(self.blank, 'mark')} on white space only left out."


@dataclass(slots=True)
class _Unit:
    """A token, or a part of one, with the values of each annotation on it."""

    start: int
    end: int
    values: list[tuple[str, ...]] = field(default_factory=list)
    id: str = ""
    links: list[tuple[str, ...]] = field(default_factory=list)  # relations that lead here, and from where


def _lines(article: CodedArticle, counts: _Counts) -> Iterator[str]:
    text = article.text
    words = tokens(text)
    firsts: dict[str, tuple[_Unit, int]] = {}
    whole, parts = _placed(article.spans, text, words, counts, firsts)
    units = OffsetMap(text)
    _number(whole, parts, text, words, article.language)
    _link(article.relations, firsts)
    layers = f"#T_SP={'|'.join((LAYER, *counts.features))}\n{LINKS_HEAD if counts.related else ''}"
    yield f"#FORMAT=WebAnno TSV 3.3\n{layers}\n"
    for first, end in sentences(text, words, article.language):
        sentence = text[words[first][0] : words[end - 1][1]]
        yield "\n" + "".join(f"#Text={_escaped_text(line)}\n" for line in sentence.split("\n"))
        for at in range(first, end):
            yield _line(whole[at], text, units, counts)
            for _, part in sorted(parts.get(at, {}).items()):
                yield _line(part, text, units, counts)


def _number(
    whole: list[_Unit], parts: dict[int, dict[Span, _Unit]], text: str, words: Sequence[Span], language: str
) -> None:
    """Each token has the number of its sentence and its own, a part of one a further number."""
    for number, (first, end) in enumerate(sentences(text, words, language), 1):
        for at in range(first, end):
            whole[at].id = f"{number}-{at - first + 1}"
            for sub, (_, part) in enumerate(sorted(parts.get(at, {}).items()), 1):
                part.id = f"{whole[at].id}.{sub}"


def _link(relations: Sequence[CodedRelation], firsts: dict[str, tuple[_Unit, int]]) -> None:
    """Puts each relation on the first unit of the mark it leads to; it names that of the mark it starts from."""
    for link in relations:
        if link.source in firsts and link.target in firsts:
            (source, one), (target, other) = firsts[link.source], firsts[link.target]
            said = (link.coder, link.relation, link.memo)
            target.links.append((*(_escaped(each) or "*" for each in said), f"{source.id}[{one}_{other}]"))


def _placed(
    spans: Sequence[CodedSpan],
    text: str,
    words: Sequence[Span],
    counts: _Counts,
    firsts: dict[str, tuple[_Unit, int]],
) -> tuple[list[_Unit], dict[int, dict[Span, _Unit]]]:
    """The units of whole tokens, and by token those of parts of it. Each annotation has a number of its own;
    `firsts` takes up where each mark begins, and its number.
    """
    whole = [_Unit(start, end) for start, end in words]
    parts: dict[int, dict[Span, _Unit]] = {}
    annotation = 0
    for span in spans:
        stretches = [(a, b) for a, b in (json.loads(span.parts) if span.parts else [(span.start, span.end)])]
        kept = [(a, b) for a, b in stretches if text[a:b].strip()]
        counts.marks += bool(kept)
        counts.blank += not kept
        counts.gapped += len(kept) > 1
        counts.trimmed += bool(kept) and any(text[a:b] != text[a:b].strip() for a, b in stretches)
        for start, end in kept:
            annotation += 1
            values = tuple(
                f"{_escaped(said) or '*'}[{annotation}]" for said in _features(span)[: len(counts.features)]
            )
            for at in range(*touched(words, start, end)):
                cut = (max(start, words[at][0]), min(end, words[at][1]))
                unit = whole[at]
                if cut != words[at]:
                    unit = parts.setdefault(at, {}).setdefault(cut, _Unit(*cut))
                unit.values.append(values)
                firsts.setdefault(span.id, (unit, annotation))
    return whole, parts


def _features(span: CodedSpan) -> tuple[str, ...]:
    said = "; ".join(f"{name}: {value}" for name, value in span.qualifiers)
    return span.coder, f"{span.notation} {span.label}".strip(), span.memo, span.id, said


def _line(unit: _Unit, text: str, units: OffsetMap, counts: _Counts) -> str:
    columns = _columns(unit.values, len(counts.features))
    columns += _columns(unit.links, len(OF_LINKS) + 1) if counts.related else []
    place = f"{units.to_units(unit.start)}-{units.to_units(unit.end)}"
    return "\t".join([unit.id, place, text[unit.start : unit.end], *columns, ""]) + "\n"


def _columns(values: Sequence[tuple[str, ...]], many: int) -> list[str]:
    return ["|".join(each) for each in zip(*values, strict=True)] or ["_"] * many


def _escaped(value: str) -> str:
    return _RESERVED.sub(lambda found: "\\" + {"\t": "t", "\n": "n"}.get(found[0], found[0]), value)


def _escaped_text(line: str) -> str:
    return line.replace("\\", "\\\\").replace("\t", "\\t")
