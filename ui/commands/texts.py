"""Commands that bring articles in, list them and search them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotate.errors import UserError
from annotate.spoken import counted
from ui.commands.group import AS_JSON, NOTHING_DONE, PROJECT, SOME_FAILED, held, reading, show, writing

if TYPE_CHECKING:
    from annotate.readers.table_columns import Mapping
    from storage.importing import ImportReport
    from storage.near import Near


@click.command("import")
@PROJECT
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--coder", default="", help="Who adds them, for the history.")
@click.option("--split/--no-split", default=False, help="Cut texts in which another article runs on.")
@click.option("--recursive/--no-recursive", default=True, help="Go into folders inside folders.")
@click.option("--keep-original/--no-original", default=True, help="Keep the files' bytes in the project.")
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="What a column of a table is: text (may be repeated), title, date, outlet, author, url, language or id.",
)
@click.option(
    "--attribute",
    "attributes",
    multiple=True,
    metavar="KEY=VALUE",
    help="Given to every article; may be repeated.",
)
@click.option(
    "--names", default="", metavar="PATTERN", help="What file names say, for example {date}_{outlet}_{title}."
)
@click.option("--dry-run", is_flag=True, help="Say what would come, and store nothing.")
@click.option("--password", "passwords", multiple=True, help="Tried on encrypted files; may be repeated.")
@AS_JSON
def import_(
    project: Path,
    paths: tuple[Path, ...],
    coder: str,
    split: bool,
    recursive: bool,
    keep_original: bool,
    columns: tuple[str, ...],
    attributes: tuple[str, ...],
    names: str,
    dry_run: bool,
    passwords: tuple[str, ...],
    as_json: bool,
) -> None:
    """Add articles from files and folders."""
    from dataclasses import asdict, replace

    from annotate.readers import Wishes
    from annotate.readers.naming import compiled
    from storage.importing import Importer, Told

    wishes = Wishes(mapping=_mapping(columns), attributes=tuple(map(_pair, attributes)), names=names)
    if names:
        compiled(names)
    with (reading if dry_run else writing)(project) as opened:

        def run(paths: Sequence[Path], passwords: Sequence[str]) -> ImportReport:
            importer = Importer(
                opened,
                coder=coder,
                split=split,
                keep_originals=keep_original,
                wishes=replace(wishes, passwords=tuple(passwords)),
                beside=held(project),
            )
            try:
                return (importer.look if dry_run else importer.run)(paths, recursive)
            except UserError as error:
                if not importer.report.articles:
                    raise
                rest = "What was read before is in the project; the same command adds the rest."
                importer.report.failures.append(Told(project.name, f"{error} {rest}"))
                return importer.report

        report = run(paths, passwords)
        if report.locked and not as_json and is_terminal():
            for path in list(report.locked):
                asked = f"Password for {Path(path).name} (empty leaves it out)"
                if given := click.prompt(asked, "", hide_input=True, show_default=False, err=True):
                    report.take_unlocked(path, run([Path(path)], [given]))
    if as_json:
        show(asdict(report))
    else:
        came = f"{counted(len(report.articles), 'article')} added"
        if dry_run:
            came = f"{counted(len(report.expected), 'article')} would be added"
        click.echo(
            f"{counted(report.files, 'file')} read, {came}, {counted(len(report.duplicates), 'duplicate')}, "
            f"{counted(len(report.near), 'near duplicate')}, {len(report.failures)} failed"
        )
        for told in report.expected:
            click.echo(f"  {told.path}: {told.what}")
        for told in (*report.duplicates, *report.run_on, *report.notes):
            click.echo(f"  {told.path}: {told.what}")
        for each in report.near:
            click.echo(f"  near duplicate: {_near(each)}")
    for told in report.failures:
        click.echo(f"{told.path}: {told.what}", err=True)
    if report.failures:
        some = report.articles or report.expected or report.duplicates or report.references
        sys.exit(SOME_FAILED if some else NOTHING_DONE)


def _pair(stated: str) -> tuple[str, str]:
    key, equals, value = stated.partition("=")
    if not key.strip() or not equals:
        raise click.UsageError(f"“{stated}” is no KEY=VALUE.")
    return key.strip(), value.strip()


def _mapping(stated: Sequence[str]) -> Mapping | None:
    """What `--map` says of the columns of tables."""
    from annotate.readers.table_columns import Mapping

    pairs = [_pair(each) for each in stated]
    if not pairs:
        return None
    text = tuple(column for field, column in pairs if field == "text")
    single = {field: column for field, column in pairs if field != "text"}
    if unknown := set(single) - set(Mapping(()).fields):
        raise click.UsageError(
            f"A column cannot be “{unknown.pop()}”; other columns become attributes anyway."
        )
    if not text:
        raise click.UsageError("Say which column is the text: --map text=COLUMN.")
    return Mapping(text, **single)


@click.command()
@PROJECT
@click.option("--filter", "filter_", default="", help="Only those that fit: words, outlet=CNN, round=Pilot.")
@AS_JSON
def articles(project: Path, filter_: str, as_json: bool) -> None:
    """List a project's articles in the order of import."""
    from storage import articles as stored

    with reading(project) as opened:
        fitting = set(stored.ids(opened, filter_)) if filter_.strip() else None
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
                "attributes": dict(article.attributes),
            }
            for article, count in stored.with_counts(opened)
            if fitting is None or article.id in fitting
        ]
    if as_json:
        show({"articles": rows})
        return
    for row in rows:
        facts = ", ".join(fact for fact in (row["outlet"], row["date"], row["state"]) if fact)
        click.echo(f"{row['id']}  {row['title']} ({facts}; {counted(row['highlights'], 'highlight')})")


