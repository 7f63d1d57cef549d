"""Whose marks go out, and of which rounds."""

from __future__ import annotations

import pytest

from annotate.errors import UserError
from annotate.rounds import Kind
from annotate.sampling import Method
from storage import Project, coders, exchange, highlights, rounds
from tests.storage.data import ids_of, project_with


@pytest.fixture
def project(tmp_path):
    """Ada and Ben mark both articles, the consensus one."""
    made = project_with(tmp_path / "p.postil")

    def fill(step):
        one, other = ids_of(made)
        for name, where in (("Ada", (one, other)), ("Ben", (one, other)), ("Consensus", (one,))):
            person = coders.ensure(step, name)
            highlights.add(step, [highlights.make(id, person, "f-1", [(0, 3)]) for id in where])

    made.do("Fill", fill)
    yield made
    made.close()


def names(project: Project, **chosen: object) -> list[str]:
    choice = exchange.choice(project, **chosen)  # type: ignore[arg-type]
    return sorted(span.coder for span in exchange.coded_spans(project, choice))


def test_each_coders_own_the_consensus_or_all(project):
    assert names(project) == ["Ada", "Ada", "Ben", "Ben", "Consensus"]
    assert names(project, whose="own") == ["Ada", "Ada", "Ben", "Ben"]
    assert names(project, whose="consensus") == ["Consensus"]
    assert names(project, whose="own", coders=["Ada", "Consensus"]) == ["Ada", "Ada"]


def test_what_cannot_be_is_said(project):
    with pytest.raises(UserError, match="Name coders, or ask for the consensus, not both"):
        names(project, whose="consensus", coders=["Ada"])
    with pytest.raises(UserError, match="Marks are all, own, consensus, not “mine”"):
        names(project, whose="mine")
    project.do("None", lambda step: coders.set_consensus(step, None))
    for whose in ("own", "consensus"):
        with pytest.raises(UserError, match="There is no consensus coder"):
            names(project, whose=whose)


def test_articles_of_rounds_and_a_filter_narrow_each_other(project):
    one, other = ids_of(project)
    people = [coders.named(project, "Ada").id]
    for title, wanted in (("First", "One"), ("Second", "Another")):
        method = Method(filter=wanted)
        plan = rounds.drawn(project, people, method, 1)
        project.do("Plan", lambda step, t=title, m=method, p=plan: rounds.add(step, t, Kind.DRIFT, m, 1, p))
    assert exchange.choice(project, rounds=["first"]).articles == [one]
    assert set(exchange.choice(project, rounds=["First", "Second"]).articles) == {one, other}
    assert exchange.choice(project, rounds=["First"], filter="Another").articles == []
    assert exchange.choice(project, rounds=["First"], articles=[other]).articles == []
    assert exchange.choice(project, articles=[one], filter="One").articles == [one]
    with pytest.raises(UserError, match="no round “Third”; there are First, Second"):
        exchange.choice(project, rounds=["Third"])
