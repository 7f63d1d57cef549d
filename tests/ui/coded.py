"""A small project with two taxonomies, two coders and a few marks, in a session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotate.model import Code, Draft, Highlight, Taxonomy
from storage import Project, articles, coders, highlights, taxonomies
from ui.session import Session
from ui.settings import Settings

TEXT = (
    "The court in Velmora stopped the first flight on Tuesday, an hour before it was to leave. "
    "The judges wrote that the ministry had not examined whether the country could be called safe.\n"
) * 8
FRAMES = (
    Code("f:1", "frames", None, "1", "Economic", colour="amber", definition="Money matters"),
    Code("f:11", "frames", "f:1", "11", "Costs", use_when="the passage names a sum", shortcut="c"),
    Code("f:12", "frames", "f:1", "12", "Jobs", position=1),
    Code(
        "f:2", "frames", None, "2", "Legality", colour="indigo", use_when="the passage argues from laws",
        avoid_when="it is about crime", shortcut="5", position=1,
    ),
)  # fmt: skip
ACTORS = (Code("a:1", "actors", None, "", "Government", colour="teal"),)


@dataclass
class Coded:
    project: Project
    session: Session
    article: str
    ana: str
    ben: str

    def mark(self, code: str | None, start: int, end: int, *, coder: str = "", memo: str = "") -> Highlight:
        """One more mark, made in a step of its own."""
        made = highlights.make(self.article, coder or self.ana, code, [(start, end)], memo=memo)
        assert self.session.do("Highlight", lambda step: highlights.add(step, [made]))
        return made


@pytest.fixture
def coded(tmp_path: Path, qapp, monkeypatch) -> Iterator[Coded]:
    monkeypatch.setenv("POSTIL_SETTINGS", str(tmp_path / "settings.ini"))
    project = Project.create(tmp_path / "study.postil", "Study")
    held: dict[str, str] = {}

    def work(step) -> None:
        taxonomies.add(step, Taxonomy("frames", "frames", "Frames", codes=FRAMES))
        taxonomies.add(step, Taxonomy("actors", "actors", "Actors", codes=ACTORS))
        held["ana"], held["ben"] = coders.ensure(step, "Ana"), coders.ensure(step, "Ben")
        (held["article"],) = articles.add(step, [Draft(TEXT, "Court halts flight")], ["a.txt"], [None])

    project.do("Begin", work)
    settings = Settings()
    settings.set_coder("Ana")
    settings.set_theme("light")
    session = Session(project, settings)
    made = Coded(project, session, held["article"], held["ana"], held["ben"])
    made.mark("f:11", 0, 9)
    made.mark("f:11", 10, 20, coder=made.ben)
    made.mark("f:2", 30, 60)
    session.show_article(made.article)
    yield made
    session.close()
