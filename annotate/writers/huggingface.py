"""Coded data as a folder that the library `datasets` loads, zipped: Parquet files and a dataset card.

The configurations are `highlights` (a mark a row), `articles` (an article a row), `units` where these were chosen, and
`codes`. Needs the optional `postil[parquet]`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO

from annotate.shapes import PARTS
from annotate.spoken import counted
from annotate.version import VERSION
from annotate.writers.codebook_table import codebook
from annotate.writers.dataset import CodedArticle, Dataset, Written
from annotate.writers.parquet_table import EXTRA as EXTRA
from annotate.writers.parquet_table import available as available
from annotate.writers.parquet_table import write_table
from annotate.writers.shapes import shaped
from annotate.writers.spans import Options
from annotate.writers.tables import Cell, Column, Table
from annotate.writers.zipped import Zipped

NAME, TITLE, SUFFIX, ROWS, SHAPED = "huggingface", "Hugging Face dataset", ".zip", "spans", True
FOLDED = {"long": "highlights", "wide": "articles", "units": "units", "answers": "answers"}
TASKS = ("text-classification", "token-classification")
SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class _Config:
    """`tables` by the part that they are: train alone, where articles are not shared out."""

    name: str
    tables: dict[str, Table]

    @property
    def columns(self) -> tuple[Column, ...]:
        return next(iter(self.tables.values())).columns

    @property
    def rows(self) -> int:
        return sum(table.drawn for table in self.tables.values())

    @property
    def notes(self) -> list[str]:
        return list(dict.fromkeys(note for table in self.tables.values() for note in table.notes))

    def path(self, part: str) -> str:
        return f"data/{self.name}/{part}.parquet"


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """A ZIP of `README.md` and `data/`; the rows counted are those of the shape that was chosen."""
    archive, configs = Zipped(out), []
    languages: set[str] = set()
    watched = replace(dataset, articles=lambda: _watched(dataset, languages))
    for config in _configs(watched, options):
        for part, table in config.tables.items():
            with archive.file(config.path(part), packed=False) as held:
                write_table(table, held)
        configs.append(config)
    archive.add("README.md", card(dataset, configs, options, languages))
    archive.close()
    chosen = next(each for each in configs if each.name == FOLDED[options.shape])
    notes = chosen.notes
    if options.shape != "long":  # `highlights` has the places, memos and so on
        notes = [note for note in notes if not note.startswith("Not in this table")]
    return Written(chosen.rows, tuple(notes))


def _configs(dataset: Dataset, options: Options) -> Iterator[_Config]:
    further = [options.shape] if options.shape in ("units", "answers") else []
    for shape in ("long", "wide", *further):
        yield _Config(FOLDED[shape], dict(_parts(dataset, replace(options, shape=shape))))
    yield _Config("codes", {"train": codebook(dataset)})


def _parts(dataset: Dataset, options: Options) -> Iterator[tuple[str, Table]]:
    """A table for each part of a split; all have the same columns."""
    split = options.split and options.shape != "answers"
    for part in PARTS if split else PARTS[:1]:
        table = shaped(dataset, options)
        if split:
            table.source = _of_part(table, table.names.index("split"), part)
        yield part, table


def _of_part(table: Table, at: int, part: str) -> Iterator[tuple[Cell, ...]]:
    source = iter(table.source)
    return (row for row in source if row[at] == part)


def _watched(dataset: Dataset, languages: set[str]) -> Iterator[CodedArticle]:
    for article in dataset.articles():
        languages.add(article.language.lower().partition("-")[0])
        yield article


def card(dataset: Dataset, configs: list[_Config], options: Options, languages: set[str]) -> str:
    """The README: what the Hub reads of it as YAML, then what a person reads."""
    return f"---\n{_yaml(dataset, configs, options, languages)}---\n\n{_prose(dataset, configs, options)}"


def _yaml(dataset: Dataset, configs: list[_Config], options: Options, languages: set[str]) -> str:
    rows = max((each.rows for each in configs), default=0)
    size = next((name for limit, name in SIZES if rows < limit), "1M<n<10M")
    lines = [f"pretty_name: {_quoted(dataset.title)}"]
    if known := sorted(each for each in languages if _LANGUAGE.fullmatch(each)):
        lines += ["language:", *(f"- {_quoted(each)}" for each in known)]
    lines += ["license: unknown", "size_categories:", f"- {_quoted(size)}"]
    lines += ["task_categories:", *(f"- {task}" for task in TASKS)]
    lines += ["annotations_creators:", "- expert-generated", "tags:", "- postil", "configs:"]
    for config in configs:
        lines.append(f"- config_name: {config.name}")
        if config.name == FOLDED[options.shape]:
            lines.append("  default: true")
        lines.append("  data_files:")
        for part, table in config.tables.items():
            if table.drawn or part == "train":
                lines += [f"  - split: {part}", f"    path: {config.path(part)}"]
    return "\n".join(lines) + "\n"


def _prose(dataset: Dataset, configs: list[_Config], options: Options) -> str:
    about = {
        "highlights": "a highlight a row: its place, quote, code and coder",
        "articles": "an article a row, with a column for each code in use",
        "units": f"a {options.unit} a row, with a column for each code in use",
        "answers": "a coder's answer about an article a row",
        "codes": "the codebook, a code a row",
    }
    values = {
        "binary": "1 where a highlight of that code touches the row, 0 elsewhere",
        "counts": "the number of highlights of that code that touch the row",
        "shares": "the share of the row's characters that highlights of that code cover",
    }[options.values]
    parts = [f"# {_flat(dataset.title)}", f"Coded with Postil {VERSION}: highlights of codes on texts."]
    parts.append("| configuration | rows | what |\n|---|---:|---|\n" + "\n".join(
        f"| `{each.name}` | {each.rows:,} | {about[each.name]} |" for each in configs
    ))  # fmt: skip
    parts.append(
        "Positions (`start`, `end`, `parts`) are Unicode code points in the article's text, half open: in Python, "
        "`text[start:end]` is the quote. `text_hash` is the SHA-256 of that text in UTF-8. The column of a code, "
        f"named `taxonomy:notation`, holds {values}; codes below it are not counted with it."
    )
    if not options.text:
        parts.append("Texts and quotes were left out of this dataset.")
    notes = [f"- `{each.name}`: {note}" for each in configs for note in each.notes]
    if notes:
        parts.append("## What is not in it\n\n" + "\n".join(notes))
    parts.append("## Codes\n\n" + "\n".join(_taxonomies(dataset)))
    parts.append(f"## Coders\n\n{', '.join(map(_flat, dataset.coders)) or 'None.'}")
    parts.append(
        "## Rights\n\nThe license above is for you to state. Texts may be under the copyright of those who published "
        "them; make sure that they may be passed on before you do."
    )
    columns = [
        f"- `{_flat(column.name)}` ({each.name}): {_flat(column.label)}"
        for each in configs for column in each.columns if column.label
    ]  # fmt: skip
    parts.append("## Columns\n\n" + "\n".join(columns))
    return "\n\n".join(parts) + "\n"


def _taxonomies(dataset: Dataset) -> Iterator[str]:
    for each in dataset.taxonomies:
        said = [f"version {each.version}"] if each.version else []
        said += [counted(len(each.codes), "code"), each.licence, each.credit, each.source]
        yield f"- {_flat(each.title)} (`{each.slug}`): {'; '.join(_flat(one) for one in said if one)}"


def _flat(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=True)
