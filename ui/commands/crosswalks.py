"""The command on crosswalks between a project's taxonomies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotate.errors import UserError
from annotate.spoken import counted
from ui.commands.group import AS_JSON, PROJECT, reading, show, writing

if TYPE_CHECKING:
    from annotate.crosswalks import Crosswalk
    from annotate.model import Code
    from storage import Project
    from storage.crosswalks_in import Plan


@click.command()
@PROJECT
@click.argument("what", type=click.Choice(["list", "show", "import", "export", "apply"]))
@click.argument("target", required=False)
@click.argument("out", required=False, type=click.Path(path_type=Path))
@click.option("--title", default="", help="Of an imported crosswalk; the file's name unless given.")
@click.option(
    "--from", "source", default="", metavar="SLUG", help="The taxonomy at the left of an imported file."
)
@click.option("--to", "other", default="", metavar="SLUG", help="The taxonomy at its right.")
@click.option(
    "--format", "form", default="", help="csv, sssom, turtle or rdf, where the name does not say it."
)
@click.option("--back", is_flag=True, help="Apply or export it the other way.")
@click.option("--dry-run", is_flag=True, help="Only say what import would bring.")
@AS_JSON
def crosswalk(
    project: Path,
    what: str,
    target: str | None,
    out: Path | None,
    title: str,
    source: str,
    other: str,
    form: str,
    back: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """List, show, import, export or apply crosswalks between taxonomies.

    list | show NAME | import FILE (or the name of one that comes with the program) | export NAME [FILE] | apply NAME

    Files: CSV (source_id, match, target_id), SSSOM (.tsv), SKOS mappings (.ttl, .rdf). apply counts the highlights as
    they come out under the codes of the other taxonomy; “postil export --through NAME” writes them so.
    """
    if what == "list":
        _list(project, as_json)
    elif not target:
        raise UserError(f"Name the {'file' if what == 'import' else 'crosswalk'} to {what}.")
    elif what == "import":
        _import(project, target, title, source, other, dry_run=dry_run, as_json=as_json)
    elif what == "export":
        _export(project, target, out, form, back=back)
    elif what == "show":
        _show(project, target, as_json)
    else:
        _apply(project, target, back=back, as_json=as_json)


def _list(project: Path, as_json: bool) -> None:
    from annotate.shipped_crosswalks import shipped
    from storage import crosswalks

    with reading(project) as opened:
        held = crosswalks.all_crosswalks(opened)
        slugs = _slugs(opened)
    rows = [
        {
            "title": each.title, "from": slugs[each.taxonomy], "to": slugs[each.other],
            "mappings": len(each.mappings), "origin": each.origin,
        }
        for each in held
    ]  # fmt: skip
    if as_json:
        show({"crosswalks": rows, "shipped": [each.name for each in shipped()]})
        return
    for row, each in zip(rows, held, strict=True):
        click.echo(f"{row['title']}: {row['from']} → {row['to']}, {counted(len(each.mappings), 'mapping')}")
    if not rows:
        click.echo("No crosswalks yet.")


def _show(project: Path, name: str, as_json: bool) -> None:
    with reading(project) as opened:
        chosen, codes = _chosen(opened, name, back=False)
        slugs = _slugs(opened)
    rows = [
        {
            "code": each.code, "label": codes[each.code].label, "match": str(each.match), "other": each.other,
            "other_label": codes[each.other].label, "note": each.note,
        }
        for each in chosen.mappings
    ]  # fmt: skip
    if as_json:
        about = {"title": chosen.title, "from": slugs[chosen.taxonomy], "to": slugs[chosen.other]}
        show({**about, "origin": chosen.origin, "note": chosen.note, "mappings": rows})
        return
    for row in rows:
        click.echo(f"{row['code']}\t{row['label']}\t{row['match']}\t{row['other']}\t{row['other_label']}")


def _import(
    project: Path, target: str, title: str, source: str, other: str, *, dry_run: bool, as_json: bool
) -> None:
    from annotate.crosswalk_files import read
    from annotate.readers.files import read_whole
    from annotate.shipped_crosswalks import shipped
    from storage.crosswalks_in import plan, take

    path = Path(target)
    ours = next((each for each in shipped() if each.name == target and not path.exists()), None)
    rows = list(ours.rows) if ours else read(read_whole(path), path.name)
    title = title or (ours.title if ours else path.stem)
    with reading(project) if dry_run else writing(project) as opened:
        origin = ours.origin if ours else ""
        wanted = plan(opened, rows, title=title, origin=origin, source=source, target=other)
        if not dry_run:
            opened.do(f"Crosswalk “{title}”", lambda step: take(step, wanted))
    if as_json:
        show(_as_json(wanted) | {"added": not dry_run})
        return
    would = "would be added" if dry_run else "added"
    facts = f"{counted(len(wanted.new), 'mapping')} {would}, {len(wanted.changed)} changed, {wanted.known} were there"
    click.echo(f"{title}: {facts}")
    for row in wanted.unknown:
        click.echo(f"{row.place}: the project lacks “{row.code}” or “{row.other}”", err=True)


def _as_json(wanted: Plan) -> dict[str, Any]:
    def told(rows: Any) -> list[dict[str, str]]:
        return [{"code": row.code, "match": str(row.match), "other": row.other} for row in rows]

    return {
        "title": wanted.crosswalk.title,
        "fresh": wanted.fresh,
        "new": told(wanted.new),
        "changed": told(wanted.changed),
        "known": wanted.known,
        "unknown": told(wanted.unknown),
    }


def _export(project: Path, name: str, out: Path | None, form: str, *, back: bool) -> None:
    from annotate.crosswalk_files import FORMATS
    from annotate.suffixes import format_of
    from annotate.writers.whole import written_whole

    with reading(project) as opened:
        chosen, codes = _chosen(opened, name, back=back)
    form = form or (format_of(out.name, FORMATS) if out else "csv")
    if form not in FORMATS:
        raise UserError(f"There is no format “{form}” for crosswalks; there are {', '.join(FORMATS)}.")
    data = FORMATS[form].write(chosen, codes)
    if out is None:
        click.echo(data, nl=False)
        return
    with written_whole(out) as file:
        file.write(data)
    click.echo(f"{counted(len(chosen.mappings), 'mapping')} written to {out}")


def _apply(project: Path, name: str, *, back: bool, as_json: bool) -> None:
    from storage.through import seen

    with reading(project) as opened:
        chosen, codes = _chosen(opened, name, back=back)
        found = seen(opened, chosen)
        slugs = _slugs(opened)
    order = sorted(found.counts, key=lambda id: -found.counts[id])
    if as_json:
        counts = [{"code": id, "label": codes[id].label, "highlights": found.counts[id]} for id in order]
        left = [{"code": id, "label": codes[id].label, "highlights": n} for id, n in found.without.items()]
        about = {"title": chosen.title, "from": slugs[chosen.taxonomy], "to": slugs[chosen.other]}
        numbers = {
            "come": found.come, "own": found.own, "split": found.split, "above": found.above,
            "elsewhere": found.elsewhere, "without_code": found.bare,
        }  # fmt: skip
        show({**about, **numbers, "codes": counts, "without_target": left})
        return
    for id in order:
        click.echo(f"{found.counts[id]:>7,}  {codes[id].notation} {codes[id].label}")
    for note in found.notes(chosen.title):
        click.echo(f"  {note}")


def _chosen(opened: Project, name: str, *, back: bool) -> tuple[Crosswalk, dict[str, Code]]:
    from annotate.crosswalks import turned
    from storage import crosswalks, taxonomies

    found = crosswalks.named(opened, name)
    codes = {code.id: code for each in taxonomies.all_taxonomies(opened) for code in each.codes}
    return turned(found) if back else found, codes


def _slugs(opened: Project) -> dict[str, str]:
    from storage import taxonomies

    return {each.id: each.slug for each in taxonomies.all_taxonomies(opened)}
