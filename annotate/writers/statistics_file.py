"""What Stata and SPSS files have in common: names that are allowed, numbers with labels, and what has no room."""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from annotate.errors import UserError
from annotate.model import ArticleState
from annotate.spoken import counted
from annotate.writers.dataset import Dataset, Written
from annotate.writers.shapes import shaped
from annotate.writers.spans import Options
from annotate.writers.tables import Cell, Column, distinct

EXTRA = "stats"
TYPES = {"whole": "int32", "flag": "int8", "share": "float64", "number": "float64"}
FLAG: dict[int | float, str] = {0: "no", 1: "yes"}
LONGEST_NAME = 32
RESERVED = re.compile(
    "all|and|by|byte|double|eq|float|ge|gt|if|in|int|le|long|lt|ne|not|or|str[0-9]*|strl|to|using|with"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """The room that a format has: `labels` and `title` in characters or bytes as `by_bytes` says.

    `value_label` and `text` are bytes of UTF-8; `text` is 0 where any length goes.
    """

    program: str
    label: int
    title: int
    by_bytes: bool
    value_label: int
    text: int = 0
    keeps_end: bool = True  # spaces at the end of a text


@dataclass(slots=True)
class Contents:
    """A table as the library takes it: a data frame and the labels of its variables."""

    frame: Any
    title: str
    labels: dict[str, str]
    value_labels: dict[str, dict[int | float, str]]


@dataclass(slots=True)
class _Fitting:
    """Cuts to the room there is, and counts it."""

    limits: Limits
    labels: int = 0
    cells: int = 0
    zeros: int = 0
    ends: int = 0

    def label(self, text: str, room: int, by_bytes: bool) -> str:
        fitted = _in_bytes(text, room) if by_bytes else text
        if not by_bytes and len(text) > room:
            fitted = text[: room - 1] + "…"
        self.labels += fitted != text
        return fitted

    def cell(self, text: str) -> str:
        if "\0" in text:
            self.zeros += 1
            text = text.replace("\0", "\ufffd")
        room = self.limits.text
        if room and len(text) > room // 4 and len(text.encode()) > room:
            self.cells += 1
            text = text.encode()[:room].decode(errors="ignore")
        self.ends += not self.limits.keeps_end and text.endswith(" ")
        return text

    def notes(self) -> Iterable[str]:
        program = self.limits.program
        if self.cells:
            yield f"{counted(self.cells, 'cell')} cut at {self.limits.text:,} bytes, the most that {program} takes."
        if self.labels:
            yield f"{counted(self.labels, 'label')} shortened to what {program} takes."
        if self.zeros:
            yield f"NUL characters in {counted(self.zeros, 'cell')} became “\ufffd”."
        if self.ends:
            yield f"{program} does not keep the spaces at the end of {counted(self.ends, 'cell')}."


@dataclass(slots=True)
class _Numbered:
    """A column of texts as numbers from 1 with labels; an empty text is missing."""

    numbers: dict[str, int]
    labels: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Iterable[str], labels: Mapping[str, str] | None = None) -> _Numbered:
        made = cls({value: number for number, value in enumerate(values, 1)})
        made.labels = {number: (labels or {}).get(value, value) for value, number in made.numbers.items()}
        return made

    def number(self, value: str) -> int | None:
        if not value:
            return None
        if value not in self.numbers:
            self.numbers[value] = len(self.numbers) + 1
            self.labels[self.numbers[value]] = value
        return self.numbers[value]


def available() -> bool:
    return find_spec("pyreadstat") is not None and find_spec("pandas") is not None


def write(
    dataset: Dataset, out: IO[bytes], options: Options, limits: Limits, save: Callable[[Contents, str], None]
) -> Written:
    """Writes through `save`, which is given a path. Raises UserError where the library refuses."""
    from pyreadstat import ReadstatError

    table = shaped(dataset, options)
    columns = list(table.columns)
    cells = [list(each) for each in zip(*table.rows(), strict=True)] or [[] for _ in columns]
    if options.shape == "long":
        at = table.names.index("code") + 1
        columns.insert(at, Column("code_id", label="Id of the code"))
        cells.insert(at, cells[at - 1])
    fitting = _Fitting(limits)
    contents = _contents(dataset, columns, cells, fitting)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out"
        try:
            save(contents, str(path))
        except ReadstatError as error:
            raise UserError(f"These data do not fit into a file of {limits.program} ({error}).") from None
        with path.open("rb") as made:
            shutil.copyfileobj(made, out, 1 << 20)
    return Written(table.drawn, (*table.notes, *fitting.notes()))


def _contents(
    dataset: Dataset, columns: list[Column], cells: list[list[Cell]], fitting: _Fitting
) -> Contents:
    from pandas import DataFrame, Series, array

    limits, numbered = fitting.limits, _numbered(dataset)
    data: dict[str, Any] = {}
    labels: dict[str, str] = {}
    value_labels: dict[str, dict[int | float, str]] = {}
    for name, column, held in zip(variable_names(each.name for each in columns), columns, cells, strict=True):
        how = _Numbered.of(column.levels) if column.levels else numbered.get(column.name)
        if how is not None and column.kind == "text":
            data[name] = array([how.number(str(cell or "")) for cell in held], dtype="Int64")
            value_labels[name] = {
                number: fitting.label(label or " ", limits.value_label, True)
                for number, label in how.labels.items()
            }
        elif column.kind == "text":
            data[name] = Series([fitting.cell(str(cell or "")) for cell in held], dtype="str")
        else:
            data[name] = Series(held, dtype=TYPES[column.kind])
            if column.kind == "flag":
                value_labels[name] = FLAG
        said = f"{column.name}: {column.label}" if column.code else column.label
        labels[name] = fitting.label(
            said or (column.name if column.name != name else ""), limits.label, limits.by_bytes
        )
    title = fitting.label(dataset.title, limits.title, limits.by_bytes)
    return Contents(
        DataFrame(data), title, {name: label for name, label in labels.items() if label}, value_labels
    )


def _numbered(dataset: Dataset) -> dict[str, _Numbered]:
    from annotate.marks import KNOWN_CERTAINTY  # which itself needs the writers' module of spans

    codes = [code for taxonomy in dataset.taxonomies for code in taxonomy.codes]
    labels = distinct(f"{code.notation} {code.label}" for code in codes)
    names = {code.id: label for code, label in zip(codes, labels, strict=True)}
    return {
        "code": _Numbered.of(names, names),
        "coder": _Numbered.of(dataset.coders),
        "state": _Numbered.of(map(str, ArticleState)),
        "certainty": _Numbered.of(filter(None, KNOWN_CERTAINTY)),
    }


def variable_names(names: Iterable[str]) -> list[str]:
    """Names that both programs allow: ASCII letters, digits and `_`, up to 32, each once in any case."""
    given: set[str] = set()
    made = []
    for name in names:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        plain = re.sub("[^A-Za-z0-9]+", "_", plain).strip("_")
        if not plain or not plain[0].isalpha() or RESERVED.fullmatch(plain.lower()):
            plain = f"v_{plain}".rstrip("_")
        free, number = plain[:LONGEST_NAME].rstrip("_"), 1
        while free.lower() in given:
            number += 1
            free = f"{plain[: LONGEST_NAME - len(str(number)) - 1]}_{number}"
        given.add(free.lower())
        made.append(free)
    return made


def _in_bytes(text: str, room: int) -> str:
    if len(text.encode()) <= room:
        return text
    return text.encode()[: room - 3].decode(errors="ignore") + "…"
