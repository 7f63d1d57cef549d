"""Labelled stretches of a text as marks, with what Postil itself had said of them laid on those still there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from annotate.marks import BadLine, MarkLine, RelationLine, utc
from annotate.marks_from.found import Found
from annotate.marks_from.json_file import at, list_at, number_at, text_at
from annotate.marks_from.labels import Labels
from annotate.marks_from.positions import STANDARD, Counting, Placed, Positions, counting_of
from annotate.model import Draft, Span
from annotate.text import normalise, text_hash
from annotate.writers.labelled import FIELDS, UNCODED

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a program said. `words` are what it says stands there, "" if it does not; positions are its own."""

    start: int
    end: int
    label: str
    coder: str = ""
    memo: str = ""
    words: str = ""
    created: str = ""
    key: str = ""  # by which relations name it


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text with its stretches. `own` is what stood under OWN; `whole` are labels of all of it."""

    text: str
    stretches: Sequence[Stretch]
    own: Any = None
    title: str = ""
    whole: Sequence[Stretch] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    relations: Sequence[RelationLine] = ()


def found(
    held: Sequence[Labelled], title: str, notes: Sequence[str] = (), *, labels: Labels | None = None,
    counting: Counting | None = None,
) -> Found:  # fmt: skip
    """Where `counting` does not say it, positions count code points, or UTF-16 units where these fit the words
    plainly better; what went out from here counts code points.
    """
    labels = labels or Labels(title)
    placed = [_placed(each, Positions(each.text)) for each in held]
    ours = any(text_at(each.own, "text_hash") for each in held)
    if counting is None:
        every = (one for stretches in placed for one in stretches)
        counting = STANDARD if ours else counting_of(every)
    drafts: dict[str, Draft] = {}
    marks: list[MarkLine | BadLine] = []
    for each, stretches in zip(held, placed, strict=True):
        positions = stretches[0].positions if stretches else Positions(each.text)
        hash = text_hash(positions.text)
        drafts.setdefault(hash, _draft(each, positions.text))
        spans = [
            (positions.point(one.start, counting), positions.point(one.end, counting)) for one in stretches
        ]
        lines = _lines(each, spans, labels, hash)
        for stretch in each.whole:
            line = MarkLine(0, hash, 0, len(positions.text), code=_code(stretch.label, "", labels))
            lines.append(replace(line, coder=stretch.coder, memo=stretch.memo, created=stretch.created))
        marks += [replace(line, number=number) for number, line in enumerate(lines, len(marks) + 1)]
    units = ("Positions count UTF-16 units.",) if counting.units else ()
    return Found(marks, tuple(drafts.values()), labels.taxonomies(), by_label=True,
        relations=[link for each in held for link in each.relations], notes=(*notes, *units),
    )  # fmt: skip


def attributes_of(held: Any, without: Sequence[str]) -> dict[str, str]:
    """The texts and numbers of an object, as attributes of an article."""
    if not isinstance(held, dict):
        return {}
    return {
        str(name): text_at(held, name) or str(value)
        for name, value in held.items()
        if name not in without
        and isinstance(value, str | int | float)
        and not isinstance(value, bool)
        and value != ""
    }


def _placed(held: Labelled, positions: Positions) -> list[Placed]:
    return [Placed(positions, each.start, each.end, each.words) for each in held.stretches]


def _lines(held: Labelled, spans: Sequence[Span], labels: Labels, hash: str) -> list[MarkLine]:
    """Postil's own marks whose parts are all there, in the order of the file, then what else is there."""
    free: dict[tuple[Span, str], list[int]] = {}
    for number, (span, stretch) in enumerate(zip(spans, held.stretches, strict=True)):
        free.setdefault((span, stretch.label), []).append(number)
    lines: list[tuple[int, MarkLine]] = []
    for mark in list_at(held.own, "marks") if text_at(held.own, "text_hash") == hash else ():
        parts = [(number_at(part, 0), number_at(part, 1)) for part in list_at(mark, "parts")]
        keys = [(part, text_at(mark, "label")) for part in parts]
        if parts and all(free.get(key) for key in keys) and len(set(keys)) == len(keys):
            taken = [free[key].pop(0) for key in keys]
            key = held.stretches[taken[0]].key
            lines.append((taken[0], replace(_own_line(mark, tuple(parts), labels, hash), key=key)))
    for (span, _), numbers in free.items():
        for number in numbers:
            stretch = held.stretches[number]
            line = MarkLine(0, hash, *span, code=_code(stretch.label, "", labels))
            told = replace(line, coder=stretch.coder, memo=stretch.memo, created=utc(stretch.created))
            told = replace(told, key=stretch.key)
            lines.append((number, told))
    return [line for _, line in sorted(lines, key=lambda each: each[0])]


def _own_line(mark: Any, parts: tuple[Span, ...], labels: Labels, hash: str) -> MarkLine:
    certainty = text_at(mark, "certainty")
    return MarkLine(
        0, hash, parts[0][0], parts[-1][1], parts if len(parts) > 1 else (),
        code=_code(text_at(mark, "label"), text_at(mark, "code"), labels),
        coder=text_at(mark, "coder"), memo=text_at(mark, "memo"),
        certainty=certainty if certainty in ("sure", "unsure") else "",
        created=utc(text_at(mark, "created")), modified=utc(text_at(mark, "modified")),
        qualifiers=tuple(_texts(at(mark, "qualifiers"))),
    )  # fmt: skip


def _code(label: str, id: str, labels: Labels) -> str | None:
    return None if label == UNCODED else labels.id(label, id)


def _draft(held: Labelled, text: str) -> Draft:
    about = at(held.own, "article")
    said: dict[str, Any] = {name: normalise(text_at(about, name)) for name in FIELDS}
    said["title"] = said["title"] or normalise(held.title)
    if not _DATE.fullmatch(said["date"]):
        said["date"] = ""
    own = dict(_texts(at(about, "attributes")))
    return Draft(text, attributes=own if isinstance(about, dict) else held.attributes, **said)


def _texts(held: Any) -> Iterator[tuple[str, str]]:
    for name, value in held.items() if isinstance(held, dict) else ():
        yield str(name), str(value)
