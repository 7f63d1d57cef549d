"""E-mail (.eml): the words of a message, who wrote it to whom and when, and what was attached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotate.errors import UserError
from annotate.model import Block, BlockKind, Draft, Layout
from annotate.readers.blocks import Line, compose, one_line, tree_lines
from annotate.readers.capture import moment
from annotate.readers.contract import no_text, stem
from annotate.readers.html_page import parse
from annotate.readers.mime import (
    addresses,
    content_type,
    decoded,
    file_name,
    header,
    header_names,
    inside,
    parse_message,
    parts,
)
from annotate.readers.plain import read_text
from annotate.text import normalise

if TYPE_CHECKING:
    from annotate.readers.mime import Part

NAME = "e-mail"
SUFFIXES = (".eml", ".emlx")

_CERTAIN = frozenset(("mime-version", "message-id", "received", "return-path", "delivered-to"))
_USUAL = frozenset(("from", "to", "date", "subject", "content-type"))
_COUNT = re.compile(rb"\s*(\d{1,12})[ \t]*\r?\n")  # Apple Mail puts the message's length before it
_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
_SEALED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_MOST_NAMED = 10
_STUB, _TIMES = 300, 4  # plain words shorter than this, and the page that much longer: "see the web version"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one part: a text, or the lines of a page; what is to be said about its encoding."""

    text: str = ""
    lines: tuple[Line, ...] = ()
    note: str = ""

    @property
    def size(self) -> int:
        return len(self.text.strip()) + sum(len(line.text) for line in self.lines)


def sniff(head: bytes) -> bool:
    """Whether it begins with the header of a message that went through the mail."""
    names = header_names(head)
    return bool(names & _CERTAIN and names & _USUAL)


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """One article: the message."""
    count = _COUNT.match(data)
    if count and name.lower().endswith(".emlx"):
        data = data[count.end() : count.end() + int(count[1])]
    return [read_message(data, name)]


def read_message(data: bytes, name: str) -> Draft:
    """The message in these bytes. UserError where it has no words or is encrypted."""
    message = parse_message(data, name)
    words = [each for each in _words(message) if each.size]
    attached = list(_attached(message))
    if not words:
        raise _wordless(message, attached, name)
    subject = header(message, "Subject")
    text, layout = _composed(words, subject)
    notes = dict.fromkeys(each.note for each in words if each.note)
    sent = moment(header(message, "Date"))
    return Draft(
        text,
        title=subject or stem(name),
        author=addresses(message, "From", short=True),
        date=sent[:10],
        language=re.split(r"[-,;\s]", header(message, "Content-Language"))[0].lower()[:8],
        attributes=_attributes(message, sent),
        layout=layout,
        notes=(*notes, *([_named(attached)] if attached else [])),
    )


def _attributes(message: Part, sent: str) -> dict[str, str]:
    found = {
        "from": addresses(message, "From"),
        "to": addresses(message, "To"),
        "cc": addresses(message, "Cc"),
        "sent": sent,
        "message id": header(message, "Message-ID"),
        "in reply to": header(message, "In-Reply-To"),
    }
    return {key: value for key, value in found.items() if value}


def _wordless(message: Part, attached: list[str], name: str) -> UserError:
    if any(content_type(part) in _SEALED for part in parts(message)):
        return UserError(f"{name} is encrypted; save it decrypted from your mail program.")
    if attached:
        return UserError(f"{name} holds no text. {_named(attached)}")
    return no_text(name)


def _named(attached: list[str]) -> str:
    more = f" and {len(attached) - _MOST_NAMED} more" if len(attached) > _MOST_NAMED else ""
    return f"Attachments left out: {', '.join(attached[:_MOST_NAMED])}{more}."


def _words(part: Part) -> Iterator[Words]:
    """The words of a message's parts in order; of alternatives the plain one, unless it only says where to look."""
    kind = content_type(part)
    if kind == "multipart/alternative":
        yield from _best([list(_words(each)) for each in inside(part)])
    elif kind.startswith("multipart/"):
        for each in inside(part):
            yield from _words(each)
    elif kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
        yield _plain(part) if kind == "text/plain" else _page(part)


def _best(choices: list[list[Words]]) -> list[Words]:
    plain = next((words for words in choices if any(each.text.strip() for each in words)), [])
    page = next((words for words in reversed(choices) if any(each.lines for each in words)), [])
    sizes = [sum(each.size for each in words) for words in (plain, page)]
    is_stub = sizes[0] < _STUB and sizes[1] > sizes[0] * _TIMES
    return page if is_stub else plain


def _plain(part: Part) -> Words:
    text, note = decoded(part)
    text = normalise(text)
    if str(part.get_param("format") or "").lower() == "flowed":
        text = _unflowed(text, spaces=str(part.get_param("delsp") or "").lower() != "yes")
    return Words(text=text.strip("\n"), note=note)


def _unflowed(text: str, spaces: bool) -> str:
    """Lines that end in a space go on in the next one of the same quote depth (RFC 3676)."""
    pieces: list[str] = []
    depth, goes_on = 0, False
    for raw in text.split("\n"):
        words = raw.lstrip(">")
        marks = len(raw) - len(words)
        words = words.removeprefix(" ")
        is_signature = words == "-- "
        if not (goes_on and marks == depth and not is_signature):
            pieces.append("\n" + "> " * marks)
        depth, goes_on = marks, words.endswith(" ") and not is_signature
        pieces.append(words if spaces or not goes_on else words[:-1])
    return "".join(pieces)[1:]


def _page(part: Part) -> Words:
    text, note = decoded(part)
    tree = parse(text)
    return Words(lines=() if tree is None else tuple(tree_lines(tree)), note=note)


def _composed(words: list[Words], subject: str) -> tuple[str, Layout]:
    """The words under the subject: a text keeps its lines, empty ones too."""
    if any(each.lines for each in words):
        lines = [line for each in words for line in each.lines or _lines(each.text)]
        return compose(lines, subject)
    body = read_text("\n\n".join(each.text for each in words), "")
    told = tuple(block for block in body.layout.blocks if block.kind is not BlockKind.TITLE)
    if not subject:
        return body.text, Layout(told)
    place = len(subject) + 1
    moved = (replace(block, start=block.start + place, end=block.end + place) for block in told)
    return f"{subject}\n{body.text}", Layout((Block(0, len(subject), BlockKind.TITLE), *moved))


def _lines(text: str) -> Iterator[Line]:
    return (Line(one_line(line)) for line in text.split("\n"))


def _attached(message: Part) -> Iterator[str]:
    """Names of the files that came with it; pictures that belong to its page are none."""
    for part in parts(message):
        named = file_name(part)
        is_inline = part.get("Content-ID") and content_type(part).startswith("image/")
        if content_type(part) == "message/rfc822":
            named = named or "a forwarded message"
        elif part.get_content_disposition() == "attachment":
            named = named or f"a file without name ({content_type(part)})"
        if named and not is_inline and content_type(part) not in _SIGNATURES:
            yield named
