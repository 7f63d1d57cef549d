"""Commands on answers about whole articles: give one, list them, bring them in. `export` writes them."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from annotate.errors import UserError
from annotate.spoken import counted
from ui.commands.group import AS_JSON, NOTHING_DONE, PROJECT, SOME_FAILED, reading, show, writing


@click.group("answers")
def answers_() -> None:
    """What coders answered about whole articles."""


@answers_.command("list")
@PROJECT
@AS_JSON
def list_(project: Path, as_json: bool) -> None:
    """List the answers, article by article."""
    from storage.exchange import dataset

    with reading(project) as opened:
        found = list(dataset(opened, text=False).answers())
    if as_json:
        show({"answers": [each._asdict() for each in found]})
        return
    for each in found:
        click.echo(f"{each.title}, {each.coder}: {each.question} = {'; '.join(each.labels)}")
    click.echo(f"{counted(len(found), 'answer')}.")


@answers_.command("give")
@PROJECT
@click.argument("article")
@click.argument("question")
@click.argument("values", nargs=-1)
@click.option("--coder", required=True, help="Who answers.")
def give(project: Path, article: str, question: str, values: tuple[str, ...], coder: str) -> None:
    """Answer QUESTION (its name) about ARTICLE with VALUES; none take the answer away.

    An option is named by its value or by its label.
    """
    from annotate.questions import Form
    from storage import answers, articles, coders, taxonomies

    with writing(project) as opened:
        held = taxonomies.all_taxonomies(opened)
        about = articles.find(opened, article).id
        named = [
            each for taxonomy in held for each in taxonomy.questions
            if question.casefold() in (each.name.casefold(), each.id.casefold())
        ]  # fmt: skip
        if len(named) != 1:
            raise UserError(
                f"There {'are several questions' if named else 'is no question'} called “{question}”."
            )
        form = Form(
            (each for taxonomy in held for each in taxonomy.questions),
            {code.id: code for taxonomy in held for code in taxonomy.codes},
        )
        person = coders.named(opened, coder)
        given = answers.of_article(opened, about).get(person.id, {}) if person else {}
        options = {name.casefold(): each.value for each in form.options(named[0], given)
                   for name in (each.label, each.value)}  # fmt: skip
        said = [options.get(value.casefold(), value) for value in values]
        if problem := form.problem(named[0], {**given, named[0].id: tuple(said)}):
            raise UserError(problem)
        opened.do(
            f"Answer “{named[0].name}”",
            lambda step: answers.give(step, about, coders.ensure(step, coder), named[0].id, said),
        )
    click.echo("Stored.")


@answers_.command("import")
@PROJECT
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--coder", default="", help="Whose the answers are that name no coder.")
@click.option("--skip-bad", is_flag=True, help="Take what fits, though some lines do not.")
@AS_JSON
def import_(project: Path, file: Path, coder: str, skip_bad: bool, as_json: bool) -> None:
    """Bring answers in from JSON Lines, as “export --format answers” writes them."""
    from annotate.readers.encoding import decode
    from annotate.readers.files import read_whole
    from storage.answers_in import import_answers

    decoded = decode(read_whole(file))
    if decoded is None:
        raise UserError(f"{file.name} is no text.")
    with writing(project) as opened:
        report = import_answers(opened, decoded.text.split("\n"), coder=coder, skip_bad=skip_bad)
    if as_json:
        bad = [{"line": each.number, "reason": each.reason} for each in report.bad]
        show(asdict(report) | {"bad": bad})
    else:
        facts = f"{report.changed} changed, {report.same} were there already"
        click.echo(f"{counted(report.added, 'answer')} added; {facts}")
    for each in report.bad:
        click.echo(f"{file.name}, line {each.number}: {each.reason}", err=True)
    if report.bad:
        sys.exit(SOME_FAILED if report.added or report.changed else NOTHING_DONE)
