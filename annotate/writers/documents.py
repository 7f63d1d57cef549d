"""Reports to read: the quotes by code, the coded articles, the codebook, each as HTML, Markdown and Word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Protocol

from annotate.writers import as_docx, as_html, as_markdown, codebook_text, coded_articles, quotes
from annotate.writers.dataset import Dataset, Written
from annotate.writers.document import Part
from annotate.writers.report import Report
from annotate.writers.spans import Options

Composer = Callable[[Dataset, Options, Report], Iterator[Part]]


class Renderer(Protocol):
    @property
    def SUFFIX(self) -> str: ...  # noqa: N802

    @property
    def SAID(self) -> str: ...  # noqa: N802

    def available(self) -> bool: ...

    def write(self, title: str, parts: Iterable[Part], out: IO[bytes]) -> list[str] | None:
        """Says what it could not show."""


@dataclass(frozen=True, slots=True)
class Document:
    """A writer: what is composed, and as what file."""

    NAME: str
    TITLE: str
    SUFFIX: str
    ROWS: str
    EXTRA: str
    compose: Composer
    renderer: Renderer

    def available(self) -> bool:
        return self.renderer.available()

    def write(self, dataset: Dataset, out: IO[bytes], options: Options) -> Written:
        """The rows are marks, articles or codes."""
        report = Report()
        unseen = self.renderer.write(dataset.title, self.compose(dataset, options, report), out)
        return Written(report.rows, (*report.notes, *(unseen or ())))


def documents(*renderers: Renderer) -> tuple[Document, ...]:
    """Every report as each of these kinds of file."""
    return tuple(
        Document(
            f"{what.NAME}-{renderer.SUFFIX[1:]}", f"{what.TITLE} as {renderer.SAID}", renderer.SUFFIX,
            what.ROWS, getattr(renderer, "EXTRA", ""), what.compose, renderer,
        )
        for what in (quotes, coded_articles, codebook_text)
        for renderer in renderers
    )  # fmt: skip


DOCUMENTS = documents(as_html, as_markdown, as_docx)
