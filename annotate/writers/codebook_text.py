"""The codebook as coders read it: every code with its definition and when to use it."""

from __future__ import annotations

from collections.abc import Iterator

from annotate.model import Code, Taxonomy
from annotate.spoken import counted
from annotate.taxonomy import by_id, path_codes, resolved_colour
from annotate.version import VERSION
from annotate.writers.colours import on_paper
from annotate.writers.dataset import Dataset
from annotate.writers.document import Part, Run, chip, part
from annotate.writers.report import Report
from annotate.writers.spans import Options

NAME, TITLE, ROWS = "codebook", "Codebook", "codes"
SAID = (("Use when: ", "use_when"), ("Not when: ", "avoid_when"), ("Examples: ", "examples"))


def compose(dataset: Dataset, options: Options, report: Report) -> Iterator[Part]:
    """The taxonomies with where they come from, and their codes in tree order."""
    yield part("title", f"Codebook: {dataset.title}")
    yield part("dim", f"Postil {VERSION}.")
    for taxonomy in dataset.taxonomies:
        yield from _taxonomy(taxonomy)
        report.rows += len(taxonomy.codes)


def _taxonomy(taxonomy: Taxonomy) -> Iterator[Part]:
    yield part("heading", taxonomy.title, level=2)
    said = [f"version {taxonomy.version}"] if taxonomy.version else []
    said += [
        taxonomy.slug,
        counted(len(taxonomy.codes), "code"),
        taxonomy.licence,
        taxonomy.credit,
        taxonomy.source,
    ]
    yield part("dim", " · ".join(each for each in said if each))
    if taxonomy.note:
        yield part("paragraph", taxonomy.note)
    known = by_id(taxonomy.codes)
    for code in taxonomy.codes:
        colour = on_paper(resolved_colour(code, known))
        yield from _code(code, min(6, 2 + len(path_codes(code, known))), colour)


def _code(code: Code, level: int, colour: str) -> Iterator[Part]:
    yield part("heading", chip(colour), f"{code.notation} {code.label}".strip(), level=level)
    if code.definition:
        yield part("paragraph", code.definition)
    for name, field in SAID:
        if text := getattr(code, field):
            yield part("paragraph", Run(name, bold=True), text)
    about = [code.id, f"key {code.shortcut}" if code.shortcut else ""]
    about.append("" if code.assignable else "a heading, not put on text")
    yield part("dim", " · ".join(each for each in about if each))
