"""Commands on the rules of taxonomies: list them, add and remove one, and list what is broken."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from annotate.errors import UserError
from annotate.spoken import counted
from ui.commands.codes import SLUG, Codes, chosen_taxonomy
from ui.commands.corrections import CODER, coder_id
from ui.commands.group import AS_JSON, PROJECT, SOME_FAILED, reading, show, writing

KINDS = ("leaves", "exclusive", "required", "span", "together", "qualifier")


@click.group("rules")
@PROJECT
@click.pass_context
def rules_(ctx: click.Context, project: Path) -> None:
    """How the codes of a project's taxonomies are used, and where that is broken."""
    ctx.obj = project


@rules_.command("list")
@AS_JSON
@click.pass_obj
def list_(project: Path, as_json: bool) -> None:
    """List the rules and the questions about whole articles."""
    from annotate.rules import in_words
    from storage import taxonomies

    with reading(project) as opened:
        held = taxonomies.all_taxonomies(opened)
    codes = {code.id: code for each in held for code in each.codes}
    rows = [
        {
            "id": rule.id,
            "taxonomy": each.slug,
            "kind": str(rule.kind),
            "code": rule.code,
            "says": in_words(rule, codes),
        }
        for each in held
        for rule in each.rules
    ]
    asked = [
        {
            "id": question.id,
            "taxonomy": each.slug,
            "name": question.name,
            "text": question.asked,
            "kind": str(question.kind),
            "required": question.required,
        }
        for each in held
        for question in each.questions
    ]
    if as_json:
        show({"rules": rows, "questions": asked})
        return
    for row in rows:
        where = f"“{codes[str(row['code'])].label}”" if row["code"] else "all codes"
        click.echo(f"{row['id']}  {row['taxonomy']}, {where}: {row['says']}")
    for each in asked:
        need = ", required" if each["required"] else ""
        click.echo(
            f"{each['id']}  {each['taxonomy']}, question {each['name']} ({each['kind']}{need}): {each['text']}"
        )
    if not rows and not asked:
        click.echo("There are no rules and no questions.")


@rules_.command("add")
@click.argument("kind", type=click.Choice(KINDS))
@SLUG
@click.option("--code", default="", help="The branch it holds for; without it, the whole taxonomy.")
@click.option("--where", default="overlap", help="overlap, “same span” or article (exclusive, together).")
@click.option("--extent", default="sentence", help="sentence, paragraph or “whole paragraphs” (span).")
@click.option("--with", "others", multiple=True, help="A code that must stand beside it (together).")
@click.option("--name", default="stance", help="What a qualifier is called.")
@click.option("--value", "values", multiple=True, help="A value of a qualifier; for, against, neutral.")
@click.option("--ordered", is_flag=True, help="A qualifier's values go from low to high.")
@click.option("--required", is_flag=True, help="Every highlight says its qualifier.")
@click.option("--note", default="")
@CODER
@AS_JSON
@click.pass_obj
def add(
    project: Path, kind: str, slug: str, code: str, where: str, extent: str, others: tuple[str, ...], name: str,
    values: tuple[str, ...], ordered: bool, required: bool, note: str, coder: str, as_json: bool,
) -> None:  # fmt: skip
    """Add a rule of one KIND."""
    from annotate.ids import new_id
    from annotate.rules import STANCE, in_words, made
    from storage import rules, taxonomies

    with writing(project) as opened:
        held = taxonomies.all_taxonomies(opened)
        codes = Codes(held)
        branch = codes.find(code, slug) if code else None
        home = branch.taxonomy if branch else chosen_taxonomy(held, slug).id
        said = {
            "where": where, "extent": extent, "others": [codes.find(each, "").id for each in others], "name": name,
            "values": list(values or STANCE), "ordered": ordered, "required": required,
        }  # fmt: skip
        rule = made(new_id(), home, kind, said, code=branch.id if branch else None, note=note)
        opened.do("Add a rule", lambda step: rules.add(step, [rule]), coder_id(opened, coder))
        says = in_words(rule, codes.held)
    if as_json:
        show({"id": rule.id, "kind": kind, "says": says})
    else:
        click.echo(f"{rule.id}  {says}")


@rules_.command("remove")
@click.argument("id")
@CODER
@click.pass_obj
def remove(project: Path, id: str, coder: str) -> None:
    """Remove the rule or the question with this ID; a question goes with its answers."""
    from storage import questions, rules, taxonomies

    with writing(project) as opened:
        held = taxonomies.all_taxonomies(opened)
        if any(rule.id == id for each in held for rule in each.rules):
            opened.do("Remove a rule", lambda step: rules.remove(step, [id]), coder_id(opened, coder))
        elif any(question.id == id for each in held for question in each.questions):
            opened.do("Remove a question", lambda step: questions.remove(step, [id]), coder_id(opened, coder))
        else:
            raise UserError(f"There is no rule or question “{id}”; “rules … list” names them.")
    click.echo("Removed.")


@rules_.command("check")
@click.argument("named", metavar="[SLUG]", required=False, default="")
@SLUG
@click.option("--article", default="", help="Only this article (id, text hash or title).")
@AS_JSON
@click.pass_obj
def check(project: Path, named: str, slug: str, article: str, as_json: bool) -> None:
    """List every place where a rule is broken or a required answer missing. Exit code 1 where there is one."""
    from storage import articles, coders, taxonomies
    from storage.rule_check import violations

    with reading(project) as opened:
        held = taxonomies.all_taxonomies(opened)
        chosen = chosen_taxonomy(held, named or slug).id if named or slug else None
        wanted = articles.find(opened, article).id if article else None
        found = list(violations(opened, chosen, article=wanted))
        people = {coder.id: coder.name for coder in coders.all_coders(opened)}
        titles = {each.id: each.title for each in articles.all_articles(opened, [v.article for v in found])}
    if as_json:
        rows = [
            asdict(each) | {"coder": people.get(each.coder, ""), "title": titles[each.article]}
            for each in found
        ]
        show({"ok": not found, "violations": rows})
    else:
        for each in found:
            who = people.get(each.coder, "")
            place = f", {each.place:,}" if each.marks else ""
            click.echo(f"{titles[each.article]}{place}{f' ({who})' if who else ''}: {each.says}")
        click.echo(f"{counted(len(found), 'violation')}.")
    if found:
        sys.exit(SOME_FAILED)
