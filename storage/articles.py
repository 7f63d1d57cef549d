"""Articles: the narrow list, one article's text, and what can be done to them."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from annotate.errors import UserError
from annotate.frozen import frozen
from annotate.ids import new_id, now
from annotate.layouts import layout_from_json, layout_to_json
from annotate.model import Article, ArticleState, Draft, Layout
from annotate.text import text_hash, word_count
from storage.originals import Original, files_of, original_rows, unused
from storage.project import Project
from storage.steps import CHUNK, Row, Step

if TYPE_CHECKING:
    from annotate.filters import Condition
    from annotate.places import Places

FIELDS = (
    "number, id, title, outlet, author, date, url, language, state, reason, characters, words, hash, "
    "source, attributes, added"
)
EDITABLE = ("title", "outlet", "author", "date", "url", "language", "attributes")
SORTS = {
    "added": ("number",),
    "title": ("sorting(title)",),
    "outlet": ("sorting(outlet)", "sorting(title)"),
    "date": ("date",),
    "length": ("characters",),
    "highlights": ("(SELECT count(*) FROM highlight h WHERE h.article = article.id)",),
}
MEASURES = ("hash", "words")
STATES = tuple(ArticleState)


@frozen
class ArticleRow:
    """What a row of the list shows."""

    number: int
    id: str
    title: str
    outlet: str
    date: str
    state: str
    characters: int
    highlights: int


def numbers(
    project: Project, *, filter: str = "", sort: str = "added", descending: bool = False
) -> dict[ArticleState, array[int]]:
    """The articles' numbers in order, by state.

    `filter`: words of which each must be part of title, outlet, author, date or file name, and conditions on fields
    (annotate.filters).
    """
    where, parameters = _filtered(filter)
    order = _order(sort, descending)
    groups = {state: array("q") for state in STATES}
    plain = {str(state): group for state, group in groups.items()}
    if order == "number" and not where:
        order = "state, number"  # as an index has them; between states there is no order
    for number, state in project.rows(
        f"SELECT number, state FROM article {where} ORDER BY {order}", parameters
    ):
        plain.get(state, groups[ArticleState.TO_DO]).append(number)
    return groups


def all_numbers(project: Project, filter: str, sort: str, descending: bool) -> array[int]:
    """The articles' numbers in order, whatever their state."""
    where, parameters = _filtered(filter)
    order = _order(sort, descending)
    found = project.rows(f"SELECT number FROM article {where} ORDER BY {order}", parameters)
    return array("q", (number for (number,) in found))


def ids(project: Project, filter: str) -> list[str]:
    """The ids of the articles that a filter lets through, in order of import."""
    where, parameters = _filtered(filter)
    return [id for (id,) in project.rows(f"SELECT id FROM article {where} ORDER BY number", parameters)]


def number_of(project: Project, id: str) -> int | None:
    found = project.value("SELECT number FROM article WHERE id = ?", [id])
    return None if found is None else int(found)


def rows(project: Project, wanted: Sequence[int]) -> dict[int, ArticleRow]:
    """The rows of these numbers, with the count of their highlights."""
    found = {}
    for at in range(0, len(wanted), CHUNK):
        chunk = list(wanted[at : at + CHUNK])
        for row in project.rows(
            f"""SELECT number, id, title, outlet, date, state, characters,
                       (SELECT count(*) FROM highlight h WHERE h.article = article.id)
                FROM article WHERE number IN ({", ".join("?" * len(chunk))})""",
            chunk,
        ):
            found[row[0]] = ArticleRow(*row)
    return found


def count(project: Project) -> int:
    return int(project.value("SELECT count(*) FROM article"))


def all_articles(project: Project, ids: Iterable[str] | None = None) -> list[Article]:
    """Articles in order of import, without their texts; all of them or those named."""
    if ids is None:
        found = project.rows(f"SELECT {FIELDS} FROM article ORDER BY number")
        return [_article(row) for row in found]
    listed = list(ids)
    kept: list[Article] = []
    for at in range(0, len(listed), CHUNK):
        chunk = listed[at : at + CHUNK]
        kept += [
            _article(row)
            for row in project.rows(
                f"SELECT {FIELDS} FROM article WHERE id IN ({', '.join('?' * len(chunk))})",
                chunk,
            )
        ]
    return sorted(kept, key=lambda article: article.number)


