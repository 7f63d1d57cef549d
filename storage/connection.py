"""A connection to the file. sqlite-utils is loaded when tables are made or changed, not to read a project:
it takes a third of the time in which a window should stand.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database


class Connection:
    """`conn` is SQLite's own; `utils` is the same connection as sqlite-utils sees it."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn
        conn.execute("PRAGMA recursive_triggers=ON")

    @cached_property
    def utils(self) -> Database:
        from sqlite_utils import Database

        return Database(self.conn, recursive_triggers=True, execute_plugins=False)

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Cursor:
        return self.conn.execute(sql, parameters)

    def close(self) -> None:
        self.conn.close()
