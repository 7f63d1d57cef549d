"""Commands on taxonomies: those that are shipped, and a project's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotate.errors import UserError
from annotate.spoken import counted
from ui.commands.corrections import CODER, REASON, coder_id
from ui.commands.group import AS_JSON, PROJECT, reading, show, writing

if TYPE_CHECKING:
    from annotate.model import Taxonomy


@click.command("taxonomies")
@AS_JSON
def taxonomies_(as_json: bool) -> None:
    """List the taxonomies that come with the program."""
    from annotate.taxonomy import brings, shipped

    if as_json:
        rows = [
            {
                "slug": each.slug,
                "title": each.title,
                "codes": each.codes,
                "questions": each.questions,
                "licence": each.licence,
            }
            for each in shipped()
        ]
        show({"taxonomies": rows})
        return
    for each in shipped():
        click.echo(f"{each.slug:22} {each.title}, {brings(each.codes, each.questions)}. {each.licence}.")


@click.command()
@PROJECT
@click.argument(
    "what",
    type=click.Choice(["list", "show", "export", "import", "plan", "update", "lock", "unlock", "codebook"]),
)
@click.argument("target", required=False)
@click.option("--slug", default="", help="Which taxonomy, where there are several; that of an imported one.")
@click.option("--title", default="", help="The title of an imported taxonomy.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Where export writes; standard output unless given."
)
@click.option(
    "--format", "form", default="", help="What export writes, where the file's name does not say it."
)
@click.option(
    "--language", default="", help="Of a file in several languages: the one of the labels (en, fr)."
)
@click.option(
    "--scheme", default="", help="Of a SKOS file with several concept schemes: title or IRI of one."
)
@click.option(
    "--map", "columns", multiple=True, metavar="COLUMN=FIELD", help="What a column of a table holds."
)
@click.option("--dry-run", is_flag=True, help="Only say what import would add.")
@click.option(
    "--missing",
    type=click.Choice(["keep", "retire", "remove-unused"]),
    default="keep",
    show_default=True,
    help="What update does with codes that the file lacks; those with marks are never removed.",
)
@REASON
@CODER
@AS_JSON
def taxonomy(
    project: Path,
    what: str,
    target: str | None,
    slug: str,
    title: str,
    out: Path | None,
    form: str,
    language: str,
    scheme: str,
    columns: tuple[str, ...],
    dry_run: bool,
    missing: str,
    reason: str,
    coder: str,
    as_json: bool,
) -> None:
    """List, show, export, import or update a project's taxonomies.

    list | show SLUG | export [SLUG or FILE] | import FILE (or the slug of a shipped one) | plan FILE | update FILE |
    lock SLUG | unlock SLUG | codebook [SLUG or FILE]

    Files in: SKOS (RDF/XML, Turtle, JSON-LD, N-Triples), CSV, XLSX, YAML, JSON, REFI-QDA codebooks. Out: csv, json,
    yaml, xlsx, turtle, rdf, qdc, inception, label-studio, doccano, brat. plan says what a file would change in a
    taxonomy and stores nothing; update does it as one step, codes keep their marks. A locked taxonomy is a standard:
    its codes stay as they are, codes of your own go below them. freeze, versions, diff and recheck do what
    “postil versions” does, merge-codes and log what “postil codes” does, check what “postil rules” does.
    codebook writes what is printed (html, md, docx or pdf, by the name of the file or --format).
    """
    from annotate.taxonomy_files import FORMATS, Wishes
    from ui.commands import taxonomy_files as files

    if what == "codebook":
        from ui.commands.codebook import write_codebook

        write_codebook(project, target, slug, out, form, as_json)
        return
    wishes = Wishes(slug, title, language, scheme, _columns(columns))
    if form and form not in FORMATS:
        raise UserError(f"There is no format “{form}” for taxonomies; there are {', '.join(FORMATS)}.")
    if what == "import":
        files.import_taxonomy(project, target, wishes, dry_run=dry_run, as_json=as_json)
    elif what == "plan" or (what == "update" and dry_run):
        files.plan_taxonomy(project, target, wishes, as_json)
    elif what in ("lock", "unlock"):
        _lock(project, target or slug, what, reason, coder, as_json=as_json)
    elif what == "update":
        files.update_taxonomy(
            project, target, wishes, missing=missing, reason=reason, coder=coder, as_json=as_json
        )
    else:
        _told(project, what, target, slug, out, form, as_json=as_json)


def _lock(project: Path, slug: str, what: str, reason: str, coder: str, *, as_json: bool) -> None:
    from storage import standards
    from storage import taxonomies as stored

    with writing(project) as opened:
        chosen = _chosen(stored.all_taxonomies(opened), slug, what)
        label = f"Lock “{chosen.title}” as a standard" if what == "lock" else f"Unlock “{chosen.title}”"
        work = standards.lock if what == "lock" else standards.unlock
        change = opened.do(label, lambda step: work(step, chosen.id, reason), coder_id(opened, coder))
    if as_json:
        show({"taxonomy": chosen.slug, "locked": what == "lock", "changed": bool(change.step)})
        return
    click.echo(label if change.step else f"“{chosen.title}” is {what}ed already.")


def _told(
    project: Path, what: str, target: str | None, slug: str, out: Path | None, form: str, *, as_json: bool
) -> None:
    """Lists, shows or exports."""
    from annotate.codebook_files import write_json
    from storage import taxonomies as stored
    from ui.commands.taxonomy_files import export_taxonomy

    with reading(project) as opened:
        held = stored.all_taxonomies(opened)
    if what == "list":
        _list(held, as_json)
        return
    if what == "export" and out is None and target and _is_file(target, held):
        out, target = Path(target), None
    chosen = _chosen(held, target or slug, what)
    if what == "export":
        export_taxonomy(chosen, form or ("json" if as_json else ""), out)
    elif as_json:
        click.echo(write_json(chosen), nl=False)
    else:
        for code in chosen.codes:
            click.echo(f"{code.id}\t{code.notation}\t{code.label}")


def _list(held: list[Taxonomy], as_json: bool) -> None:
    if as_json:
        rows = [
            {
                "slug": t.slug,
                "title": t.title,
                "codes": len(t.codes),
                "version": t.version,
                "locked": t.locked,
            }
            for t in held
        ]
        show({"taxonomies": rows})
        return
    for each in held:
        click.echo(f"{each.slug:22} {each.title}, {counted(len(each.codes), 'code')}")


def _columns(said: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for each in said:
        name, mark, field = each.rpartition("=")
        if not mark or not name or not field:
            raise UserError(f"--map says COLUMN=FIELD, as in --map Begriff=label; not “{each}”.")
        found[name.strip()] = field.strip()
    return found


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