def with_counts(project: Project) -> list[tuple[Article, int]]:
    """All articles in order of import, each with the number of its highlights."""
    counts = dict(project.rows("SELECT article, count(*) FROM highlight GROUP BY article"))
    return [(each, counts.get(each.id, 0)) for each in all_articles(project)]


def article(project: Project, id: str) -> Article:
    """One article without its text. Raises UserError if it is not there."""
    found = project.rows(f"SELECT {FIELDS} FROM article WHERE id = ?", [id])
    if not found:
        raise UserError("That article is no longer in the project.")
    return _article(found[0])


def exists(project: Project, id: str) -> bool:
    return bool(project.value("SELECT 1 FROM article WHERE id = ?", [id]))


def first(project: Project) -> Article | None:
    """The article that was imported first."""
    number = project.value("SELECT min(number) FROM article")
    return article_by_number(project, number) if number is not None else None


def by_numbers(project: Project, wanted: Sequence[int]) -> dict[int, Article]:
    """The articles of these numbers, without their texts."""
    found = {}
    for at in range(0, len(wanted), CHUNK):
        chunk = list(wanted[at : at + CHUNK])
        holes = ", ".join("?" * len(chunk))
        for row in project.rows(f"SELECT {FIELDS} FROM article WHERE number IN ({holes})", chunk):
            found[row[0]] = _article(row)
    return found


def article_by_number(project: Project, number: int) -> Article | None:
    id = project.value("SELECT id FROM article WHERE number = ?", [number])
    return article(project, id) if id else None


def find(project: Project, key: str) -> Article:
    """The article with this id, text hash, title, address or name of its file (in this order). Raises UserError if none
    or several.
    """
    for column in ("id", "hash", "title", "url", "source"):
        found = project.rows(f"SELECT {FIELDS} FROM article WHERE {column} = ? LIMIT 2", [key])
        if len(found) > 1:
            said = {"source": "file name", "hash": "text hash", "url": "address"}.get(column, column)
            raise UserError(f"Several articles have the {said} “{key}”; name it by its id.")
        if found:
            return _article(found[0])
    raise UserError(f"No article has the id, text hash, title, address or file name “{key}”.")


def text(project: Project, id: str) -> str:
    """The article's text. Raises UserError if it is not there."""
    found = project.value("SELECT text FROM article_text WHERE article = ?", [id])
    if found is None:
        raise UserError("That article is no longer in the project.")
    return str(found)


def layout(project: Project, id: str) -> Layout:
    return layout_from_json(project.value("SELECT layout FROM article_text WHERE article = ?", [id]) or "")


def places(project: Project, id: str) -> Places | None:
    """Where its text stands on the pages of its PDF, or None where it came from something else."""
    from annotate.places import from_bytes

    held = project.value("SELECT data FROM article_places WHERE article = ?", [id])
    return None if held is None else from_bytes(held)


def has_places(project: Project, id: str) -> bool:
    """Whether it can be read as pages."""
    return bool(project.value("SELECT 1 FROM article_places WHERE article = ?", [id]))


def known_hashes(project: Project, hashes: Sequence[str]) -> dict[str, str]:
    """Which texts are there already, or were before they were corrected: hash -> id."""
    found: dict[str, str] = {}
    for at in range(0, len(hashes), CHUNK):
        chunk = hashes[at : at + CHUNK]
        holes = ", ".join("?" * len(chunk))
        for table, id in (("text_version", "article"), ("article", "id")):
            found.update(project.rows(f"SELECT hash, {id} FROM {table} WHERE hash IN ({holes})", chunk))
    return found


