"""Choices that a project remembers by name: written outside steps, for there is nothing to undo in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from storage.project import Project


def kept(project: Project, kind: str) -> dict[str, dict[str, Any]]:
    """All of one kind by name, in order of their names."""
    found = project.rows("SELECT name, value FROM preset WHERE kind = ? ORDER BY name", [kind])
    return {name: json.loads(value) for name, value in found}


def keep(project: Project, kind: str, name: str, value: Mapping[str, Any]) -> None:
    """Keeps a choice; one of the same name is replaced. Raises UserError where the project is read-only."""
    with project.unlogged() as db:
        db.conn.execute(
            "INSERT OR REPLACE INTO preset (kind, name, value) VALUES (?, ?, ?)",
            (kind, name, json.dumps(dict(value), ensure_ascii=False)),
        )


def forget(project: Project, kind: str, name: str) -> None:
    with project.unlogged() as db:
        db.conn.execute("DELETE FROM preset WHERE kind = ? AND name = ?", (kind, name))
