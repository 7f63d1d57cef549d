"""Codes restructured with memory: merged, split, retired, replaced. Each call is part of one step, and a
line of the change log says what was done and why.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from annotate.errors import UserError
from annotate.ids import now
from annotate.model import Code
from storage import answers, change_log, code_uses, highlights, relations, standards, taxonomies
from storage.change_log import What
from storage.project import Project
from storage.steps import Row, Step


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge comes to: marks that change their code, and doubles that become one with another."""

    moved: int
    joined: int


def rename(step: Step, code: str, label: str, reason: str = "") -> None:
    taxonomies.edit_codes(step, [code], reason=reason, label=" ".join(label.split()))


def merge(step: Step, sources: Sequence[str], target: str, reason: str = "") -> Merged:
    """Puts the marks of `sources` under `target` and takes the sources out. Marks of one coder over the same
    spans become one, which keeps every memo; the codes below the sources go below the target, which keeps
    their labels as synonyms. Raises UserError where that cannot be.

    The marks count as changed at no new time: nobody looked at them again.
    """
    codes = _known(step, [*sources, target])
    kept, gone = codes[target], [codes[id] for id in dict.fromkeys(sources) if id != target]
    if not gone:
        raise UserError(f"“{kept.label}” cannot be merged into itself.")
    standards.keep(step, gone)
    _check_target(step, kept, gone)
    done = _move_marks(step, [code.id for code in gone], target)
    _adopt(step, [code.id for code in gone], kept)
    code_uses.codes_gone(step, gone, target, merged=True)
    taxonomies.point_elsewhere(step, {code.id for code in gone}, target)
    _take_names(step, target, gone)
    step.remove("code", [code.id for code in gone])
    for code in gone:
        change_log.note(
            step, What.MERGED, code, reason, into=target, into_label=kept.label,
            moved=done.get(code.id, Merged(0, 0)).moved, joined=done.get(code.id, Merged(0, 0)).joined,
        )  # fmt: skip
    return Merged(sum(each.moved for each in done.values()), sum(each.joined for each in done.values()))


def would_merge(project: Project, sources: Sequence[str], target: str) -> Merged:
    """What `merge` would come to."""
    ids = [id for id in dict.fromkeys(sources) if id != target]
    marks = int(
        project.value(
            "SELECT count(*) FROM highlight WHERE code IN (SELECT value FROM json_each(?))", [json.dumps(ids)]
        )
    )
    doubles = project.rows(f"SELECT sum(code = ?), count(*) {SAME_SPANS}", [target, *_same(ids, target)])
    joined = sum(many - max(standing, 1) for standing, many in doubles)
    return Merged(marks - joined, joined)


def retire(step: Step, ids: Iterable[str], reason: str = "") -> None:
    """Codes and all below them are kept for the marks they have, and not offered any more."""
    codes = _known(step, taxonomies.with_descendants(step, ids))
    for code in codes.values():
        if not code.retired:
            taxonomies.edit_codes(step, [code.id], retired=True)
            change_log.note(step, What.RETIRED, code, reason)


def bring_back(step: Step, ids: Iterable[str], reason: str = "") -> None:
    """Retired codes are offered again, with what is above them."""
    for code in _with_parents(step, ids):
        if code.retired:
            taxonomies.edit_codes(step, [code.id], retired=False, replaced_by=None)
            change_log.note(step, What.BROUGHT_BACK, code, reason)


def replace_by(step: Step, code: str, by: str, reason: str = "", *, marks: bool = False) -> Merged:
    """Retires a code in favour of another, to which its marks go where `marks` says so."""
    codes = _known(step, [code, by])
    if by in taxonomies.with_descendants(step, [code]):
        raise UserError(f"“{codes[code].label}” cannot be replaced by itself or by a code below it.")
    if codes[by].retired:
        raise UserError(f"“{codes[by].label}” is retired itself; choose a code that is in use.")
    done = _move_marks(step, [code], by).get(code, Merged(0, 0)) if marks else Merged(0, 0)
    if marks:
        answers.say_codes(step, {code: by})
    taxonomies.edit_codes(step, [code], retired=True, replaced_by=by)
    change_log.note(
        step, What.REPLACED, codes[code], reason, into=by, into_label=codes[by].label,
        moved=done.moved, joined=done.joined,
    )  # fmt: skip
    below = taxonomies.with_descendants(step, [code])[1:]
    retire(step, below, reason)
    return done


def to_split(project: Project, code: str) -> list[str]:
    """The ids of a code's marks in the order of the articles, to be gone through one by one."""
    return [
        id
        for (id,) in project.rows(
            """SELECT h.id FROM highlight h JOIN article a ON a.id = h.article
               WHERE h.code = ? ORDER BY a.number, h.start, h."end", h.id""",
            [code],
        )
    ]


def split(
    step: Step, code: str, targets: Mapping[str, str], reason: str = "", *, line: str | None = None
) -> str:
    """Gives marks of `code` other codes: `targets` says which mark gets which. The line of the log counts
    them; `line` goes on with one that an earlier step of the same walk began. Gives the line's id.
    """
    known = _known(step, [code, *targets.values()])
    at = now()
    held = step.rows("highlight", list(targets))
    step.edit("highlight", [{"id": id, "code": to, "modified": at} for id, to in targets.items()])
    counts = _counts(step, line)
    for id, to in targets.items():
        was = str(held[id]["code"])
        if was != code:  # taken back, or thought over
            counts[was] = counts.get(was, 0) - 1
        if to != code:
            counts[to] = counts.get(to, 0) + 1
    counts = {id: many for id, many in counts.items() if many > 0}
    labels = {id: each.label for id, each in taxonomies.codes_of(step, list(counts)).items()}
    if line is None:
        return change_log.note(step, What.SPLIT, known[code], reason, to=counts, labels=labels)
    change_log.amend(step, line, to=counts, labels=labels)
    return line