@frozen
class Prepared:
    """New articles as rows, but for their numbers: what takes time is done before the step begins."""

    ids: list[str]
    narrow: list[Row]
    texts: list[Row]
    originals: list[Row]
    files: list[Row]  # that several articles came from
    places: list[Row]


def prepared(
    drafts: Sequence[Draft],
    sources: Sequence[str],
    originals: Sequence[Original | None],
    measures: Sequence[tuple[str, int]] | None = None,
) -> Prepared:
    """Makes rows of drafts, each with the name of its file and, if it is to be kept, the file itself.

    `measures` are the hash and the number of words of each text, where they are known already.
    """
    measures = measures or [(text_hash(draft.text), word_count(draft.text)) for draft in drafts]
    at = now()
    made = Prepared([new_id() for _ in drafts], [], [], [], [], [])
    for id, draft, source, whole, measure in zip(made.ids, drafts, sources, originals, measures, strict=True):
        made.narrow.append(_row(id, draft, source, at) | dict(zip(MEASURES, measure, strict=True)))
        made.texts.append({"article": id, "text": draft.text, "layout": layout_to_json(draft.layout)})
        if whole is not None:
            row, file = original_rows(id, whole, draft.text)
            made.originals.append(row)
            made.files.extend(file)
        if draft.places:
            made.places.append({"article": id, "data": draft.places})
    return made


def add_prepared(step: Step, made: Prepared) -> list[str]:
    """Stores new articles and gives their ids. Whether a text is known is the caller's to ask."""
    first = _take_numbers(step, len(made.ids))
    for rows in (made.narrow, made.texts):
        for number, row in enumerate(rows, first):
            row["number"] = number
    step.add("article", made.narrow)
    step.add("article_text", made.texts)
    step.add("file", made.files)
    step.add("original", made.originals)
    step.add("article_places", made.places)
    return made.ids


def add(
    step: Step,
    drafts: Sequence[Draft],
    sources: Sequence[str],
    originals: Sequence[Original | None],
    measures: Sequence[tuple[str, int]] | None = None,
) -> list[str]:
    """Stores drafts as new articles and gives their ids. Whether a text is known is the caller's to ask."""
    return add_prepared(step, prepared(drafts, sources, originals, measures))


def _take_numbers(step: Step, wanted: int) -> int:
    """The first of so many numbers in a row; a number is never given again, not even after undo."""
    (taken,) = step.db.conn.execute(
        """SELECT max(coalesce((SELECT value FROM counter WHERE name = 'article'), 0),
                      coalesce((SELECT max(number) FROM article), 0))"""
    ).fetchone()
    step.db.conn.execute("INSERT OR REPLACE INTO counter VALUES ('article', ?)", [taken + wanted])
    return int(taken) + 1


def edit(step: Step, ids: Iterable[str], **values: Any) -> None:
    """Changes metadata (EDITABLE) of one or many articles."""
    if unknown := set(values) - set(EDITABLE):
        raise ValueError(f"not editable: {unknown}")
    if "attributes" in values:
        values["attributes"] = _attributes_as_text(values["attributes"])
    if "date" in values:
        values["date"] = checked_date(values["date"])
    step.edit("article", [{"id": id, **values} for id in ids])


def set_state(step: Step, ids: Iterable[str], state: ArticleState, reason: str = "") -> None:
    step.edit("article", [{"id": id, "state": str(state), "reason": reason} for id in ids])


def remove(step: Step, ids: Iterable[str]) -> None:
    """Takes articles out, with their texts, earlier texts, originals and highlights."""
    from storage.near import forget_pairs
    from storage.relations import forget_articles

    ids = list(ids)
    for at in range(0, len(ids), CHUNK):
        chunk = ids[at : at + CHUNK]
        forget_articles(step, chunk)
        for table in ("highlight", "lost_highlight", "text_version", "answer", "assignment"):
            held = step.db.conn.execute(
                f"SELECT id FROM {table} WHERE article IN ({', '.join('?' * len(chunk))})", chunk
            ).fetchall()
            step.remove(table, [id for (id,) in held])
        forget_pairs(step, chunk)
        files = files_of(step, chunk)
        step.remove("original", chunk)
        step.remove("file", unused(step, files))
        step.remove("article_places", chunk)
        step.remove("article_text", chunk)
        step.remove("article", chunk)


