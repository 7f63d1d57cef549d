"""Writers: coded spans and codebooks out, one module a format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import IO, Protocol, cast

from annotate.errors import UserError
from annotate.spoken import counted
from annotate.writers import (
    answers_jsonl,
    brat,
    codebook_csv,
    codebook_xlsx,
    conll,
    csv_spans,
    doccano,
    huggingface,
    jsonl_spans,
    label_studio,
    parquet_table,
    prodigy,
    r_script,
    refi_codebook,
    refi_project,
    spacy_docbin,
    spss,
    standoff,
    stata,
    tei,
    tsv_spans,
    uima,
    uima_json,
    web_annotation,
    webanno_tsv,
    xlsx_spans,
)
from annotate.writers.dataset import CodedArticle, Dataset, Written
from annotate.writers.documents import DOCUMENTS
from annotate.writers.related import left_out
from annotate.writers.spans import CodedSpan, Options
from annotate.writers.whole import written_whole

__all__ = [
    "CodedArticle",
    "CodedSpan",
    "Dataset",
    "Options",
    "Writer",
    "Written",
    "export",
    "offer",
    "reads_text",
    "ready",
    "shaped",
    "writer",
    "writers",
    "written",
]


class Writer(Protocol):
    """A module that writes one format. `ROWS` says what it writes: "spans", "articles", "answers" or "codes".

    One that heeds the options' `shape` has `SHAPED = True` besides, one that holds what marks say of themselves
    `QUALIFIERS = True`, one that writes relations `RELATED = True`, and answers `ANSWERED = True`; one that needs an
    optional package names the extra that brings it as `EXTRA`; one that needs the texts though they do not go out has
    `READS_TEXT = True`.
    """

    @property
    def NAME(self) -> str: ...  # noqa: N802

    @property
    def TITLE(self) -> str: ...  # noqa: N802

    @property
    def SUFFIX(self) -> str: ...  # noqa: N802

    @property
    def ROWS(self) -> str: ...  # noqa: N802

    def available(self) -> bool:
        """Whether what it needs is installed."""

    def write(self, dataset: Dataset, out: IO[bytes], options: Options) -> Written:
        """Writes to a binary file; one of several files goes out as a ZIP."""


BUILT_IN: tuple[Writer, ...] = (
    csv_spans, tsv_spans, xlsx_spans, parquet_table, stata, spss, r_script, huggingface, jsonl_spans, answers_jsonl,
    standoff, refi_project, refi_codebook, web_annotation, tei, brat, codebook_csv, codebook_xlsx,
    uima, uima_json,
    webanno_tsv, conll, spacy_docbin,
    label_studio, doccano, prodigy,
    *DOCUMENTS,
)  # fmt: skip


_offered: dict[str, Writer] = {}


def offer(*more: Writer) -> None:
    """Adds writers that need another room: SQL, or Qt."""
    _offered.update((each.NAME, each) for each in more)


def writers() -> tuple[Writer, ...]:
    """The built-in writers, those that were offered, then those of other packages (`postil.writers`)."""
    return (*BUILT_IN, *_offered.values(), *_of_others())


@cache
def _of_others() -> tuple[Writer, ...]:
    return tuple(cast(Writer, point.load()) for point in entry_points(group="postil.writers"))


def writer(name: str) -> Writer:
    """Raises UserError for a format that is not there."""
    for each in writers():
        if name == each.NAME:
            return each
    raise UserError(f"There is no format “{name}”; there are {', '.join(w.NAME for w in writers())}.")


def export(name: str, dataset: Dataset, path: Path, options: Options) -> Written:
    """Writes a file whole or not at all. Raises UserError."""
    chosen = ready(name, options)
    with written_whole(path) as out:
        return written(chosen, dataset, out, options)


def written(chosen: Writer, dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """Writes, and adds to the notes what no place was left for: qualifiers, answers about articles, relations."""
    done = chosen.write(dataset, out, options)
    return replace(done, notes=(*dataset.notes, *done.notes, *_left_out(chosen, dataset, options)))


def _left_out(chosen: Writer, dataset: Dataset, options: Options) -> Iterator[str]:
    if chosen.ROWS == "codes":
        return
    tabled = shaped(chosen)
    if dataset.qualifiers and not tabled and not getattr(chosen, "QUALIFIERS", False):
        yield f"What marks say of themselves ({', '.join(dataset.qualifiers)}) has no place in this format."
    if not related(chosen):
        yield from left_out(dataset.relations())
    answered = chosen.ROWS == "answers" or getattr(chosen, "ANSWERED", False)
    if (tabled and options.shape in ("wide", "answers")) or answered:
        return
    if answers := sum(1 for _ in dataset.answers()):
        yield f"{counted(answers, 'answer')} about whole articles left out; a table of articles or answers has them."


def related(chosen: Writer) -> bool:
    """Whether it writes relations between marks, or says itself where they are."""
    return shaped(chosen) or bool(getattr(chosen, "RELATED", False))


def ready(name: str, options: Options) -> Writer:
    """The writer of a format that can be written with these options here and now. Raises UserError."""
    chosen = writer(name)
    if not chosen.available():
        extra = getattr(chosen, "EXTRA", "")
        how = f"; pip install postil[{extra}] brings it" if extra else ""
        raise UserError(f"The format “{name}” needs a package that is not installed{how}.")
    if options.shape != "long" and not shaped(chosen):
        raise UserError(f"The format “{name}” has one shape; {_which_have_shapes()} have several.")
    return chosen


def shaped(chosen: Writer) -> bool:
    """Whether it writes tables of several shapes."""
    return bool(getattr(chosen, "SHAPED", False))


def reads_text(name: str, options: Options) -> bool:
    """Whether the dataset must hold the texts, though they may not go out."""
    return options.reads_text or bool(getattr(writer(name), "READS_TEXT", False))


def _which_have_shapes() -> str:
    return ", ".join(each.NAME for each in writers() if shaped(each))
