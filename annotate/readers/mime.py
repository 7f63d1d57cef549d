"""Messages in MIME, as e-mail and saved pages are written: headers, parts and their bytes.

The library's older policy (compat32) is used on purpose: the newer one raises on crooked headers and takes
more than linear time on long ones.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from annotate.errors import UserError
from annotate.readers.blocks import one_line
from annotate.readers.encoding import decode

if TYPE_CHECKING:
    from email.message import Message

    Part: TypeAlias = Message[str, str]

_HEADER = re.compile(rb"([!-9;-~]{1,70}):[^\n]*(?:\n[ \t][^\n]*)*(?:\n|\Z)")
_CHARSET = re.compile(r"[\w.:-]{1,40}", re.ASCII)
_DEEPEST = 100  # parts in parts
_LONGEST_HEADER = 20_000  # code points; real ones have a line or two
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def header_names(head: bytes) -> frozenset[str]:
    """The lower-case names of the header lines with which a file begins; none where it begins otherwise."""
    if head.startswith(_WIDE) or b"\0" in head[:8]:
        found = decode(head[: len(head) // 2 * 2])
        head = found.text.encode("utf-8", "replace") if found else b""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").replace(b"\r\n", b"\n")
    names, place = [], 0
    while match := _HEADER.match(head, place):
        names.append(match[1].decode("ascii").lower())
        place = match.end()
    is_whole = place == len(head) or head[place : place + 1] == b"\n" or len(names) > 8
    return frozenset(names) if is_whole else frozenset()


def parse_message(data: bytes, name: str) -> Part:
    """The message in a file; UTF-16 as some programs save it is read too. UserError where it nests absurdly."""
    from email.parser import BytesParser

    if data.startswith(_WIDE) or b"\0" in data[:8]:
        found = decode(data)
        data = found.text.encode("utf-8", "replace") if found else data
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    try:
        message = BytesParser().parsebytes(data)
        for depth, _ in _walk(message):
            if depth > _DEEPEST:
                raise RecursionError
    except RecursionError:
        raise UserError(f"{name} has parts nested deeper than any real message.") from None
    return message


def parts(message: Part) -> Iterator[Part]:
    """The message and all parts inside it, in order."""
    return (part for _, part in _walk(message))


def _walk(message: Part) -> Iterator[tuple[int, Part]]:
    waiting = [(0, message)]
    while waiting:
        depth, part = waiting.pop()
        yield depth, part
        waiting += [(depth + 1, each) for each in reversed(inside(part))]


def header(message: Part, name: str) -> str:
    """A header's words on one line, encoded words decoded; "" where there is none."""
    return header_words(_stated(message, name))


def _stated(message: Part, name: str) -> str:
    """A header as it stands; bytes that are no ASCII are surrogates in it."""
    raw = (value for key, value in message.raw_items() if key.lower() == name.lower())
    return str(next(raw, ""))[:_LONGEST_HEADER]


def header_words(stated: str) -> str:
    """A piece of a header as words: encoded ones decoded, on one line."""
    from email.errors import MessageError
    from email.header import decode_header, make_header

    try:
        stated = str(make_header(decode_header(_as_sent(stated))))
    except (ValueError, LookupError, MessageError):  # an unknown charset, or a word that is none
        stated = _as_sent(stated)
    return one_line(stated)


def _as_sent(stated: str) -> str:
    """Bytes that stand in a header without being encoded, decoded as any text is."""
    raw = stated.encode("utf-8", "surrogateescape")
    if raw.isascii():
        return stated
    found = decode(raw)
    return found.text if found else raw.decode("utf-8", "replace")


def addresses(message: Part, name: str, short: bool = False) -> str:
    """The people in a header: "Ann Lee <ann@example.org>; bob@example.org"; `short`: names without addresses."""
    from email.utils import getaddresses

    stated = _stated(message, name)
    try:
        pairs = getaddresses([stated])
    except (RecursionError, IndexError, ValueError):
        pairs = []
    people = [
        (header_words(person).strip("'\""), one_line(address))
        for person, address in pairs
        if person or address
    ]
    said = [
        person if person and (short or not address) else f"{person} <{address}>" if person else address
        for person, address in people
    ]
    return "; ".join(said) or header_words(stated)


def content_type(part: Part) -> str:
    """ "text/html" and the like, in lower case."""
    return part.get_content_type()


def charset(part: Part) -> str:
    """The encoding a part says it has, or ""."""
    try:
        stated = part.get_content_charset() or ""
    except (LookupError, ValueError):
        return ""
    return stated if _CHARSET.fullmatch(stated) else ""


def inside(part: Part) -> list[Part]:
    """The parts directly inside a part."""
    payload = part.get_payload() if part.is_multipart() else None
    return [each for each in payload if not isinstance(each, str)] if isinstance(payload, list) else []


def file_name(part: Part) -> str:
    """The name of the file that a part holds, or ""."""
    try:
        return header_words((part.get_filename() or "")[:_LONGEST_HEADER])
    except (LookupError, ValueError, TypeError):
        return ""


def decoded(part: Part) -> tuple[str, str]:
    """The text of a part, and what is to be said about its encoding where that is not what the part states."""
    data, stated = content(part), charset(part)
    if stated.endswith("utf-7"):
        return data.decode("utf-7", "replace"), ""
    found = decode(data, stated)
    if found is None:
        return "", ""
    return found.text, "" if _is_same(found.encoding, stated) else found.note


def _is_same(one: str, other: str) -> bool:
    try:
        return codecs.lookup(one) == codecs.lookup(other)
    except LookupError:
        return False


def content(part: Part) -> bytes:
    """The bytes of a part without its transfer encoding; none for one that holds parts."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
