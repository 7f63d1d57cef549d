"""How much a code, or a whole taxonomy, is used in the project."""

from __future__ import annotations

from dataclasses import dataclass

from storage.project import Project


@dataclass(frozen=True, slots=True)
class Use:
    """`coders`: id and number of highlights, the most first."""

    highlights: int
    articles: int
    of_articles: int
    coders: tuple[tuple[str, int], ...]


def of_code(project: Project, id: str) -> Use:
    """The marks with this code itself."""
    return _use(project, "FROM highlight h WHERE h.code = ?", id)


def of_taxonomy(project: Project, id: str) -> Use:
    """The marks with any code of a taxonomy."""
    return _use(project, "FROM code c JOIN highlight h ON h.code = c.id WHERE c.taxonomy = ?", id)


def _use(project: Project, marks: str, id: str) -> Use:
    by_coder = project.rows(f"SELECT h.coder, count(*) {marks} GROUP BY h.coder ORDER BY 2 DESC, 1", [id])
    articles = int(project.value(f"SELECT count(DISTINCT h.article) {marks}", [id]))
    everything = int(project.value("SELECT count(*) FROM article"))
    return Use(sum(many for _, many in by_coder), articles, everything, tuple(by_coder))
