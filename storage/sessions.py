"""Sittings and places: time a coder spent, where reading stopped, presets. Written outside steps."""

from __future__ import annotations

from annotate.frozen import frozen
from annotate.ids import new_id, now
from storage.project import Project


@frozen
class Sitting:
    id: str
    coder: str
    started: str
    ended: str
    seconds: float  # active


def begin_sitting(project: Project, coder: str) -> str:
    """A new session of this coder; its id."""
    id, at = new_id(), now()
    with project.unlogged() as db:
        db.conn.execute(
            "INSERT INTO session (id, coder, started, ended) VALUES (?, ?, ?, ?)", (id, coder, at, at)
        )
    return id


def add_time(project: Project, session: str, seconds: dict[str, float]) -> None:
    """Adds active seconds per article to a session and moves its end to now."""
    with project.unlogged() as db:
        db.conn.executemany(
            """INSERT INTO session_article (session, article, seconds) VALUES (?, ?, ?)
               ON CONFLICT (session, article) DO UPDATE SET seconds = seconds + excluded.seconds""",
            [(session, article, spent) for article, spent in seconds.items()],
        )
        db.conn.execute("UPDATE session SET ended = ? WHERE id = ?", (now(), session))


def sittings(project: Project) -> list[Sitting]:
    """All sessions, oldest first, with their active seconds."""
    return [
        Sitting(*row)
        for row in project.rows(
            """SELECT s.id, coalesce(k.name, ''), s.started, s.ended, coalesce(sum(a.seconds), 0)
               FROM session s LEFT JOIN coder k ON k.id = s.coder
               LEFT JOIN session_article a ON a.session = s.id GROUP BY s.id ORDER BY s.started"""
        )
    ]


def active_seconds(project: Project, coder: str, since: str) -> float:
    """Seconds this coder was active in sessions begun at or after `since` (UTC ISO 8601)."""
    return float(
        project.value(
            """SELECT coalesce(sum(a.seconds), 0) FROM session s JOIN session_article a ON a.session = s.id
               WHERE s.coder = ? AND s.started >= ?""",
            [coder, since],
        )
    )


def remember(project: Project, key: str, value: str) -> None:
    """Keeps a piece of view state (a place in an article, what was hidden)."""
    with project.unlogged() as db:
        db.conn.execute(
            """INSERT INTO view_state (key, value) VALUES (?, ?)
               ON CONFLICT (key) DO UPDATE SET value = excluded.value""",
            (key, value),
        )


def recalled(project: Project, key: str, default: str = "") -> str:
    found = project.value("SELECT value FROM view_state WHERE key = ?", [key])
    return default if found is None else str(found)
