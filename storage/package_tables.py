"""The tables of a replication package, as streams out of the project."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotate.codebook_cells import COLUMNS, cells
from annotate.model import Taxonomy
from annotate.package.about import About
from annotate.package.tables import Field, Leads, Sheet, moment
from annotate.sharing.passages import short_fields
from annotate.taxonomy import by_id, path
from annotate.text import word_count
from annotate.writers.dataset import Dataset
from annotate.writers.tables import Cell
from storage import change_log, taxonomy_versions
from storage.errors import said
from storage.project import Project

Rows = Iterator[tuple[Cell, ...]]
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


@dataclass(frozen=True, slots=True)
class Source:
    """What tables are made from. `called`: what coders are called, by id; `taxonomies`: as they may go out."""

    project: Project
    about: About
    dataset: Dataset
    called: Mapping[str, str]
    taxonomies: Sequence[Taxonomy]

    def stream(self, sql: str) -> Iterator[Any]:
        with said(self.project.path):
            yield from map(
                tuple, self.project.db.conn.execute(sql)
            )  # a cursor would be closed after its file


def sheets(source: Source) -> list[Sheet]:
    """Those that hold something; articles, highlights, codes and coders always."""
    made = [_articles(source), _highlights(source), _coders(source), _taxonomies(source), _codes(source)]
    if any(True for _ in _field_rows(source)):
        made.insert(1, _fields(source))
    if source.about.text:
        made.insert(1, _texts(source))
    made += [each for each in (_versions(source), _changes(source)) if any(True for _ in each.rows())]
    return made + ([_steps(source), _step_rows(source)] if source.about.audit else [])


def _articles(source: Source) -> Sheet:
    def rows() -> Rows:
        yield from source.stream(
            """SELECT id, number, title, outlet, author, date, url, language, state, reason, characters, words, hash,
                      source, added, (SELECT count(*) FROM highlight h WHERE h.article = article.id)
               FROM article ORDER BY number"""
        )

    fields = (
        Field("article", "Id of the article", needed=True),
        Field("number", "Its number in the order of import", "whole", needed=True),
        Field("title", "Its title"),
        Field("outlet", "Where it was published"),
        Field("author", "Who wrote it"),
        Field("date", "When it was published: a year, a month or a day (2025, 2025-03, 2025-03-12)"),
        Field("url", "Its address"),
        Field("language", "Language of the text (BCP 47)"),
        Field("state", "How far its coding is: to do, in progress, done, skipped"),
        Field("reason", "Why it was skipped"),
        Field("characters", "Length of the text in code points", "whole"),
        Field("words", "Length of the text in words", "whole"),
        Field("text_hash", "SHA-256 of the text in UTF-8, hexadecimal", needed=True),
        Field("source", "Name of the file it came from"),
        moment("added", "When it was added to the project"),
        Field("highlights", "Number of its highlights", "whole"),
    )
    return Sheet("articles", "data", "The articles", fields, ("article",), rows)


def _fields(source: Source) -> Sheet:
    fields = (
        Field("article", "Id of the article", needed=True),
        Field("name", "Name of the field", needed=True),
        Field("value", "What it says"),
    )
    return Sheet(
        "article_fields", "data", "Own fields of the articles", fields, ("article", "name"),
        lambda: _field_rows(source), (Leads("article", "articles", "article"),),
    )  # fmt: skip


def _field_rows(source: Source) -> Rows:
    for article, attributes in source.stream(
        "SELECT id, attributes FROM article WHERE attributes != '' ORDER BY number"
    ):
        held = json.loads(attributes)
        for name, value in (held if source.about.text else short_fields(held)).items():
            yield article, name, value


def _texts(source: Source) -> Sheet:
    def rows() -> Rows:
        yield from source.stream("SELECT article, text FROM article_text ORDER BY number")

    fields = (Field("article", "Id of the article", needed=True), Field("text", "Its text"))
    return Sheet(
        "texts", "data", "The texts of the articles", fields, ("article",), rows,
        (Leads("article", "articles", "article"),),
    )  # fmt: skip


def _highlights(source: Source) -> Sheet:
    most = None if source.about.text else source.about.quotes_up_to
    fields = [
        Field("highlight", "Id of the highlight", needed=True),
        Field("article", "Id of the article it stands in", needed=True),
        Field("start", "Its first character (code points, from 0)", "whole", needed=True),
        Field("end", "The character behind its last one", "whole", needed=True),
        Field("parts", "Of a highlight with gaps its stretches, as JSON: [[start, end], …]"),
        Field("quote", "Its words; “ … ” stands for a gap" + (f"; of at most {most} words" if most else "")),
        Field("code", "Id of its code; empty where it has none"),
        Field("taxonomy", "Short name of the code's taxonomy"),
        Field("notation", "Notation of the code"),
        Field("label", "Label of the code"),
        Field("coder", "Who made it", needed=True),
        Field("memo", "What the coder noted"),
        Field("certainty", "sure, unsure, or nothing said"),
        moment("created", "When it was made"),
        moment("modified", "When it was last changed"),
        Field("page", "Of a PDF, the page on which it begins"),
    ]
    if most == 0:
        fields = [field for field in fields if field.name != "quote"]

    def rows() -> Rows:
        for span in source.dataset.spans():
            cells: list[Cell] = [span.id, span.article, span.start, span.end, span.parts]
            if most != 0:
                cells.append(span.quote if most is None or word_count(span.quote) <= most else "")
            cells += [span.code, span.taxonomy, span.notation, span.label, span.coder, span.memo]
            yield (*cells, span.certainty, span.created, span.modified, span.page)

    leads = (
        Leads("article", "articles", "article"), Leads("code", "codes", "id"),
        Leads("taxonomy", "taxonomies", "taxonomy"), Leads("coder", "coders", "coder"),
    )  # fmt: skip
    return Sheet(
        "highlights", "data", "The coding, a highlight a row", tuple(fields), ("highlight",), rows, leads
    )


def _coders(source: Source) -> Sheet:
    def rows() -> Rows:
        for id, number in source.stream(
            """SELECT c.id, (SELECT count(*) FROM highlight h WHERE h.coder = c.id)
               FROM coder c ORDER BY c.created, c.id"""
        ):
            yield source.called[id], number

    fields = (
        Field("coder", "What the coder is called", needed=True),
        Field("highlights", "Number of highlights", "whole"),
    )
    return Sheet("coders", "data", "Who coded", fields, ("coder",), rows)


def _taxonomies(source: Source) -> Sheet:
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


def _codes(source: Source) -> Sheet:
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
        Leads("taxonomy", "taxonomies", "taxonomy"), Leads("parent", "codes", "id"),
        Leads("replaced_by", "codes", "id"),
    )  # fmt: skip
    return Sheet("codes", "codebook", "The codebook, a code a row", fields, ("id",), rows, leads)


def _versions(source: Source) -> Sheet:
    fields = (
        Field("taxonomy", "Short name of the taxonomy", needed=True),
        Field("version", "Number of the frozen version", needed=True),
        moment("at", "When it was frozen"),
        Field("coder", "Who froze it"),
        Field("note", "What is new in it"),
        Field("codes", "Number of codes", "whole"),
        Field("highlights", "Highlights made under it, until the next", "whole"),
        Field("file", "Its codes"),
    )

    def rows() -> Rows:
        for each in source.taxonomies:
            marks = taxonomy_versions.marks_by_version(source.project, each.id)
            for version in reversed(taxonomy_versions.versions(source.project, each.id)):
                number = len(taxonomy_versions.codes(source.project, version))
                yield (
                    each.slug, version.number, version.at, source.called.get(version.coder, ""), version.note,
                    number, marks.get(version.number, 0), version_file(each.slug, version.number),
                )  # fmt: skip

    return Sheet(
        "taxonomy_versions", "codebook", "Frozen versions of the taxonomies", fields, ("taxonomy", "version"), rows,
        (Leads("taxonomy", "taxonomies", "taxonomy"),),
    )  # fmt: skip


def version_file(slug: str, number: str) -> str:
    """Where the codes of a frozen version stand."""
    return f"codebook/versions/{plain_name(f'{slug}-{number}')}.json"


def plain_name(text: str) -> str:
    """As a file may be called on every system."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("-.") or "unnamed"


