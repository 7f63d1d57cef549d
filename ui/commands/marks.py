"""Commands that bring highlights in and write the coded data out."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from annotate.shapes import ORDERS, PARTS, SHAPES, UNITS, VALUES, WHOSE
from annotate.spoken import counted
from ui.commands.group import AS_JSON, NOTHING_DONE, PROJECT, SOME_FAILED, reading, show, writing


def _list_marks_formats(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted:
        return
    from ui.formats import marks_from

    for each in marks_from.marks_readers():
        click.echo(f"{each.NAME:12} {each.TITLE} ({', '.join(each.SUFFIXES)})")
    ctx.exit()


@click.group("highlights", cls=click.Group)
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
        facts = {"lines": report.lines, "added": report.added, "doubles": report.doubles, "bad": bad}
        show(facts | {"relations": report.relations.added, "notes": list(report.relations.notes())})
    else:
        click.echo(f"{counted(report.added, 'highlight')} added, {len(report.doubles)} were there already")
        if report.relations.added:
            click.echo(f"{counted(report.relations.added, 'relation')} added")
        for note in report.relations.notes():
            click.echo(f"  {note}")
    for each in report.bad:
        click.echo(f"{file.name}, line {each.number}: {each.reason}", err=True)
    if report.bad:
        if not skip_bad:
            click.echo("Nothing was imported; mend these lines or use --skip-bad.", err=True)
        sys.exit(SOME_FAILED if report.added or report.doubles else NOTHING_DONE)


@click.command("import-annotations")
@PROJECT
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "name", default="", help="Told from the file unless given; see --list-formats.")
@click.option("--coder", default="", help="Whose the marks are that name no coder.")
@click.option("--dry-run", is_flag=True, help="Say what would come, and store nothing.")
@click.option(
    "--list-formats",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_marks_formats,
    help="Say which formats can be read.",
)
@AS_JSON
def annotations_import(
    project: Path, file: Path, name: str, coder: str, dry_run: bool, as_json: bool
) -> None:
    """Add what other programs annotated: marks, with the texts and codes that come with them."""
    from annotate.marks_from.folder import packed
    from annotate.readers.files import read_whole
    from storage.annotations_in import import_annotations, said
    from ui.formats import marks_from

    data = packed(file) if file.is_dir() else read_whole(file)
    reader = marks_from.marks_reader(name) if name else marks_from.format_for(data, file.name)
    found = reader.read(data, file.name)
    with writing(project) as opened:
        report = import_annotations(opened, found, coder=coder, source=file.name, dry_run=dry_run)
    if as_json:
        bad = [{report.unit: each.number, "reason": each.reason} for each in report.bad]
        show({"format": reader.NAME, "dry_run": dry_run, **asdict(report), "bad": bad})
    else:
        click.echo(said(report, dry_run=dry_run))
        for note in report.notes:
            click.echo(f"  {note}")
    for each in report.bad:
        click.echo(f"{file.name}, {report.unit} {each.number}: {each.reason}", err=True)
    if report.bad:
        some = report.added or report.doubles or report.articles or report.codes
        sys.exit(SOME_FAILED if some else NOTHING_DONE)


@click.command()
@PROJECT
@click.argument("out", required=False, type=click.Path(path_type=Path))
@click.option("--format", default="", help="One of --list-formats.")
@click.option("--coder", "coders", multiple=True, help="Only this coder's marks; may be repeated.")
@click.option(
    "--code", "codes", multiple=True, help="Only this code (id or slug:notation) and those below it."
)
@click.option("--article", "articles", multiple=True, help="Only this article (id, text hash or title).")
@click.option("--state", "states", multiple=True, help="Only articles in this state, for example done.")
@click.option("--round", "rounds", multiple=True, metavar="TITLE", help="Only articles of this round.")
@click.option("--filter", default="", help="Only articles that fit, for example outlet=CNN or reach>10.")
@click.option(
    "--whose", type=click.Choice(WHOSE), default="all", help="All marks, each coder's own, the consensus."
)
@click.option("--anonymous", is_flag=True, help="Coders are called Coder 1, Coder 2 and so on.")
@click.option(
    "--coder-key", type=click.Path(path_type=Path), help="Write who is who among these to a CSV file."
)
@click.option(
    "--field", "fields", multiple=True, help="Of the own fields of articles only this one; may be repeated."
)
@click.option(
    "--order", type=click.Choice(ORDERS), default="imported", help="How articles follow each other."
)
@click.option("--context", default=0, type=click.IntRange(0, 1000), help="Words before and after each quote.")
@click.option("--split", default="", help="Share articles out for training, as 80/10/10 (train, dev, test).")
@click.option("--seed", default=0, help="Another number shares them out otherwise.")
@click.option("--part", type=click.Choice(PARTS), default=None, help="Only this part of the split.")
@click.option(
    "--dry-run", is_flag=True, help="Say what would go out and what a format cannot take; write nothing."
)
@click.option("--preset", default="", help="Take the choices that were kept under this name.")
@click.option("--keep-preset", default="", help="Keep these choices under a name, for the next time.")
@click.option("--no-text", is_flag=True, help="Leave the quotes out.")
@click.option("--for-spreadsheet", is_flag=True, help="Guard cells that would be taken for a formula.")
@click.option(
    "--shape",
    type=click.Choice(SHAPES),
    default="long",
    help="A row of a table: a mark, an article (wide) or a unit.",
)
@click.option(
    "--values",
    type=click.Choice(VALUES),
    default="binary",
    help="What a code's column holds: 0 or 1, the number of marks, or their share of the characters.",
)
@click.option("--unit", type=click.Choice(UNITS), default="sentence", help="What a unit is.")
@click.option(
    "--token-edges",
    type=click.Choice(["widen", "drop"]),
    default="widen",
    help="What becomes of a mark that does not fill whole tokens, where a format has tokens.",
)
@click.option(
    "--quotes-up-to", type=click.IntRange(0), default=0, help="standoff: quotes of so many words go along."
)
@click.option(
    "--context-words", type=click.IntRange(0), default=0, help="standoff: so many words around each go along."
)
@click.option("--no-memos", is_flag=True, help="standoff: memos stay.")
@click.option(
    "--through",
    default="",
    metavar="CROSSWALK",
    help="Under the codes of the taxonomy that a crosswalk leads to.",
)
@click.option("--back", is_flag=True, help="Through the crosswalk the other way.")
@click.option(
    "--standard", is_flag=True, help="Own codes below a locked standard go out as the standard's code above."
)
@click.option("--list-formats", is_flag=True, help="Say which formats there are.")
@AS_JSON
def export(
    project: Path,
    out: Path | None,
    coder_key: Path | None,
    dry_run: bool,
    preset: str,
    keep_preset: str,
    list_formats: bool,
    as_json: bool,
    **said: Any,
) -> None:
    """Write the coded spans, or the codebook, to a file."""
    from ui import chosen as choices
    from ui.commands import exporting

    if list_formats:
        _list_formats(as_json)
        return
    if (not said["format"] and not preset) or (out is None and not dry_run):
        raise click.UsageError("Give the file to write and its --format (see --list-formats).")
    said |= {
        "part": said["part"] or "",
        "fields": tuple(filter(None, said["fields"])) if said["fields"] else None,
    }
    stated = choices.Chosen(**said)
    with reading(project) as opened:
        chosen = choices.with_preset(opened, preset, stated, _on_command_line() & said.keys())
        done, counts = exporting.export(opened, chosen, None if dry_run else out)
        if coder_key is not None and not dry_run:
            exporting.write_key(opened, coder_key)
    if keep_preset:
        with writing(project) as opened:
            choices.keep(opened, keep_preset, chosen)
    if as_json:
        facts = {"rows": done.rows, "format": chosen.format, "notes": list(done.notes), **counts}
        show(facts if dry_run else {"file": str(out), **facts})
        return
    what = f"{counted(counts['highlights'], 'highlight')} of {counted(counts['articles'], 'article')}"
    click.echo(
        f"{counted(done.rows, 'row')} {'would be written' if dry_run else f'written to {out}'} ({what})"
    )
    for note in done.notes:
        click.echo(f"  {note}")


def _on_command_line() -> set[str]:
    """The options that were given, rather than left as they are by default."""
    context = click.get_current_context()
    given = context.get_parameter_source
    return {each for each in context.params if given(each) is click.core.ParameterSource.COMMANDLINE}


def _list_formats(as_json: bool) -> None:
    from ui.formats import writers

    rows = [{"name": w.NAME, "suffix": w.SUFFIX, "available": w.available()} for w in writers.writers()]
    if as_json:
        show({"formats": rows})
        return
    for each in writers.writers():
        extra = "" if each.available() else f"; needs postil[{getattr(each, 'EXTRA', '')}]"
        click.echo(f"{each.NAME:13} {each.TITLE} ({each.SUFFIX}){extra}")
