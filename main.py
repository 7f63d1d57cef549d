"""Postil's command line; with no command it opens the window.

Exit codes: 0 all done; 1 some items failed and are listed, the rest is in; 2 nothing was done.
"""

from __future__ import annotations

import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

sys.path[:0] = [folder for folder in [str(Path(__file__).resolve().parent)] if folder not in sys.path]

import click

from annotate.errors import UserError
from annotate.spoken import counted
from annotate.version import VERSION

if TYPE_CHECKING:
    from annotate.model import Taxonomy
    from storage import Project

DONE, SOME_FAILED, NOTHING_DONE = 0, 1, 2
PROJECT = click.argument("project", type=click.Path(path_type=Path))
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Report as JSON on standard output.")


class Commands(click.Group):
    """Says every error as one sentence on standard error and exits with 2; a project's path opens it."""

    def main(self, *args: Any, **more: Any) -> NoReturn:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        try:
            code = super().main(*args, **more | {"standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(NOTHING_DONE)
        except click.ClickException as error:
            fail(usage_sentence(error))
        except click.Abort:
            fail("Stopped; what was stored before stays.")
        except UserError as error:
            fail(str(error))
        except OSError as error:
            fail(f"{error.filename or 'A file'}: {error.strerror or error}.")
        except Exception as error:
            if "POSTIL_TRACE" in os.environ:
                raise
            fail(
                f"Postil made a mistake of its own ({type(error).__name__}: {' '.join(str(error).split())}); "
                "with POSTIL_TRACE=1 set, the same command shows where."
            )
        sys.exit(code if isinstance(code, int) else DONE)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and args[0].endswith(".postil"):
            args = ["open", *args]
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order they are defined


@click.group(
    cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(VERSION, prog_name="postil")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Postil: read closely, mark what matters, tag it with a policy taxonomy. Without a command: the window."""
    if ctx.invoked_subcommand is None:
        ctx.exit(window(None))


@main.command()
@click.option("--at", type=click.Path(path_type=Path), help="The project file to make; refused if it exists.")
@click.option("--no-window", is_flag=True, help="Only make the file.")
def demo(at: Path | None, no_window: bool) -> None:
    """Open the demonstration project, which is made at first."""
    from storage.demo import demo_place, make_demo

    if not no_window:
        _need_qt()
    path = at or demo_place()
    if at is not None or not path.exists():
        make_demo(path)
        click.echo(f"Made {path}")
    if not no_window:
        sys.exit(window(path))


@main.command()
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


@main.command("open")
@PROJECT
@click.option("--read-only", is_flag=True, help="Look, but change nothing.")
def open_(project: Path, read_only: bool) -> None:
    """Open a project in the window."""
    from storage.file import inspect

    inspect(project)  # what is wrong with it is said here
    sys.exit(window(project, read_only=read_only))


@main.command("import")
@PROJECT
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--coder", default="", help="Who adds them, for the history.")
@click.option("--split/--no-split", default=False, help="Cut texts in which another article runs on.")
@click.option("--recursive/--no-recursive", default=True, help="Go into folders inside folders.")
@click.option("--keep-original/--no-original", default=True, help="Keep the files' bytes in the project.")
@AS_JSON
def import_(
    project: Path,
    paths: tuple[Path, ...],
    coder: str,
    split: bool,
    recursive: bool,
    keep_original: bool,
    as_json: bool,
) -> None:
    """Add articles from files and folders."""
    from dataclasses import asdict

    from storage.importing import Importer

    with writing(project) as opened:
        importer = Importer(
            opened, coder=coder, split=split, keep_originals=keep_original, beside=held(project)
        )
        report = importer.run(paths, recursive)
    if as_json:
        show(asdict(report))
    else:
        click.echo(
            f"{counted(report.files, 'file')} read, {counted(len(report.articles), 'article')} added, "
            f"{counted(len(report.duplicates), 'duplicate')}, {len(report.failures)} failed"
        )
        for told in (*report.duplicates, *report.run_on, *report.notes):
            click.echo(f"  {told.path}: {told.what}")
    for told in report.failures:
        click.echo(f"{told.path}: {told.what}", err=True)
    if report.failures:
        sys.exit(SOME_FAILED if report.articles or report.duplicates else NOTHING_DONE)


@main.command()
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


@main.command()
@PROJECT
@AS_JSON
def articles(project: Path, as_json: bool) -> None:
    """List a project's articles in the order of import."""
    from storage import articles as stored

    with reading(project) as opened:
        rows: list[dict[str, Any]] = [
            {
                "id": article.id,
                "title": article.title,
                "outlet": article.outlet,
                "date": article.date,
                "state": str(article.state),
                "characters": article.characters,
                "highlights": count,
                "hash": article.hash,
            }
            for article, count in stored.with_counts(opened)
        ]
    if as_json:
        show({"articles": rows})
        return
    for row in rows:
        facts = ", ".join(fact for fact in (row["outlet"], row["date"], row["state"]) if fact)
        click.echo(f"{row['id']}  {row['title']} ({facts}; {counted(row['highlights'], 'highlight')})")


@main.command("taxonomies")
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


@main.command()
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
    from annotate.taxonomy import write_csv, write_json
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
    from annotate.readers import read_decoded
    from annotate.taxonomy import load_shipped, read_csv, read_json, shipped
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


@main.group("highlights", cls=click.Group)
def highlights_() -> None:
    """Highlights made elsewhere."""


@highlights_.command("import")
@PROJECT
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--coder", default="", help="Whose the highlights are that name no coder.")
@click.option("--skip-bad", is_flag=True, help="Import the lines that fit, though some do not.")
@AS_JSON
def highlights_import(project: Path, file: Path, coder: str, skip_bad: bool, as_json: bool) -> None:
    """Add highlights from a JSON Lines file (see `export --format jsonl`)."""
    from annotate.readers import read_decoded
    from storage.marks_in import import_marks

    lines = read_decoded(file).split("\n")
    with writing(project) as opened:
        report = import_marks(opened, lines, coder=coder, skip_bad=skip_bad)
    if as_json:
        bad = [{"line": each.number, "reason": each.reason} for each in report.bad]
        show({"lines": report.lines, "added": report.added, "doubles": report.doubles, "bad": bad})
    else:
        click.echo(f"{counted(report.added, 'highlight')} added, {len(report.doubles)} were there already")
    for each in report.bad:
        click.echo(f"{file.name}, line {each.number}: {each.reason}", err=True)
    if report.bad:
        if not skip_bad:
            click.echo("Nothing was imported; mend these lines or use --skip-bad.", err=True)
        sys.exit(SOME_FAILED if report.added or report.doubles else NOTHING_DONE)


@main.command()
@PROJECT
@click.argument("out", required=False, type=click.Path(path_type=Path))
@click.option("--format", "name", default=None, help="One of --list-formats.")
@click.option("--coder", "coders", multiple=True, help="Only this coder's marks; may be repeated.")
@click.option(
    "--code", "codes", multiple=True, help="Only this code (id or slug:notation) and those below it."
)
@click.option("--article", "keys", multiple=True, help="Only this article (id, text hash or title).")
@click.option("--state", "states", multiple=True, help="Only articles in this state, for example done.")
@click.option("--no-text", is_flag=True, help="Leave the quotes out.")
@click.option("--for-spreadsheet", is_flag=True, help="Guard cells that would be taken for a formula.")
@click.option("--list-formats", is_flag=True, help="Say which formats there are.")
@AS_JSON
def export(
    project: Path,
    out: Path | None,
    name: str | None,
    coders: tuple[str, ...],
    codes: tuple[str, ...],
    keys: tuple[str, ...],
    states: tuple[str, ...],
    no_text: bool,
    for_spreadsheet: bool,
    list_formats: bool,
    as_json: bool,
) -> None:
    """Write the coded spans, or the codebook, to a file."""
    from annotate import writers
    from storage import exchange, taxonomies

    if list_formats:
        _list_formats(as_json)
        return
    if out is None or name is None:
        raise click.UsageError("Give the file to write and its --format (see --list-formats).")
    writers.writer(name)
    with reading(project) as opened:
        choice = exchange.choice(opened, coders=coders, codes=codes, articles=keys, states=states)
        spans = exchange.coded_spans(opened, choice, text=not no_text)
        options = writers.Options(text=not no_text, for_spreadsheet=for_spreadsheet)
        rows = writers.export(name, spans, taxonomies.all_taxonomies(opened), out, options)
    if as_json:
        show({"rows": rows, "file": str(out), "format": name})
    else:
        click.echo(f"{counted(rows, 'row')} written to {out}")


def _list_formats(as_json: bool) -> None:
    from annotate.writers import writers

    rows = [{"name": w.NAME, "suffix": w.SUFFIX, "available": w.available()} for w in writers()]
    if as_json:
        show({"formats": rows})
        return
    for each in writers():
        click.echo(f"{each.NAME:12} {each.TITLE} ({each.SUFFIX})")


@main.command()
@PROJECT
@click.argument("query")
@click.option("--limit", default=50, show_default=True, help="How many articles at the most.")
@AS_JSON
def search(project: Path, query: str, limit: int, as_json: bool) -> None:
    """Find articles that hold all words of QUERY; "quoted words" stand together."""
    from storage.search import CLOSE, OPEN
    from storage.search import search as found

    with reading(project) as opened:
        hits = found(opened, query, limit)
    if as_json:
        rows = [
            {
                "article": hit.article,
                "title": hit.title,
                "outlet": hit.outlet,
                "date": hit.date,
                "snippet": hit.snippet.replace(OPEN, "").replace(CLOSE, ""),
            }
            for hit in hits
        ]
        show({"hits": rows})
        return
    for hit in hits:
        snippet = " ".join(hit.snippet.replace(OPEN, "[").replace(CLOSE, "]").split())
        click.echo(f"{hit.title} ({hit.article})\n  {snippet}")
    if not hits:
        click.echo("Nothing found.")


@main.command()
@PROJECT
@AS_JSON
def check(project: Path, as_json: bool) -> None:
    """Check that a project is whole; changes nothing."""
    from storage.checking import check as checked

    with reading(project) as opened:
        findings = checked(opened)
    if as_json:
        show({"ok": not findings, "findings": [{"what": f.what, "where": f.where} for f in findings]})
    elif not findings:
        click.echo(f"{project.name} is whole.")
    if findings:
        for finding in findings:
            click.echo(f"{finding.what} {finding.where}".strip(), err=True)
        sys.exit(SOME_FAILED)


@main.command()
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


@main.command()
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


@main.command()
@PROJECT
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--view", default="main", show_default=True, help="Which view to draw.")
@click.option("--article", default=None, help="Id, text hash or title; the first unless given.")
@click.option("--theme", default="light", show_default=True, help="light, dark, high-contrast or system.")
@click.option("--size", default="1280x800", show_default=True, metavar="WxH", help="In pixels.")
def screenshot(project: Path, out: Path, view: str, article: str | None, theme: str, size: str) -> None:
    """Draw a view into a PNG file; needs no screen."""
    from annotate.writers.whole import check_target

    width, _, height = size.partition("x")
    if not (width.isdecimal() and height.isdecimal() and 0 < int(width) <= 8192 and 0 < int(height) <= 8192):
        raise UserError(f"“{size}” is no size; write 1280x800.")
    check_target(out)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    _need_qt()
    from ui.screenshot import take_screenshot

    take_screenshot(project, out, view=view, article=article, theme=theme, size=(int(width), int(height)))
    click.echo(f"Drew {out}")


def window(project: Path | None, *, read_only: bool = False) -> int:
    """Opens the window, or says why there can be none."""
    _need_qt()
    from ui.app import run_window

    return run_window(project, read_only=read_only)


def _need_qt() -> None:
    from ui.display import why_no_window

    if why := why_no_window():
        fail(why)


def reading(project: Path) -> Project:
    from storage import Project

    return Project.open(project, write=False)


def writing(project: Path) -> Project:
    from storage import Project

    return Project.open(project)


def held(project: Path) -> bool:
    """Whether a window has the project open."""
    from storage.file import is_held

    return is_held(project)


def show(value: object) -> None:
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    click.echo(json.dumps(value, ensure_ascii=plain, indent=2))


def usage_sentence(error: click.ClickException) -> str:
    """What is wrong with the words of a command, and which help says more."""
    said = " ".join(error.format_message().split())
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"{said} See: {context.command_path} --help" if context else said


def fail(sentence: str) -> NoReturn:
    click.echo(f"Error: {sentence}", err=True)
    sys.exit(NOTHING_DONE)


if __name__ == "__main__":
    main()
