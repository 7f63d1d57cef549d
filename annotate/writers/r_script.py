"""Coded data for R: a ZIP of the table as CSV, the codebook as CSV, and a script that loads them.

The script needs no packages. Codes, coders, states and certainty become factors; what a column means is its attribute
`label`, which haven, labelled, Hmisc and gtsummary show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

from annotate.model import ArticleState
from annotate.version import VERSION
from annotate.writers.codebook_table import codebook
from annotate.writers.csv_spans import write_table
from annotate.writers.dataset import Dataset, Written
from annotate.writers.shapes import shaped
from annotate.writers.spans import Options
from annotate.writers.tables import Column, Table
from annotate.writers.zipped import Zipped

NAME, TITLE, SUFFIX, ROWS, SHAPED = "r", "R script with CSV", ".zip", "spans", True
CLASSES = {
    "text": "character",
    "whole": "integer",
    "flag": "integer",
    "share": "numeric",
    "number": "numeric",
}
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": ""}


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """`load.R`, `codes.csv`, and `highlights.csv`, `articles.csv` or `units.csv`."""
    archive, table, codes = Zipped(out), shaped(dataset, options), codebook(dataset)
    for each in (table, codes):
        with archive.file(f"{each.name}.csv") as held:
            write_table(each, held)
    archive.add("load.R", script(dataset, table, codes))
    archive.close()
    return Written(table.drawn, tuple(table.notes))


def script(dataset: Dataset, table: Table, codes: Table) -> str:
    """The script, in ASCII: it runs in any locale."""
    return "\n".join(_lines(dataset, table, codes)) + "\n"


def _lines(dataset: Dataset, table: Table, codes: Table) -> Iterator[str]:
    name = table.name
    yield f"# Loads {name} and codes; made by Postil {VERSION}."
    yield "# Unzip, go to the folder with setwd() (or set `folder`), and source() this file."
    yield 'if (!exists("folder")) folder <- "."'
    yield ""
    for each in (codes, table):
        classes = ", ".join(f'"{CLASSES[column.kind]}"' for column in each.columns)
        yield f'{each.name} <- read.csv(file.path(folder, "{each.name}.csv"),'
        yield '  encoding = "UTF-8", check.names = FALSE, na.strings = character(), strip.white = FALSE,'
        yield f"  colClasses = c({classes}))"
        yield f"names({each.name}) <- c({', '.join(map(quoted, each.names))})"
        yield f"stopifnot(nrow({each.name}) == {each.drawn})"
        yield ""
    yield from _factors(dataset, name, {column.name for column in table.columns if not column.code})
    for each in (table, codes):
        for column in each.columns:
            if label := _label(column):
                yield f'attr({each.name}[[{quoted(column.name)}]], "label") <- {quoted(label)}'


def _factors(dataset: Dataset, name: str, there: set[str]) -> Iterator[str]:
    if "code" in there:
        yield "# the id of a code stays in code_id"
        yield "codes$name <- make.unique(trimws(paste(codes$notation, codes$label)))"
        yield f"{name}$code_id <- {name}$code"
        yield f"{name}$code <- factor({name}$code, levels = codes$id, labels = codes$name)"
        yield f"{name}$coder <- {_factor(name, 'coder', dataset.coders)}"
        yield f"{name}$certainty <- {_factor(name, 'certainty', ('unsure', 'sure'))}"
    yield f"{name}$state <- {_factor(name, 'state', [str(state) for state in ArticleState])}"
    yield "# a year or a month alone is no day: such dates are NA in day"
    yield f'{name}$day <- as.Date(ifelse(nchar({name}$date) == 10, {name}$date, NA), "%Y-%m-%d")'
    yield ""


def _factor(name: str, column: str, levels: Iterable[str]) -> str:
    return f"factor({name}${column}, levels = c({', '.join(map(quoted, levels))}))"


def _label(column: Column) -> str:
    return f"{column.name}: {column.label}" if column.code else column.label


def quoted(text: str) -> str:
    """A string of R, in ASCII."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in ESCAPES:
        return ESCAPES[character]
    number = ord(character)
    if 32 <= number < 127:
        return character
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
