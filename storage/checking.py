"""Is the file whole? Everything that can be checked without changing a byte."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from annotate.text import text_hash
from storage.errors import Damaged, said
from storage.project import Project


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be."""

    what: str
    where: str = ""


def check(project: Project) -> list[Finding]:
    """What is wrong with a project; nothing if it is whole."""
    findings: list[Finding] = []
    for part in (_file, _texts, _versions, _words, _spans, _codes, _relations):
        try:
            with said(project.path):
                findings += part(project)
        except Damaged as error:
            findings.append(Finding(str(error)))
    return list(dict.fromkeys(findings))


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
            yield Finding(f"the text of “{title}” is not the one it was imported with or corrected to", id)
        elif len(text) != characters:
            yield Finding(f"the length of “{title}” is noted wrongly", id)


def _versions(project: Project) -> Iterator[Finding]:
    """Every earlier text as it was, and the last version of each article the present one."""
    cursor = project.db.conn.execute("SELECT id, number, hash, text FROM text_version WHERE text IS NOT NULL")
    for id, number, hash, text in cursor:
        if text_hash(text) != hash:
            yield Finding(f"version {number} of a text is not the one it was", id)
    for id, title in project.rows(
        """SELECT a.id, a.title FROM article a JOIN text_version v ON v.article = a.id
           GROUP BY a.id HAVING sum(v.text IS NULL) != 1
           OR max(v.number) != max(CASE WHEN v.text IS NULL THEN v.number END)
           OR max(CASE WHEN v.text IS NULL THEN v.hash END) != a.hash"""
    ):
        yield Finding(f"the versions of “{title}” do not end with its present text", id)


def _words(project: Project) -> Iterator[Finding]:
    """The word index against itself: a list of words for every text, and as many words as were counted."""
    missing = project.value(
        "SELECT count(*) FROM article_text WHERE number NOT IN (SELECT id FROM article_text_fts_docsize)"
    )
    if missing:
        yield Finding(f"the word index lacks {missing} of the texts")
    stale = project.value(
        """SELECT count(*) FROM article_text_fts_docsize WHERE id NOT IN (SELECT number FROM article_text)
           AND id > (SELECT coalesce(max(value), 0) FROM counter WHERE name = 'article')"""  # never given
    )
    if stale:
        yield Finding(f"the word index holds texts that are not there ({stale})")
    connection = project.db.conn
    connection.execute("CREATE VIRTUAL TABLE temp.indexed USING fts5vocab('main', 'article_text_fts', 'row')")
    try:
        held = connection.execute("SELECT coalesce(sum(cnt), 0) FROM temp.indexed").fetchone()[0]
    finally:
        connection.execute("DROP TABLE temp.indexed")
    counted = sum(_varint(size) for (size,) in project.rows("SELECT sz FROM article_text_fts_docsize"))
    if held != counted:
        yield Finding(f"the word index holds {held:,} words of {counted:,}")


def _varint(data: bytes) -> int:
    """SQLite's number of variable length, as FTS5 keeps the words of a text."""
    value = 0
    for byte in data:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return value


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
        if not _fit(start, end, parts):
            yield Finding("the parts of a highlight do not fit its edges", id)


def _fit(start: int, end: int, parts: str) -> bool:
    try:
        edges = [edge for first, last in json.loads(parts) for edge in (first, last)]
        return edges == sorted(edges) and (edges[0], edges[-1]) == (start, end)
    except (ValueError, TypeError, IndexError):
        return False


def _codes(project: Project) -> Iterator[Finding]:
    for id, label in project.rows(
        "SELECT c.id, c.label FROM code c JOIN code p ON p.id = c.parent WHERE p.taxonomy != c.taxonomy"
    ):
        yield Finding(f"the code “{label}” stands under a code of another taxonomy", id)
    for id, label in project.rows(
        """SELECT id, label FROM code WHERE replaced_by NOT IN (SELECT id FROM code)
           OR EXISTS (SELECT 1 FROM json_each(code.related) WHERE value NOT IN (SELECT id FROM code))"""
    ):
        yield Finding(f"the code “{label}” names a code that is not there", id)


def _relations(project: Project) -> Iterator[Finding]:
    marks = "SELECT id, article FROM highlight UNION ALL SELECT id, article FROM lost_highlight"
    for end in ("source", "target"):
        for (id,) in project.rows(
            f"""SELECT r.id FROM relation r LEFT JOIN ({marks}) m ON m.id = r.{end}
                WHERE m.id IS NULL OR m.article != r.article"""
        ):
            yield Finding(f"the {end} of a relation is no highlight of its article", id)
    for id, label in project.rows(
        """SELECT r.id, r.label FROM relation_type r WHERE EXISTS (
           SELECT 1 FROM json_each(r.sources) WHERE value NOT IN (SELECT id FROM code)
           UNION SELECT 1 FROM json_each(r.targets) WHERE value NOT IN (SELECT id FROM code))"""
    ):
        yield Finding(f"the relation type “{label}” names a code that is not there", id)
