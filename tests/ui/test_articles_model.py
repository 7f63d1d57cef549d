"""The article list as a model: groups, order, pages fetched when looked at, and news."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt

from annotate.model import ArticleState
from storage import articles, highlights
from tests.ui.lists import many, opened
from ui.articles.model import HEADING, PAGE, ArticlesModel, Heading


@pytest.fixture
def large(look, tmp_path):
    session = opened(tmp_path, look, filled=False)
    many(session.project, 100_000)
    yield session
    session.close()


def shown(model: ArticlesModel) -> list[str]:
    return [str(model.index(at).data()) for at in range(model.rowCount())]


def test_groups_stand_in_order_each_under_its_count(session):
    model = ArticlesModel(session)
    heads = [model.index(at).data(HEADING) for at in model.headings()]
    assert heads == [
        Heading(ArticleState.IN_PROGRESS, 3, False),
        Heading(ArticleState.TO_DO, 4, False),
        Heading(ArticleState.DONE, 2, False),
        Heading(ArticleState.SKIPPED, 1, False),
    ]
    assert shown(model)[:3] == [
        "In progress",
        "Court halts first transfer flight",
        "Ministers split over third-country plan",
    ]
    assert model.rowCount() == 10 + 4


def test_headings_are_not_selectable_and_articles_are(session):
    model = ArticlesModel(session)
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsSelectable


def test_a_folded_group_keeps_its_heading_and_count(session):
    model = ArticlesModel(session)
    model.fold(ArticleState.IN_PROGRESS, True)
    assert shown(model)[:2] == ["In progress", "To do"]
    assert model.index(0).data(HEADING) == Heading(ArticleState.IN_PROGRESS, 3, True)
    assert model.line_of(1) is None


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("kestrel envoy", "Envoy denies talks on detention"),
        ("okafor", "Court halts first transfer flight"),
        ("2025-04-11", "Lawyers’ letter to the tribunal"),
        ("4.txt", "A town waits for the reception centre"),
    ],
)
def test_filter_looks_at_title_outlet_author_date_and_file(session, words, title):
    model = ArticlesModel(session)
    model.arrange(filter=words, grouped=False)
    assert title in shown(model)
    assert model.matches < 10


def test_ungrouped_is_one_list_in_the_order_asked_for(session):
    model = ArticlesModel(session)
    model.arrange(grouped=False, order_by="highlights", descending=True)
    counts = [row.highlights for at in range(10) if (row := model.row_at(at))]
    assert counts == sorted(counts, reverse=True)
    assert model.headings() == []


def test_a_mark_changes_the_count_and_nothing_else(session, qtbot):
    model = ArticlesModel(session)
    row = model.row_at(1)
    assert row is not None
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        mark = highlights.make(row.id, session.coder.id, "legal", [(0, 5)])
        session.do("Highlight", lambda step: highlights.add(step, [mark]))
    after = model.row_at(1)
    assert after is not None
    assert after.highlights == row.highlights + 1


def test_a_new_title_that_moves_nothing_is_shown_without_a_reset(session, qtbot):
    model = ArticlesModel(session)
    row = model.row_at(1)
    assert row is not None
    with qtbot.assertNotEmitted(model.modelReset):
        session.do("Rename", lambda step: articles.edit(step, [row.id], title="Another title"))
        assert model.index(1).data() == "Another title"


def test_a_state_moves_the_article_and_undo_moves_it_back(session, qtbot):
    model = ArticlesModel(session)
    row = model.row_at(1)
    assert row is not None
    before = shown(model)
    session.do("Done", lambda step: articles.set_state(step, [row.id], ArticleState.DONE))
    qtbot.waitUntil(lambda: model.index(0).data(HEADING).count == 2)
    session.undo()
    qtbot.waitUntil(lambda: shown(model) == before)


def test_a_hundred_thousand_are_there_at_once_and_only_the_rows_seen_are_fetched(large):
    began = time.perf_counter()
    model = ArticlesModel(large)
    assert time.perf_counter() - began < 1.0  # measured 0.06; the machine may be busy
    assert model.rowCount() == 100_000 + 3
    fetched: list[str] = []
    large.project.db.conn.set_trace_callback(fetched.append)
    for at in range(40):
        model.row_at(at)
    assert len(fetched) == 1
    assert model.row_at(90_000) is not None
    large.project.db.conn.set_trace_callback(None)
    assert len(fetched) == 2
    assert fetched[0].count(",") < PAGE + 10


def test_memory_is_bounded_when_all_rows_are_passed(large):
    model = ArticlesModel(large)
    for at in range(0, model.rowCount(), PAGE):
        model.row_at(at + 1)
    assert sum(len(page) for page in model._pages.values()) <= 80 * PAGE


def test_a_stream_of_news_reorders_now_and_then(large, qtbot):
    model = ArticlesModel(large)
    resets: list[object] = []
    model.modelReset.connect(lambda: resets.append(None))
    for at in range(10):
        large.do(
            "State", lambda step, at=at: articles.set_state(step, [f"id{at * 5 + 1}"], ArticleState.DONE)
        )
    assert len(resets) < 5
    qtbot.waitUntil(
        lambda: model.index(model.headings()[-1]).data(HEADING).count == 20_000 + 10, timeout=20_000
    )