def checked_date(date: str) -> str:
    """A date as stored: a year, a month or a day (2025, 2025-03, 2025-03-12), in whatever script its
    digits are. Raises UserError.
    """
    import re
    from datetime import date as calendar

    date = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in date.strip())
    if not date:
        return ""
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", date):
        raise UserError(f"“{date}” is no date; write 2025, 2025-03 or 2025-03-12.")
    year, month, day = ([int(part) for part in date.split("-")] + [1, 1])[:3]
    try:
        calendar(year, month, day)
    except ValueError:
        raise UserError(f"“{date}” is not in the calendar.") from None
    return date


def _row(id: str, draft: Draft, source: str, at: str) -> Row:
    return {
        "id": id,
        "title": draft.title,
        "outlet": draft.outlet,
        "author": draft.author,
        "date": draft.date,
        "url": draft.url,
        "language": draft.language,
        "state": "to do",
        "reason": "",
        "characters": len(draft.text),
        "source": source,
        "attributes": _attributes_as_text(draft.attributes),
        "added": at,
    }


def _attributes_as_text(attributes: Mapping[str, str]) -> str:
    return json.dumps(dict(attributes), ensure_ascii=False) if attributes else ""


def _article(row: tuple[Any, ...]) -> Article:
    values = dict(zip(FIELDS.split(", "), row, strict=True))
    attributes = values.pop("attributes")
    texts: dict[str, Any] = {name: "" if value is None else value for name, value in values.items()}
    texts["state"] = ArticleState(values["state"])
    return Article(**texts, attributes=json.loads(attributes) if attributes else {})


def _order(sort: str, descending: bool) -> str:
    terms = SORTS[sort] if sort == "added" else (*SORTS[sort], "number")
    return ", ".join(f"{term} DESC" if descending else term for term in terms)


PLANNED = {  # names that rounds give, which filters ask for beside the fields of articles
    "round": "SELECT r.title AS name FROM assignment s JOIN round r ON r.id = s.round WHERE s.article = article.id",
    "assigned": "SELECT k.name FROM assignment s JOIN coder k ON k.id = s.coder WHERE s.article = article.id",
}


def _filtered(words: str) -> tuple[str, list[str]]:
    if not words.strip():
        return "", []
    from annotate.filters import parsed

    plain, conditions = parsed(words)
    terms, parameters = [], []
    if plain:
        terms.append("holds_words(?, title, outlet, author, date, source)")
        parameters.append("\n".join(plain))
    fields = [each for each in conditions if each.name not in PLANNED or each.sign not in ("=", "!=")]
    if fields:
        terms.append(_FIELDS_HOLD)
        parameters.append(_as_json(fields))
    for each in conditions:
        if each not in fields:
            term, values = _planned(each)
            terms.append(term)
            parameters += values
    return "WHERE " + " AND ".join(terms), parameters


_FIELDS_HOLD = "holds_conditions(?, title, outlet, author, date, language, url, state, source, attributes)"


def _as_json(conditions: Sequence[Condition]) -> str:
    return json.dumps([(each.name, each.sign, each.value) for each in conditions])


def _planned(asked: Condition) -> tuple[str, list[str]]:
    """`round=Pilot`, `assigned=Ana` or `!=` as a term: names are compared whole, in whatever case; without a name,
    whether there is any. An own field of that name counts as well.
    """
    found = f"EXISTS (SELECT 1 FROM ({PLANNED[asked.name]})"
    found += " WHERE folded(name) = ?)" if asked.value else ")"
    wanted = (asked.sign == "=") == bool(asked.value)
    term = f"({found} OR {_FIELDS_HOLD})" if wanted else f"(NOT {found} AND {_FIELDS_HOLD})"
    return term, [*([asked.value.casefold()] if asked.value else []), _as_json([asked])]
