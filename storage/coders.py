"""Coders: who made a mark."""

from __future__ import annotations

from collections import Counter

from annotate.codetree import PALETTE
from annotate.errors import UserError
from annotate.ids import new_id, now
from annotate.model import Coder
from storage.project import Project
from storage.steps import Step


def all_coders(project: Project) -> list[Coder]:
    """In order of first appearance."""
    return [
        Coder(id, name, colour or "")
        for id, name, colour in project.rows("SELECT id, name, colour FROM coder ORDER BY created, id")
    ]


def named(project: Project, name: str) -> Coder | None:
    found = project.rows("SELECT id, name, colour FROM coder WHERE name = ?", [name])
    if not found:
        return None
    id, name, colour = found[0]
    return Coder(id, name, colour or "")


def ensure(step: Step, name: str) -> str:
    """The id of the coder with this name, who is added if new. Raises UserError for an empty name."""
    name = checked_name(name)
    found = step.db.conn.execute("SELECT id FROM coder WHERE name = ?", [name]).fetchone()
    if found:
        return str(found[0])
    id = new_id()
    step.add("coder", [{"id": id, "name": name, "colour": _free_colour(step), "created": now()}])
    return id


def _free_colour(step: Step) -> str:
    """A colour of the palette that the fewest coders have."""
    taken = Counter(colour for (colour,) in step.db.conn.execute("SELECT colour FROM coder"))
    return min(PALETTE, key=lambda name: taken[name])


def rename(step: Step, id: str, name: str) -> None:
    name = checked_name(name)
    taken = step.db.conn.execute("SELECT 1 FROM coder WHERE name = ? AND id != ?", [name, id]).fetchone()
    if taken:
        raise UserError(f"There is already a coder called {name}.")
    step.edit("coder", [{"id": id, "name": name}])


def recolour(step: Step, id: str, colour: str) -> None:
    step.edit("coder", [{"id": id, "colour": colour}])


def checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise UserError("A coder needs a name.")
    return name
