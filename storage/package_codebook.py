"""The codebook of a replication package: taxonomies, codes, and all that hangs on them."""

from __future__ import annotations

import json
import re

from annotate.codebook_cells import COLUMNS, cells
from annotate.package.tables import Field, Leads, Sheet, moment
from annotate.taxonomy import by_id, path
from storage import change_log, taxonomy_versions
from storage.package_crosswalks import crosswalks, mappings
from storage.package_source import Rows, Source

ABOUT_CODES = {
    "id": "Id of the code",
    "notation": "Its notation",
    "label": "What it is called",
    "parent": "The code above it",
    "definition": "What it means",
    "use_when": "When to use it",
    "avoid_when": "When not to use it",
    "examples": "Passages that have it, a line each",
    "counter_examples": "Passages that look like it and are not, a line each",
    "synonyms": "Other names, divided by semicolons",
    "related": "Ids of codes to look at as well, divided by semicolons",
    "colour": "Its colour on the screen",
    "shortcut": "Its key",
    "assignable": "yes, or no for a heading that is not put on text",
    "retired": "yes where it is not offered any more",
    "replaced_by": "The code that passages get now, of one that is retired",
}
TAXONOMY = Leads("taxonomy", "taxonomies", "taxonomy")


def codebook_sheets(source: Source) -> list[Sheet]:
    """Taxonomies and codes, and of the others those that hold something."""
    makers = (relation_types, questions, rules, crosswalks, mappings, versions, changes)
    others = (make(source) for make in makers)
    return [taxonomies(source), codes(source), *(each for each in others if any(True for _ in each.rows()))]


def taxonomies(source: Source) -> Sheet:
    fields = (
        Field("taxonomy", "Short name of the taxonomy", needed=True),
        Field("title", "Its title"),
        Field("version", "Its version, as its source says"),
        Field("licence", "Its terms"),
        Field("source", "Where it comes from"),
        Field("credit", "Who made it"),
        Field("note", "What is to be said of it"),
        Field("codes", "Number of codes", "whole"),
    )

    def rows() -> Rows:
        for each in source.taxonomies:
            about = (each.slug, each.title, each.version, each.licence, each.source, each.credit, each.note)
            yield (*about, len(each.codes))

    return Sheet("taxonomies", "codebook", "The taxonomies", fields, ("taxonomy",), rows)


def codes(source: Source) -> Sheet:
    fields = (
        Field("taxonomy", "Short name of the taxonomy", needed=True),
        Field("path", "Labels from the root, divided by “ > ”"),
        *(Field(name, ABOUT_CODES.get(name, name), needed=name == "id") for name in COLUMNS),
    )

    def rows() -> Rows:
        for taxonomy in source.taxonomies:
            known = by_id(taxonomy.codes)
            for code in taxonomy.codes:
                yield taxonomy.slug, path(code, known), *cells(code)

    leads = (
        TAXONOMY, Leads("parent", "codes", "id"),
        Leads("replaced_by", "codes", "id"),
    )  # fmt: skip
    return Sheet("codes", "codebook", "The codebook, a code a row", fields, ("id",), rows, leads)


def relation_types(source: Source) -> Sheet:
    fields = (
        Field("type", "Id of the type", needed=True),
        Field("taxonomy", "Short name of the taxonomy", needed=True),
        Field("label", "What such a relation is called"),
        Field(
            "sources", "Ids of codes (with those below them) that it may start from, as JSON; empty for any"
        ),
        Field("targets", "The same for where it may lead"),
        Field("symmetric", "1: it has no direction", "flag"),
        Field("note", "When to use it"),
    )

    def rows() -> Rows:
        yield from source.stream(
            """SELECT t.id, x.slug, t.label, t.sources, t.targets, t.symmetric, t.note
               FROM relation_type t JOIN taxonomy x ON x.id = t.taxonomy ORDER BY x.position, x.id, t.position, t.id"""
        )

    about = "The kinds of relations between highlights"
    return Sheet("relation_types", "codebook", about, fields, ("type",), rows, (TAXONOMY,))


