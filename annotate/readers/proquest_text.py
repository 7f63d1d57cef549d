"""ProQuest as plain text: documents between lines of underscores, fields as "Label: value"."""

from __future__ import annotations

import re

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers.blocks import Line, one_line
from annotate.readers.database import drafts, stated_by_numbers
from annotate.readers.encoding import decode
from annotate.readers.proquest import ABSTRACT, LABELS, TEXT, TITLE, Record, notes_on
from annotate.text import normalise

NAME = "ProQuest text"
SUFFIXES = ()

_DIVIDER = re.compile(r"^_{40,}[ \t]*$", re.MULTILINE)
_BEGINS = re.compile(rb"^_{40,}[ \t]*\r?$", re.MULTILINE)
_NUMBER = re.compile(r"Document (\d{1,6}) of (\d{1,6})")
_EARLY = (TEXT, ABSTRACT, TITLE, "Author")  # what a document without a title begins with
_LABEL = re.compile(r"([A-Z][\w /-]{2,40}):(?:\s+|$)")


def sniff(head: bytes) -> bool:
    return sniff_whole(head)


def sniff_whole(data: bytes) -> bool:
    return b"ProQuest document ID: " in data and bool(_BEGINS.search(data))


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """The articles in their order, without the lines of the database at the end."""
    found = decode(data)
    if found is None:
        raise UserError(f"{name} is not a text Postil can read.")
    records, numbers = [], []
    for document in _DIVIDER.split(normalise(found.text)):
        blocks = [block.strip("\n") for block in re.split(r"\n(?:[ \t]*\n)+", document) if block.strip()]
        number = _NUMBER.fullmatch(blocks[0].strip()) if blocks else None
        if number:
            numbers.append((int(number[1]), int(number[2])))
            blocks = blocks[1:]
        record = _record(blocks)
        if record.fields or record.text:
            records.append(record)
    notes = (*((found.note,) if found.note else ()), *notes_on(records))
    return drafts([record.entry() for record in records], name, stated_by_numbers(numbers), notes)


def _record(blocks: list[str]) -> Record:
    """The title stands first; the text goes on until a field that is known."""
    record = Record()
    if blocks and _field(blocks[0])[0] not in _EARLY:
        record.title, blocks = one_line(blocks[0]), blocks[1:]
    under = ""
    for block in blocks:
        label, value = _field(block)
        if label == TEXT or (under == TEXT and not label):
            record.text += [Line(words) for line in value.split("\n") if (words := one_line(line))]
        elif label:
            record.take(label, value)
        elif under:
            record.fields[under] = f"{record.fields.get(under, '')} {one_line(value)}".strip()
        under = label or under
    return record


def _field(block: str) -> tuple[str, str]:
    """The label of a block and what stands behind it; "" and all of it where no field begins."""
    match = _LABEL.match(block)
    return (match[1], block[match.end() :]) if match and match[1] in LABELS else ("", block)
