"""Is the file whole? Everything that can be checked without changing a byte."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from annotate.text import text_hash
from storage.project import Project


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be."""

    what: str
    where: str = ""


def check(project: Project) -> list[Finding]:
    """What is wrong with a project; nothing if it is whole."""
    return [*_file(project), *_texts(project), *_spans(project), *_codes(project)]


def _file(project: Project) -> Iterator[Finding]:
    for (answer,) in project.rows("PRAGMA integrity_check(20)"):
        if answer != "ok":
            yield Finding(f"SQLite finds: {answer}")
    for table, row, other, _ in project.rows("PRAGMA foreign_key_check"):
        yield Finding(f"a row of {table} points to a row of {other} that is not there", str(row))


def _texts(project: Project) -> Iterator[Finding]:
    numbers = project.rows(
        "SELECT a.id, a.title FROM article a LEFT JOIN article_text t ON t.article = a.id WHERE t.article IS NULL"
    )
    for id, title in numbers:
        yield Finding(f"the article “{title}” has no text", id)
    cursor = project.db.conn.execute(
        "SELECT a.id, a.title, a.hash, a.characters, t.text FROM article a JOIN article_text t ON t.article = a.id"
    )
    for id, title, hash, characters, text in cursor:
        if text_hash(text) != hash:
            yield Finding(f"the text of “{title}” is not the one it was imported with", id)
        elif len(text) != characters:
            yield Finding(f"the length of “{title}” is noted wrongly", id)
    missing = project.value(
        """SELECT count(*) FROM article_text
           WHERE number NOT IN (SELECT id FROM article_text_fts_docsize)"""
    )
    if missing:
        yield Finding(f"the word index lacks {missing} texts")


def _spans(project: Project) -> Iterator[Finding]:
    for id, start, end, characters in project.rows(
        """SELECT h.id, h.start, h."end", a.characters FROM highlight h JOIN article a ON a.id = h.article
           WHERE h.start < 0 OR h.start >= h."end" OR h."end" > a.characters"""
    ):
        yield Finding(
            f"a highlight from {start} to {end} lies outside its text of {characters} characters", id
        )
    for id, start, end, parts in project.rows(
        'SELECT id, start, "end", parts FROM highlight WHERE parts IS NOT NULL'
    ):
        spans = json.loads(parts)
        ordered = all(one[1] <= other[0] for one, other in pairwise(spans))
        if not ordered or spans[0][0] != start or spans[-1][1] != end:
            yield Finding("the parts of a highlight do not fit its edges", id)


def _codes(project: Project) -> Iterator[Finding]:
    for id, label in project.rows(
        "SELECT c.id, c.label FROM code c JOIN code p ON p.id = c.parent WHERE p.taxonomy != c.taxonomy"
    ):
        yield Finding(f"the code “{label}” stands under a code of another taxonomy", id)
