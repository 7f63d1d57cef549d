"""Highlights that lost their place when a text was corrected: kept with their words until they are repaired."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotate.errors import UserError
from annotate.ids import now
from annotate.marks import quote_of
from annotate.model import Highlight, Span
from annotate.moving import Mover
from annotate.spans import joined
from annotate.text import text_hash
from storage import highlights, relations
from storage.project import Project
from storage.steps import Row, Step

OWN = ("quote", "hash", "place")  # what a lost mark has beside what every mark has


@dataclass(frozen=True, slots=True)
class LostMark:
    """`quote` is what it stood on, empty once that was purged; `place` where that may have been."""

    id: str
    article: str
    title: str
    coder: str
    code: str | None
    quote: str
    memo: str
    place: int


def lost(project: Project, article: str | None = None) -> list[LostMark]:
    """All that wait for repair, in the order of the articles and of their places."""
    where, parameters = ("WHERE l.article = ?", [article]) if article else ("", [])
    found = project.rows(
        f"""SELECT l.id, l.article, a.title, l.coder, l.code, coalesce(l.quote, ''), coalesce(l.memo, ''), l.place
            FROM lost_highlight l JOIN article a ON a.id = l.article {where}
            ORDER BY a.number, l.place, l.start, l.id""",
        parameters,
    )
    return [LostMark(*row) for row in found]


def count(project: Project) -> int:
    return int(project.value("SELECT count(*) FROM lost_highlight"))


def repair(step: Step, id: str, spans: Sequence[Span]) -> Highlight:
    """Puts a lost mark on these spans: a highlight again, with the same id. Raises UserError."""
    row = step.rows("lost_highlight", [id]).get(id)
    if row is None:
        raise UserError("That highlight is no longer waiting for repair.")
    parts = joined(spans)
    mark = highlights.from_row(
        row
        | {"start": parts[0][0], "end": parts[-1][1], "modified": now()}
        | {"parts": json.dumps(parts) if len(parts) > 1 else None}
    )
    step.remove("lost_highlight", [id])
    highlights.add(step, [mark])
    return mark


def remove(step: Step, ids: Iterable[str]) -> None:
    ids = list(ids)
    relations.forget_marks(step, ids)
    step.remove("lost_highlight", ids)


def spans_of(row: Row) -> tuple[Span, ...]:
    """The spans of a mark's row."""
    return highlights.parts_from_text(row["parts"]) or ((row["start"], row["end"]),)


def keep(step: Step, rows: Sequence[Row], mover: Mover) -> None:
    """Marks that stood on words that are gone become lost ones."""
    if not rows:
        return
    hash = text_hash(mover.old)
    step.remove("highlight", [row["id"] for row in rows])
    step.add(
        "lost_highlight",
        [
            row
            | {
                "quote": quote_of(mover.old, spans_of(row)),
                "hash": hash,
                "place": _place(mover, row["start"]),
            }
            for row in rows
        ],
    )


def follow(step: Step, article: str, mover: Mover) -> list[str]:
    """The text changed again: those whose words are back stand on them again, and their ids are given;
    the places of the others move.
    """
    found = step.ids_where("lost_highlight", "article", [article])
    if not found:
        return []
    rows = step.rows("lost_highlight", found)
    hash = text_hash(mover.new)
    back = [row for row in rows.values() if row["hash"] == hash]
    step.remove("lost_highlight", [row["id"] for row in back])
    step.add("highlight", [{name: row[name] for name in row if name not in OWN} for row in back])
    others = [row for row in rows.values() if row["hash"] != hash]
    step.edit("lost_highlight", [{"id": row["id"], "place": _place(mover, row["place"])} for row in others])
    return [row["id"] for row in back]


def _place(mover: Mover, place: int) -> int:
    return min(mover.place(place), max(0, len(mover.new) - 1))
