"""A project file, open: the connection, steps, undo and redo, and one sentence when something is wrong."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Set
from contextlib import ExitStack, closing, contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from annotate.errors import UserError
from annotate.ids import new_id, now
from storage import steps
from storage.connection import Connection
from storage.errors import ReadOnlyPlace, said
from storage.file import (
    BUSY_SECONDS,
    claim,
    connect,
    format_of,
    identity,
    inspect,
    put_in_place,
    release,
    says_wal,
)
from storage.layout import APPLICATION_ID, KEYS, known_versions
from storage.steps import Change, Step, StepInfo
from storage.updating import bring_up_to_date

if TYPE_CHECKING:
    from storage.lock import Lock

SUFFIX = ".postil"
UNDO_KEPT = 100  # groups that can still be undone after reopening


class Project:
    """One project file. `create` or `open` it, read through the modules of this room, write by `step`.

    A connection belongs to the thread that opened it; another thread or process opens its own.
    """

    def __init__(self, path: Path, db: Connection, *, writable: bool, lock: Lock | None) -> None:
        self.path = path
        self.db = db
        self.writable = writable
        self._lock = lock
        self._floor = steps.floor_after_opening(db, UNDO_KEPT)
        self._identity = identity(path)
        self._seen = self.last_step()  # every step up to this one was announced
        self._announced: set[int] = set()  # and these after it
        self._data_version = self._read_data_version()

    @cached_property
    def _columns(self) -> dict[str, tuple[str, ...]]:
        """The columns of each table that steps log."""
        found = {table: self.db.conn.execute(f"PRAGMA table_info([{table}])") for table in KEYS}
        return {table: tuple(row[1] for row in rows) for table, rows in found.items()}

    @classmethod
    def create(cls, path: Path, title: str = "", *, hold: bool = False) -> Project:
        """A new, empty project. Raises UserError if `path` is taken or its folder cannot be written."""
        from storage.schema import migrations

        path = Path(path)
        if path.exists():
            raise UserError(f"{path.name} is already there; choose another name.")
        if not path.parent.is_dir():
            raise UserError(f"There is no folder {path.parent} to make {path.name} in.")
        unfinished = path.with_name(f".{path.name}.{os.getpid()}.new")
        try:
            with said(path), closing(connect(unfinished, "mode=rwc")) as db:
                db.execute("PRAGMA journal_mode=DELETE")
                db.execute(f"PRAGMA application_id={APPLICATION_ID}")
                migrations.apply(db.utils)
                db.execute(f"PRAGMA user_version={known_versions()}")
                db.utils.table("project").insert(
                    {"id": new_id(), "title": title or path.stem, "created": now()}
                )
            put_in_place(unfinished, path)
        except FileExistsError:
            raise UserError(f"{path.name} is already there; choose another name.") from None
        except OSError as error:
            raise UserError(f"{path.name} cannot be made there: {error.strerror}.") from None
        finally:
            unfinished.unlink(missing_ok=True)
            unfinished.with_name(unfinished.name + "-journal").unlink(missing_ok=True)
        return cls.open(path, hold=hold)

    @classmethod
    def open(cls, path: Path, *, write: bool = True, hold: bool = False) -> Project:
        """Opens a project file, bringing an older one up to date after a copy was made.

        `hold` claims it for a window. Raises AlreadyOpen if another window holds it, ReadOnlyPlace,
        Damaged, or another UserError that says why it is no project this program can open.
        """
        path = Path(path)
        inspect(path)
        if not write:
            return cls._open_reading(path)
        if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
            raise ReadOnlyPlace(f"{path.name} cannot be written to; open it read-only or copy it elsewhere.")
        with ExitStack() as undone:
            lock = None
            if hold:
                lock = claim(path)
                undone.callback(release, lock)
            with said(path):
                db = connect(path)
                undone.callback(db.close)
                bring_up_to_date(path, db)
                db.execute("PRAGMA journal_mode=WAL")
                project = cls(path, db, writable=True, lock=lock)
                project._drop_old_copies()
            undone.pop_all()
            return project

    @classmethod
    def _open_reading(cls, path: Path) -> Project:
        options = "mode=ro"
        stands_alone = not path.with_name(path.name + "-wal").exists()
        if stands_alone and (says_wal(path) or not os.access(path.parent, os.W_OK)):
            options += "&immutable=1"  # SQLite would make its log beside it only to read
        with ExitStack() as undone, said(path):
            db = connect(path, options)
            undone.callback(db.close)
            if format_of(path, db) < known_versions():
                raise UserError(
                    f"{path.name} was made by an older Postil and must be opened for writing once, "
                    "to be brought up to date."
                )
            project = cls(path, db, writable=False, lock=None)
            undone.pop_all()
            return project

    def _drop_old_copies(self) -> None:
        if undos := steps.old_copies(self.db, UNDO_KEPT):
            with self.unlogged() as db:
                steps.drop_copies(db, undos)

    # ---------------------------------------------------------------- writing

    @contextmanager
    def step(self, label: str, coder: str | None = None, *, batch: int | None = None) -> Iterator[StepHandle]:
        """One thing the user did, as one transaction. An exception leaves no trace, nor does a step that
        wrote nothing.

        `batch` joins a group begun by an earlier step, whose number it is. After the block,
        `handle.change` says what was touched; its step is 0 when nothing was.
        """
        try:
            with self._transaction():
                number = steps.begin(self.db, label, coder, "do", 0, batch)
                handle = StepHandle(Step(self.db, number, self._columns))
                yield handle
                if not handle.step.wrote:
                    raise _NothingWritten
                handle.change = handle.step.change(label, "do")
        except _NothingWritten:
            handle.change = Change(0, label)
        else:
            self._announced.add(number)

    @contextmanager
    def unlogged(self) -> Iterator[Connection]:
        """A transaction for what is not a step: session seconds, view state, presets, import reports."""
        with self._transaction():
            yield self.db

    def announced(self, step: int) -> None:
        """Tells that whoever made this step announces it, so that `poll` does not."""
        self._announced.add(step)

    def do(
        self, label: str, work: Callable[[Step], Any], coder: str | None = None, *, batch: int | None = None
    ) -> Change:
        """Runs `work` as one step and tells what it touched. `batch` as for `step`."""
        with self.step(label, coder, batch=batch) as handle:
            work(handle.step)
        assert handle.change is not None
        return handle.change

    def undo(self, coder: str | None = None) -> Change | None:
        """Takes back the last step (or group) that stands; None when there is none."""
        return self._reverse("undo", coder)

    def redo(self, coder: str | None = None) -> Change | None:
        """Does again what was undone last; None when there is nothing."""
        return self._reverse("redo", coder)

    def _reverse(self, kind: str, coder: str | None) -> Change | None:
        with self._transaction():
            target = self.undoable() if kind == "undo" else self.redoable()
            if target is None:
                return None
            number = steps.begin(self.db, target.label, coder, kind, target.id, None)
            step = Step(self.db, number, self._columns)
            group = self.db.conn.execute(
                "SELECT id FROM step WHERE batch = ? ORDER BY id DESC", [target.id]
            ).fetchall()
            for (each,) in group:
                step.reverse(each)
            self.db.conn.execute("UPDATE step SET undone = ? WHERE batch = ?", (number, target.id))
            if kind == "redo":  # the rows stand again: their copies are of no more use
                self.db.conn.execute("DELETE FROM step_row WHERE step = ?", [target.id])
            change = step.change(target.label, kind)
        self._announced.add(number)
        return change

    def undoable(self) -> StepInfo | None:
        """What `undo` would take back."""
        return steps.next_undo(self.db, self._floor)

    def redoable(self) -> StepInfo | None:
        """What `redo` would do again."""
        return steps.next_redo(self.db, self._floor)

    def why_no_undo(self) -> str:
        """What to say where `undoable` is None."""
        if self.value(f"SELECT {steps.SEALED}"):
            return "There is nothing to undo: what was done before a purge of texts stays done."
        return "There is nothing to undo."

    def history(self, limit: int = 200, before: int | None = None) -> list[StepInfo]:
        """Groups of steps, newest first."""
        return steps.history(self.db, limit, before)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """The only place that opens a write transaction (DESIGN says which traps this avoids)."""
        if not self.writable:
            raise ReadOnlyPlace(f"{self.path.name} is open read-only; nothing can be changed.")
        connection = self.db.conn
        assert not connection.in_transaction, "a step inside a step"
        if identity(self.path) != self._identity:
            raise UserError(
                f"{self.path.name} was moved, replaced or deleted while it was open; put it back where it was "
                "and try again, or close it and open it from its new place."
            )
        with said(self.path):
            self._begin()
            try:
                connection.execute("PRAGMA defer_foreign_keys=ON")
                yield
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _begin(self) -> None:
        """BEGIN IMMEDIATE, asking again every millisecond: SQLite's own waiting grows to 100 ms."""
        until = time.monotonic() + BUSY_SECONDS
        connection = self.db.conn
        connection.execute("PRAGMA busy_timeout=0")
        try:
            while True:
                try:
                    connection.execute("BEGIN IMMEDIATE")
                    return
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                        raise
                    time.sleep(0.001)
        finally:
            connection.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")

    # ---------------------------------------------------------------- reading

    def rows(self, sql: str, parameters: Any = ()) -> list[Any]:
        """The rows of a query; errors of the world come as UserErrors."""
        with said(self.path):
            return self.db.conn.execute(sql, parameters).fetchall()

    def value(self, sql: str, parameters: Any = ()) -> Any:
        """The first column of the first row, or None."""
        with said(self.path):
            row = self.db.conn.execute(sql, parameters).fetchone()
        return row[0] if row else None

    @property
    def title(self) -> str:
        return str(self.value("SELECT title FROM project LIMIT 1") or self.path.stem)

    def last_step(self) -> int:
        return int(self.value("SELECT coalesce(max(id), 0) FROM step"))

    def poll(self) -> Change | None:
        """What others (another process, a background import) changed since last asked."""
        version = self._read_data_version()
        if version == self._data_version:
            return None
        self._data_version = version
        last = self.last_step()
        change = self._change_between(self._seen, last, self._announced)
        self._seen = last
        self._announced = {number for number in self._announced if number > last}
        return change

    def changes_since(self, step: int) -> Change | None:
        """All that the steps after this one touched, as one change; `poll` will not tell of them again."""
        last = self.last_step()
        self._announced.update(range(step + 1, last + 1))
        return self._change_between(step, last, frozenset())

    def _change_between(self, after: int, last: int, known: Set[int]) -> Change | None:
        rows = self.rows(
            """SELECT s.id, s.label, r.[table], r.ids, r.before
               FROM step s JOIN step_row r ON r.step = s.id WHERE s.id > ? AND s.id <= ? ORDER BY s.id""",
            [after, last],
        )
        others = [row[1:] for row in rows if row[0] not in known]
        return steps.change_of(self.db, last, others) if others else None

    def _read_data_version(self) -> int:
        return int(self.value("PRAGMA data_version"))

    # ---------------------------------------------------------------- end

    def close(self) -> None:
        """Closes the file and, when nobody else has it open, makes it one file again."""
        if self.writable:
            try:
                self.db.execute("PRAGMA busy_timeout=0")
                self.db.execute("PRAGMA journal_mode=DELETE").fetchall()
            except sqlite3.Error:
                pass  # somebody else still has it open, or the disk is gone: the log beside it keeps all
        self.db.close()
        release(self._lock)
        self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class StepHandle:
    """What `Project.step` hands out: the step, and afterwards its change."""

    def __init__(self, step: Step) -> None:
        self.step = step
        self.change: Change | None = None


class _NothingWritten(Exception):  # noqa: N818 - takes back a step that did nothing
    pass
