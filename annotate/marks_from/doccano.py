"""doccano's JSON Lines, in both of its shapes: `label` as [start, end, label], or `entities` as objects."""

from __future__ import annotations

from typing import Any

from annotate.errors import UserError
from annotate.marks_from.found import Found
from annotate.marks_from.json_file import at, lines_of, list_at, number_at, text_at
from annotate.marks_from.labelled import Labelled, Stretch, attributes_of, found
from annotate.readers.contract import stem
from annotate.writers.labelled import OWN

NAME, TITLE, SUFFIXES = "doccano", "doccano (JSON Lines)", (".jsonl",)
KNOWN = (
    "id",
    "text",
    "data",
    "label",
    "labels",
    "entities",
    "relations",
    "Comments",
    "comments",
    "title",
    OWN,
)


def sniff(data: bytes, name: str) -> bool:
    line = data[:1_000_000].split(b"\n", 1)[0]
    shaped = any(f'"{each}"'.encode() in line for each in ("label", "labels", "entities"))
    return (
        line.startswith(b"{")
        and shaped
        and b'"text"' in line
        and b'"spans"' not in line
        and b'"start":' not in line
    )


def read(data: bytes, name: str) -> Found:
    """A text a line. Relations are counted and left out; a label of a whole text is a mark on all of it."""
    held: list[Labelled] = []
    bad = relations = 0
    for _, line in lines_of(data, name):
        text = text_at(line, "text") or text_at(line, "data")
        if not text.strip():
            bad += 1
            continue
        relations += len(list_at(line, "relations"))
        said = [at(line, "label"), at(line, "labels"), at(line, "entities")]
        listed = next((each for each in said if isinstance(each, list) and each), [])
        held.append(
            Labelled(
                text,
                [_stretch(each) for each in listed if not isinstance(each, str)],
                at(line, OWN),
                text_at(line, "title"),
                [Stretch(0, 0, each) for each in listed if isinstance(each, str)],
                attributes_of(line, KNOWN),
            )
        )
    if not held:
        raise UserError(f"{name} holds no texts with labels as doccano writes them.")
    notes = [f"Left out: lines without a text ({bad:,})."] if bad else []
    notes += [f"Left out: relations ({relations:,})."] if relations else []
    return found(held, stem(name), notes)


def _stretch(held: Any) -> Stretch:
    if isinstance(held, list):
        return Stretch(number_at(held, 0), number_at(held, 1), text_at(held, 2))
    return Stretch(number_at(held, "start_offset"), number_at(held, "end_offset"), text_at(held, "label"))
