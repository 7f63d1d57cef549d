"""The command on agreement: how far the coders of a project code alike."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ui.commands.group import AS_JSON, PROJECT, reading, show

if TYPE_CHECKING:
    from annotate.agreement.compared import Comparison


@click.command("agreement")
@PROJECT
@click.option(
    "--coder", "coders", multiple=True, help="Compare only these; without it all but the consensus coder."
)
@click.option(
    "--taxonomy", "slugs", multiple=True, metavar="SLUG", help="Only codes and questions of this taxonomy."
)
@click.option(
    "--level", default="", help="standard: own codes count as the standard's above; 1, 2 …: of the tree."
)
@click.option("--round", "round_", default="", metavar="TITLE", help="Only articles of this round.")
@click.option("--filter", "filter_", default="", help="Only articles that this lets through, as in the list.")
@click.option(
    "--articles", type=click.Choice(["done", "all"]), default="done", help="Those done, or all not skipped."
)
@click.option(
    "--seed", default=1, show_default=True, help="Of the draws that give the intervals of passages."
)
@click.option("--draws", default=1000, show_default=True, type=click.IntRange(0, 100_000))
@click.option(
    "--out", type=click.Path(path_type=Path), help="Also write report and tables into this new folder."
)
@AS_JSON
def agreement_(
    project: Path,
    coders: tuple[str, ...],
    slugs: tuple[str, ...],
    level: str,
    round_: str,
    filter_: str,
    articles: str,
    seed: int,
    draws: int,
    out: Path | None,
    as_json: bool,
) -> None:
    """Compare coders: percent agreement, alpha, AC1, kappa, and how far marks lie alike, code by code."""
    from annotate.agreement import report
    from annotate.agreement.folder import write
    from storage import agreement

    wanted = agreement.Wanted(coders, slugs, level, filter_, round_, articles == "all", seed, draws)
    with reading(project) as opened:
        found = agreement.comparisons(opened, wanted)
        title = f"Agreement: {opened.title}"
    if out is not None:
        write(out, found, title)
    if as_json:
        show({"comparisons": [as_values(each) for each in found]})
        return
    for line in report.plain(found):
        click.echo(line)
    if out is not None:
        click.echo(f"Report and tables are in {out}.")


def as_values(comparison: Comparison) -> dict[str, Any]:
    """A comparison for JSON: every figure with value, why, error, low and high."""
    held = comparison.compared
    found = comparison.found()
    slugs = {taxonomy.id: taxonomy.slug for taxonomy in comparison.taxonomies}
    about = {
        name: getattr(comparison, name)
        for name in ("level", "round", "filter", "unfinished", "not_done", "skipped", "not_by_all")
    }
    return {
        "coders": list(held.coders),
        "articles": held.articles,
        "characters": held.length,
        **about,
        "seed": held.seed,
        "draws": held.draws,
        "codes": [
            {
                **asdict(each),
                "taxonomy": taxonomy.slug,
                "notation": code.notation,
                "label": code.label,
                "few": each.few,
            }
            for taxonomy in comparison.taxonomies
            for code, each in found[taxonomy.id]
        ],
        "taxonomies": [
            {
                **{name: value for name, value in asdict(each).items() if name != "confusion"},
                "taxonomy": slugs[each.taxonomy],
                "confusion": [
                    {"coders": list(held.pairs[pair]), "codes": [one, other], "marks": number}
                    for (pair, one, other), number in sorted(each.confusion.items(), key=str)
                ],
            }
            for each in held.schemes
        ],
        "questions": [{**asdict(each), "name": question.name} for question, each in comparison.asked()],
    }