# ---------------------------------------------------------------- inside

SAME_SPANS = """FROM highlight WHERE code IN (SELECT value FROM json_each(?))
    GROUP BY article, coder, start, "end", parts HAVING count(*) > 1 AND sum(code != ?) > 0"""


def _same(sources: Sequence[str], target: str) -> tuple[str, str]:
    """What `SAME_SPANS` asks for."""
    return json.dumps([*sources, target]), target


def _known(step: Step, ids: Sequence[str]) -> dict[str, Code]:
    codes = taxonomies.codes_of(step, list(dict.fromkeys(ids)))
    if len(codes) < len(set(ids)):
        raise UserError("That code is no longer in the project; it was removed meanwhile.")
    return codes


def _check_target(step: Step, kept: Code, gone: Sequence[Code]) -> None:
    if kept.retired:
        raise UserError(f"“{kept.label}” is retired; choose a code that is in use.")
    if not kept.assignable:
        raise UserError(f"“{kept.label}” is a grouping; choose one of the codes below it.")
    for code in gone:
        if kept.id in taxonomies.with_descendants(step, [code.id]):
            raise UserError(f"“{kept.label}” stands below “{code.label}”; move it out first.")


def _move_marks(step: Step, sources: Sequence[str], target: str) -> dict[str, Merged]:
    """Gives the marks of `sources` the code `target`; by source, how many moved and how many were joined."""
    doubles = _join_doubles(step, sources, target)
    done: dict[str, Merged] = {}
    for source in sources:
        held = step.ids_where("highlight", "code", [source])
        step.put("highlight", [{"id": id, "code": target} for id in held])
        lost = step.ids_where("lost_highlight", "code", [source])
        step.put("lost_highlight", [{"id": id, "code": target} for id in lost])
        done[source] = Merged(len(held), doubles.get(source, 0))
    return done


def _join_doubles(step: Step, sources: Sequence[str], target: str) -> dict[str, int]:
    """Makes one of the marks that one coder has over the same spans; how many each code lost by it."""
    groups = step.db.conn.execute(f"SELECT json_group_array(id) {SAME_SPANS}", _same(sources, target))
    same = [json.loads(ids) for (ids,) in groups.fetchall()]
    rows = step.rows("highlight", [id for ids in same for id in ids])
    kept: list[Row] = []
    into: dict[str, str] = {}
    lost: dict[str, int] = {}
    for ids in same:
        order = sorted((rows[id] for id in ids), key=lambda row: (row["created"] or "", row["id"]))
        first = next((row for row in order if row["code"] == target), order[0])
        others = [row for row in order if row is not first]
        kept.append({"id": first["id"], **_joined([first, *others], order[0])})
        for row in others:
            into[row["id"]] = first["id"]
            lost[row["code"]] = lost.get(row["code"], 0) + 1
    step.put("highlight", kept)
    relations.join_marks(step, into)
    step.remove("highlight", list(into))
    return lost


def _joined(rows: Sequence[Row], oldest: Row) -> Row:
    """What the mark that stays takes over: every memo once, the lesser certainty, the earliest moment, and the
    qualifiers that it has not itself.
    """
    memos = dict.fromkeys(row["memo"] for row in rows if (row["memo"] or "").strip())
    certainties = {row["certainty"] for row in rows if row["certainty"]}
    said: dict[str, str] = {}
    for row in reversed(rows):
        said |= dict(highlights.qualifiers_from_text(row["qualifiers"]))
    return {
        "memo": "\n\n".join(memos) if memos else rows[0]["memo"],
        "certainty": "unsure" if "unsure" in certainties else next(iter(certainties), rows[0]["certainty"]),
        "created": oldest["created"],
        "qualifiers": highlights.stored_qualifiers(said.items()),
    }


def _adopt(step: Step, parents: Sequence[str], target: Code) -> None:
    """The codes below `parents` go below `target`, behind those that are there."""
    behind = step.next_position("code", parent=target.id)
    children = [
        id
        for parent in parents
        for id in step.ids_where("code", "parent", [parent], "position, id")
        if id not in parents
    ]
    known = taxonomies.codes_of(step, children)
    moved = [
        replace(known[id], parent=target.id, taxonomy=target.taxonomy, position=behind + at)
        for at, id in enumerate(children)
    ]
    below = taxonomies.with_descendants(step, children)[len(children) :]
    carried = [replace(code, taxonomy=target.taxonomy) for code in taxonomies.codes_of(step, below).values()]
    taxonomies.move_codes(step, [*moved, *carried])


def _take_names(step: Step, target: str, gone: Sequence[Code]) -> None:
    kept = taxonomies.codes_of(step, [target])[target]
    names = dict.fromkeys([*kept.synonyms, *(name for code in gone for name in (code.label, *code.synonyms))])
    synonyms = tuple(name for name in names if name.casefold() != kept.label.casefold())
    taxonomies.edit_codes(step, [target], synonyms=synonyms)


def _with_parents(step: Step, ids: Iterable[str]) -> list[Code]:
    found: dict[str, Code] = {}
    waiting = list(ids)
    while waiting:
        for id, code in _known(step, [waiting.pop()]).items():
            if id not in found:
                found[id] = code
                waiting += [code.parent] if code.parent else []
    return list(found.values())


def _counts(step: Step, line: str | None) -> dict[str, int]:
    held = step.rows("taxonomy_change", [line]) if line else {}
    return dict(json.loads(row["details"]).get("to", {})) if (row := held.get(line or "")) else {}
