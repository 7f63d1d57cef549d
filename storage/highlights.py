"""Highlights: one article's marks, counts, and what can be done to them."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from annotate.errors import UserError
from annotate.ids import new_id, now
from annotate.model import Highlight, Span
from annotate.spans import joined
from storage import relations
from storage.project import Project
from storage.steps import CHUNK, Row, Step

FIELDS = 'id, article, coder, code, start, "end", parts, memo, certainty, state, origin, created, modified, qualifiers'
EDITABLE = ("code", "memo", "certainty", "state", "qualifiers")


def of_article(project: Project, article: str) -> list[Highlight]:
    """All marks of an article, by start; longer ones first where they begin together."""
    with without_collecting():
        return [
            of_row(row)
            for row in project.rows(
                f'SELECT {FIELDS} FROM highlight WHERE article = ? ORDER BY start, "end" DESC, id', [article]
            )
        ]


@contextmanager
def without_collecting() -> Iterator[None]:
    """No looking for garbage while many values are made, which none of them is: a tenth of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def highlight(project: Project, id: str) -> Highlight | None:
    found = project.rows(f"SELECT {FIELDS} FROM highlight WHERE id = ?", [id])
    return of_row(found[0]) if found else None


def same_as(project: Project, mark: Highlight) -> Highlight | None:
    """The mark of the same coder with the same code over the same spans, if there is one."""
    found = project.rows(  # the + keeps SQLite from going through all marks of the coder instead
        f"""SELECT {FIELDS} FROM highlight WHERE article = ? AND start = ? AND "end" = ? AND +coder = ?
            AND +code IS ? AND parts IS ?""",
        [mark.article, mark.start, mark.end, mark.coder, mark.code, as_row(mark)["parts"]],
    )
    return of_row(found[0]) if found else None


def some(project: Project, ids: Sequence[str]) -> list[Highlight]:
    """The marks with these ids that are there."""
    found: list[Highlight] = []
    for at in range(0, len(ids), CHUNK):
        chunk = list(ids[at : at + CHUNK])
        found += [
            of_row(row)
            for row in project.rows(
                f"SELECT {FIELDS} FROM highlight WHERE id IN ({', '.join('?' * len(chunk))})", chunk
            )
        ]
    return found


def count(project: Project) -> int:
    return int(project.value("SELECT count(*) FROM highlight"))


def count_in(project: Project, article: str) -> int:
    return int(project.value("SELECT count(*) FROM highlight WHERE article = ?", [article]))


def counts_by_code(project: Project) -> dict[str | None, int]:
    """How many marks each code has; None: marks without a code."""
    return dict(project.rows("SELECT code, count(*) FROM highlight GROUP BY code"))


def count_of_codes(project: Project, codes: Sequence[str]) -> dict[str, int]:
    """How many marks each of these codes has: for the few codes that a step touched."""
    return {
        code: int(project.value("SELECT count(*) FROM highlight WHERE code = ?", [code])) for code in codes
    }


def count_without_code(project: Project) -> int:
    return int(project.value("SELECT count(*) FROM highlight WHERE code IS NULL"))


def recent_codes(project: Project, coder: str, limit: int = 8) -> list[str]:
    """The codes this coder used last, latest first."""
    seen = project.rows(
        """SELECT code FROM (SELECT code, rowid AS stored FROM highlight WHERE coder = ?
             ORDER BY rowid DESC LIMIT 200)
           WHERE code IS NOT NULL GROUP BY code ORDER BY max(stored) DESC LIMIT ?""",
        [coder, limit],
    )
    return [code for (code,) in seen]


def add(step: Step, marks: Sequence[Highlight]) -> None:
    """Stores marks. Raises UserError for a span that is empty or lies outside its text."""
    lengths = _lengths(step, {mark.article for mark in marks})
    for mark in marks:
        check_span(mark, lengths.get(mark.article))
    _check_known(step, "code", {mark.code for mark in marks if mark.code is not None})
    _check_known(step, "coder", {mark.coder for mark in marks})
    step.add("highlight", [as_row(mark) for mark in marks])


def make(
    article: str,
    coder: str,
    code: str | None,
    spans: Sequence[Span],
    *,
    memo: str = "",
    certainty: str = "",
    origin: str = "",
    qualifiers: tuple[tuple[str, str], ...] = (),
) -> Highlight:
    """A new mark over one span or several (which leave gaps)."""
    parts = joined(spans)
    at = now()
    return Highlight(
        id=new_id(),
        article=article,
        coder=coder,
        code=code,
        start=parts[0][0],
        end=parts[-1][1],
        parts=parts if len(parts) > 1 else (),
        memo=memo,
        certainty=certainty,
        origin=origin,
        created=at,
        modified=at,
        qualifiers=qualifiers,
    )


