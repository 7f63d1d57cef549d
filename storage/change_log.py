"""The change log of a taxonomy: what was done to its codes and to how they are used, when, by whom and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from annotate.frozen import frozen
from annotate.ids import new_id
from annotate.model import Code
from storage.project import Project
from storage.steps import Row, Step

FIELDS = "id, taxonomy, at, coder, what, code, reason, details"
MEANING = ("definition", "use_when", "avoid_when")  # what says which passages get a code


class What(StrEnum):
    """What a line of the log tells of. The words stand in the file."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    RENUMBERED = "renumbered"
    MOVED = "moved"
    DEFINED = "defined"
    MERGED = "merged"
    SPLIT = "split"
    RETIRED = "retired"
    REPLACED = "replaced"
    BROUGHT_BACK = "brought back"
    LOCKED = "locked"  # of the taxonomy, as a standard; `code` is empty
    UNLOCKED = "unlocked"
    CHANGED = "changed"  # of a rule, a question or a type of relations, which `of` in the details says


@frozen
class Line:
    """One line of the log. `details` holds what the kind of change knows: labels, counts, texts."""

    id: str
    taxonomy: str
    at: str
    coder: str  # id, or empty
    what: What
    code: str
    reason: str
    details: Mapping[str, Any]


def lines(project: Project, taxonomy: str) -> list[Line]:
    """Newest first."""
    found = project.rows(
        f"SELECT {FIELDS} FROM taxonomy_change WHERE taxonomy = ? ORDER BY at DESC, id DESC", [taxonomy]
    )
    return [_line(row) for row in found]


def count(project: Project, taxonomy: str, since: str = "") -> int:
    """How many lines there are, or those after a moment."""
    return int(
        project.value("SELECT count(*) FROM taxonomy_change WHERE taxonomy = ? AND at > ?", [taxonomy, since])
    )


def note(step: Step, what: What, code: Code, reason: str = "", **details: object) -> str:
    """Adds a line to the step; its id. The label is kept, since the code may go."""
    at, coder = moment(step)
    row: Row = {
        "id": new_id(),
        "taxonomy": code.taxonomy,
        "at": at,
        "coder": coder,
        "what": what.value,
        "code": code.id,
        "reason": " ".join(reason.split()),
        "details": _dumped({"label": code.label, **details}),
    }
    step.add("taxonomy_change", [row])
    return str(row["id"])


def amend(step: Step, id: str, **details: object) -> None:
    """Adds to what a line tells."""
    held = step.rows("taxonomy_change", [id])
    if id in held:
        known = json.loads(held[id]["details"])
        step.edit("taxonomy_change", [{"id": id, "details": _dumped(known | details)}])


def give_reason(step: Step, id: str, reason: str) -> None:
    """Says why, for a line that was written before that was known."""
    step.edit("taxonomy_change", [{"id": id, "reason": " ".join(reason.split())}])


def note_edit(step: Step, before: Code, after: Code, reason: str = "") -> None:
    """The lines for what differs and is worth remembering: label, notation, meaning."""
    if before.label != after.label:
        note(step, What.RENAMED, after, reason, before=before.label)
    if before.notation != after.notation:
        note(step, What.RENUMBERED, after, reason, before=before.notation, after=after.notation)
    changed = {
        name: [getattr(before, name), getattr(after, name)]
        for name in MEANING
        if getattr(before, name) != getattr(after, name)
    }
    if changed:
        note(step, What.DEFINED, after, reason, **changed)


def moment(step: Step) -> tuple[str, str | None]:
    """When the step began, and whose it is."""
    at, coder = step.db.conn.execute("SELECT at, coder FROM step WHERE id = ?", [step.number]).fetchone()
    return str(at), coder


def forget(step: Step, taxonomy: str) -> None:
    """Takes the log out with its taxonomy."""
    step.remove("taxonomy_change", step.ids_where("taxonomy_change", "taxonomy", [taxonomy]))


def _line(row: tuple[Any, ...]) -> Line:
    id, taxonomy, at, coder, what, code, reason, details = row
    return Line(
        id, taxonomy, at, coder or "", What(what), code or "", reason or "", json.loads(details or "{}")
    )


def _dumped(details: Mapping[str, object]) -> str:
    return json.dumps(details, ensure_ascii=False, separators=(",", ":"))
