"""Versions of a taxonomy that were frozen, and which marks were made under which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annotate.codebook_difference import Difference
from annotate.codebook_versions import Stand, compare, dump, load, stand_of
from annotate.errors import UserError
from annotate.ids import new_id, now
from storage import code_uses, taxonomies
from storage.change_log import What, moment
from storage.project import Project
from storage.steps import Step

FIELDS = "id, taxonomy, number, at, coder, note"
NOW = "now"  # names the codes as they stand, where a version is asked for


@dataclass(frozen=True, slots=True)
class Version:
    """A taxonomy as it was frozen. How it `stood` is fetched apart."""

    id: str
    taxonomy: str
    number: str
    at: str
    coder: str  # id, or empty
    note: str


@dataclass(frozen=True, slots=True)
class ToCheck:
    """A mark made before what its code means was changed."""

    mark: str
    article: str
    code: str
    made: str  # when it was made, or last changed
    changed: str  # when the definition changed after that, for the last time
    version: str  # the number of the version it was made under, "" before the first


def versions(project: Project, taxonomy: str) -> list[Version]:
    """Newest first."""
    found = project.rows(
        f"SELECT {FIELDS} FROM taxonomy_version WHERE taxonomy = ? ORDER BY at DESC, id DESC", [taxonomy]
    )
    return [_version(row) for row in found]


def numbered(project: Project, taxonomy: str, number: str) -> Version:
    """The version with this number. Raises UserError."""
    known = versions(project, taxonomy)
    for each in known:
        if each.number == number.strip():
            return each
    names = ", ".join(each.number for each in known) or "none"
    raise UserError(f"There is no version “{number}” of this taxonomy; there are {names}.")


def stood(project: Project, version: Version) -> Stand:
    """The taxonomy as it stood, its codes in tree order."""
    text = project.value("SELECT codes FROM taxonomy_version WHERE id = ?", [version.id])
    if text is None:
        raise UserError("That version is no longer in the project.")
    return load(text, version.taxonomy)


def present(project: Project, taxonomy: str) -> Stand:
    """The taxonomy as it stands now."""
    for each in taxonomies.all_taxonomies(project):
        if each.id == taxonomy:
            return stand_of(each)
    raise UserError("That taxonomy is no longer in the project.")


def differences(project: Project, taxonomy: str, before: str, after: str = NOW) -> list[Difference]:
    """What differs between two versions, given by number, or between one and the taxonomy as it is `NOW`."""

    def found(number: str) -> Stand:
        if number == NOW:
            return present(project, taxonomy)
        return stood(project, numbered(project, taxonomy, number))

    return compare(found(before), found(after))


def next_number(known: Sequence[Version]) -> str:
    """1.0, then 1.1: the last number of the newest version, and one more."""
    if not known:
        return "1.0"
    found = re.fullmatch(r"(.*?)(\d+)(\D*)", known[0].number)
    base = f"{found[1]}{int(found[2]) + 1}{found[3]}" if found else f"{known[0].number}.1"
    return base if base not in {each.number for each in known} else f"{base}.1"


def freeze(step: Step, taxonomy: str, number: str, note: str = "") -> str:
    """Keeps the codes as they stand in this step, and how they are used; the version's id. Raises UserError for a
    number that is empty or taken, and for a taxonomy without codes.
    """
    number = " ".join(number.split())
    if not number or number == NOW:
        raise UserError("A version needs a number.")
    taken = step.db.conn.execute(
        "SELECT 1 FROM taxonomy_version WHERE taxonomy = ? AND number = ?", [taxonomy, number]
    ).fetchone()
    if taken:
        raise UserError(f"There is a version {number} already; choose another number.")
    held = taxonomies.codes_of(step, step.ids_where("code", "taxonomy", [taxonomy], "position, id"))
    if not held:
        raise UserError("There are no codes to freeze.")
    at, coder = moment(step)
    row = {
        "id": new_id(), "taxonomy": taxonomy, "number": number, "at": at, "coder": coder,
        "note": note.strip(), "codes": dump(Stand(tuple(held.values()), code_uses.held(step, taxonomy))),
    }  # fmt: skip
    step.add("taxonomy_version", [row])
    return str(row["id"])


def rename(step: Step, id: str, note: str) -> None:
    """Gives a version another note."""
    step.edit("taxonomy_version", [{"id": id, "note": note.strip()}])


def remove(step: Step, id: str) -> None:
    """Takes a version out."""
    step.remove("taxonomy_version", [id])


# ---------------------------------------------------------------- marks


def marks_by_version(project: Project, taxonomy: str) -> dict[str, int]:
    """How many marks were made under each version, by its number; "": before the first.

    A version holds from the moment it was frozen until the next.
    """
    found = project.rows(
        f"""SELECT coalesce(({UNDER}), '') AS number, count(*) FROM highlight h JOIN code c ON c.id = h.code
            WHERE c.taxonomy = ? GROUP BY number""",
        [taxonomy],
    )
    return dict(found)


def version_of(project: Project, mark: str) -> str:
    """The number of the version a mark was made under; "" before the first, or without a code."""
    return str(
        project.value(
            f"SELECT ({UNDER}) FROM highlight h JOIN code c ON c.id = h.code WHERE h.id = ?", [mark]
        )
        or ""
    )


def to_check(project: Project, taxonomy: str, code: str | None = None) -> list[ToCheck]:
    """The marks made, and not changed since, before the meaning of their code was changed; in the order of
    the articles. `checked` takes them off.
    """
    found = project.rows(
        f"""{DEFINED} SELECT h.id, h.article, h.code, {LAST}, d.at, coalesce(({UNDER}), '') {WAITING}
            AND (?2 IS NULL OR h.code = ?2) ORDER BY a.number, h.start, h.id""",
        [taxonomy, code],
    )
    return [ToCheck(*row) for row in found]


def count_to_check(project: Project, taxonomy: str) -> dict[str, int]:
    """How many marks of each code wait to be checked; codes with none are left out."""
    return dict(project.rows(f"{DEFINED} SELECT h.code, count(*) {WAITING} GROUP BY h.code", [taxonomy]))


def checked(step: Step, marks: Sequence[str]) -> None:
    """The marks still hold: somebody looked at them now."""
    at = now()
    step.edit("highlight", [{"id": id, "modified": at} for id in marks])


LAST = "max(coalesce(h.created, ''), coalesce(h.modified, ''))"
DEFINED = f"""WITH defined AS (SELECT code, max(at) AS at FROM taxonomy_change
    WHERE what = '{What.DEFINED.value}' GROUP BY code)"""
WAITING = f"""FROM defined d JOIN highlight h ON h.code = d.code JOIN code c ON c.id = h.code
    JOIN article a ON a.id = h.article WHERE c.taxonomy = ?1 AND {LAST} < d.at"""
UNDER = """SELECT v.number FROM taxonomy_version v WHERE v.taxonomy = c.taxonomy AND v.at <= h.created
    ORDER BY v.at DESC, v.id DESC LIMIT 1"""


def _version(row: tuple[Any, ...]) -> Version:
    id, taxonomy, number, at, coder, note = row
    return Version(id, taxonomy, number, at, coder or "", note or "")
