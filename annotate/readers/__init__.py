"""Readers: from a file to drafts of articles, one module a format, chosen by content before name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import cast

from annotate.errors import PasswordNeeded, UserError
from annotate.model import Draft
from annotate.readers import archive
from annotate.readers.compressed import first_bytes, unpacked, without_gz
from annotate.readers.contract import HEAD, NO_WISHES, Reader, Wishes, no_text
from annotate.readers.encoding import decode
from annotate.readers.files import is_candidate, read_whole, walk
from annotate.readers.kinds import looks_like

__all__ = [
    "HEAD",
    "Reader",
    "Wishes",
    "find_reader",
    "is_candidate",
    "is_heavy",
    "opened",
    "read_bytes",
    "read_decoded",
    "read_file",
    "read_text",
    "read_with",
    "readers",
    "split",
    "walk",
]

# Modules, loaded when something is read; those that know a file by more of it stand first.
BUILT_IN = (
    "pdf",
    "nexis_uni",
    "docx",
    "odt",
    "rtf",
    "epub",
    "factiva_xml",
    "factiva",
    "europresse",
    "lexisnexis_text",
    "lexisnexis_html",
    "proquest_html",
    "proquest_text",
    "proquest_table",
    "warc",
    "saved_page",
    "mbox",
    "mail",
    "html_page",
    "parquet_table",
    "xlsx_table",
    "json_table",
    "csv_table",
    "markdown_text",
    "plain",
)


@cache
def readers() -> tuple[Reader, ...]:
    """The built-in readers, then those that other packages offer as entry points `postil.readers`."""
    from importlib import import_module
    from importlib.metadata import entry_points

    built_in = (cast(Reader, import_module(f"annotate.readers.{name}")) for name in BUILT_IN)
    offered = (cast(Reader, point.load()) for point in entry_points(group="postil.readers"))
    return (*built_in, *offered)


def read_text(raw: str, name: str) -> Draft:
    """A draft of text that is already decoded (a pasted one, for instance), normalised but not cut."""
    from annotate.readers import plain

    return plain.read_text(raw, name)


def split(draft: Draft) -> list[Draft]:
    """The draft cut at its `split_at`, each part with its own title; joined, their texts are the draft's."""
    from annotate.readers import plain

    return plain.split(draft)


def find_reader(data: bytes, name: str) -> Reader:
    """By content (a ZIP by its members, else by its first HEAD bytes or a look at all of it), then by the name's
    suffix, else plain text.

    UserError where the content is of a kind that nobody reads, and for a bibliography.
    """
    from annotate.bibliographies import kind_of

    head = data[:HEAD]
    if kind_of(head, without_gz(name)):
        raise UserError(f"{name} is a bibliography: it describes articles, but holds no text of theirs.")
    known = readers()
    if data.startswith(archive.MAGIC):
        members = archive.Archive(data, name)
        for reader in known:
            if (look := getattr(reader, "sniff_archive", None)) and look(members):
                return reader
    for reader in known:
        if reader.sniff(head) or _knows_whole(reader, data):
            return reader
    if kind := looks_like(data):
        raise UserError(f"{name} is not a text Postil can read (it looks like {kind}).")
    suffix = Path(without_gz(name)).suffix.lower()
    plain = known[BUILT_IN.index("plain")]
    return next((reader for reader in known if suffix in reader.SUFFIXES), plain)


def _knows_whole(reader: Reader, data: bytes) -> bool:
    look = getattr(reader, "sniff_whole", None)
    return bool(look and look(data))


def is_heavy(reader: Reader) -> bool:
    """Whether a reader's files are slow to read, and better read in a worker process."""
    return bool(getattr(reader, "HEAVY", False))


def read_file(path: Path, *, wishes: Wishes = NO_WISHES) -> list[Draft]:
    """The articles in a file; UserError says in one sentence why there are none."""
    return read_bytes(read_whole(path), path.name, wishes=wishes)


def read_decoded(path: Path) -> str:
    """A text file of any encoding, decoded but not normalised. UserError where it is none."""
    decoded = decode(read_whole(path))
    if decoded is None:
        raise UserError(f"{path.name} is no text.")
    return decoded.text


def read_bytes(data: bytes, name: str, *, wishes: Wishes = NO_WISHES) -> list[Draft]:
    """The articles in a file's bytes; `name` gives the suffix and a title where the text has none."""
    data, reader = opened(data, name)
    return read_with(reader, data, name, wishes=wishes)


def opened(data: bytes, name: str) -> tuple[bytes, Reader]:
    """What is inside a file (as it is, where the reader unpacks it), and the reader.

    UserError for an empty file and for a kind that nobody reads.
    """
    if not data:
        raise UserError(f"{name} is empty.")
    head = first_bytes(data, HEAD)
    for reader in readers():
        if is_unpacking(reader) and reader.sniff(head):
            return data, reader
    data = unpacked(data, name)
    return data, find_reader(data, name)


def is_unpacking(reader: Reader) -> bool:
    """Whether a reader takes files that are packed with gzip as they are."""
    return bool(getattr(reader, "UNPACKS", False))


def read_with(reader: Reader, data: bytes, name: str, *, wishes: Wishes = NO_WISHES) -> list[Draft]:
    """The articles in what `opened` gave. PasswordNeeded for an encrypted file that no given password opens."""
    if (wishes.mapping or wishes.remembered) and hasattr(reader, "open_table"):
        from annotate.readers.tables import read_table

        drafts = read_table(data, name, wishes.mapping, wishes.remembered)
    else:
        drafts = _unlocked(reader, data, name, wishes.passwords)
    if not any(draft.text.strip() for draft in drafts):
        raise no_text(name)
    return [_as_wished(draft, name, wishes) for draft in drafts]


def _as_wished(draft: Draft, name: str, wishes: Wishes) -> Draft:
    if wishes.names:
        from annotate.readers.naming import named

        draft = named(draft, name, wishes.names)
    if wishes.attributes:
        draft = replace(draft, attributes={**draft.attributes, **dict(wishes.attributes)})
    return draft


def _unlocked(reader: Reader, data: bytes, name: str, passwords: Sequence[str]) -> list[Draft]:
    refused: PasswordNeeded | None = None
    for password in (None, *passwords):
        try:
            return reader.read(data, name, password)
        except PasswordNeeded as error:
            refused = error
    assert refused is not None
    raise refused
