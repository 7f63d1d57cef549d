"""Earlier texts taken out for good: from the versions, the originals, the log, the word index and the bytes
of the file. The one thing that cannot be undone.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from annotate.errors import UserError
from annotate.spoken import counted
from storage import steps
from storage.backup import backups
from storage.connection import Connection
from storage.errors import said
from storage.file import BUSY_SECONDS
from storage.layout import KEYS
from storage.project import Project
from storage.steps import Change, Row

LARGE = 200_000_000  # bytes, from which the file is rewritten through the disk and not in memory
WAIT_MS = 1500  # for others to let go of the file
SCRUBBED = ("article_text", "text_version", "original", "file", "article_places", "lost_highlight")


@dataclass(frozen=True, slots=True)
class Held:
    """What a purge would take out, of how many articles."""

    articles: int
    versions: int  # earlier texts
    originals: int  # files that the articles came from
    others: int  # further articles that came from the same files, and lose them too
    quotes: int  # words of highlights that wait for repair
    backups: tuple[Path, ...]  # that hold some of it, and will still do so


@dataclass(frozen=True, slots=True)
class Purged:
    """`rewritten` False: another program kept the file from being written anew, so that words may still be
    found in its bytes; purging again then finishes it.
    """

    change: Change
    held: Held
    rewritten: bool


def what_is_held(project: Project, ids: Sequence[str]) -> Held:
    """What is kept of these articles beside their present texts."""
    wanted = json.dumps(list(ids))

    def count(sql: str) -> int:
        return int(project.value(f"WITH wanted (id) AS (SELECT value FROM json_each(?)) {sql}", [wanted]))

    files = "SELECT file FROM original WHERE file IS NOT NULL AND article IN wanted"
    return Held(
        count("SELECT count(*) FROM article WHERE id IN wanted"),
        count("SELECT count(*) FROM text_version WHERE text IS NOT NULL AND article IN wanted"),
        count("SELECT count(*) FROM original WHERE article IN wanted"),
        count(f"SELECT count(*) FROM original WHERE article NOT IN wanted AND file IN ({files})"),
        count("SELECT count(*) FROM lost_highlight WHERE quote IS NOT NULL AND article IN wanted"),
        tuple(_backups_with(project, ids)),
    )


def present(project: Project, ids: Sequence[str]) -> dict[str, str]:
    """Those of the articles that are in the project, with the hash of their text."""
    found = project.rows(
        "SELECT id, hash FROM article WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(list(ids))]
    )
    return dict(found)


def removed(project: Project) -> list[str]:
    """The articles that are no longer in the project, but whose texts the history of steps still has."""
    logged = project.rows(
        "SELECT ids FROM step_row WHERE before IS NOT NULL AND [table] = 'article_text'",
    )
    ids = {id for (listed,) in logged for id in json.loads(listed)}
    return sorted(ids - present(project, sorted(ids)).keys())


def purge(project: Project, ids: Sequence[str], coder: str | None = None) -> Purged:
    """Takes out everything of these articles but their present texts and highlights; of those that were
    removed (see `removed`), everything.

    Steps that changed these texts cannot be undone any more, nor anything before them. Raises UserError.
    """
    if not ids or not set(ids) <= {*present(project, ids), *removed(project)}:
        raise UserError("That article is no longer in the project.")
    held = what_is_held(project, ids)
    connection = project.db.conn
    connection.execute("PRAGMA secure_delete=ON")
    with project.unlogged() as db:
        label = "Purge earlier texts"
        number = steps.begin(db, f"{label} of {counted(len(ids), 'article')}", coder, "purge", 0, None)
        touched = _take_out(db, ids)
        _scrub_log(db, set(ids), touched.pop("file"))
        db.execute("INSERT INTO article_text_fts (article_text_fts) VALUES ('rebuild')")
        db.execute(
            "INSERT INTO step_row (step, seq, [table], ids, before) VALUES (?, 0, 'original', ?, NULL)",
            [number, json.dumps(sorted({*ids, *touched["original"]}))],
        )
    project.announced(number)
    ids_touched = {table: frozenset(each) for table, each in touched.items()}
    change = Change(number, label, "purge", ids_touched, frozenset({*ids, *touched["original"]}))
    return Purged(change, held, _rewrite(project))


def _take_out(db: Connection, ids: Sequence[str]) -> dict[str, set[str]]:
    """The rows of the tables; what was touched."""
    wanted = json.dumps(list(ids))
    mine = "article IN (SELECT value FROM json_each(?))"

    def found(sql: str, *more: str) -> set[str]:
        return {id for (id,) in db.conn.execute(sql, more).fetchall()}

    files = found(f"SELECT file FROM original WHERE file IS NOT NULL AND {mine}", wanted)
    shared = json.dumps(sorted(files))
    touched = {
        "file": files,
        "original": found(
            f"SELECT article FROM original WHERE {mine} OR file IN (SELECT value FROM json_each(?))",
            wanted,
            shared,
        ),
        "text_version": found(f"SELECT id FROM text_version WHERE {mine}", wanted),
        "lost_highlight": found(f"SELECT id FROM lost_highlight WHERE {mine}", wanted),
    }
    gone = json.dumps(sorted(touched["original"]))
    db.execute(f"DELETE FROM text_version WHERE text IS NOT NULL AND {mine}", [wanted])
    db.execute(f"UPDATE text_version SET reason = '' WHERE {mine}", [wanted])
    db.execute(f"UPDATE lost_highlight SET quote = NULL, hash = NULL WHERE {mine}", [wanted])
    db.execute(f"DELETE FROM original WHERE {mine}", [gone])
    db.execute("DELETE FROM file WHERE id IN (SELECT value FROM json_each(?))", [shared])
    db.execute(f"DELETE FROM article_places WHERE {mine}", [gone])
    return touched


def _scrub_log(db: Connection, ids: set[str], files: set[str]) -> None:
    """Takes the texts out of the rows that steps keep, and lets no step be undone that would need them."""
    tables = ", ".join(f"'{table}'" for table in SCRUBBED)
    logged = db.conn.execute(
        f"""SELECT r.step, r.seq, r.[table], r.before, s.batch, s.kind != 'undo' AND s.undone = 0
            FROM step_row r JOIN step s ON s.id = r.step
            WHERE r.before IS NOT NULL AND r.[table] IN ({tables})"""
    )
    sealed = 0
    changes = []
    for step, seq, table, before, batch, stands in logged:
        rows = steps.unpack(before)
        kept = [row for each in rows if (row := _scrubbed(table, each, ids, files)) is not None]
        if kept != rows:
            key = KEYS[table]
            changes.append((steps.pack(kept), json.dumps([row[key] for row in kept]), step, seq))
            if stands and table == "article_text":
                sealed = max(sealed, batch)
    db.conn.executemany("UPDATE step_row SET before = ?, ids = ? WHERE step = ? AND seq = ?", changes)
    db.execute(
        f"INSERT OR REPLACE INTO counter (name, value) VALUES ('sealed', max({steps.SEALED}, ?))", [sealed]
    )


def _scrubbed(table: str, row: Row, ids: set[str], files: set[str]) -> Row | None:
    """A row of the log without what is purged; None where nothing of it may stay."""
    if table == "file":
        return None if row["id"] in files else row
    if table == "original" and row.get("file") in files:
        return None
    if row["article"] not in ids:
        return row
    return row | {"quote": None, "hash": None} if table == "lost_highlight" else None


def _rewrite(project: Project) -> bool:
    """Writes the whole file anew, so that no page and no log holds what was deleted."""
    connection = project.db.conn
    size = project.path.stat().st_size
    with said(project.path):
        try:
            connection.execute(f"PRAGMA busy_timeout={WAIT_MS}")
            if size > LARGE:
                connection.execute("PRAGMA temp_store=FILE")
            emptied = _empty_log(connection)
            connection.execute("VACUUM")
            return _empty_log(connection) and emptied
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            return False
        finally:
            connection.execute("PRAGMA temp_store=MEMORY")
            connection.execute("PRAGMA secure_delete=OFF")
            connection.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")


def _empty_log(connection: sqlite3.Connection) -> bool:
    """Works the log beside the file into it and cuts it to nothing; False while somebody reads it."""
    return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]


def _backups_with(project: Project, ids: Sequence[str]) -> Iterable[Path]:
    """The backups that hold another text of these articles, or what they came from. One that cannot be read
    counts among them.
    """
    hashes = present(project, ids)
    for backup in backups(project.path):
        try:
            uri = f"{backup.path.resolve().as_uri()}?mode=ro&immutable=1"
            with closing(sqlite3.connect(uri, uri=True)) as source:
                if any(_holds(source, id, hashes.get(id, "")) for id in ids):
                    yield backup.path
        except sqlite3.Error:
            yield backup.path


def _holds(source: sqlite3.Connection, id: str, hash: str) -> bool:
    tables = {name for (name,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    asked = {
        "article": ("id = ? AND hash != ?", [id, hash]),
        "original": ("article = ?", [id]),
        "text_version": ("article = ? AND text IS NOT NULL", [id]),
        "lost_highlight": ("article = ? AND quote IS NOT NULL", [id]),
        "step_row": (
            "before IS NOT NULL AND [table] IN ('article_text', 'original') AND instr(ids, ?)",
            [id],
        ),
    }
    return any(
        source.execute(f"SELECT 1 FROM {table} WHERE {where} LIMIT 1", parameters).fetchone()
        for table, (where, parameters) in asked.items()
        if table in tables
    )