def _changes(source: Source) -> Sheet:
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
        (Leads("taxonomy", "taxonomies", "taxonomy"),),
    )  # fmt: skip


def _steps(source: Source) -> Sheet:
    fields = (
        Field("step", "Number of the step", "whole", needed=True),
        moment("at", "When it was done"),
        Field("coder", "Who did it"),
        Field("label", "What was done"),
        Field("kind", "do, undo, redo, or purge (texts taken out for good)"),
        Field("of", "The step that was undone, or the undo that was redone; else 0", "whole"),
        Field("group", "The first step of those that count as one", "whole"),
        Field("undone_by", "The step that took it back; 0 if it stands", "whole"),
    )
    hide = _hider(source)

    def rows() -> Rows:
        for id, at, coder, label, *rest in source.stream(
            "SELECT id, at, coder, label, kind, of, batch, undone FROM step ORDER BY id"
        ):
            yield id, at, source.called.get(coder or "", ""), hide(label), *rest

    return Sheet(
        "steps", "audit", "Everything that was done in the project, in order", fields, ("step",), rows
    )


def _hider(source: Source) -> Callable[[str], str]:
    """Takes the names of coders out of a sentence, where they are not to be told."""
    names = {
        name: source.called[id]
        for id, name in source.stream("SELECT id, name FROM coder")
        if source.called[id] != name
    }
    if not names:
        return str
    pattern = re.compile(
        "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(names, key=len, reverse=True))
    )
    return lambda text: pattern.sub(lambda found: names[found[0]], text)


def _step_rows(source: Source) -> Sheet:
    fields = (
        Field("step", "Number of the step", "whole", needed=True),
        Field("seq", "Number within the step", "whole", needed=True),
        Field("table", "Table of the project file"),
        Field("what", "added, or changed (or removed)"),
        Field("number", "Number of rows", "whole"),
        Field("ids", "Their ids, as JSON"),
    )

    def rows() -> Rows:
        for step, seq, table, ids, added in source.stream(
            "SELECT step, seq, [table], ids, before IS NULL FROM step_row ORDER BY step, seq"
        ):
            yield step, seq, table, "added" if added else "changed", len(json.loads(ids)), ids

    return Sheet(
        "step_rows", "audit", "The rows of the project file that each step wrote", fields, ("step", "seq"), rows,
        (Leads("step", "steps", "step"),),
    )  # fmt: skip
