"""`taxonomy PROJECT codebook`: the codebook to be printed, as HTML, Markdown, Word or PDF."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotate.errors import UserError
from annotate.spoken import counted
from ui.commands.group import need_qt, reading, show

if TYPE_CHECKING:
    from annotate.writers import Dataset

FORMATS = {"html": ".html", "md": ".md", "docx": ".docx", "pdf": ".pdf"}


def write_codebook(
    project: Path, target: str | None, slug: str, out: Path | None, form: str, as_json: bool
) -> None:
    """Writes the codebook of one taxonomy, or of all. `target` is a slug, or the file."""
    from storage import exchange

    with reading(project) as opened:
        data = exchange.dataset(opened)
        slugs = {each.slug for each in data.taxonomies}
        if target and target not in slugs and out is None:
            out, target = Path(target), None
        data = _only(data, slug or target or "")
        form = form or (out.suffix.lower().lstrip(".") if out else "md")
        if form not in FORMATS:
            raise UserError(f"There is no codebook as “{form}”; there are {', '.join(FORMATS)}.")
        if out is None:
            click.echo(_text(data, form), nl=False)
            return
        save(data, out, form)
    codes = sum(len(each.codes) for each in data.taxonomies)
    if as_json:
        show({"file": str(out), "format": form, "taxonomies": len(data.taxonomies), "codes": codes})
    else:
        click.echo(f"{counted(codes, 'code')} written to {out}")


def save(data: Dataset, out: Path, form: str) -> None:
    """Writes the codebook of a dataset's taxonomies. Raises UserError."""
    from annotate.writers import Options, codebook_text, export
    from annotate.writers.report import Report

    if form != "pdf":
        export(f"codebook-{form}", data, out, Options())
        return
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    need_qt()
    from ui.app import application
    from ui.codebook_pdf import write_pdf

    application()
    write_pdf(f"Codebook: {data.title}", codebook_text.compose(data, Options(), Report()), out)


def _text(data: Dataset, form: str) -> bytes:
    from annotate.writers import Options, writer

    if form in ("pdf", "docx"):
        raise UserError(f"Name the file to write the codebook to: codebook.{form}.")
    out = io.BytesIO()
    writer(f"codebook-{form}").write(data, out, Options())
    return out.getvalue()


def _only(data: Dataset, slug: str) -> Dataset:
    from dataclasses import replace

    if not slug:
        return data
    chosen = [each for each in data.taxonomies if slug in (each.slug, each.title)]
    if not chosen:
        names = ", ".join(each.slug for each in data.taxonomies) or "none"
        raise UserError(f"The project has no taxonomy “{slug}”; it has {names}.")
    return replace(data, taxonomies=chosen)
