"""Commands on rounds: plan one, list them, show who codes what, take one back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotate.errors import UserError
from annotate.spoken import counted
from ui.commands.corrections import CODER, coder_id
from ui.commands.group import AS_JSON, PROJECT, reading, show, writing

if TYPE_CHECKING:
    from annotate.sampling import Plan
    from storage import Project
    from storage.steps import Step

KINDS = ("calibration", "production", "drift check")


@click.group("round")
@PROJECT
@click.pass_context
def round_(ctx: click.Context, project: Path) -> None:
    """Rounds: planned batches of articles for some coders."""
    ctx.obj = project


@round_.command("plan")
@click.argument("title")
@click.option(
    "--for", "names", multiple=True, required=True, metavar="NAME", help="Who codes; once for each."
)
@click.option("--articles", default="all", show_default=True, metavar="N", help="How many are drawn, or all.")
@click.option(
    "--overlap", default="0", metavar="20%|N", help="How many of them several code: a share or a number."
)
@click.option("--together", default=0, metavar="N", help="How many code each of those; without it all.")
@click.option(
    "--by",
    default="",
    metavar="FIELD",
    help="Draw in proportion by this field (outlet, date, or an own one).",
)
@click.option("--filter", "filter_", default="", help="Draw among the articles that this lets through.")
@click.option("--near", is_flag=True, help="Near duplicates may be drawn together.")
@click.option("--kind", type=click.Choice(KINDS), default="production", show_default=True)
@click.option("--seed", default=1, show_default=True, help="The same seed draws the same.")
@click.option("--note", default="")
@click.option("--dry-run", is_flag=True, help="Say what would be drawn; keep nothing.")
@CODER
@AS_JSON
@click.pass_obj
def plan(
    project: Path,
    title: str,
    names: tuple[str, ...],
    articles: str,
    overlap: str,
    together: int,
    by: str,
    filter_: str,
    near: bool,
    kind: str,
    seed: int,
    note: str,
    dry_run: bool,
    coder: str,
    as_json: bool,
) -> None:
    """Draw articles by a seed and deal them to coders as the round TITLE."""
    from annotate.rounds import Kind
    from annotate.sampling import Method
    from storage import coders, rounds

    method = Method(_number(articles), filter_, by, overlap, together, near)
    people = list(dict.fromkeys(" ".join(name.split()) for name in names))
    with reading(project) if dry_run else writing(project) as opened:
        drawn = rounds.drawn(opened, people, method, seed)
        if not dry_run:

            def keep(step: Step) -> None:
                ids = {name: coders.ensure(step, name) for name in people}
                rounds.add(step, title, Kind(kind), method, seed, drawn.by_ids(ids), note)

            opened.do(f"Plan the round “{title}”", keep, coder_id(opened, coder))
    told = _planned(drawn, people)
    if as_json:
        show({"round": title, "dry_run": dry_run, "seed": seed, "method": method.in_words(), **told})
        return
    click.echo(f"{title}: {method.in_words()}; seed {seed}.")
    click.echo(
        f"{counted(len(drawn.articles), 'article')}, {len(drawn.overlap):,} of them for several coders"
    )
    for name, number in told["coders"].items():
        click.echo(f"  {name}: {counted(number, 'article')}")
    for value, number in drawn.strata.items():
        click.echo(f"  {by} {value or '(none)'}: {number:,}")
    if drawn.passed:
        click.echo(f"  {counted(drawn.passed, 'near duplicate')} passed over")
    if dry_run:
        click.echo("Nothing was kept: this was a look.")


def _number(said: str) -> int | None:
    if said == "all":
        return None
    if not said.isdigit():
        raise UserError(f"“{said}” is no number of articles; say one, or all.")
    return int(said)


def _planned(drawn: Plan, people: list[str]) -> dict[str, Any]:
    load = drawn.load()
    return {
        "articles": list(drawn.articles),
        "overlap": list(drawn.overlap),
        "coders": {name: load.get(name, 0) for name in people},
        "strata": dict(drawn.strata),
        "passed": drawn.passed,
    }


@round_.command("list")
@AS_JSON
@click.pass_obj
def list_(project: Path, as_json: bool) -> None:
    """List the rounds with how far each is."""
    from storage import rounds

    with reading(project) as opened:
        rows = [
            {
                "title": each.title,
                "kind": str(each.kind),
                "seed": each.seed,
                "method": asdict(each.method),
                "says": each.method.in_words(),
                "note": each.note,
                "created": each.created,
                **_progress(opened, each.id),
            }
            for each in rounds.all_rounds(opened)
        ]
    if as_json:
        show({"rounds": rows})
        return
    for row in rows:
        click.echo(
            f"{row['title']} ({row['kind']}): {row['done']:,} of {counted(row['articles'], 'article')} done"
        )
        click.echo(f"  {row['says']}; seed {row['seed']}")
        for name, number in row["coders"].items():
            click.echo(f"  {name}: {number['done']:,} of {number['articles']:,}")
    if not rows:
        click.echo("There are no rounds yet; `round PROJECT plan TITLE` makes one.")


def _progress(opened: Project, id: str) -> dict[str, Any]:
    from storage import rounds

    held = rounds.progress(opened, id)
    people = {name: {"done": done, "articles": whole} for name, done, whole in held.coders}
    return {"done": held.done, "articles": held.articles, "coders": people}


@round_.command("show")
@click.argument("title")
@AS_JSON
@click.pass_obj
def show_(project: Path, title: str, as_json: bool) -> None:
    """Show which articles a round has and who codes each."""
    from storage import articles, coders, rounds

    with reading(project) as opened:
        found = rounds.named(opened, title)
        given: dict[str, list[str]] = {}
        names = {coder.id: coder.name for coder in coders.all_coders(opened)}
        for each in rounds.assignments(opened, found.id):
            given.setdefault(each.article, []).append(names[each.coder])
        held = articles.all_articles(opened, given)
    rows = [
        {"id": each.id, "title": each.title, "state": str(each.state), "coders": given[each.id]}
        for each in held
    ]
    if as_json:
        show({"round": found.title, "articles": rows})
        return
    for row in rows:
        click.echo(f"{', '.join(row['coders'])}: {row['title']} ({row['state']})")


@round_.command("remove")
@click.argument("title")
@CODER
@AS_JSON
@click.pass_obj
def remove(project: Path, title: str, coder: str, as_json: bool) -> None:
    """Take a round back; its articles and what was coded in them stay."""
    from storage import rounds

    with writing(project) as opened:
        found = rounds.named(opened, title)
        opened.do(
            f"Remove the round “{found.title}”",
            lambda step: rounds.remove(step, [found.id]),
            coder_id(opened, coder),
        )
    if as_json:
        show({"removed": found.title})
    else:
        click.echo(f"The round “{found.title}” is gone; its articles and their coding stay.")