def edit(step: Step, ids: Iterable[str], **values: Any) -> None:
    """Changes code, memo, certainty, state or qualifiers of one or many marks."""
    if unknown := set(values) - set(EDITABLE):
        raise ValueError(f"not editable: {unknown}")
    if values.get("code") is not None:
        _check_known(step, "code", {values["code"]})
    if "qualifiers" in values:
        values["qualifiers"] = stored_qualifiers(values["qualifiers"])
    at = now()
    rows = [{"id": id, **values} for id in ids]
    known = step.rows("highlight", [row["id"] for row in rows])
    step.edit(
        "highlight",
        [
            row | {"modified": at}
            for row in rows
            if row["id"] not in known
            or any(known[row["id"]][name] != value for name, value in values.items())
        ],
    )


def move(step: Step, mark: Highlight, spans: Sequence[Span]) -> None:
    """Gives a mark other edges. Raises UserError for a span that is empty or outside the text."""
    parts = joined(spans)
    moved = Highlight(
        mark.id,
        mark.article,
        mark.coder,
        mark.code,
        parts[0][0],
        parts[-1][1],
        parts if len(parts) > 1 else (),
    )
    check_span(moved, _lengths(step, {mark.article}).get(mark.article))
    row = as_row(moved)
    step.edit(
        "highlight",
        [{name: row[name] for name in ("id", "start", "end", "parts")} | {"modified": now()}],
    )


def remove(step: Step, ids: Iterable[str]) -> None:
    """Takes marks out, with the relations that begin or end at them."""
    ids = list(ids)
    relations.forget_marks(step, ids)
    step.remove("highlight", ids)


def check_span(mark: Highlight, length: int | None) -> None:
    """Raises UserError unless every part is a stretch inside a text of `length` code points, in order."""
    if length is None:
        raise UserError("That article is no longer in the project.")
    last = -1
    for start, end in mark.spans:
        if not 0 <= start < end <= length or start < last:
            raise UserError(f"The span {start} to {end} does not fit a text of {length:,} characters.")
        last = end
    if mark.spans[0][0] != mark.start or mark.spans[-1][1] != mark.end:
        raise UserError(f"The parts of a mark do not reach from {mark.start} to {mark.end}.")


def as_row(mark: Highlight) -> Row:
    return {
        "id": mark.id,
        "article": mark.article,
        "coder": mark.coder,
        "code": mark.code,
        "start": mark.start,
        "end": mark.end,
        "parts": json.dumps(mark.parts) if mark.parts else None,
        "memo": mark.memo,
        "certainty": mark.certainty,
        "state": mark.state,
        "origin": mark.origin,
        "created": mark.created,
        "modified": mark.modified,
        "qualifiers": stored_qualifiers(mark.qualifiers),
    }


def from_row(row: Row) -> Highlight:
    """The mark of a row as `as_row` makes them."""
    return of_row(tuple(row[name.strip('" ')] for name in FIELDS.split(",")))


def parts_from_text(parts: str | None) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in json.loads(parts)) if parts else ()


def stored_qualifiers(qualifiers: Iterable[tuple[str, str]]) -> str | None:
    """As the column has them: JSON, or NULL for none."""
    said = {name: value for name, value in qualifiers if value}
    return json.dumps(said, ensure_ascii=False) if said else None


def qualifiers_from_text(text: str | None) -> tuple[tuple[str, str], ...]:
    return tuple(json.loads(text).items()) if text else ()


def of_row(row: tuple[Any, ...]) -> Highlight:
    """The mark of the columns FIELDS."""
    (
        id,
        article,
        coder,
        code,
        start,
        end,
        parts,
        memo,
        certainty,
        state,
        origin,
        created,
        modified,
        qualifiers,
    ) = row
    return Highlight(
        id,
        article,
        coder,
        code,
        start,
        end,
        parts_from_text(parts),
        memo or "",
        certainty or "",
        state or "",
        origin or "",
        created or "",
        modified or "",
        qualifiers_from_text(qualifiers) if qualifiers else (),
    )


def _check_known(step: Step, table: str, ids: set[str]) -> None:
    if len(step.rows(table, list(ids))) < len(ids):
        raise UserError(f"That {table} is no longer in the project; it was removed meanwhile.")


def _lengths(step: Step, articles: Iterable[str]) -> dict[str, int]:
    listed = list(articles)
    found: dict[str, int] = {}
    for at in range(0, len(listed), CHUNK):
        chunk = listed[at : at + CHUNK]
        found.update(
            step.db.conn.execute(
                f"SELECT id, characters FROM article WHERE id IN ({', '.join('?' * len(chunk))})", chunk
            )
        )
    return found
