"""Prodigy's JSON Lines: `spans` of a text, with who annotated it."""

from __future__ import annotations

from typing import Any

from annotate.errors import UserError
from annotate.marks_from.found import Found
from annotate.marks_from.json_file import at, lines_of, list_at, number_at, text_at
from annotate.marks_from.labelled import Labelled, Stretch, attributes_of, found
from annotate.readers.contract import stem
from annotate.writers.labelled import OWN

NAME, TITLE, SUFFIXES = "prodigy", "Prodigy (JSON Lines)", (".jsonl",)


def sniff(data: bytes, name: str) -> bool:
    line = data[:1_000_000].split(b"\n", 1)[0]
    return line.startswith(b"{") and b'"text"' in line and (b'"spans"' in line or b'"_input_hash"' in line)


def read(data: bytes, name: str) -> Found:
    """A task a line; rejected and ignored ones are counted and left out.

    The label of a whole text, and what was accepted among options, are marks on all of it.
    """
    held: list[Labelled] = []
    bad = refused = relations = 0
    for _, line in lines_of(data, name):
        text = text_at(line, "text")
        if not text.strip():
            bad += 1
        elif text_at(line, "answer") not in ("accept", ""):
            refused += 1
        else:
            relations += len(list_at(line, "relations"))
            held.append(_labelled(line, text))
    if not held:
        raise UserError(f"{name} holds no accepted texts as Prodigy writes them.")
    told = (
        ("lines without a text", bad),
        ("tasks that were not accepted", refused),
        ("relations", relations),
    )
    return found(held, stem(name), [f"Left out: {what} ({number:,})." for what, number in told if number])


def _labelled(line: Any, text: str) -> Labelled:
    coder = text_at(line, "_annotator_id") or text_at(line, "_session_id")
    stretches = [
        Stretch(
            number_at(each, "start"),
            number_at(each, "end"),
            text_at(each, "label"),
            coder,
            words=text_at(each, "text"),
        )
        for each in list_at(line, "spans")
    ]
    whole = [
        each for each in (text_at(line, "label"), *list_at(line, "accept")) if isinstance(each, str) and each
    ]
    meta = at(line, "meta")
    return Labelled(
        text, stretches, at(line, OWN), text_at(meta, "title"), [Stretch(0, 0, each, coder) for each in whole],
        attributes_of(meta, ("title",)),
    )  # fmt: skip
