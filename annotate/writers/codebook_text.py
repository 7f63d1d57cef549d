"""The codebook to be printed: the tree with its counts, every code with its definition and examples, relations,
crosswalks, and how it came to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotate.codetree import by_id, path_codes, resolved_colour
from annotate.model import Code, Taxonomy
from annotate.relations import in_words
from annotate.spoken import counted
from annotate.version import VERSION
from annotate.writers.codebook_facts import Facts, Use
from annotate.writers.colours import on_paper
from annotate.writers.dataset import Dataset
from annotate.writers.document import Part, Run, chip, part, row
from annotate.writers.report import Report
from annotate.writers.spans import Options

NAME, TITLE, ROWS = "codebook", "Codebook", "codes"
SAID = (("Use when: ", "use_when"), ("Not when: ", "avoid_when"))
LISTED = (("Examples", "examples"), ("Not these", "counter_examples"))
KINDS = {"single": "One", "multiple": "One or several", "text": "In words", "yes/no": "Yes or no"}
DEEP = "\u2003"  # before a label in the tree, for each level
_QUOTED = re.compile(r"“.+”( \(.+\))?")


def compose(dataset: Dataset, options: Options, report: Report) -> Iterator[Part]:
    """The taxonomies with where they come from, and their codes in tree order."""
    facts = dataset.facts()
    yield part("title", f"Codebook: {dataset.title}")
    yield part("dim", f"Written by Postil {VERSION}.")
    for number, taxonomy in enumerate(dataset.taxonomies):
        yield from _taxonomy(taxonomy, facts, page=number > 0)
        report.rows += len(taxonomy.codes)


def _taxonomy(taxonomy: Taxonomy, facts: Facts, *, page: bool) -> Iterator[Part]:
    yield part("heading", taxonomy.title, level=2, page=page)
    versions = facts.versions.get(taxonomy.id, ())
    now = (
        f"{versions[-1].number}{', changed since' if facts.since.get(taxonomy.id) else ''}"
        if versions
        else ""
    )
    marks = sum(facts.uses[code.id].highlights for code in taxonomy.codes if code.id in facts.uses)
    said = [
        f"version {taxonomy.version}" if taxonomy.version else "",
        f"of this study {now}" if now else "",
        taxonomy.slug,
        counted(len(taxonomy.codes), "code"),
        counted(marks, "highlight") if facts.uses else "",
        taxonomy.licence,
        taxonomy.credit,
        taxonomy.source,
    ]
    yield part("dim", " · ".join(each for each in said if each))
    if taxonomy.note:
        yield part("paragraph", taxonomy.note)
    yield from _tree(taxonomy, facts)
    known = by_id(taxonomy.codes)
    if taxonomy.codes:
        yield part("heading", "The codes", level=3)
    for code in taxonomy.codes:
        colour = on_paper(resolved_colour(code, known))
        level = min(6, 3 + len(path_codes(code, known)))
        yield from _code(code, level, colour, known, facts)
    yield from _rules(taxonomy, known)
    yield from _questions(taxonomy, known)
    yield from _relations(taxonomy, known, facts)
    yield from _walks(taxonomy, facts)
    yield from _versions(taxonomy, facts)


def _tree(taxonomy: Taxonomy, facts: Facts) -> Iterator[Part]:
    """All codes at a glance, each with how often it was used."""
    if not taxonomy.codes:
        return
    known = by_id(taxonomy.codes)
    yield part("heading", "At a glance", level=3)
    counts = ("Highlights", "Articles", "Coders") if facts.uses else ()
    yield row("Code", "Label", *counts, head=True)
    for code in taxonomy.codes:
        depth = len(path_codes(code, known)) - 1
        use = facts.uses.get(code.id, Use())
        numbers = (f"{each:,}" for each in (use.highlights, use.articles, use.coders)) if counts else ()
        label = f"{DEEP * depth}{code.label}{' (retired)' if code.retired else ''}"
        yield row(code.notation, Run(label, bold=depth == 0), *numbers)


def _code(code: Code, level: int, colour: str, known: dict[str, Code], facts: Facts) -> Iterator[Part]:
    yield part("heading", chip(colour), code.name, level=level)
    if code.definition:
        yield part("paragraph", code.definition)
    for name, field in SAID:
        if text := getattr(code, field):
            yield part("paragraph", Run(name, bold=True), text)
    for name, field in LISTED:
        yield from _examples(name, getattr(code, field), colour)
    if code.synonyms:
        yield part("paragraph", Run("Also called: ", bold=True), ", ".join(code.synonyms))
    if related := [known[id].label for id in code.related if id in known]:
        yield part("paragraph", Run("See also: ", bold=True), ", ".join(related))
    use = facts.uses.get(code.id, Use())
    about = [code.id, f"key {code.shortcut}" if code.shortcut else ""]
    about.append("" if code.assignable else "a heading, not put on text")
    about.append(_retired(code, known))
    if use.highlights:
        about.append(f"{counted(use.highlights, 'highlight')} in {counted(use.articles, 'article')}")
    yield part("dim", " · ".join(each for each in about if each))


def _examples(name: str, text: str, colour: str) -> Iterator[Part]:
    """Passages stand as quotes, each with where it comes from; what is only said of examples runs on."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not any(_QUOTED.fullmatch(line) for line in lines):
        if lines:
            yield part("paragraph", Run(f"{name}: ", bold=True), "\n".join(lines))
        return
    yield part("paragraph", Run(f"{name}:", bold=True))
    for line in lines:
        yield part("quote", line, edge=colour)