def questions(source: Source) -> Sheet:
    fields = (
        Field("question", "Id of the question", needed=True),
        Field("taxonomy", "Short name of the taxonomy", needed=True),
        Field("name", "Name of the variable", needed=True),
        Field("text", "The question as coders read it"),
        Field("kind", "single, multiple, scale, number, text or yes/no"),
        Field("options", "What can be answered, as JSON: [[value, label], …]"),
        Field("branch", "The code whose children can be answered"),
        Field("required", "1: an article is done only when it is answered", "flag"),
        Field("condition", "Where it is asked, as JSON; empty for everywhere"),
        Field("note", "How to answer it"),
    )

    def rows() -> Rows:
        yield from source.stream(
            """SELECT q.id, x.slug, q.name, q.text, q.kind, q.options, q.branch, q.required, q.condition, q.note
               FROM question q JOIN taxonomy x ON x.id = q.taxonomy ORDER BY x.position, x.id, q.position, q.id"""
        )

    leads = (TAXONOMY, Leads("branch", "codes", "id"))
    return Sheet(
        "questions", "codebook", "What is asked of whole articles", fields, ("question",), rows, leads
    )


def rules(source: Source) -> Sheet:
    fields = (
        Field("rule", "Id of the rule", needed=True),
        Field("taxonomy", "Short name of the taxonomy", needed=True),
        Field("code", "The branch it holds for; empty for the whole taxonomy"),
        Field("kind", "leaves, exclusive, required, span, together or qualifier"),
        Field("value", "What it says more, as JSON"),
        Field("note", "Why"),
    )

    def rows() -> Rows:
        yield from source.stream(
            """SELECT r.id, x.slug, r.code, r.kind, r.value, r.note
               FROM rule r JOIN taxonomy x ON x.id = r.taxonomy ORDER BY x.position, x.id, r.position, r.id"""
        )

    leads = (TAXONOMY, Leads("code", "codes", "id"))
    return Sheet("rules", "codebook", "Rules on how codes are used", fields, ("rule",), rows, leads)


def versions(source: Source) -> Sheet:
    fields = (
        Field("taxonomy", "Short name of the taxonomy", needed=True),
        Field("version", "Number of the frozen version", needed=True),
        moment("at", "When it was frozen"),
        Field("coder", "Who froze it"),
        Field("note", "What is new in it"),
        Field("codes", "Number of codes", "whole"),
        Field("highlights", "Highlights made under it, until the next", "whole"),
        Field("file", "Its codes, and how they are used"),
    )

    def rows() -> Rows:
        for each in source.taxonomies:
            marks = taxonomy_versions.marks_by_version(source.project, each.id)
            for version in reversed(taxonomy_versions.versions(source.project, each.id)):
                number = len(taxonomy_versions.stood(source.project, version).codes)
                yield (
                    each.slug, version.number, version.at, source.called.get(version.coder, ""), version.note,
                    number, marks.get(version.number, 0), version_file(each.slug, version.number),
                )  # fmt: skip

    return Sheet(
        "taxonomy_versions", "codebook", "Frozen versions of the taxonomies", fields, ("taxonomy", "version"), rows,
        (TAXONOMY,),
    )  # fmt: skip


def version_file(slug: str, number: str) -> str:
    """Where the codes of a frozen version stand."""
    return f"codebook/versions/{plain_name(f'{slug}-{number}')}.json"


def plain_name(text: str) -> str:
    """As a file may be called on every system."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("-.") or "unnamed"


def changes(source: Source) -> Sheet:
    fields = (
        Field("change", "Id of the change", needed=True),
        moment("at", "When it was made"),
        Field("taxonomy", "Short name of the taxonomy", needed=True),
        Field("coder", "Who made it"),
        Field("what", "What was done"),
        Field("code", "Id of the code, which may be gone"),
        Field("label", "Its label then"),
        Field("reason", "Why"),
        Field("details", "What else is known of it, as JSON"),
    )

    def rows() -> Rows:
        for each in source.taxonomies:
            for line in reversed(change_log.lines(source.project, each.id)):
                details = {name: value for name, value in line.details.items() if name != "label"}
                yield (
                    line.id, line.at, each.slug, source.called.get(line.coder, ""), str(line.what), line.code,
                    str(line.details.get("label", "")), line.reason, json.dumps(details, ensure_ascii=False),
                )  # fmt: skip

    return Sheet(
        "taxonomy_changes", "codebook", "The log of changes to the codes, oldest first", fields, ("change",), rows,
        (TAXONOMY,),
    )  # fmt: skip
