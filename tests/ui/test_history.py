"""The history: what was done, what was undone, and the way back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from annotate.model import ArticleState
from storage import articles
from ui.history import PAGE, HistoryModel, HistoryPage
from ui.history_rows import HERE


@pytest.fixture
def first(session):
    return articles.first(session.project).id


def rename(session, id, *titles):
    for title in titles:
        session.do(f"Rename to {title}", lambda step, title=title: articles.edit(step, [id], title=title))


def lines(model):
    return [str(model.index(at).data()) for at in range(model.rowCount())]


@pytest.fixture
def page(session, look, first, qtbot):
    rename(session, first, "one", "two", "three")
    page = HistoryPage(session, look)
    qtbot.addWidget(page)
    page.resize(304, 500)
    page.show()
    return page


def choose(page, qtbot, line):
    place = page.list.visualRect(page.model.index(line)).center()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def title(session, id):
    return articles.article(session.project, id).title


def test_newest_first_and_the_last_is_where_the_project_stands(page):
    assert lines(page.model) == ["Rename to three", "Rename to two", "Rename to one", "Begin"]
    assert [page.model.index(at).data(HERE) for at in range(4)] == [True, False, False, False]


def test_an_undone_step_moves_the_mark(page, session):
    session.undo()
    assert lines(page.model)[0] == "Undone: Rename to three"
    assert [page.model.index(at).data(HERE) for at in range(3)] == [False, False, True]


def test_going_back_is_asked_with_the_number_of_steps(page, session, first, qtbot):
    choose(page, qtbot, 2)
    qtbot.mouseClick(page.back, Qt.MouseButton.LeftButton)
    assert page.asking.isVisible()
    assert page.yes.text() == "Undo 2 steps"
    assert title(session, first) == "three"
    qtbot.mouseClick(page.yes, Qt.MouseButton.LeftButton)
    assert title(session, first) == "one"
    assert not page.asking.isVisible()


def test_a_double_click_asks_and_leaving_it_does_nothing(page, session, first, qtbot):
    choose(page, qtbot, 1)
    place = page.list.visualRect(page.model.index(1)).center()
    qtbot.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert page.asking.isVisible()
    qtbot.mouseClick(page.no, Qt.MouseButton.LeftButton)
    assert title(session, first) == "three"


def test_enter_asks_and_enter_agrees(page, session, first, qtbot):
    choose(page, qtbot, 1)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.asking.isVisible()
    page.go_back()
    assert title(session, first) == "two"


def test_what_was_undone_in_between_is_not_counted(page, session, first, qtbot):
    session.undo()
    rename(session, first, "four")
    choose(page, qtbot, page.model.rowCount() - 1)
    page.ask()
    assert page.yes.text() == "Undo 3 steps"
    page.go_back()
    assert title(session, first) == "Court halts first transfer flight"


def test_the_newest_line_offers_nothing(page, qtbot):
    choose(page, qtbot, 0)
    assert not page.back.isEnabled()


def test_the_chosen_line_stays_chosen_when_something_is_done(page, session, first, qtbot):
    choose(page, qtbot, 1)
    rename(session, first, "four")
    assert page.list.currentIndex().data() == "Rename to two"


def test_pages_are_fetched_when_they_are_scrolled_to(session, first):
    for at in range(PAGE + 20):
        state = ArticleState.DONE if at % 2 else ArticleState.TO_DO
        session.do(f"{at}", lambda step, state=state: articles.set_state(step, [first], state))
    model = HistoryModel(session)
    assert model.rowCount() == PAGE
    assert model.canFetchMore(model.index(-1))
    model.fetchMore(model.index(-1))
    assert model.rowCount() == PAGE + 21
    assert lines(model)[-1] == "Begin"
