"""Commands that correct texts, replace words and names in many of them, and purge what they were."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotate.errors import UserError
from annotate.spoken import counted
from ui.commands.group import AS_JSON, PROJECT, reading, show, writing
from ui.commands.marks import highlights_
from ui.commands.texts import article_

if TYPE_CHECKING:
    from annotate.replacing import Rule
    from storage import Project
    from storage.corrections import Outcome

ARTICLE = click.argument("article")
CODER = click.option("--coder", default="", help="Who does it, for the history.")
REASON = click.option("--reason", default="", help="Why, for the list of versions.")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Only show what would be replaced.")
ONLY = click.option("--article", "keys", multiple=True, help="Only in this article (id, text hash or title).")


@article_.command("correct")
@PROJECT
@ARTICLE
@click.argument("file", type=click.Path(path_type=Path))
@REASON
@CODER
@AS_JSON
def article_correct(project: Path, article: str, file: Path, reason: str, coder: str, as_json: bool) -> None:
    """Give ARTICLE (its id, text hash or title) the text in FILE; the one it had is kept as a version."""
    from annotate.readers import read_decoded
    from storage import articles, corrections

    text = read_decoded(file)
    with writing(project) as opened:
        found = articles.find(opened, article)
        by = coder_id(opened, coder)
        done: list[Outcome] = []
        opened.do(
            f"Correct the text of “{found.title}”",
            lambda step: done.append(corrections.correct(step, found.id, text, reason)),
            by,
        )
    _tell(done[0], as_json)


@article_.command("versions")
@PROJECT
@ARTICLE
@click.option("--show", "number", type=int, help="Print the text of this version instead.")
@AS_JSON
def article_versions(project: Path, article: str, number: int | None, as_json: bool) -> None:
    """List the versions of an article's text, newest first."""
    from storage import articles, coders, versions

    with reading(project) as opened:
        found = articles.find(opened, article)
        known = versions.versions(opened, found.id)
        if number is not None:
            text = _text_of(opened, found.id, number)
        people = {coder.id: coder.name for coder in coders.all_coders(opened)}
    if number is not None:
        click.echo(text, nl=not text.endswith("\n"))
        return
    rows: list[dict[str, Any]] = [
        {
            "number": each.number,
            "at": each.at,
            "coder": people.get(each.coder, ""),
            "reason": each.reason,
            "characters": each.characters,
            "words": each.words,
            "present": each.present,
        }
        for each in known
    ]
    if as_json:
        show({"article": found.id, "versions": rows})
        return
    for row in rows:
        facts = [row["at"], row["coder"], row["reason"], "present" if row["present"] else ""]
        click.echo(f"{row['number']:>3}  {', '.join(fact for fact in facts if fact)} ({row['characters']:,})")
    if not rows:
        click.echo("The text was never corrected.")


@article_.command("purge")
@PROJECT
@click.argument("articles", nargs=-1)
@click.option("--removed", "gone", is_flag=True, help="All articles that were removed from the project.")
@click.option("--yes", is_flag=True, help="Do it; it cannot be undone.")
@CODER
@AS_JSON
def article_purge(
    project: Path, articles: tuple[str, ...], gone: bool, yes: bool, coder: str, as_json: bool
) -> None:
    """Take out everything that is kept of ARTICLES beside their present texts: earlier texts, the files they
    came from, and all that the log and the word index know of them."""
    from storage import articles as stored
    from storage.purging import purge, removed, what_is_held

    with writing(project) as opened:
        ids = [stored.find(opened, key).id for key in articles] + (removed(opened) if gone else [])
        if not ids:
            raise UserError("No removed article is left to purge." if gone else "Name the articles to purge.")
        if yes:
            done = purge(opened, ids, coder_id(opened, coder))
            held = done.held
        else:
            held = what_is_held(opened, ids)
    facts = asdict(held) | {"backups": [str(path) for path in held.backups], "purged": yes}
    if as_json:
        show(facts | ({"rewritten": done.rewritten} if yes else {}))
    else:
        what = said(held) if held.articles else f"what is left of {counted(len(ids), 'removed article')}"
        click.echo(("Purged: " if yes else "Would be purged: ") + what)
        for path in held.backups:
            click.echo(f"  still in the backup {path}")
    if yes and not done.rewritten:
        raise UserError("The file is open elsewhere and could not be written anew; close it and purge again.")
    if not yes:
        raise UserError("Nothing was purged; add --yes, it cannot be undone.")


