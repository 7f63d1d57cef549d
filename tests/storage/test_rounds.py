"""Rounds in the project: kept, found again by filters, counted, and gone with their articles."""

from __future__ import annotations

import pytest

from annotate.errors import UserError
from annotate.model import ArticleState
from annotate.rounds import Kind
from annotate.sampling import Method
from storage import Project, articles, coders, rounds
from tests.storage.data import ids_of, project_with


@pytest.fixture
def project(tmp_path):
    made = project_with(tmp_path / "p.postil", [f"Text number {n} of ten." * (n + 1) for n in range(10)])
    made.do("Ben", lambda step: coders.ensure(step, "Ben"))
    yield made
    made.close()


def planned(project: Project, title: str = "Pilot", kind: Kind = Kind.CALIBRATION, **method: object) -> str:
    people = [each.id for each in coders.all_coders(project)]
    how = Method(**{"articles": 6, "overlap": "50%", "near": True} | method)
    plan = rounds.drawn(project, people, how, 4)
    made = []
    project.do("Plan", lambda step: made.append(rounds.add(step, title, kind, how, 4, plan, "First")))
    return made[0]


def test_a_round_is_kept_with_how_it_was_drawn(project):
    id = planned(project)
    (held,) = rounds.all_rounds(project)
    assert (held.id, held.title, held.kind, held.seed, held.note) == (
        id,
        "Pilot",
        Kind.CALIBRATION,
        4,
        "First",
    )
    assert held.method == Method(6, overlap="50%", near=True)
    given = rounds.assignments(project, id)
    assert len(given) == 3 * 2 + 3
    again = rounds.drawn(project, [each.id for each in coders.all_coders(project)], held.method, held.seed)
    assert {(each.article, each.coder) for each in given} == set(again.assignments)
    assert rounds.named(project, "pilot").id == id


def test_titles_are_said_once(project):
    id = planned(project)
    with pytest.raises(UserError, match="already a round “PILOT”"):
        planned(project, "PILOT")
    with pytest.raises(UserError, match="needs a title"):
        planned(project, "  ")
    project.do("Rename", lambda step: rounds.edit(step, id, title="pilot"))
    with pytest.raises(UserError, match="no round “Main”; there are pilot"):
        rounds.named(project, "Main")


def test_progress_counts_articles_done_or_skipped(project):
    id = planned(project)
    first = rounds.assignments(project, id)
    both = [each.article for each in first if [a.article for a in first].count(each.article) == 2]
    project.do("Done", lambda step: articles.set_state(step, both[:1], ArticleState.DONE))
    held = rounds.progress(project, id)
    assert (held.done, held.articles) == (1, 6)
    assert [(name, done) for name, done, _ in held.coders] == [("Ada", 1), ("Ben", 1)]


def test_articles_are_found_by_their_round_and_by_whom_they_are_for(project):
    planned(project)
    given = rounds.assignments(project, rounds.named(project, "Pilot").id)
    ben = coders.named(project, "Ben").id
    assert set(articles.ids(project, "round=PILOT")) == {each.article for each in given}
    assert set(articles.ids(project, "assigned=ben")) == {each.article for each in given if each.coder == ben}
    others = set(ids_of(project)) - {each.article for each in given}
    assert set(articles.ids(project, 'round=""')) == set(articles.ids(project, "round!=Pilot")) == others
    assert set(articles.ids(project, "assigned!=")) == {each.article for each in given}
    assert articles.ids(project, "round=Main") == []
    assert len(articles.ids(project, "round=Pilot number 1")) <= 6


def test_an_own_field_of_that_name_counts_too(project):
    one = ids_of(project)[0]
    project.do("Field", lambda step: articles.edit(step, [one], attributes={"round": "Old"}))
    assert articles.ids(project, "round=old") == [one]
    assert one not in articles.ids(project, "round!=Old")


def test_a_round_goes_and_comes_back_with_its_assignments(project):
    id = planned(project)
    given = rounds.assignments(project, id)
    project.do("Remove", lambda step: rounds.remove(step, [id]))
    assert (rounds.all_rounds(project), rounds.assignments(project, id)) == ([], [])
    project.undo()
    assert rounds.assignments(project, id) == given


def test_an_article_that_goes_takes_its_assignments_along(project):
    id = planned(project)
    gone = rounds.assignments(project, id)[0].article
    project.do("Remove", lambda step: articles.remove(step, [gone]))
    assert gone not in {each.article for each in rounds.assignments(project, id)}
    project.undo()
    assert gone in {each.article for each in rounds.assignments(project, id)}


def test_drawing_takes_only_what_the_filter_lets_through(project):
    planned(project)
    people = [coders.named(project, "Ada").id]
    rest = rounds.drawn(project, people, Method(filter='round=""'), 1)
    assert len(rest.articles) == 4
    with pytest.raises(UserError, match="There is no article to draw"):
        rounds.drawn(project, people, Method(filter="round=Main"), 1)


def test_fields_to_draw_by(project):
    for at, id in enumerate(ids_of(project)):
        date = f"202{at % 2}-0{at % 9 + 1}"
        project.do("Date", lambda step, id=id, date=date: articles.edit(step, [id], date=date))
    made = rounds.drawn(project, [coders.named(project, "Ada").id], Method(4, by="date", near=True), 1)
    assert made.strata == {"2020": 2, "2021": 2}


def test_the_first_coder_called_consensus_is_the_one_of_what_was_agreed_on(project):
    assert coders.consensus(project) is None
    project.do("Add", lambda step: coders.ensure(step, "Consensus"))
    assert coders.consensus(project).name == "Consensus"
    ben = coders.named(project, "Ben")
    project.do("Ben", lambda step: coders.set_consensus(step, ben.id))
    assert [each.name for each in coders.all_coders(project) if each.consensus] == ["Ben"]
    project.undo()
    assert coders.consensus(project).name == "Consensus"
