"""Which format a file's name stands for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Protocol

from annotate.errors import UserError


class HasSuffixes(Protocol):
    @property
    def suffixes(self) -> tuple[str, ...]: ...


def format_of(name: str, formats: Mapping[str, HasSuffixes]) -> str:
    """The one of `formats` that a file's suffix stands for. Raises UserError where none does."""
    suffix = PurePath(name).suffix.lower()
    for key, each in formats.items():
        if suffix in each.suffixes:
            return key
    raise UserError(f"{name} does not say its format; name one of {', '.join(formats)} with --format.")
