"""Commands on the versions of a taxonomy: freeze one, list them, compare two, find what to check again."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotate.errors import UserError
from annotate.spoken import counted
from ui.commands.codes import SLUG, Codes, chosen_taxonomy
from ui.commands.corrections import CODER, coder_id
from ui.commands.group import AS_JSON, PROJECT, reading, show, writing

if TYPE_CHECKING:
    from annotate.model import Taxonomy


@click.group("versions")
@PROJECT
@click.pass_context
def versions_(ctx: click.Context, project: Path) -> None:
    """The versions of a project's taxonomies."""
    ctx.obj = project


@versions_.command("freeze")
@click.argument("words", nargs=-1, metavar="[SLUG] [NUMBER]")
@SLUG
@click.option("--note", default="", help="What is new in it.")
@CODER
@AS_JSON
@click.pass_obj
def freeze(project: Path, words: tuple[str, ...], slug: str, note: str, coder: str, as_json: bool) -> None:
    """Keep the codes as they stand as version NUMBER, or as the one that follows the last."""
    from storage import taxonomies, taxonomy_versions

    with writing(project) as opened:
        chosen, rest = _split(taxonomies.all_taxonomies(opened), words, slug, most=1)
        number = (
            rest[0] if rest else taxonomy_versions.next_number(taxonomy_versions.versions(opened, chosen.id))
        )
        opened.do(
            f"Freeze “{chosen.title}” {number}",
            lambda step: taxonomy_versions.freeze(step, chosen.id, number, note),
            coder_id(opened, coder),
        )
    if as_json:
        show({"taxonomy": chosen.slug, "number": number, "codes": len(chosen.codes)})
    else:
        click.echo(f"{chosen.title} {number}: {counted(len(chosen.codes), 'code')} frozen")


@versions_.command("list")
@click.argument("words", nargs=-1, metavar="[SLUG]")
@SLUG
@AS_JSON
@click.pass_obj
def list_(project: Path, words: tuple[str, ...], slug: str, as_json: bool) -> None:
    """List the versions, newest first, with the marks that were made under each."""
    from storage import change_log, coders, taxonomies, taxonomy_versions

    with reading(project) as opened:
        chosen, _ = _split(taxonomies.all_taxonomies(opened), words, slug, most=0)
        known = taxonomy_versions.versions(opened, chosen.id)
        people = {coder.id: coder.name for coder in coders.all_coders(opened)}
        marks = taxonomy_versions.marks_by_version(opened, chosen.id)
        since = change_log.count(opened, chosen.id, known[0].at if known else "")
    rows = [
        {
            "number": each.number,
            "at": each.at,
            "coder": people.get(each.coder, ""),
            "note": each.note,
            "marks": marks.get(each.number, 0),
        }
        for each in known
    ]
    if as_json:
        show(
            {
                "taxonomy": chosen.slug,
                "versions": rows,
                "changes_since": since,
                "marks_before": marks.get("", 0),
            }
        )
        return
    for row in rows:
        facts = ", ".join(filter(None, (str(row["coder"]), str(row["note"]))))
        made = counted(int(str(row["marks"])), "mark")
        click.echo(f"{row['number']:8} {str(row['at'])[:10]}  {made}" + (f"  {facts}" if facts else ""))
    last = f"since {known[0].number}" if known else "so far; no version was frozen yet"
    click.echo(f"{counted(since, 'change')} {last}")


@versions_.command("diff")
@click.argument("words", nargs=-1, metavar="[SLUG] BEFORE [AFTER]")
@SLUG
@AS_JSON
@click.pass_obj
def diff(project: Path, words: tuple[str, ...], slug: str, as_json: bool) -> None:
    """Say what differs between version BEFORE and version AFTER, or the codes as they are now."""
    from annotate.codebook_difference import Sort, in_words
    from storage import taxonomies, taxonomy_versions

    with reading(project) as opened:
        chosen, rest = _split(taxonomies.all_taxonomies(opened), words, slug, most=2)
        if not rest:
            raise UserError("Name the version to compare with.")
        before, after = (*rest, taxonomy_versions.NOW)[:2]
        found = taxonomy_versions.differences(opened, chosen.id, before, after)
    if as_json:
        rows = [
            asdict(each) | {"code": each.id if each.sort is Sort.CODE else None, "says": in_words(each)}
            for each in found
        ]
        show({"taxonomy": chosen.slug, "before": before, "after": after, "differences": rows})
        return
    for each in found:
        click.echo(in_words(each))
    if not found:
        click.echo("Nothing differs.")


@versions_.command("recheck")
@SLUG
@click.option("--code", default="", help="Only marks with this code.")
@AS_JSON
@click.pass_obj
def recheck(project: Path, slug: str, code: str, as_json: bool) -> None:
    """List the marks made before the definition of their code was changed."""
    from storage import taxonomies, taxonomy_versions

    with reading(project) as opened:
        held = taxonomies.all_taxonomies(opened)
        codes = Codes(held)
        wanted = codes.find(code, slug) if code else None
        home = next((each for each in held if wanted and each.id == wanted.taxonomy), None)
        chosen = home or chosen_taxonomy(held, slug)
        found = taxonomy_versions.to_check(opened, chosen.id, wanted.id if wanted else None)
    if as_json:
        show({"taxonomy": chosen.slug, "marks": [asdict(each) for each in found]})
        return
    for each in found:
        under = f", under {each.version}" if each.version else ""
        label = codes.held[each.code].label
        click.echo(f"{each.mark}  “{label}” made {each.made[:10]}{under}, changed {each.changed[:10]}")
    click.echo(f"{counted(len(found), 'mark')} to check again")


def _split(
    held: list[Taxonomy], words: tuple[str, ...], slug: str, *, most: int
) -> tuple[Taxonomy, tuple[str, ...]]:
    """The taxonomy, named first or by --slug, and the other words, of which there are `most` at most."""
    if words and not slug and any(each.slug == words[0] for each in held):
        slug, words = words[0], words[1:]
    if len(words) > most:
        raise UserError(f"“{words[most]}” is one word too many.")
    return chosen_taxonomy(held, slug), words
