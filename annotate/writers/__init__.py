"""Writers: coded spans and codebooks out, one module a format."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import IO, Protocol, cast

from annotate.errors import UserError
from annotate.writers import (
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
    stata,
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
    "shaped",
    "writer",
    "writers",
    "written",
]


class Writer(Protocol):
    """A module that writes one format. `ROWS` says what it writes: "spans", "articles" or "codes".

    One that heeds the options' `shape` has `SHAPED = True` besides, one that writes relations
    `RELATED = True`; one that needs an optional package names the extra that brings it as `EXTRA`.
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
    csv_spans, tsv_spans, xlsx_spans, parquet_table, stata, spss, r_script, huggingface, jsonl_spans,
    refi_project, refi_codebook, web_annotation, brat, codebook_csv, codebook_xlsx,
    uima, uima_json,
    webanno_tsv, conll, spacy_docbin,
    label_studio, doccano, prodigy,
    *DOCUMENTS,
)  # fmt: skip


@cache
def writers() -> tuple[Writer, ...]:
    """The built-in writers, then those that other packages offer as entry points `postil.writers`."""
    offered = (cast(Writer, point.load()) for point in entry_points(group="postil.writers"))
    return (*BUILT_IN, *offered)


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
    """What the writer wrote; relations that it has no place for are in the notes."""
    done = chosen.write(dataset, out, options)
    lost = () if related(chosen) or chosen.ROWS == "codes" else left_out(dataset.relations())
    return Written(done.rows, (*dataset.notes, *done.notes, *lost))


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


def _which_have_shapes() -> str:
    return ", ".join(each.NAME for each in writers() if shaped(each))
