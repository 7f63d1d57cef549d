"""Projects to test on: a new one, and one with a little of everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotate.model import Draft
from annotate.taxonomy import load_shipped
from storage import Project, articles, coders, highlights, taxonomies


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "study.postil", "Study") as made:
        yield made


@dataclass
class Filled:
    """A project with two articles, a taxonomy and two coders."""

    project: Project
    first: str
    second: str
    ana: str
    ben: str


TEXTS = ("A title\nSome words 😀 and more words.\nA last line.", "Other title\nשלום עולם, the words go on.")


def fill(project: Project) -> Filled:
    held: dict[str, str] = {}

    def work(step):
        held["ana"], held["ben"] = coders.ensure(step, "Ana"), coders.ensure(step, "Ben")
        taxonomies.add(step, load_shipped("policy-frames"))
        drafts = [Draft(text=text, title=text.split("\n")[0]) for text in TEXTS]
        held["first"], held["second"] = articles.add(step, drafts, ["a.txt", "b.txt"], [None, None])

    project.do("Begin", work)
    return Filled(project, held["first"], held["second"], held["ana"], held["ben"])


@pytest.fixture
def filled(project: Project) -> Filled:
    return fill(project)


def mark(filled: Filled, start: int = 0, end: int = 7, code: str | None = "pfc:1", coder: str = "") -> str:
    """Adds a mark to the first article; its id."""
    made = highlights.make(filled.first, coder or filled.ana, code, [(start, end)])
    filled.project.do("Mark", lambda step: highlights.add(step, [made]), filled.ana)
    return made.id


def contents(project: Project) -> dict[str, list[tuple[object, ...]]]:
    """All that steps can change, to compare."""
    from storage.layout import KEYS

    return {table: project.rows(f"SELECT * FROM [{table}] ORDER BY [{key}]") for table, key in KEYS.items()}