@click.group("article")
def article_() -> None:
    """One article."""


@article_.command("original")
@PROJECT
@click.argument("article")
@click.argument("out", type=click.Path(path_type=Path))
def article_original(project: Path, article: str, out: Path) -> None:
    """Give back the file that ARTICLE (its id, text hash or title) came from, as it was."""
    from annotate.writers.whole import written_whole
    from storage import articles as stored
    from storage.originals import original

    with reading(project) as opened:
        found = stored.find(opened, article)
        data = original(opened, found.id)
    if data is None:
        raise UserError(f"The file of “{found.title}” was not kept.")
    with written_whole(out) as file:
        file.write(data)
    click.echo(f"{len(data):,} bytes written to {out}")


@article_.command("left-out")
@PROJECT
@click.argument("article")
@AS_JSON
def article_left_out(project: Path, article: str, as_json: bool) -> None:
    """Show what of a web page or PDF is not in ARTICLE's text: menus, notices, running heads."""
    from annotate.readers.left_out import left_out
    from storage import articles as stored
    from storage import versions
    from storage.originals import name, original

    with reading(project) as opened:
        found = stored.find(opened, article)
        data, text = original(opened, found.id), versions.imported(opened, found.id)
        called = name(opened, found.id)
    if data is None:
        raise UserError(f"The file of “{found.title}” was not kept.")
    lines = left_out(data, called, text)
    if as_json:
        show({"lines": lines})
        return
    for line in lines:
        click.echo(line)
    if not lines:
        click.echo("Nothing was left out.")


@click.command("imports")
@PROJECT
@AS_JSON
def imports(project: Path, as_json: bool) -> None:
    """Show the reports of past imports, newest first."""
    from dataclasses import asdict

    from storage import importing

    with reading(project) as opened:
        known = importing.reports(opened)
    if as_json:
        show({"imports": [{"started": started, **asdict(report)} for started, report in known]})
        return
    for started, report in known:
        click.echo(
            f"{started}: {counted(report.files, 'file')}, {counted(len(report.articles), 'article')} added, "
            f"{counted(len(report.duplicates), 'duplicate')}, {len(report.failures)} failed"
        )
    if not known:
        click.echo("Nothing was imported yet.")


@click.command()
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


@click.command()
@PROJECT
@click.option(
    "--threshold",
    default=0.8,
    show_default=True,
    type=click.FloatRange(0.5, 1),
    help="How alike: five words in a row that are in both, of those in either.",
)
@AS_JSON
def near(project: Path, threshold: float, as_json: bool) -> None:
    """List near duplicates: each article that is like an earlier one, with the one it is most like."""
    from dataclasses import asdict

    from storage.near import kept, pairs

    with reading(project) as opened:
        decided = kept(opened)
        found = [(each, frozenset((each.article, each.of)) in decided) for each in pairs(opened, threshold)]
    if as_json:
        show({"near": [asdict(each) | {"kept": both} for each, both in found]})
        return
    for each, both in found:
        click.echo(_near(each) + (" (both kept)" if both else ""))
    if not found:
        click.echo("No near duplicates.")


def _near(near: Near) -> str:
    return f"{near.article} and {near.of}: {near.said} (“{near.title}”, “{near.of_title}”)"


def is_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty()
