"""What a reader module has: the contract that built-in readers and plug-ins share."""

from __future__ import annotations

from pathlib import PurePath
from typing import Protocol

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers.compressed import without_gz

HEAD = 4096  # bytes of a file shown to `sniff`


class Reader(Protocol):
    """A module that reads one format.

    It may also say `HEAVY = True`: it wants a worker process; and, for a format in a ZIP, have
    `sniff_archive(archive: Archive) -> bool`: whether an archive with these members is certainly of it.
    """

    @property
    def NAME(self) -> str: ...  # noqa: N802

    @property
    def SUFFIXES(self) -> tuple[str, ...]: ...  # noqa: N802

    def sniff(self, head: bytes) -> bool:
        """Whether a file beginning with these bytes is certainly of this format, whatever its name."""

    def read(self, data: bytes, name: str, password: str | None = None) -> list[Draft]:
        """The articles in the file. UserError says in one sentence why there are none."""


def stem(name: str) -> str:
    """The file's name without folder and suffix: the title where the text states none."""
    return PurePath(without_gz(name)).stem.strip() or name


def no_text(name: str) -> UserError:
    return UserError(f"{name} holds no text.")
