"""Annotations made by other programs: from a file to marks, and to texts and codes where it has them."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import PurePath
from typing import Protocol, cast

from annotate.errors import UserError
from annotate.marks_from.found import Found

__all__ = ["Found", "MarksReader", "format_for", "marks_reader", "marks_readers", "offer"]

BUILT_IN = (
    "jsonl",
    "refi_project",
    "refi_codebook",
    "web_annotation",
    "brat",
    "uima",
    "uima_json",
    "label_studio",
    "prodigy",
    "doccano",
    "csv_table",
    "tsv_table",
    "xlsx_table",
)  # modules, loaded when something is read


class MarksReader(Protocol):
    """A module that reads one format; it may share its NAME with a writer."""

    @property
    def NAME(self) -> str: ...  # noqa: N802

    @property
    def TITLE(self) -> str: ...  # noqa: N802

    @property
    def SUFFIXES(self) -> tuple[str, ...]: ...  # noqa: N802

    def sniff(self, data: bytes, name: str) -> bool:
        """Whether a file is certainly of this format, whatever its name."""

    def read(self, data: bytes, name: str) -> Found:
        """All that a file holds. UserError says in one sentence why it is not of this format."""


_offered: dict[str, MarksReader] = {}


def offer(*more: MarksReader) -> None:
    """Adds readers that need another room: SQL."""
    _offered.update((each.NAME, each) for each in more)


def marks_readers() -> tuple[MarksReader, ...]:
    """Those that were offered, the built-in ones, then those of other packages (`postil.marks`)."""
    return (*_offered.values(), *_built_in())


@cache
def _built_in() -> tuple[MarksReader, ...]:
    built_in = (cast(MarksReader, import_module(f"annotate.marks_from.{name}")) for name in BUILT_IN)
    others = (cast(MarksReader, point.load()) for point in entry_points(group="postil.marks"))
    return (*built_in, *others)


def marks_reader(name: str) -> MarksReader:
    """Raises UserError for a format that is not there."""
    for each in marks_readers():
        if name == each.NAME:
            return each
    names = ", ".join(each.NAME for each in marks_readers())
    raise UserError(f"There is no format “{name}” to read annotations from; there are {names}.")


def format_for(data: bytes, name: str) -> MarksReader:
    """By content, then by the name's suffix. Raises UserError where neither tells."""
    for each in marks_readers():
        if each.sniff(data, name):
            return each
    suffix = PurePath(name).suffix.lower()
    for each in marks_readers():
        if suffix in each.SUFFIXES:
            return each
    raise UserError(f"{name} does not say what it is; name its format with --format.")
