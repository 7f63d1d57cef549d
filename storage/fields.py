"""The own fields of articles: which there are, what kind they are of, and setting them on many articles at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotate.errors import UserError
from storage import articles, presets
from storage.project import Project
from storage.steps import CHUNK, Step

KIND = "field"  # of the presets that hold what kind a field is of
KINDS = ("text", "number", "date", "choice")
CORE = ("title", "outlet", "author", "date", "url", "language")


@dataclass(frozen=True, slots=True)
class Field:
    """An own field. `choices` are what a field of the kind "choice" may hold; `used` on how many articles it is."""

    name: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    used: int = 0

    def checked(self, value: str) -> str:
        """The value as stored. Raises UserError where it is not of the field's kind."""
        value = value.strip()
        if not value:
            return ""
        if self.kind == "number":
            try:
                float(value.replace(",", "."))
            except ValueError:
                raise UserError(f"“{value}” is no number, which {self.name} wants.") from None
        elif self.kind == "date":
            return articles.checked_date(value)
        elif self.kind == "choice" and value not in self.choices:
            raise UserError(
                f"{self.name} is one of {', '.join(self.choices) or 'nothing yet'}, not “{value}”."
            )
        return value


def all_fields(project: Project) -> list[Field]:
    """Those that are defined, in the order of their names, then those that articles have besides."""
    used = dict(
        project.rows(
            """SELECT j.key, count(*) FROM article a, json_each(a.attributes) j
               WHERE a.attributes != '' GROUP BY j.key ORDER BY j.key"""
        )
    )
    defined = {
        name: Field(name, held["kind"], tuple(held["choices"]), used.get(name, 0))
        for name, held in presets.kept(project, KIND).items()
    }
    return [
        *defined.values(),
        *(Field(name, used=number) for name, number in used.items() if name not in defined),
    ]


def define(project: Project, field: Field) -> None:
    """Says what kind a field is of. Raises UserError for a name or a kind that cannot be."""
    name = " ".join(field.name.split())
    if not name or name.casefold() in CORE:
        raise UserError("A field needs a name that is not one of the article's own.")
    if field.kind not in KINDS:
        raise UserError(f"A field is one of {', '.join(KINDS)}.")
    presets.keep(project, KIND, name, {"kind": field.kind, "choices": list(field.choices)})


def named(project: Project, name: str) -> Field:
    """The field of this name; one of text where it is new."""
    held = presets.kept(project, KIND).get(name)
    return Field(name, held["kind"], tuple(held["choices"])) if held else Field(name)


def set_values(step: Step, project: Project, values: Mapping[str, Mapping[str, str]]) -> None:
    """`values`: for each article's id the fields that change; an empty value takes a field away.

    Those of CORE are the article's own. Raises UserError for a value that is not of its field's kind.
    """
    names = {name for each in values.values() for name in each}
    known = {name: named(project, name) for name in names - set(CORE)}
    ids = list(values)
    for at in range(0, len(ids), CHUNK):
        there = {each.id: each for each in articles.all_articles(project, ids[at : at + CHUNK])}
        for id, article in there.items():
            changes: dict[str, Any] = {name: words for name, words in values[id].items() if name in CORE}
            own = dict(article.attributes)
            for name, words in values[id].items():
                if name in known:
                    own[name] = known[name].checked(words)
            own = {name: words for name, words in own.items() if words}
            if own != dict(article.attributes):
                changes["attributes"] = own
            if changes:
                articles.edit(step, [id], **changes)


def from_names(project: Project, ids: Iterable[str], pattern: str) -> dict[str, dict[str, str]]:
    """What the names of the articles' files say by a pattern (annotate.readers.naming), for `set_values`.

    Articles whose file is called otherwise are left out.
    """
    from annotate.readers.naming import told

    found = {}
    for each in articles.all_articles(project, list(ids)):
        if fields := told(each.source, pattern):
            found[each.id] = fields
    return found


@dataclass(frozen=True, slots=True)
class FromTable:
    """What a table says of articles: `values` for `set_values`, and the keys that are of no article, or of several."""

    values: dict[str, dict[str, str]]
    unknown: tuple[str, ...]


def from_table(
    project: Project, columns: Sequence[str], rows: Iterable[Sequence[str]], key: str, by: str = "id"
) -> FromTable:
    """Reads a table whose column `key` names articles by their id, title, text hash or file ("source").

    Its other columns are fields. Raises UserError where there is no such column or way to name articles.
    """
    ways = ("id", "title", "hash", "source")
    if by not in ways:
        raise UserError(f"Articles are named by {', '.join(ways)}, not by “{by}”.")
    if key not in columns:
        raise UserError(f"There is no column “{key}”; there are {', '.join(columns)}.")
    ids: dict[str, list[str]] = {}
    for id, name in project.rows(f"SELECT id, {by} FROM article"):
        ids.setdefault(name or "", []).append(id)
    place = columns.index(key)
    values, unknown = {}, []
    for row in rows:
        found = ids.get(row[place].strip(), [])
        if len(found) != 1:
            unknown.append(row[place])
            continue
        cells = zip(columns, row, strict=False)
        values[found[0]] = {
            _field(column): cell.strip() for column, cell in cells if column != key and cell.strip()
        }
    return FromTable(values, tuple(unknown))


def _field(column: str) -> str:
    return column.casefold() if column.casefold() in CORE else column
