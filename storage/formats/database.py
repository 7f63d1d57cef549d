"""A database of another program: made in a temporary file, or read from bytes without trusting it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from annotate.errors import UserError
from annotate.writers.whole import SQLITE

SCHEMAS = Path(__file__).parent


@contextmanager
def made(out: IO[bytes], schema: str, application_id: int = 0) -> Iterator[sqlite3.Connection]:
    """A new database with the tables of `schema` (a file beside this one); it goes to `out` when it is whole.

    Nothing is kept if it breaks off, so it is written without a journal, in one transaction.
    """
    with TemporaryDirectory(prefix="postil-") as folder:
        path = Path(folder) / "made.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            for pragma in ("journal_mode=OFF", "synchronous=OFF", f"application_id={application_id}"):
                db.execute(f"PRAGMA {pragma}")
            db.execute("BEGIN")
            for statement in (SCHEMAS / schema).read_text(encoding="utf-8").split(";\n"):
                if statement.strip():
                    db.execute(statement)
            yield db
            db.execute("COMMIT")
        with path.open("rb") as whole:
            shutil.copyfileobj(whole, out, 1 << 20)


@contextmanager
def opened(data: bytes, name: str, *tables: str) -> Iterator[sqlite3.Connection]:
    """The database that the bytes are, in memory. Raises UserError where it is damaged or lacks one of `tables`."""
    with closing(sqlite3.connect(":memory:")) as db:
        try:
            if not is_database(data):
                raise sqlite3.DatabaseError
            db.deserialize(data)
            db.execute("PRAGMA trusted_schema=OFF")
            db.execute("PRAGMA cell_size_check=ON")
            db.text_factory = _decoded
            held = set(names(db))
            sound = db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            if not sound or not held.issuperset(tables):
                raise sqlite3.DatabaseError
            yield db
        except (sqlite3.Error, OverflowError, UnicodeDecodeError):
            raise UserError(f"{name} is damaged, or no database that Postil knows.") from None


def names(db: sqlite3.Connection) -> list[str]:
    """The tables of a database."""
    return [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]


def is_database(data: bytes, *words: bytes) -> bool:
    """Whether the bytes begin a SQLite database whose schema seems to hold these words."""
    return data.startswith(SQLITE) and all(word in data for word in words)


def rows(db: sqlite3.Connection, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    return db.execute(sql, parameters).fetchall()


def count(db: sqlite3.Connection, table: str) -> int:
    """How many rows a table has; none where it is not there."""
    return int(db.execute(f"SELECT count(*) FROM [{table}]").fetchone()[0]) if table in names(db) else 0


def text(value: object) -> str:
    """A cell as text: nothing for NULL and bytes."""
    return "" if value is None or isinstance(value, bytes) else str(value)


def whole(value: object) -> int:
    """A cell as a whole number, -1 for what is none."""
    return value if isinstance(value, int) else -1


def _decoded(value: bytes) -> str:
    return value.decode("utf-8", "replace")
