"""Commands that make, open and look after a project file."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from annotate.errors import UserError
from annotate.spoken import counted
from ui.commands.group import AS_JSON, PROJECT, SOME_FAILED, need_qt, reading, show, window


@click.command()
@click.option("--at", type=click.Path(path_type=Path), help="The project file to make; refused if it exists.")
@click.option("--no-window", is_flag=True, help="Only make the file.")
def demo(at: Path | None, no_window: bool) -> None:
    """Open the demonstration project, which is made at first."""
    from storage.demo import demo_place, make_demo

    if not no_window:
        need_qt()
    path = at or demo_place()
    if at is not None or not path.exists():
        make_demo(path)
        click.echo(f"Made {path}")
    if not no_window:
        sys.exit(window(path))


@click.command()
@PROJECT
@click.option("--title", default="", help="The project's title; the file's name unless given.")
@click.option("--taxonomy", "slugs", multiple=True, metavar="NAME", help="A shipped taxonomy to begin with.")
def new(project: Path, title: str, slugs: tuple[str, ...]) -> None:
    """Make a new project file."""
    from annotate.taxonomy import load_shipped
    from storage import Project, taxonomies

    chosen = [load_shipped(slug) for slug in dict.fromkeys(slugs)]
    with Project.create(project, title) as made:
        for taxonomy in chosen:
            made.do(f"Add taxonomy “{taxonomy.title}”", partial(taxonomies.add, taxonomy=taxonomy))
    click.echo(f"Made {project}")


@click.command("open")
@PROJECT
@click.option("--read-only", is_flag=True, help="Look, but change nothing.")
def open_(project: Path, read_only: bool) -> None:
    """Open a project in the window."""
    from storage.file import inspect

    inspect(project)  # what is wrong with it is said here
    sys.exit(window(project, read_only=read_only))


@click.command()
@PROJECT
@AS_JSON
def info(project: Path, as_json: bool) -> None:
    """Say what is in a project."""
    from storage import articles, coders, highlights, taxonomies

    with reading(project) as opened:
        held: dict[str, Any] = {
            "title": opened.title,
            "path": str(project),
            "articles": articles.count(opened),
            "highlights": highlights.count(opened),
            "coders": [coder.name for coder in coders.all_coders(opened)],
            "taxonomies": [
                {"slug": each.slug, "title": each.title, "codes": len(each.codes)}
                for each in taxonomies.all_taxonomies(opened)
            ],
            "steps": opened.last_step(),
            "bytes": project.stat().st_size,
        }
    if as_json:
        show(held)
        return
    click.echo(held["title"])
    click.echo(f"  {counted(held['articles'], 'article')}, {counted(held['highlights'], 'highlight')}")
    click.echo(f"  coders: {', '.join(held['coders']) or 'none yet'}")
    for each in held["taxonomies"]:
        click.echo(f"  {each['slug']}: {each['title']}, {counted(each['codes'], 'code')}")


@click.command()
@PROJECT
@AS_JSON
def check(project: Path, as_json: bool) -> None:
    """Check that a project is whole; changes nothing."""
    from storage.checking import check as checked
    from storage.rule_check import violations

    with reading(project) as opened:
        findings = checked(opened)
        broken = 0 if findings else sum(1 for _ in violations(opened))
    if as_json:
        listed = [{"what": f.what, "where": f.where} for f in findings]
        show({"ok": not findings, "findings": listed, "violations": broken})
    elif not findings:
        click.echo(f"{project.name} is whole.")
        if broken:
            told = counted(broken, "violation")
            click.echo(f"{told} of the taxonomies' rules; “taxonomy {project.name} check” lists them.")
    if findings:
        for finding in findings:
            click.echo(f"{finding.what} {finding.where}".strip(), err=True)
        sys.exit(SOME_FAILED)


@click.command()
@PROJECT
@AS_JSON
def backup(project: Path, as_json: bool) -> None:
    """Make a backup beside the project."""
    from storage.backup import make_backup

    with reading(project):
        pass  # says what is wrong with it, if anything
    made = make_backup(project)
    assert made is not None
    if as_json:
        show({"path": str(made.path), "step": made.step, "bytes": made.size})
    else:
        click.echo(f"Made {made.path}")


@click.command()
@PROJECT
@click.argument("backup", required=False, type=click.Path(path_type=Path))
@click.option("--latest", is_flag=True, help="Take the newest backup.")
@AS_JSON
def restore(project: Path, backup: Path | None, latest: bool, as_json: bool) -> None:
    """Go back to a backup; without one, list them. The present state is backed up first."""
    from storage.backup import backups
    from storage.backup import restore as restored

    known = backups(project)
    if not known and not project.exists():
        raise UserError(f"There is no project at {project}, and no backups of it.")
    if latest and known:
        backup = known[0].path
    if backup is None:
        if latest:
            raise UserError(f"{project.name} has no backups.")
        rows = [
            {"path": str(b.path), "made": b.made.isoformat(), "step": b.step, "bytes": b.size} for b in known
        ]
        if as_json:
            show({"backups": rows})
        else:
            for row in rows:
                click.echo(f"{row['path']}  ({row['bytes']:,} bytes)")
            if not rows:
                click.echo("No backups yet.")
        return
    present = restored(project, backup)
    if as_json:
        show({"restored": str(backup), "present": str(present.path) if present else None})
    else:
        click.echo(f"{project} is as it was in {backup.name}")