@click.command()
@PROJECT
@click.argument("find")
@click.argument("replacement")
@click.option("--regex", is_flag=True, help="FIND is a regular expression; REPLACEMENT may name its groups.")
@click.option("--words", is_flag=True, help="Only whole words.")
@click.option("--ignore-case", is_flag=True, help="Capitals and small letters are the same.")
@ONLY
@DRY_RUN
@REASON
@CODER
@AS_JSON
def replace(
    project: Path,
    find: str,
    replacement: str,
    regex: bool,
    words: bool,
    ignore_case: bool,
    keys: tuple[str, ...],
    dry_run: bool,
    reason: str,
    coder: str,
    as_json: bool,
) -> None:
    """Put REPLACEMENT in place of FIND in all articles, as one step; highlights move along."""
    from annotate.replacing import find_rule

    rule = find_rule(find, replacement, regex=regex, words=words, case=not ignore_case)
    _replace(project, rule, keys, "Replace words", reason, coder, dry_run=dry_run, as_json=as_json)


@click.command()
@PROJECT
@click.argument("file", type=click.Path(path_type=Path))
@ONLY
@DRY_RUN
@REASON
@CODER
@AS_JSON
def pseudonyms(
    project: Path, file: Path, keys: tuple[str, ...], dry_run: bool, reason: str, coder: str, as_json: bool
) -> None:
    """Put pseudonyms in place of names in all articles, as one step. FILE is a table of two columns: name,
    pseudonym. The list is not kept in the project."""
    from annotate.readers import read_decoded
    from annotate.replacing import pseudonym_rule, read_pseudonyms

    rule = pseudonym_rule(read_pseudonyms(read_decoded(file)))
    _replace(project, rule, keys, "Put in pseudonyms", reason, coder, dry_run=dry_run, as_json=as_json)


@highlights_.command("lost")
@PROJECT
@AS_JSON
def highlights_lost(project: Path, as_json: bool) -> None:
    """List the highlights that lost their place when a text was corrected."""
    from storage import coders, lost_marks

    with reading(project) as opened:
        people = {coder.id: coder.name for coder in coders.all_coders(opened)}
        rows = [asdict(each) | {"coder": people[each.coder]} for each in lost_marks.lost(opened)]
    if as_json:
        show({"lost": rows})
        return
    for row in rows:
        click.echo(f"{row['id']}  {row['title']}, {row['coder']}: “{' '.join(row['quote'].split())}”")
    if not rows:
        click.echo("No highlight lost its place.")


def _replace(
    project: Path,
    rule: Rule,
    keys: tuple[str, ...],
    label: str,
    reason: str,
    coder: str,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    from storage import articles, corrections

    with (reading if dry_run else writing)(project) as opened:
        named = [articles.find(opened, key).id for key in keys] if keys else None
        found = list(corrections.preview(opened, rule, named))
        if dry_run:
            _show_preview(found, as_json)
            return
        ids = [each.article for each in found]
        done: list[Outcome] = []
        opened.do(
            f"{label} in {counted(len(ids), 'article')}",
            lambda step: done.append(corrections.replace_in_many(step, ids, rule, reason or label)),
            coder_id(opened, coder) if ids else None,
        )
    _tell(done[0], as_json)


def _show_preview(found: list[Any], as_json: bool) -> None:
    total = sum(each.count for each in found)
    if as_json:
        rows = [asdict(each) for each in found]
        show({"places": total, "articles": rows})
        return
    for each in found:
        click.echo(f"{each.title} ({each.article}): {counted(each.count, 'place')}")
        for before, gone, behind, comes in each.snippets:
            click.echo(f"  {before}[{gone} → {comes}]{behind}")
    click.echo(f"{counted(total, 'place')} in {counted(len(found), 'article')}; nothing was changed.")


def _tell(outcome: Outcome, as_json: bool) -> None:
    if as_json:
        show(asdict(outcome))
        return
    if not outcome.corrected:
        click.echo("Nothing was changed.")
        return
    replaced = f" in {counted(outcome.replaced, 'place')}" if outcome.replaced else ""
    click.echo(
        f"{counted(len(outcome.corrected), 'article')} corrected{replaced}; "
        f"{counted(len(outcome.changed), 'highlight')} changed, {len(outcome.lost)} lost their place"
    )
    if outcome.lost:
        click.echo("  Those are listed by: postil highlights lost PROJECT")


def _text_of(project: Project, article: str, number: int) -> str:
    from storage import articles, versions

    if number == 1 and not versions.versions(project, article):
        return articles.text(project, article)
    return versions.text(project, versions.numbered(project, article, number))


def coder_id(project: Project, name: str) -> str | None:
    """The id of the coder with this name, who is added if new."""
    from storage import coders

    if not name:
        return None
    known = coders.named(project, name)
    if known is None:
        project.do(f"Add coder {name}", lambda step: coders.ensure(step, name))
        known = coders.named(project, " ".join(name.split()))
    return known.id if known else None


def said(held: Any) -> str:
    """What a purge takes out, in words."""
    parts = [
        counted(held.versions, "earlier text"),
        counted(held.originals, "original file"),
    ]
    if held.others:
        parts.append(f"the same files of {counted(held.others, 'other article')}")
    if held.quotes:
        parts.append(f"the words of {counted(held.quotes, 'lost highlight')}")
    return ", ".join(parts)
