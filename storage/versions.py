"""The versions of a corrected text: the one it was imported with, and every later one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotate.errors import UserError
from annotate.layouts import layout_from_json
from annotate.model import Layout
from storage import articles
from storage.project import Project
from storage.steps import Row, Step

FIELDS = "id, article, number, characters, words, at, coder, reason, text IS NULL"


@dataclass(frozen=True, slots=True)
class Version:
    """A text an article had, or has. `number` counts from 1, which is the text as imported."""

    id: str
    article: str
    number: int
    characters: int
    words: int
    at: str
    coder: str  # id, or empty
    reason: str
    present: bool


def versions(project: Project, article: str) -> list[Version]:
    """Newest first; nothing for a text that was never corrected."""
    found = project.rows(
        f"SELECT {FIELDS} FROM text_version WHERE article = ? ORDER BY number DESC", [article]
    )
    return [_version(row) for row in found]


def count_earlier(project: Project, article: str) -> int:
    """How many earlier texts of it are kept."""
    return int(
        project.value("SELECT count(*) FROM text_version WHERE article = ? AND text IS NOT NULL", [article])
    )


def numbered(project: Project, article: str, number: int) -> Version:
    """The version with this number. Raises UserError."""
    for each in versions(project, article):
        if each.number == number:
            return each
    raise UserError(f"The article has no version {number}.")


def text(project: Project, version: Version) -> str:
    """Raises UserError if it is not there any more."""
    if version.present:
        found = project.value("SELECT text FROM article_text WHERE article = ?", [version.article])
    else:
        found = project.value("SELECT text FROM text_version WHERE id = ?", [version.id])
    if found is None:
        raise UserError("That version is no longer in the project.")
    return str(found)


def imported(project: Project, article: str) -> str:
    """The text an article came with, as far as it is still kept. Raises UserError if it is not there."""
    found = project.value(
        "SELECT text FROM text_version WHERE article = ? AND number = 1 AND text IS NOT NULL", [article]
    )
    return articles.text(project, article) if found is None else str(found)


def layout(project: Project, version: Version) -> Layout:
    """How an earlier version is shown."""
    return layout_from_json(project.value("SELECT layout FROM text_version WHERE id = ?", [version.id]) or "")


def held(step: Step, article: str) -> list[Row]:
    """The rows of an article's versions, oldest first."""
    rows = step.rows("text_version", step.ids_where("text_version", "article", [article]))
    return sorted(rows.values(), key=lambda row: int(row["number"]))


def _version(row: tuple[Any, ...]) -> Version:
    id, article, number, characters, words, at, coder, reason, present = row
    return Version(id, article, number, characters, words, at, coder or "", reason or "", bool(present))
