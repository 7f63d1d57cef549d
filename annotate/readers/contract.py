"""What a reader module has: the contract that built-in readers and plug-ins share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Protocol

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers.compressed import without_gz
from annotate.readers.table_columns import Mapping

HEAD = 4096  # bytes of a file shown to `sniff`


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user says about how files are to be read.

    `passwords` are tried on each encrypted file. `mapping` says what the columns of every table are; of `remembered`
    ones a table takes the first whose columns it has, and else its columns are guessed. `attributes` go to every
    article; `names` is a pattern for what the names of files say (annotate.readers.naming).
    """

    passwords: tuple[str, ...] = ()
    mapping: Mapping | None = None
    remembered: tuple[Mapping, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    names: str = ""


NO_WISHES = Wishes()


class Reader(Protocol):
    """A module that reads one format.

    It may also say `HEAVY = True`: it wants a worker process; `UNPACKS = True`: it takes files packed with gzip as
    they are; and have `sniff_whole(data: bytes) -> bool`, which is asked where `sniff` is not certain (a quick look
    at the whole file); or, for a format in a ZIP, `sniff_archive(archive: Archive) -> bool`: whether an archive with
    these members is certainly of it.
    """

    @property
    def NAME(self) -> str: ...  # noqa: N802

    @property
    def SUFFIXES(self) -> tuple[str, ...]: ...  # noqa: N802

    def sniff(self, head: bytes) -> bool:
        """Whether a file beginning with these bytes is certainly of this format, whatever its name."""

    def read(self, data: bytes, name: str, password: str | None = None) -> list[Draft]:
        """The articles in the file. UserError says in one sentence why there are none, PasswordNeeded that
        a password would help.
        """


def stem(name: str) -> str:
    """The file's name without folder and suffix: the title where the text states none."""
    return PurePath(without_gz(name)).stem.strip() or name


def no_text(name: str) -> UserError:
    return UserError(f"{name} holds no text.")
