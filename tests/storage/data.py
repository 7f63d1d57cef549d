"""Small projects for the storage tests, and what a project holds as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from annotate.model import Code, Draft, Highlight, Taxonomy
from annotate.text import normalise
from storage import Project, articles, coders, highlights, taxonomies
from tests.storage.conftest import contents

__all__ = ["FRAMES", "ada", "add_texts", "contents", "ids_of", "mark", "project_with"]

FRAMES = Taxonomy(
    "t-frames",
    "frames",
    "Frames",
    codes=(
        Code("f-1", "t-frames", None, "1", "Economic", position=0),
        Code("f-11", "t-frames", "f-1", "1.1", "Costs", position=0),
        Code("f-2", "t-frames", None, "2", "Moral", position=1),
    ),
)


def project_with(path: Path, texts: Sequence[str] = ("One text.", "Another text, longer.")) -> Project:
    """A project with the taxonomy FRAMES, the coder Ada and one article for each text."""
    project = Project.create(path)

    def fill(step: Any) -> None:
        taxonomies.add(step, FRAMES)
        coders.ensure(step, "Ada")
        add_texts(step, texts)

    project.do("Fill", fill)
    return project


def add_texts(step: Any, texts: Sequence[str]) -> list[str]:
    drafts = [Draft(normalise(text), title=text[:20]) for text in texts]
    return articles.add(step, drafts, [f"{n}.txt" for n, _ in enumerate(texts)], [None for _ in texts])


def ids_of(project: Project) -> list[str]:
    return [each.id for each in articles.all_articles(project)]


def ada(project: Project) -> str:
    found = coders.named(project, "Ada")
    assert found
    return found.id


def mark(project: Project, article: str, start: int, end: int, code: str | None = "f-1") -> Highlight:
    """Stores a highlight by Ada as one step."""
    made = highlights.make(article, ada(project), code, [(start, end)])
    project.do("Highlight", lambda step: highlights.add(step, [made]))
    return made
