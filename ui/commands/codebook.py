"""`taxonomy PROJECT codebook`: the codebook to be printed, as HTML, Markdown, Word or PDF."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotate.errors import UserError
from annotate.spoken import counted
from ui.commands.group import reading, show

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
        notes = save(data, out, form)
    codes = sum(len(each.codes) for each in data.taxonomies)
    if as_json:
        show(
            {
                "file": str(out),
                "format": form,
                "taxonomies": len(data.taxonomies),
                "codes": codes,
                "notes": list(notes),
            }
        )
    else:
        click.echo(f"{counted(codes, 'code')} written to {out}")
        for note in notes:
            click.echo(f"  {note}")


def save(data: Dataset, out: Path, form: str) -> tuple[str, ...]:
    """Writes the codebook of a dataset's taxonomies; what could not be shown is said. Raises UserError."""
    from ui.formats import writers

    return writers.export(f"codebook-{form}", data, out, writers.Options()).notes


def _text(data: Dataset, form: str) -> bytes:
    from ui.formats import writers

    if form in ("pdf", "docx"):
        raise UserError(f"Name the file to write the codebook to: codebook.{form}.")
    out = io.BytesIO()
    writers.writer(f"codebook-{form}").write(data, out, writers.Options())
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
