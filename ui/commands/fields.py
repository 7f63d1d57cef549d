"""Commands on the own fields of articles."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from annotate.errors import UserError
from annotate.spoken import counted
from ui.commands.group import AS_JSON, PROJECT, SOME_FAILED, reading, show, writing


@click.group("fields", cls=click.Group)
def fields_() -> None:
    """Fields of articles beside title, outlet and the like."""


@fields_.command("list")
@PROJECT
@AS_JSON
def list_(project: Path, as_json: bool) -> None:
    """Say which there are, of what kind, and on how many articles."""
    from dataclasses import asdict

    from storage import fields

    with reading(project) as opened:
        found = fields.all_fields(opened)
    if as_json:
        show({"fields": [asdict(each) for each in found]})
        return
    for each in found:
        click.echo(f"{each.name}: {each.kind}, on {counted(each.used, 'article')}")
    if not found:
        click.echo("No fields yet.")


@fields_.command("define")
@PROJECT
@click.argument("name")
@click.option("--kind", default="text", show_default=True, help="text, number, date or choice.")
@click.option("--choice", "choices", multiple=True, help="What a choice may be; may be repeated.")
def define(project: Path, name: str, kind: str, choices: tuple[str, ...]) -> None:
    """Say what kind of values a field holds."""
    from storage import fields

    with writing(project) as opened:
        fields.define(opened, fields.Field(name, kind, choices))
    click.echo(f"{name}: {kind}")


@fields_.command("set")
@PROJECT
@click.argument("article")
@click.argument("values", nargs=-1, required=True, metavar="FIELD=VALUE...")
def set_(project: Path, article: str, values: tuple[str, ...]) -> None:
    """Set fields of ARTICLE (its id, text hash or title); an empty value takes a field away."""
    from storage import articles, fields

    pairs = [each.partition("=") for each in values]
    if any(not name.strip() or not sign for name, sign, _ in pairs):
        raise click.UsageError("Give FIELD=VALUE.")
    stated = {name.strip(): value for name, _, value in pairs}
    with writing(project) as opened:
        found = articles.find(opened, article)
        opened.do("Set fields", lambda step: fields.set_values(step, opened, {found.id: stated}))
    click.echo(f"{counted(len(stated), 'field')} set on {found.title}")


@fields_.command("from-names")
@PROJECT
@click.argument("pattern")
def from_names(project: Path, pattern: str) -> None:
    """Fill fields from what file names say, for example {date}_{outlet}_{title}."""
    from storage import articles, fields

    with writing(project) as opened:
        ids = [each.id for each in articles.all_articles(opened)]
        found = fields.from_names(opened, ids, pattern)
        opened.do("Fill fields from file names", lambda step: fields.set_values(step, opened, found))
    click.echo(f"{counted(len(found), 'article')} filled, {len(ids) - len(found):,} named otherwise")


@fields_.command("import")
@PROJECT
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", required=True, metavar="COLUMN", help="The column that names the articles.")
@click.option(
    "--by", default="id", show_default=True, help="What it names them by: id, title, hash or source."
)
@AS_JSON
def import_(project: Path, file: Path, key: str, by: str, as_json: bool) -> None:
    """Fill fields from a table (CSV, TSV, XLSX); its other columns are the fields."""
    from annotate.readers.files import read_whole
    from annotate.readers.tables import open_table
    from storage import fields

    table = open_table(read_whole(file), file.name)
    with writing(project) as opened:
        found = fields.from_table(opened, table.columns, table.rows, key, by)
        opened.do(f"Fill fields from {file.name}", lambda step: fields.set_values(step, opened, found.values))
    if as_json:
        show({"articles": len(found.values), "unknown": list(found.unknown)})
    else:
        click.echo(f"{counted(len(found.values), 'article')} filled")
    for name in found.unknown:
        click.echo(f"{file.name}: “{name}” is no article, or several.", err=True)
    if found.unknown:
        if not found.values:
            raise UserError("No row of the table is of an article.")
        sys.exit(SOME_FAILED)
