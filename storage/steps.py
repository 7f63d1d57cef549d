"""Steps: what the user did, as one transaction that is logged and can be taken back.

A step's rows in the log say, for each write, the table, the ids, and the rows as they stood before
(nothing for rows that were added). Undo writes those back as a step of its own, which logs in turn.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from annotate.errors import UserError
from annotate.frozen import frozen
from annotate.ids import now
from storage.connection import Connection
from storage.layout import COPIES, KEYS

Row = dict[str, Any]
CHUNK = 400  # ids asked for at once, below SQLite's limit on variables
SEALED = "(SELECT coalesce(max(value), 0) FROM counter WHERE name = 'sealed')"
SMALL = 4096  # before-images up to this size stay readable text


@frozen
class Change:
    """What a step touched: announced once to everything that shows it."""

    step: int
    label: str
    kind: str = "do"
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)  # table -> ids
    articles: frozenset[str] = frozenset()
    codes: frozenset[str | None] = frozenset()  # codes whose count of marks may differ; None: no code

    def touches(self, *tables: str) -> bool:
        return any(self.ids.get(table) for table in tables)


@frozen
class StepInfo:
    """A line of the history: a group of steps counts as one."""

    id: int
    at: str
    coder: str
    label: str
    kind: str  # do, undo, redo, purge
    undone: bool


class Step:
    """The one hand that writes logged tables. Got from `Project.step`."""

    def __init__(self, db: Connection, number: int, columns: Mapping[str, tuple[str, ...]]) -> None:
        self.db = db
        self.number = number
        self._columns = columns
        self._seq = 0
        self._ids: dict[str, set[str]] = {}
        self._articles: set[str] = set()
        self._codes: set[str | None] = set()

    def add(self, table: str, rows: Sequence[Row]) -> None:
        """Inserts rows that are not there yet. Raises sqlite3.IntegrityError if one is."""
        if not rows:
            return
        key = KEYS[table]
        self._log(table, [row[key] for row in rows], None)
        self._note(table, rows)
        columns = self._columns[table]
        self.db.conn.executemany(
            f"INSERT INTO [{table}] ({_listed(columns)}) VALUES ({', '.join('?' * len(columns))})",
            [tuple(row.get(column) for column in columns) for row in rows],
        )

    def put(self, table: str, rows: Iterable[Row]) -> None:
        """Inserts rows, or changes the named columns of those that are there."""
        rows = list(rows)
        key = KEYS[table]
        before = self.rows(table, [row[key] for row in rows])
        self.add(table, [row for row in rows if row[key] not in before])
        changed = [
            {key: row[key], **differing}
            for row in rows
            if (stands := before.get(row[key])) is not None
            and (differing := {name: value for name, value in row.items() if stands.get(name) != value})
        ]
        if not changed:
            return
        self._log(table, [row[key] for row in changed], [before[row[key]] for row in changed])
        self._note(table, changed)
        self._note(table, [before[row[key]] for row in changed])
        for names, group in _by_columns(changed, key):
            self.db.conn.executemany(
                f"UPDATE [{table}] SET {', '.join(f'[{name}] = ?' for name in names)} WHERE [{key}] = ?",
                [(*(row[name] for name in names), row[key]) for row in group],
            )

    def edit(self, table: str, rows: Iterable[Row]) -> None:
        """Changes the named columns of rows that are there. Raises UserError if one is not."""
        rows = list(rows)
        key = KEYS[table]
        if len(self.rows(table, [row[key] for row in rows])) < len({row[key] for row in rows}):
            raise UserError(f"That {table} is no longer in the project; it was removed meanwhile.")
        self.put(table, rows)

    def remove(self, table: str, ids: Iterable[str]) -> None:
        """Deletes rows; ids that are not there are passed over."""
        before = self.rows(table, list(ids))
        if not before:
            return
        key = KEYS[table]
        self._log(table, list(before), list(before.values()))
        self._note(table, before.values())
        self.db.conn.executemany(f"DELETE FROM [{table}] WHERE [{key}] = ?", [(each,) for each in before])

    def rows(self, table: str, ids: Sequence[str]) -> dict[str, Row]:
        """The rows as they stand now, by id."""
        key = KEYS[table]
        columns = self._columns[table]
        found: dict[str, Row] = {}
        for at in range(0, len(ids), CHUNK):
            chunk = ids[at : at + CHUNK]
            cursor = self.db.conn.execute(
                f"SELECT {_listed(columns)} FROM [{table}] WHERE [{key}] IN ({', '.join('?' * len(chunk))})",
                chunk,
            )
            for values in cursor:
                row = dict(zip(columns, values, strict=True))
                found[row[key]] = row
        return found

    def ids_where(
        self, table: str, column: str, values: Sequence[str | None], order: str = "id"
    ) -> list[str]:
        """The ids of the rows that have one of these values, in the order of these columns."""
        key = KEYS[table]
        found: list[str] = []
        for at in range(0, len(values), CHUNK):
            chunk = values[at : at + CHUNK]
            holes = ", ".join("?" * len(chunk))
            sql = f"SELECT [{key}] FROM [{table}] WHERE [{column}] IN ({holes}) ORDER BY {order}"
            found += [id for (id,) in self.db.conn.execute(sql, chunk)]
        return found

    def next_position(self, table: str, **within: str | None) -> int:
        """Behind the rows that have these values; 0 where there are none."""
        where = " AND ".join(f"[{column}] IS ?" for column in within) or "1"
        sql = f"SELECT coalesce(max(position) + 1, 0) FROM [{table}] WHERE {where}"
        return int(self.db.conn.execute(sql, list(within.values())).fetchone()[0])

    @property
    def wrote(self) -> bool:
        """Whether anything was written so far."""
        return self._seq > 0

    def change(self, label: str, kind: str) -> Change:
        """What was touched so far."""
        ids = {table: frozenset(each) for table, each in self._ids.items()}
        return Change(self.number, label, kind, ids, frozenset(self._articles), frozenset(self._codes))

    def reverse(self, step: int) -> None:
        """Writes back what the log of another step holds, last write first."""
        logged = self.db.conn.execute(
            "SELECT [table], ids, before FROM step_row WHERE step = ? ORDER BY seq DESC", [step]
        ).fetchall()
        for table, ids, before in logged:
            if before is None:
                self.remove(table, json.loads(ids))
            else:
                self.put(table, unpack(before))

    def _note(self, table: str, rows: Iterable[Row]) -> None:
        key = KEYS[table]
        touched = self._ids.setdefault(table, set())
        for row in rows:
            touched.add(row[key])
            if table == "article":
                self._articles.add(row["id"])
            elif article := row.get("article"):
                self._articles.add(article)
            if table == "highlight" and "code" in row:
                self._codes.add(row["code"])

    def _log(self, table: str, ids: list[str], before: list[Row] | None) -> None:
        packed = None if before is None else pack(before)
        self.db.conn.execute(
            "INSERT INTO step_row (step, seq, [table], ids, before) VALUES (?, ?, ?, ?, ?)",
            (self.number, self._seq, table, json.dumps(ids, separators=(",", ":")), packed),
        )
        self._seq += 1


def pack(rows: list[Row]) -> str | bytes:
    """Rows as JSON, compressed when they are large; bytes inside become {"base64": ...}."""
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"), default=_bytes_as_text)
    return text if len(text) <= SMALL else zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def unpack(packed: str | bytes) -> list[Row]:
    """The rows that `pack` was given."""
    text = packed if isinstance(packed, str) else zlib.decompress(packed).decode("utf-8", "surrogatepass")
    rows: list[Row] = json.loads(text)
    for row in rows if '{"base64":' in text else ():
        for name, value in row.items():
            if isinstance(value, dict):
                row[name] = base64.b64decode(value["base64"])
    return rows


def begin(db: Connection, label: str, coder: str | None, kind: str, of: int, batch: int | None) -> int:
    """Logs a step and gives its number. Called inside the transaction."""
    cursor = db.conn.execute(
        "INSERT INTO step (at, coder, label, kind, [of], batch, undone) VALUES (?, ?, ?, ?, ?, ?, 0)",
        (now(), coder, label, kind, of, batch or 0),
    )
    number = int(cursor.lastrowid or 0)
    if batch is None:
        db.conn.execute("UPDATE step SET batch = ? WHERE id = ?", (number, number))
    return number


def next_undo(db: Connection, floor: int) -> StepInfo | None:
    """The last begun group that stands and is newer than `floor`, and than any whose texts were purged.

    A group that runs beside other steps (an import) counts from its first step, so that what was done
    to its rows meanwhile is taken back before it; one that still runs is not offered. (The + keeps
    SQLite from sorting all steps that stand, where the last few are enough.)
    """
    found = db.conn.execute(
        f"""SELECT batch FROM step WHERE +undone = 0 AND kind NOT IN ('undo', 'purge')
           AND batch > max(?, {SEALED})
           AND batch NOT IN (SELECT batch FROM import_run WHERE finished IS NULL AND batch IS NOT NULL)
           ORDER BY batch DESC LIMIT 1""",
        [floor],
    ).fetchone()
    return _info(db, found[0]) if found else None


def next_redo(db: Connection, floor: int) -> StepInfo | None:
    """The last undo that stands, unless something else was done since."""
    found = db.conn.execute(
        """SELECT batch FROM step WHERE undone = 0 AND kind = 'undo' AND id > ?
           AND id > (SELECT coalesce(max(id), 0) FROM step WHERE kind IN ('do', 'purge'))
           ORDER BY id DESC LIMIT 1""",
        [floor],
    ).fetchone()
    return _info(db, found[0]) if found else None


def history(db: Connection, limit: int = 200, before: int | None = None) -> list[StepInfo]:
    """The steps, newest first; a group is one line."""
    rows = db.conn.execute(
        """SELECT id, at, coder, label, kind, undone FROM step
           WHERE id = batch AND id < ? ORDER BY id DESC LIMIT ?""",
        [before if before is not None else 1 << 62, limit],
    )
    return [_info_of(row) for row in rows]


def floor_after_opening(db: Connection, kept: int) -> int:
    """The group up to which nothing is offered for undo: all but the last `kept` groups that stand."""
    found = db.conn.execute(
        "SELECT id FROM step WHERE +undone = 0 AND kind NOT IN ('undo', 'purge') AND id = batch "
        "ORDER BY id DESC LIMIT 1 OFFSET ?",
        [kept],
    ).fetchone()
    return int(found[0]) if found else 0


def old_copies(db: Connection, kept: int) -> list[int]:
    """Undos whose copies of texts nobody can ask for again: `kept` groups old, and something else was done
    since.
    """
    found = db.conn.execute("SELECT id FROM step WHERE id = batch ORDER BY id DESC LIMIT 1 OFFSET ?", [kept])
    oldest = found.fetchone()
    if oldest is None:
        return []
    return [
        step
        for (step,) in db.conn.execute(
            f"""SELECT DISTINCT r.step FROM step_row r JOIN step s ON s.id = r.step
                WHERE r.step <= ? AND {COPIES} AND s.kind = 'undo'
                AND s.id < (SELECT coalesce(max(id), 0) FROM step WHERE kind = 'do')""",
            [oldest[0]],
        )
    ]


def drop_copies(db: Connection, undos: Sequence[int]) -> None:
    """Forgets the texts that undone additions had brought; the log still says which articles they were."""
    db.conn.executemany(
        f"UPDATE step_row SET before = NULL WHERE step = ? AND {COPIES}", [(undo,) for undo in undos]
    )


def change_of(
    db: Connection, number: int, logged: Iterable[tuple[str, str, str, str | bytes | None]]
) -> Change:
    """One change for rows of the log (label, table, ids, before) that somebody else wrote."""
    ids: dict[str, set[str]] = {}
    codes: set[str | None] = set()
    articles: set[str] = set()
    label = ""
    for label, table, listed, before in logged:  # noqa: B007 - the last label stands for all
        ids.setdefault(table, set()).update(json.loads(listed))
        if table in ("highlight", "relation") and before is not None:
            rows = unpack(before)
            articles.update(row["article"] for row in rows)
            codes.update(row["code"] for row in rows if "code" in row)
    articles.update(*(ids.get(table, ()) for table in ("article", "article_text", "original")))
    for linked in _chunks(list(ids.get("relation", ()))):
        asked = f"SELECT article FROM relation WHERE id IN ({', '.join('?' * len(linked))})"
        articles.update(article for (article,) in db.conn.execute(asked, linked))
    marks = list(ids.get("highlight", ()))
    for chunk in _chunks(marks):
        for article, code in db.conn.execute(
            f"SELECT article, code FROM highlight WHERE id IN ({', '.join('?' * len(chunk))})", chunk
        ):
            articles.add(article)
            codes.add(code)
    touched = {table: frozenset(each) for table, each in ids.items()}
    return Change(number, label, "do", touched, frozenset(articles), frozenset(codes))


def _chunks(ids: list[str]) -> Iterator[list[str]]:
    return (ids[at : at + CHUNK] for at in range(0, len(ids), CHUNK))


def _info(db: Connection, batch: int) -> StepInfo:
    row = db.conn.execute(
        "SELECT id, at, coder, label, kind, undone FROM step WHERE id = ?", [batch]
    ).fetchone()
    return _info_of(row)


def _info_of(row: tuple[Any, ...]) -> StepInfo:
    number, at, coder, label, kind, undone = row
    return StepInfo(number, at, coder or "", label, kind, bool(undone))


def _by_columns(rows: list[Row], key: str) -> list[tuple[tuple[str, ...], list[Row]]]:
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(name for name in row if name != key), []).append(row)
    return list(groups.items())


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f"[{column}]" for column in columns)


def _bytes_as_text(value: object) -> dict[str, str]:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode("ascii")}
    raise TypeError(f"no place in the log for {type(value).__name__}")
