"""LexisNexis as plain text: documents numbered "3 of 20 DOCUMENTS", lines broken at 78 characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers import plain
from annotate.readers.blocks import Line
from annotate.readers.database import drafts, stated_by_numbers, stated_by_ranges
from annotate.readers.encoding import decode
from annotate.readers.lexisnexis import COVER, Part, entry_of
from annotate.readers.wrapped import paragraphs
from annotate.text import normalise

NAME = "LexisNexis text"
SUFFIXES = ()

WIDTH = 78  # code points up to which lines are filled
_NUMBER = re.compile(
    r"^[ \t]*(?:FOCUS - )?(?:(?:Dokument|Document)[ \t]+)?(\d{1,6}) (?:of|von|de|van) (\d{1,6})"
    r"(?: DOCUMENTS?| DOCUMENTEN| DOKUMENTEN?)?[ \t]*$",
    re.MULTILINE,
)
_BEGINS = re.compile(
    rb"^[ \t]*(?:FOCUS - )?(?:\d{1,6} of \d{1,6} DOCUMENTS?|Do[ck]ument \d{1,6} (?:von|de|of) \d{1,6})[ \t]*\r?$",
    re.MULTILINE,
)
_FIELD = re.compile(
    rb"^(?:LENGTH|L\S{1,2}NGE|LONGUEUR|LOAD-DATE|LANGUAGE|SPRACHE|LANGUE|BYLINE): ", re.MULTILINE
)


def sniff(head: bytes) -> bool:
    return sniff_whole(head)


def sniff_whole(data: bytes) -> bool:
    """A numbered document and a field of one; a mere line "1 of 2" is not enough."""
    named = b"DOCUMENT" in data or b"okument " in data or b"ocument " in data
    return named and bool(_BEGINS.search(data)) and bool(_FIELD.search(data))


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """The articles in their order, without the page that lists the request."""
    found = decode(data)
    if found is None:
        raise UserError(f"{name} is not a text Postil can read.")
    text = normalise(found.text)
    numbers = [match for match in _NUMBER.finditer(text) if _is_apart(text, match)]
    if not numbers:
        return plain.read(data, name)
    starts = [match.end() for match in numbers]
    ends = [*(match.start() for match in numbers[1:]), len(text)]
    entries = [entry_of(list(_parts(text[start:end]))) for start, end in zip(starts, ends, strict=True)]
    cover = COVER.search(text[: starts[0]] if starts else "")
    stated = stated_by_ranges(cover[1]) if cover else 0
    stated = stated or stated_by_numbers([(int(match[1]), int(match[2])) for match in numbers])
    return drafts(entries, name, stated, (found.note,) if found.note else ())


def _is_apart(text: str, match: re.Match[str]) -> bool:
    """Whether an empty line stands before and behind it."""
    before = text[: match.start()].rstrip(" \t")[-2:]
    behind = text[match.end() : match.end() + 200].replace(" ", "")
    return before in ("", "\n", "\n\n") and behind[:2] in ("", "\n", "\n\n")


def _parts(document: str) -> Iterator[Part]:
    """What empty lines divide."""
    for block in re.split(r"\n[ \t]*(?:\n[ \t]*)+", document.expandtabs()):
        lines = [line.rstrip() for line in block.split("\n") if line.strip()]
        if lines:
            yield Part(tuple(map(Line, _unbroken(lines))))


def _unbroken(lines: list[str]) -> list[str]:
    """Lines that were broken only for their width joined; each by itself where they are centred or a table."""
    indents = [len(line) - len(line.lstrip()) for line in lines]
    least = min(indents)
    if least == 0 or (len(lines) > 1 and max(indents) == least):
        return paragraphs((line[least:] for line in lines), WIDTH - least)
    return [line.strip() for line in lines]
