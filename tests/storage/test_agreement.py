"""Which articles are compared, and what of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotate.errors import UserError
from annotate.model import ArticleState, Code
from annotate.questions import Question, QuestionKind
from annotate.rounds import Kind
from annotate.sampling import Method
from storage import (
    Project,
    agreement,
    answers,
    articles,
    coders,
    highlights,
    questions,
    rounds,
    sessions,
    taxonomies,
)
from storage.agreement import Wanted, comparison, comparisons, universe
from tests.storage.data import FRAMES, add_texts, ids_of


@pytest.fixture
def project(tmp_path):
    """Ten done articles and three people; nobody has coded anything."""
    made = Project.create(tmp_path / "p.postil")

    def fill(step):
        taxonomies.add(step, FRAMES)
        for name in ("Ada", "Ben", "Cleo"):
            coders.ensure(step, name)
        ids = add_texts(step, [f"Text number {n} of ten, which goes on for a while." for n in range(10)])
        articles.set_state(step, ids, ArticleState.DONE)

    made.do("Fill", fill)
    yield made
    made.close()


def mark(project: Project, who: str, at: int, code: str = "f-1", start: int = 0, end: int = 4) -> None:
    person = coders.named(project, who)
    made = highlights.make(ids_of(project)[at], person.id, code, [(start, end)])
    project.do("Mark", lambda step: highlights.add(step, [made]))


def test_only_what_all_coded_is_compared(project):
    for at in (0, 1, 2):
        mark(project, "Ada", at)
    for at in (1, 2, 3):
        mark(project, "Ben", at)
    found = universe(project, Wanted())
    assert [each.name for each in found.coders] == ["Ada", "Ben"]
    assert found.articles == tuple(ids_of(project)[1:3])
    assert (found.not_done, found.skipped, found.not_by_all) == (0, 0, 8)


def test_what_is_not_done_counts_only_where_it_is_wanted(project):
    for who in ("Ada", "Ben"):
        for at in (0, 1, 2):
            mark(project, who, at)
    project.do("To do", lambda step: articles.set_state(step, ids_of(project)[:1], ArticleState.IN_PROGRESS))
    project.do("Skip", lambda step: articles.set_state(step, ids_of(project)[1:2], ArticleState.SKIPPED))
    assert universe(project, Wanted()).articles == (ids_of(project)[2],)
    assert universe(project, Wanted(unfinished=True)).articles == (ids_of(project)[0], ids_of(project)[2])
    assert (universe(project, Wanted()).not_done, universe(project, Wanted()).skipped) == (1, 1)


def test_a_coder_who_read_and_marked_nothing_has_coded_too(project):
    mark(project, "Ada", 0)
    mark(project, "Ben", 1)
    ben, first = coders.named(project, "Ben"), ids_of(project)[0]
    sitting = sessions.begin_sitting(project, ben.id)
    sessions.add_time(project, sitting, {first: 9.0})
    with pytest.raises(UserError, match="No article is done and was coded by all of Ada and Ben"):
        universe(project, Wanted())
    sessions.add_time(project, sitting, {first: 2.0})
    found = comparison(project, Wanted(draws=20)).compared
    assert found.articles == 1
    assert found.codes[0].articles == (1, 0)


def test_answers_and_assignments_count_as_well(project):
    project.do(
        "Ask", lambda step: questions.add(step, [Question("q", "t-frames", "tone", kind=QuestionKind.YES_NO)])
    )
    ids = ids_of(project)
    ada, ben = (coders.named(project, name).id for name in ("Ada", "Ben"))
    project.do("Answer", lambda step: answers.give(step, ids[0], ada, "q", ["yes"]))
    method = Method(2, overlap="100%", near=True)
    plan = rounds.drawn(project, [ada, ben], method, 1)
    project.do("Plan", lambda step: rounds.add(step, "Pilot", Kind.CALIBRATION, method, 1, plan))
    found = universe(project, Wanted(round="Pilot"))
    assert set(found.articles) == set(plan.articles)
    assert universe(project, Wanted()).articles == found.articles
    with pytest.raises(UserError, match="no round “Main”"):
        universe(project, Wanted(round="Main"))


def test_the_consensus_coder_is_compared_only_when_named(project):
    project.do("Consensus", lambda step: coders.ensure(step, "Consensus"))
    for who in ("Ada", "Ben", "Consensus"):
        mark(project, who, 0)
    assert [each.name for each in universe(project, Wanted()).coders] == ["Ada", "Ben"]
    named = universe(project, Wanted(("Ada", "Consensus")))
    assert [each.name for each in named.coders] == ["Ada", "Consensus"]


def test_coders_without_common_articles_are_compared_in_pairs(project):
    for who, where in (("Ada", (0, 1)), ("Ben", (1, 2)), ("Cleo", (2, 3, 0))):
        for at in where:
            mark(project, who, at)
    with pytest.raises(
        UserError, match=r"Ada and Ben 1, Ada and Cleo 1, Ben and Cleo 1\. Name two with --coder"
    ):
        universe(project, Wanted())
    found = comparisons(project, Wanted(draws=10))
    assert [each.name for each in found] == ["Ada, Ben", "Ada, Cleo", "Ben, Cleo"]
    mark(project, "Cleo", 1)
    assert [each.name for each in comparisons(project, Wanted(draws=10))] == ["Ada, Ben, Cleo"]


def test_who_and_what_is_not_there_is_said(project):
    with pytest.raises(UserError, match="Nobody has coded articles that are done"):
        universe(project, Wanted())
    mark(project, "Ada", 0)
    with pytest.raises(UserError, match="Ada alone has coded"):
        universe(project, Wanted())
    with pytest.raises(UserError, match="Name another coder beside Ada"):
        universe(project, Wanted(("Ada",)))
    with pytest.raises(UserError, match="no coder called Zoe"):
        universe(project, Wanted(("Ada", "Zoe")))
    mark(project, "Ben", 0)
    with pytest.raises(UserError, match="no taxonomy cap; there are frames"):
        comparison(project, Wanted(taxonomies=("cap",)))
    with pytest.raises(UserError, match="is no level"):
        comparison(project, Wanted(level="0"))


def test_codes_are_raised_to_a_level_of_the_tree_or_to_their_standard(project):
    mark(project, "Ada", 0, "f-11")
    mark(project, "Ben", 0, "f-1")
    plain = comparison(project, Wanted(draws=0))
    assert {each.code for each in plain.compared.codes} == {"f-11", "f-1"}
    topmost = comparison(project, Wanted(level="1", draws=0))
    assert [(each.code, each.articles) for each in topmost.compared.codes] == [("f-1", (1, 1))]
    assert topmost.compared.codes[0].passages.exact.value == 1
    codes = {code.id: code for code in FRAMES.codes}
    own = codes | {"own": Code("own", "t-frames", "f-11", "", "Ours", own=True)}
    raise_ = agreement.raised(own, "standard")
    assert (raise_("own"), raise_("f-11")) == ("f-11", "f-11")
    assert agreement.raised(own, "2")("own") == "f-11"


def test_marks_with_gaps_and_without_code(project):
    person, article = coders.named(project, "Ada"), ids_of(project)[0]
    for each in (
        highlights.make(article, person.id, "f-1", [(0, 2), (5, 9)]),
        highlights.make(article, person.id, None, [(0, 20)]),
    ):
        project.do("Mark", lambda step, each=each: highlights.add(step, [each]))
    mark(project, "Ben", 0, "f-1", 0, 2)
    (code,) = comparison(project, Wanted(draws=0)).compared.codes
    assert code.marks == (1, 1)
    assert (code.passages.exact.value, code.passages.overlap.value) == (0, 1)


def test_the_filter_of_the_list_narrows_what_is_compared(project):
    for who in ("Ada", "Ben"):
        for at in (0, 1):
            mark(project, who, at)
    one = ids_of(project)[1]
    project.do("Outlet", lambda step: articles.edit(step, [one], outlet="Globe"))
    assert universe(project, Wanted(filter="outlet=Globe")).articles == (one,)
    said = comparison(project, Wanted(filter="outlet=Globe", draws=0)).in_words()
    assert "Of the articles with outlet=Globe alone." in said


def test_the_same_project_gives_the_same_figures(project):
    for at in range(6):
        mark(project, "Ada", at, end=4 + at)
        mark(project, "Ben", at, end=8)
    one, other = (comparison(project, Wanted(draws=50)) for _ in range(2))
    assert one == other
    assert one != comparison(project, Wanted(draws=50, seed=2))
    assert replace(one, level="x") != one


def test_coders_are_called_what_they_are_to_be_called(project):
    for who in ("Ada", "Ben"):
        mark(project, who, 0)
    names = {coders.named(project, "Ada").id: "Coder 1", coders.named(project, "Ben").id: "Coder 2"}
    assert comparison(project, Wanted(draws=0), names).compared.coders == ("Coder 1", "Coder 2")


def test_it_can_be_stopped_while_it_compares(project):
    for who in ("Ada", "Ben"):
        for at in range(5):
            mark(project, who, at)
    seen: list[int] = []

    def stop(done: int) -> None:
        seen.append(done)
        if len(seen) == 3:
            raise UserError("Stopped.")

    with pytest.raises(UserError, match="Stopped"):
        comparison(project, Wanted(draws=10), None, stop)
    assert len(seen) == 3
    assert comparison(project, Wanted(draws=10)).compared.articles == 5
