"""Commands for coding that travels without its texts."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotate.spoken import counted
from ui.commands.group import AS_JSON, NOTHING_DONE, PROJECT, SOME_FAILED, reading, show, writing

if TYPE_CHECKING:
    from storage.rehydrated import ArticleTold, MarkTold, Rehydrated


@click.command()
@PROJECT
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--coder", default="", help="Whose the marks are that name no coder.")
@click.option("--dry-run", is_flag=True, help="Say what would find its place, and store nothing.")
@AS_JSON
def rehydrate(project: Path, file: Path, coder: str, dry_run: bool, as_json: bool) -> None:
    """Bring coding that came without texts (`export --format standoff`) onto your own copies of them."""
    from annotate.sharing.shared_file import SharedFile
    from storage.rehydrating import rehydrate as bring

    with reading(project):
        pass  # what is wrong with it is said before the file is read
    with SharedFile(file) as shared, writing(project) as opened:
        report = bring(opened, shared, coder=coder, dry_run=dry_run)
    if as_json:
        show({"file": file.name, "dry_run": dry_run, **_facts(report)})
    else:
        _tell(report, dry_run)
    for each in report.bad:
        click.echo(f"{file.name}, line {each.number}: {each.reason}", err=True)
    if not report.whole:
        sys.exit(SOME_FAILED if report.brings or report.doubles else NOTHING_DONE)


def _tell(report: Rehydrated, dry_run: bool) -> None:
    from storage.rehydrated import said

    click.echo(said(report, dry_run=dry_run))
    for note in report.notes:
        click.echo(f"  {note}")
    for each in report.taxonomies:
        if each.new or each.codes:
            click.echo(f"  taxonomy “{each.title}”: {counted(each.codes, 'code')} new here")
        if each.differing:
            click.echo(
                f"  taxonomy “{each.title}”: {counted(each.differing, 'code')} differ here, and stay so"
            )
    for article in report.others:
        click.echo(f"  another text: “{article.named}”, known by {article.by}; {_of(article, report)}")
    for article in report.missing:
        click.echo(f"  {article.why}: “{article.named}” ({counted(article.marks, 'highlight')})")
    for kind, marks in (("words differ", report.changed), ("no place", report.lost)):
        for mark in marks:
            click.echo(f"  {kind}: “{mark.named}” {_span(mark)} {mark.label}{_where(mark)}")


def _of(article: ArticleTold, report: Rehydrated) -> str:
    """How the marks of an article fared."""
    moved, changed = (
        sum(mark.article == article.article for mark in marks) for marks in (report.moved, report.changed)
    )
    stay = article.marks - article.lost - moved - changed
    facts = ((stay, "in place"), (moved, "moved"), (changed, "changed"), (article.lost, "without a place"))
    return ", ".join(f"{number:,} {what}" for number, what in facts if number) or "no highlights"


def _span(mark: MarkTold) -> str:
    return f"{mark.before[0][0]}-{mark.before[-1][1]}"


def _where(mark: MarkTold) -> str:
    if mark.why:
        return f": {mark.why}"
    quote = " ".join(mark.quote.split())
    quote = quote if len(quote) <= 60 else quote[:59] + "…"
    return f" to {mark.spans[0][0]}-{mark.spans[-1][1]} “{quote}”"


def _facts(report: Rehydrated) -> dict[str, Any]:
    return {
        "highlights": report.marks,
        "added": report.added,
        "doubles": report.doubles,
        "in_place": report.exact,
        "relations": report.relations,
        "answers": report.answers,
        "uses": dict(report.uses),
        "articles": {
            "in_file": len(report.articles),
            "same_text": len(report.articles) - len(report.others) - len(report.missing),
            "other_text": [_article(each) for each in report.others],
            "missing": [_article(each) for each in report.missing],
        },
        "taxonomies": [asdict(each) for each in report.taxonomies],
        "moved": [_mark(each) for each in report.moved],
        "changed": [_mark(each) for each in report.changed],
        "lost": [_mark(each) for each in report.lost],
        "notes": report.notes,
        "bad": [{"line": each.number, "reason": each.reason} for each in report.bad],
    }


def _article(told: ArticleTold) -> dict[str, Any]:
    facts: dict[str, Any] = {"named": told.named, "highlights": told.marks, "lost": told.lost}
    if told.by is None:
        return facts | {"why": told.why}
    return facts | {"article": told.article, "title": told.title, "by": str(told.by)}


def _mark(told: MarkTold) -> dict[str, Any]:
    facts = asdict(told)
    return {name: value for name, value in facts.items() if value or name not in ("why", "spans", "quote")}


@click.command()
@PROJECT
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--title", default="", help="What the package is called; the project's title unless given.")
@click.option(
    "--author", "authors", multiple=True, metavar="WHO",
    help="“Family, Given; affiliation; ORCID”, of which a name is enough; may be repeated.",
)  # fmt: skip
@click.option("--licence", default="", metavar="SPDX", help="For example CC-BY-4.0.")
@click.option("--description", default="", help="What it is, in some sentences.")
@click.option("--keyword", "keywords", multiple=True, help="May be repeated.")
@click.option("--version", default="1.0", show_default=True, help="Of the package.")
@click.option("--doi", default="", help="If the repository gave one already.")
@click.option(
    "--no-text", is_flag=True, help="Without texts and quotes; others can bring the coding onto theirs."
)
@click.option(
    "--quotes-up-to", type=click.IntRange(0), default=0, help="With --no-text: quotes of so many words go in."
)
@click.option("--anonymous", is_flag=True, help="Coders are called Coder 1, Coder 2 and so on.")
@click.option("--audit", is_flag=True, help="With the log of all steps.")
@AS_JSON
def package(
    project: Path, out: Path, authors: tuple[str, ...], licence: str, as_json: bool, **said: Any
) -> None:
    """Make a replication package: a ZIP fit for a repository, the same byte for byte when made again."""
    from annotate.package import about
    from storage.packaging import pack

    people, terms = tuple(map(about.author, authors)), about.licence(licence)
    with reading(project) as opened:
        made = about.About(
            title=said["title"] or opened.title,
            authors=people,
            licence=terms,
            description=said["description"],
            keywords=said["keywords"],
            version=said["version"],
            doi=about.doi(said["doi"]),
            text=not said["no_text"],
            quotes_up_to=said["quotes_up_to"],
            anonymous=said["anonymous"],
            audit=said["audit"],
        )
        packed = pack(opened, out, made)
    if as_json:
        show({"file": str(out), **asdict(packed)})
        return
    marks = f"{counted(packed.highlights, 'highlight')} on {counted(packed.articles, 'article')}"
    click.echo(f"{out}: {counted(packed.files, 'file')}, {packed.size:,} bytes ({marks})")
    for note in packed.notes:
        click.echo(f"  {note}")
