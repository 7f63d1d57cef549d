"""Crosswalks between taxonomies: read, made, changed, and kept right when codes and taxonomies go."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from annotate.crosswalks import Crosswalk, Link, Match
from annotate.errors import UserError
from annotate.ids import new_id
from storage import taxonomies
from storage.project import Project
from storage.steps import Row, Step

FIELDS = "id, title, taxonomy, other, origin, note, position"
LINK_FIELDS = "id, crosswalk, code, match, other, note"


def all_crosswalks(project: Project) -> list[Crosswalk]:
    """In their order, with their mappings in that of the codes they start from."""
    links: dict[str, list[Link]] = {}
    for id, crosswalk, code, match, other, note in project.rows(
        f"""SELECT {", ".join(f"m.{name}" for name in LINK_FIELDS.split(", "))} FROM mapping m
            JOIN code c ON c.id = m.code JOIN code o ON o.id = m.other
            ORDER BY c.position, c.id, o.position, o.id"""
    ):
        links.setdefault(crosswalk, []).append(Link(id, code, Match(match), other, note or ""))
    return [
        replace(_crosswalk(row), mappings=tuple(links.get(row[0], ())))
        for row in project.rows(f"SELECT {FIELDS} FROM crosswalk ORDER BY position, id")
    ]


def named(project: Project, name: str) -> Crosswalk:
    """The crosswalk with this title or id. Raises UserError."""
    held = all_crosswalks(project)
    for each in held:
        if name == each.id or name.casefold() == each.title.casefold():
            return each
    titles = ", ".join(f"“{each.title}”" for each in held) or "none yet"
    raise UserError(f"There is no crosswalk “{name}”; there are {titles}.")


def make(title: str, taxonomy: str, other: str, *, origin: str = "", note: str = "") -> Crosswalk:
    """A new one, without mappings. Raises UserError for an empty title, and between a taxonomy and itself."""
    title = " ".join(title.split())
    if not title:
        raise UserError("A crosswalk needs a title.")
    if taxonomy == other:
        raise UserError("A crosswalk joins two taxonomies; choose another one for its end.")
    return Crosswalk(new_id(), title, taxonomy, other, origin, note)


def add(step: Step, crosswalk: Crosswalk) -> None:
    """Stores it with its mappings. Raises UserError for a title that is taken."""
    _check_free(step, crosswalk.title, crosswalk.id)
    row = {name: getattr(crosswalk, name) for name in FIELDS.split(", ")}
    step.add("crosswalk", [row | {"position": step.next_position("crosswalk")}])
    step.add("mapping", [_link_row(each, crosswalk.id) for each in crosswalk.mappings])


def edit(step: Step, id: str, **values: Any) -> None:
    """Changes title, origin or note."""
    if unknown := set(values) - {"title", "origin", "note"}:
        raise ValueError(f"not editable: {unknown}")
    if "title" in values:
        values["title"] = " ".join(values["title"].split())
        if not values["title"]:
            raise UserError("A crosswalk needs a title.")
        _check_free(step, values["title"], id)
    step.edit("crosswalk", [{"id": id, **values}])


def remove(step: Step, ids: Sequence[str]) -> None:
    """Takes crosswalks out with their mappings."""
    for id in ids:
        step.remove("mapping", step.ids_where("mapping", "crosswalk", [id]))
    step.remove("crosswalk", ids)


def put(step: Step, crosswalk: str, code: str, match: Match, other: str, note: str = "") -> bool:
    """Says what one code is to another, in place of what was said of the two; whether that is new. Raises UserError
    where a code is not of the crosswalk's taxonomies.
    """
    row = step.rows("crosswalk", [crosswalk]).get(crosswalk)
    if row is None:
        raise UserError("That crosswalk is no longer in the project; it was removed meanwhile.")
    codes = taxonomies.codes_of(step, [code, other])
    for id, home in ((code, row["taxonomy"]), (other, row["other"])):
        if id not in codes or codes[id].taxonomy != home:
            raise UserError("That code is not in the taxonomies of the crosswalk.")
    held = step.db.conn.execute(
        "SELECT id FROM mapping WHERE crosswalk = ? AND code = ? AND other = ?", [crosswalk, code, other]
    ).fetchone()
    if held:
        before = step.rows("mapping", [held[0]])[held[0]]
        step.edit("mapping", [{"id": held[0], "match": str(match), "note": note or before["note"]}])
        return False
    step.add("mapping", [_link_row(Link(new_id(), code, match, other, note), crosswalk)])
    return True


def drop(step: Step, mappings: Sequence[str]) -> None:
    """Takes mappings out."""
    step.remove("mapping", mappings)


# ---------------------------------------------------------------- kept right when something else goes


def forget_taxonomy(step: Step, taxonomy: str) -> None:
    """The crosswalks that begin or end in it go."""
    for end in ("taxonomy", "other"):
        remove(step, step.ids_where("crosswalk", end, [taxonomy]))


def point_elsewhere(step: Step, ids: Collection[str], to: str | None) -> None:
    """Mappings of these codes become mappings of `to` where it is of the same taxonomy, and are not there already; the
    others go.
    """
    if not step.db.conn.execute("SELECT 1 FROM mapping LIMIT 1").fetchone():
        return
    for id in sorted(ids):
        for end in ("code", "other"):
            for link in step.ids_where("mapping", end, [id]):
                _repoint(step, link, end, to)


def _repoint(step: Step, link: str, end: str, to: str | None) -> None:
    row = step.rows("mapping", [link])[link]
    home = step.rows("crosswalk", [row["crosswalk"]])[row["crosswalk"]]
    wanted = home["taxonomy" if end == "code" else "other"]
    target = taxonomies.codes_of(step, [to]).get(to) if to else None
    moved = row | {end: to}
    taken = step.db.conn.execute(
        "SELECT 1 FROM mapping WHERE crosswalk = ? AND code = ? AND other = ?",
        [moved["crosswalk"], moved["code"], moved["other"]],
    ).fetchone()
    if target is None or target.taxonomy != wanted or taken:
        step.remove("mapping", [link])
    else:
        step.edit("mapping", [{"id": link, end: to}])


def _check_free(step: Step, title: str, id: str) -> None:
    if step.db.conn.execute("SELECT 1 FROM crosswalk WHERE title = ? AND id != ?", [title, id]).fetchone():
        raise UserError(f"There is a crosswalk “{title}” already; give it another title.")


def _link_row(link: Link, crosswalk: str) -> Row:
    return {
        "id": link.id, "crosswalk": crosswalk, "code": link.code, "match": str(link.match), "other": link.other,
        "note": link.note,
    }  # fmt: skip


def _crosswalk(row: Sequence[Any]) -> Crosswalk:
    id, title, taxonomy, other, origin, note, position = row
    return Crosswalk(id, title, taxonomy, other, origin or "", note or "", position or 0)
