"""The command line; with no command it opens the window.

Exit codes: 0 all done; 1 some items failed and are listed, the rest is in; 2 nothing was done.
"""

from __future__ import annotations

import click

from annotate.version import VERSION
from ui.commands import (
    agreement,
    answers,
    codes,
    corrections,
    crosswalks,
    fields,
    marks,
    pictures,
    projects,
    relations,
    rounds,
    rules,
    sharing,
    taxonomies,
    texts,
    versions,
)
from ui.commands.group import Commands, window


@click.group(
    cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(VERSION, prog_name="postil")
@click.pass_context
def postil(ctx: click.Context) -> None:
    """Postil: read closely, mark what matters, tag it with a policy taxonomy. Without a command: the window."""
    if ctx.invoked_subcommand is None:
        ctx.exit(window(None))


for command in (
    projects.demo,
    projects.new,
    projects.open_,
    texts.import_,
    projects.info,
    texts.imports,
    texts.articles,
    texts.article_,
    fields.fields_,
    corrections.replace,
    corrections.pseudonyms,
    taxonomies.taxonomies_,
    taxonomies.taxonomy,
    codes.codes_,
    versions.versions_,
    rules.rules_,
    relations.relations_,
    crosswalks.crosswalk,
    marks.highlights_,
    marks.annotations_import,
    answers.answers_,
    rounds.round_,
    agreement.agreement_,
    marks.export,
    sharing.rehydrate,
    sharing.package,
    texts.search,
    texts.near,
    projects.check,
    projects.backup,
    projects.restore,
    pictures.screenshot,
):
    postil.add_command(command)
