"""Coders: who made a mark."""

from __future__ import annotations

from collections import Counter

from annotate.codetree import PALETTE
from annotate.errors import UserError
from annotate.ids import new_id, now
from annotate.model import Coder
from storage.project import Project
from storage.steps import Step

FIELDS = "id, name, colour, consensus"
CONSENSUS = "Consensus"


def all_coders(project: Project) -> list[Coder]:
    """In order of first appearance."""
    return [_of_row(row) for row in project.rows(f"SELECT {FIELDS} FROM coder ORDER BY created, id")]


def named(project: Project, name: str) -> Coder | None:
    found = project.rows(f"SELECT {FIELDS} FROM coder WHERE name = ?", [name])
    return _of_row(found[0]) if found else None


def known(project: Project, name: str) -> Coder:
    """Raises UserError where there is none with this name."""
    if (found := named(project, name)) is None:
        raise UserError(f"There is no coder called {name}.")
    return found


def consensus(project: Project) -> Coder | None:
    """The coder of adjudicated marks, whom nothing compares with the others; one at most."""
    found = project.rows(f"SELECT {FIELDS} FROM coder WHERE consensus = 1")
    return _of_row(found[0]) if found else None


def _of_row(row: tuple[str, str, str | None, int | None]) -> Coder:
    id, name, colour, consensus = row
    return Coder(id, name, colour or "", bool(consensus))


def ensure(step: Step, name: str) -> str:
    """The id of the coder with this name, who is added if new. The first one called Consensus is the coder of what
    was agreed on. Raises UserError for an empty name.
    """
    name = checked_name(name)
    found = step.db.conn.execute("SELECT id FROM coder WHERE name = ?", [name]).fetchone()
    if found:
        return str(found[0])
    id = new_id()
    agreed = name == CONSENSUS and _consensus(step) is None
    step.add(
        "coder",
        [
            {
                "id": id, "name": name, "colour": _free_colour(step), "created": now(),
                "consensus": 1 if agreed else None,
            }
        ],
    )  # fmt: skip
    return id


def set_consensus(step: Step, id: str | None) -> None:
    """Makes this coder the one of adjudicated marks, and nobody else; None: nobody."""
    before = _consensus(step)
    if before != id:
        step.edit("coder", [{"id": before, "consensus": None}] if before else [])
        step.edit("coder", [{"id": id, "consensus": 1}] if id else [])


def _consensus(step: Step) -> str | None:
    found = step.db.conn.execute("SELECT id FROM coder WHERE consensus = 1").fetchone()
    return str(found[0]) if found else None


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
