"""What a replication package says of how the coders agree, and of the rounds in which they coded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotate.agreement import tables
from annotate.agreement.compared import STANDARD, Comparison
from annotate.errors import UserError
from annotate.package.tables import Field, Leads, Sheet, moment
from annotate.standards import rolled_up
from storage import agreement, rounds
from storage.agreement import Watch
from storage.package_source import Rows, Source

REPORT = f"{tables.FOLDER}/agreement.md"


def compared_in(source: Source, watch: Watch) -> tuple[list[Comparison], str]:
    """The comparisons that go into a package, or why there are none: the codes as they are, and where the study has
    codes of its own below a standard, those of the standard with them.
    """
    project = source.project
    try:
        wanted = agreement.comparable(project, agreement.Wanted())
    except UserError as error:
        return [], str(error)
    codes = {code.id: code for taxonomy in source.taxonomies for code in taxonomy.codes}
    if rolled_up(codes):
        wanted += [replace(each, level=STANDARD) for each in wanted]
    found = [agreement.comparison(project, each, source.called, watch) for each in wanted]
    return [replace(each, taxonomies=tuple(source.taxonomies)) for each in found], ""


def agreement_sheets(compared: Sequence[Comparison]) -> list[Sheet]:
    return tables.sheets(compared, package=True) if compared else []


def round_sheets(source: Source) -> list[Sheet]:
    """The rounds and who was to code what in them; none where none were planned."""
    held = rounds.all_rounds(source.project)
    return [_rounds(source), _assignments(source)] if held else []


def _rounds(source: Source) -> Sheet:
    def rows() -> Rows:
        for each in rounds.all_rounds(source.project):
            how = each.method
            yield (
                each.title, str(each.kind), each.seed, how.articles, how.filter, how.by, how.overlap, how.together,
                int(how.near), how.in_words(), each.note, each.created,
            )  # fmt: skip

    fields = (
        Field("round", "Its title", needed=True),
        Field("kind", "calibration, production, or drift check", needed=True),
        Field("seed", "The seed its articles were drawn by: they stand in the order of the SHA-256 of seed, line "
              "feed, hash of the text, line feed, id", "whole", needed=True),
        Field("articles", "How many articles were drawn; empty for all", "whole"),
        Field("filter", "Which articles they were drawn from, as a filter of the list; empty for all"),
        Field("by", "The field by which they were drawn in proportion"),
        Field("overlap", "How many of them several coders code: a share or a number"),
        Field("together", "By how many coders; 0 for all", "whole"),
        Field("near", "Whether near duplicates could be drawn together", "flag"),
        Field("method", "All of this in words"),
        Field("note", "What was noted of it"),
        moment("created", "When it was planned"),
    )  # fmt: skip
    return Sheet("rounds", "data", "Planned batches of articles", fields, ("round",), rows)


def _assignments(source: Source) -> Sheet:
    def rows() -> Rows:
        for each in rounds.all_rounds(source.project):
            for given in rounds.assignments(source.project, each.id):
                yield each.title, given.article, source.called[given.coder]

    fields = (
        Field("round", "Title of the round", needed=True),
        Field("article", "Id of the article", needed=True),
        Field("coder", "Who was to code it", needed=True),
    )
    return Sheet(
        "assignments", "data", "Who was to code which articles", fields, ("round", "article", "coder"), rows,
        (Leads("round", "rounds", "round"), Leads("article", "articles", "article"), Leads("coder", "coders", "coder")),
    )  # fmt: skip
