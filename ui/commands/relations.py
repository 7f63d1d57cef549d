"""The command on relations: those between the marks of a project, and their types."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotate.errors import UserError
from annotate.spoken import counted
from ui.commands.group import AS_JSON, PROJECT, SOME_FAILED, reading, show

if TYPE_CHECKING:
    from annotate.model import Code, Taxonomy
    from storage import Project


@click.command("relations")
@PROJECT
@click.option("--article", "key", default="", help="Only this article (id, text hash or title).")
@click.option("--type", "label", default="", help="Only relations of this type, by its name or id.")
@click.option("--types", is_flag=True, help="List the types: what may link to what, and how many there are.")
@click.option("--check", is_flag=True, help="Only those that no longer fit their type; exits with 1 if any.")
@AS_JSON
def relations_(project: Path, key: str, label: str, types: bool, check: bool, as_json: bool) -> None:
    """List the links between highlights (claimant → claim → addressee)."""
    from storage import exchange, relations, taxonomies
    from storage.relations_out import chosen_relations

    with reading(project) as opened:
        held = taxonomies.all_taxonomies(opened)
        codes = {code.id: code for taxonomy in held for code in taxonomy.codes}
        if types:
            _show_types(opened, held, codes, as_json)
            return
        links = chosen_relations(opened, exchange.choice(opened, articles=[key] if key else ()))
        if label:
            _check_known(held, label)
            links = [each for each in links if label in (each.relation, each.type)]
        if check:
            wrong = {each.id for each in relations.misfits(opened, codes)}
            links = [each for each in links if each.id in wrong]
        rows = _rows(opened, links)
    if as_json:
        show({"relations": rows})
    else:
        for row in rows:
            arrow = "↔" if row["symmetric"] else "→"
            click.echo(
                f"{row['title']}: “{row['source_quote']}” {arrow} {row['relation']} {arrow} “{row['target_quote']}” "
                f"({row['coder']})"
            )
        click.echo(counted(len(rows), "relation") + (" no longer fit" if check else ""))
    if check and rows:
        raise click.exceptions.Exit(SOME_FAILED)


def _rows(opened: Project, links: list[Any]) -> list[dict[str, Any]]:
    """The relations with the words and codes at their ends."""
    from annotate.writers.related import OF_ENDS
    from storage import exchange

    found = []
    choice = exchange.Choice(articles={each.article for each in links})
    spans = {span.id: span for span in exchange.coded_spans(opened, choice)} if links else {}
    for each in links:
        ends = {
            f"{end}_{name}": getattr(spans[getattr(each, end)], name)
            for end in ("source", "target")
            for name in OF_ENDS
        }
        found.append({**each._asdict(), "title": spans[each.source].title, **ends})
    return found


def _show_types(opened: Project, held: list[Taxonomy], codes: dict[str, Code], as_json: bool) -> None:
    from annotate.relations import in_words
    from storage.relations import count_by_type

    many = count_by_type(opened)
    listed = [(taxonomy, type) for taxonomy in held for type in taxonomy.relation_types]
    if as_json:
        rows = [
            {**asdict(type), "taxonomy": taxonomy.slug, "relations": many.get(type.id, 0)}
            for taxonomy, type in listed
        ]
        show({"types": rows})
        return
    for taxonomy, type in listed:
        number = counted(many.get(type.id, 0), "relation")
        click.echo(f"{taxonomy.slug:22} {type.label}: {in_words(type, codes)} ({number})")


def _check_known(held: list[Taxonomy], label: str) -> None:
    names = [type.label for taxonomy in held for type in taxonomy.relation_types]
    ids = [type.id for taxonomy in held for type in taxonomy.relation_types]
    if label not in names and label not in ids:
        raise UserError(f"There is no relation type “{label}”; there are {', '.join(names) or 'none'}.")
