"""Mailboxes (mbox, as Thunderbird, Apple Mail and Google Takeout write them): each message an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers.contract import no_text
from annotate.readers.mail import read_message

NAME = "mailbox"
SUFFIXES = (".mbox", ".mbx")
HEAVY = True

_EDGE = re.compile(
    rb"^From (?:- ?|[^\n]{0,200}\d\d:\d\d[^\n]{0,60})\r?\n(?=[!-9;-~]{1,70}:|>From )", re.MULTILINE
)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def sniff(head: bytes) -> bool:
    """Whether it begins with the line that divides messages, and a header under it."""
    return bool(_EDGE.match(head))


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """The messages in order; those without words are counted in a note of the first."""
    drafts, without = [], 0
    for message in _messages(data):
        try:
            drafts.append(read_message(message, name))
        except UserError:
            without += 1
    if not drafts:
        raise no_text(name)
    if without:
        said = f"{without:,} message{'s' if without > 1 else ''} without text left out."
        drafts[0] = replace(drafts[0], notes=(*drafts[0].notes, said))
    return drafts


def _messages(data: bytes) -> Iterator[bytes]:
    edges = list(_EDGE.finditer(data))
    if not edges:
        yield data
    for place, edge in enumerate(edges):
        end = edges[place + 1].start() if place + 1 < len(edges) else len(data)
        yield _QUOTED.sub(rb"\1", data[edge.end() : end])