def _retired(code: Code, known: dict[str, Code]) -> str:
    if not code.retired:
        return ""
    instead = known.get(code.replaced_by or "")
    return f"retired; use {instead.label}" if instead else "retired"


def _rules(taxonomy: Taxonomy, known: dict[str, Code]) -> Iterator[Part]:
    if not taxonomy.rules:
        return
    from annotate.rules import in_words as rule_in_words

    yield part("heading", "Rules", level=3)
    for rule in taxonomy.rules:
        said = rule_in_words(rule, known)
        yield part("item", f"{said[:1].upper()}{said[1:]}{f' ({rule.note})' if rule.note else ''}", level=0)


def _questions(taxonomy: Taxonomy, known: dict[str, Code]) -> Iterator[Part]:
    """The variables of whole articles."""
    if not taxonomy.questions:
        return
    yield part("heading", "Questions about whole articles", level=3)
    yield row("Variable", "Question", "Answers", head=True)
    for each in taxonomy.questions:
        options = "; ".join(option.label for option in each.options) or KINDS.get(each.kind, str(each.kind))
        if each.branch in known:
            options += f" of the codes below “{known[each.branch].label}”"
        needed = " (required)" if each.required else ""
        asked = "\n".join(filter(None, (f"{each.text or each.name}{needed}", each.note)))
        yield row(Run(each.name, bold=True), asked, options)


def _relations(taxonomy: Taxonomy, known: dict[str, Code], facts: Facts) -> Iterator[Part]:
    if not taxonomy.relation_types:
        return
    yield part("heading", "Relations between highlights", level=3)
    yield row("Relation", "From and to", "What it says", "Relations", head=True)
    for type in taxonomy.relation_types:
        number = f"{facts.relations.get(type.id, 0):,}"
        yield row(Run(type.label, bold=True), in_words(type, known), type.note, number)


def _walks(taxonomy: Taxonomy, facts: Facts) -> Iterator[Part]:
    for walk in facts.walks.get(taxonomy.id, ()):
        yield part("heading", f"Crosswalk: {walk.title}", level=3)
        if walk.origin:
            yield part("dim", walk.origin)
        yield row("Code", "is to the other", walk.other, head=True)
        for cells in walk.rows:
            yield row(*cells)


def _versions(taxonomy: Taxonomy, facts: Facts) -> Iterator[Part]:
    """How the taxonomy came to be, the newest version last."""
    versions, since = facts.versions.get(taxonomy.id, ()), facts.since.get(taxonomy.id, ())
    if not versions:
        return
    yield part("heading", "Versions", level=3)
    for each in versions:
        said = " · ".join(filter(None, (each.day, each.coder, each.note)))
        yield part("paragraph", Run(each.number, bold=True), f"  {said}")
        for change in each.changes:
            yield part("item", change, level=0)
    if since:
        yield part("paragraph", Run("Since then", bold=True))
        for change in since:
            yield part("item", change, level=0)
