"""Standards in a project: a taxonomy is locked and opened again, and what is locked is kept as it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from annotate.errors import UserError
from annotate.model import Code
from annotate.standards import OPEN
from storage import change_log
from storage.change_log import What
from storage.steps import Step


def lock(step: Step, taxonomy: str, reason: str = "") -> None:
    """From now on only codes of the study's own are added to it, changed in meaning, moved or removed."""
    _set(step, taxonomy, What.LOCKED, reason)


def unlock(step: Step, taxonomy: str, reason: str = "") -> None:
    """Its codes can be changed again; which are the study's own stays known."""
    _set(step, taxonomy, What.UNLOCKED, reason)


def _set(step: Step, taxonomy: str, what: What, reason: str) -> None:
    row = step.rows("taxonomy", [taxonomy]).get(taxonomy)
    wanted = int(what is What.LOCKED)
    if row is None or int(row["locked"] or 0) == wanted:
        return
    step.edit("taxonomy", [{"id": taxonomy, "locked": wanted}])
    change_log.note(step, what, Code("", taxonomy, None, "", str(row["title"])), reason)


@contextmanager
def opened(step: Step, taxonomy: str) -> Iterator[None]:
    """Open within a step, for a newer edition of the standard itself."""
    locked = taxonomy in locked_of(step, [taxonomy])
    if locked:
        step.edit("taxonomy", [{"id": taxonomy, "locked": 0}])
    yield
    if locked:
        step.edit("taxonomy", [{"id": taxonomy, "locked": 1}])


def locked_of(step: Step, ids: Iterable[str]) -> dict[str, str]:
    """Those of the taxonomies that are locked, with their titles."""
    found = step.db.conn.execute(
        "SELECT id, title FROM taxonomy WHERE locked = 1 AND id IN (SELECT value FROM json_each(?))",
        [json.dumps(sorted(set(ids)))],
    )
    return dict(found.fetchall())


def keep(step: Step, codes: Iterable[Code], fields: Iterable[str] = ("",)) -> None:
    """Raises UserError if one of the codes is a standard's and one of `fields` is not for the study to change."""
    if OPEN.issuperset(fields):
        return
    codes = list(codes)
    locked = locked_of(step, (code.taxonomy for code in codes))
    for code in codes:
        if code.taxonomy in locked and not code.own:
            raise UserError(
                f"“{code.label}” belongs to “{locked[code.taxonomy]}”, which is locked as a standard: unlock it "
                "first, or put a code of your own below it."
            )


def at_home(step: Step, codes: Sequence[Code]) -> list[bool]:
    """For each code whether it is the study's own where it stands: below a locked standard. Raises UserError for
    one that would stand beside the standard's codes, where nothing could stand for it.
    """
    locked = locked_of(step, (code.taxonomy for code in codes))
    for code in codes:
        if code.taxonomy in locked and code.parent is None:
            raise UserError(
                f"“{locked[code.taxonomy]}” is locked as a standard: put “{code.label}” below one of its codes."
            )
    return [code.taxonomy in locked for code in codes]


def placed(step: Step, before: Mapping[str, Code], after: Sequence[Code]) -> dict[str, bool]:
    """For each code whether it is the study's own where it stands now. Raises UserError where a standard's code
    would hang elsewhere, or stand otherwise among those beside it.
    """
    own = {code.id: before[code.id].own for code in after}
    moved = [code for code in after if _home(before[code.id]) != _home(code)]
    keep(step, [before[code.id] for code in moved])
    for code, locked in zip(moved, at_home(step, moved), strict=True):
        own[code.id] = locked or (code.own and before[code.id].taxonomy == code.taxonomy)
    _keep_order(step, after)
    return own


def _home(code: Code) -> tuple[str, str | None]:
    return code.taxonomy, code.parent


def _keep_order(step: Step, after: Sequence[Code]) -> None:
    locked = locked_of(step, (code.taxonomy for code in after))
    places = {code.id: code.position for code in after}
    parents = {(code.taxonomy, code.parent) for code in after if code.taxonomy in locked}
    for taxonomy, parent in parents:
        rows = step.db.conn.execute(
            """SELECT id, position FROM code WHERE taxonomy = ? AND parent IS ? AND coalesce(own, 0) = 0
               ORDER BY position, id""",
            [taxonomy, parent],
        ).fetchall()
        new = [places.get(id, position) for id, position in rows]
        if new != sorted(new):
            raise UserError(
                f"“{locked[taxonomy]}” is locked as a standard: the order of its codes stays as it is."
            )
