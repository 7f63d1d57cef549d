"""Commands on taxonomies: those that are shipped, and a project's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotate.errors import UserError
from annotate.spoken import counted
from ui.commands.group import AS_JSON, PROJECT, reading, show, writing

if TYPE_CHECKING:
    from annotate.model import Taxonomy


@click.command("taxonomies")
@AS_JSON
def taxonomies_(as_json: bool) -> None:
    """List the taxonomies that come with the program."""
    from annotate.taxonomy import shipped

    if as_json:
        rows = [
            {"slug": each.slug, "title": each.title, "codes": each.codes, "licence": each.licence}
            for each in shipped()
        ]
        show({"taxonomies": rows})
        return
    for each in shipped():
        click.echo(f"{each.slug:22} {each.title}, {counted(each.codes, 'code')}. {each.licence}.")


@click.command()
@PROJECT
@click.argument("what", type=click.Choice(["list", "show", "export", "import"]))
@click.argument("target", required=False)
@click.option("--slug", default="", help="Which taxonomy; needed for export where there are several.")
@click.option("--title", default="", help="The title of an imported taxonomy.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Where export writes; standard output unless given."
)
@AS_JSON
def taxonomy(
    project: Path, what: str, target: str | None, slug: str, title: str, out: Path | None, as_json: bool
) -> None:
    """List, show, export or import a project's taxonomies.

    list | show SLUG | export [SLUG or FILE] | import FILE (CSV or JSON, or the slug of a shipped one)
    """
    if what == "import":
        _import_taxonomy(project, target, slug, title, as_json)
        return
    from annotate.codebook_files import write_csv, write_json
    from storage import taxonomies as stored

    with reading(project) as opened:
        held = stored.all_taxonomies(opened)
    if what == "list":
        if as_json:
            rows = [
                {"slug": t.slug, "title": t.title, "codes": len(t.codes), "version": t.version} for t in held
            ]
            show({"taxonomies": rows})
        else:
            for each in held:
                click.echo(f"{each.slug:22} {each.title}, {counted(len(each.codes), 'code')}")
        return
    if what == "export" and out is None and target and _is_file(target, held):
        out, target = Path(target), None
    chosen = _chosen(held, target or slug, what)
    if what == "show" and not as_json:
        for code in chosen.codes:
            click.echo(f"{code.id}\t{code.notation}\t{code.label}")
        return
    as_json = as_json or what == "show" or (out is not None and out.suffix.lower() == ".json")
    text = write_json(chosen) if as_json else write_csv(chosen)
    if out is None:
        click.echo(text, nl=False)
        return
    from annotate.writers.whole import written_whole

    with written_whole(out) as file:
        file.write(text.encode())
    click.echo(f"{counted(len(chosen.codes), 'code')} written to {out}")


def _is_file(target: str, held: list[Taxonomy]) -> bool:
    named = any(each.slug == target for each in held)
    return not named and (bool(Path(target).suffix) or Path(target).name != target)


def _chosen(held: list[Taxonomy], slug: str, what: str) -> Taxonomy:
    if not slug and len(held) == 1:
        return held[0]
    names = ", ".join(each.slug for each in held) or "none"
    if not slug:
        raise UserError(f"Which taxonomy? Name one for {what}; the project has {names}.")
    for each in held:
        if each.slug == slug:
            return each
    raise UserError(f"The project has no taxonomy “{slug}”; it has {names}.")


def _import_taxonomy(project: Path, target: str | None, slug: str, title: str, as_json: bool) -> None:
    from annotate.codebook_files import read_csv, read_json
    from annotate.readers import read_decoded
    from annotate.taxonomy import load_shipped, shipped
    from storage import taxonomies as stored

    if not target:
        raise UserError("Name the file to import, or the slug of a shipped taxonomy.")
    path = Path(target)
    if target in {each.slug for each in shipped()} and not path.exists():
        read = load_shipped(target)
    else:
        text = read_decoded(path)
        name = slug or "-".join(path.stem.lower().split())
        if path.suffix.lower() == ".json":
            read = read_json(text)
        else:
            read = read_csv(text, slug=name, title=title or path.stem)
    with writing(project) as opened:
        opened.do(f"Add taxonomy “{read.title}”", lambda step: stored.add(step, read))
    if as_json:
        show({"slug": read.slug, "title": read.title, "codes": len(read.codes)})
    else:
        click.echo(f"{read.title}: {counted(len(read.codes), 'code')} added")
