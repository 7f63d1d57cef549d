"""The articles pane by mouse and keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtWidgets import QLineEdit

from annotate.model import ArticleState
from storage import articles
from tests.ui.lists import many, opened
from ui import ask
from ui.articles.model import HEADING
from ui.articles.pane import ArticlesPane


@pytest.fixture
def pane(session, look, qtbot):
    pane = ArticlesPane(session, look)
    pane.opened.connect(session.show_article)
    qtbot.addWidget(pane)
    pane.resize(264, 824)
    pane.show()
    return pane


def place(pane: ArticlesPane, line: int) -> QPoint:
    return pane.list.visualRect(pane.model.index(line)).center()


def click(pane, qtbot, line, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, modifier, place(pane, line))


def titles(session, ids):
    return [articles.article(session.project, id).title for id in ids]


def test_a_click_opens_and_a_double_click_reads(pane, qtbot):
    with qtbot.waitSignal(pane.opened) as told:
        click(pane, qtbot, 1)
    assert told.args == pane.selected_ids()
    with qtbot.waitSignal(pane.chosen):
        qtbot.mouseDClick(
            pane.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place(pane, 1)
        )


def test_the_arrow_opens_the_next_and_passes_over_headings(pane, session, qtbot):
    click(pane, qtbot, 3)
    with qtbot.waitSignal(pane.opened) as told:
        qtbot.keyClick(pane.list, Qt.Key.Key_Down)
        qtbot.keyClick(pane.list, Qt.Key.Key_Down)
    assert titles(session, told.args) == ["Opposition asks who signed"]


def test_enter_reads(pane, qtbot):
    click(pane, qtbot, 2)
    with qtbot.waitSignal(pane.chosen):
        qtbot.keyClick(pane.list, Qt.Key.Key_Return)


def test_home_and_end_go_to_the_ends(pane, qtbot):
    click(pane, qtbot, 3)
    qtbot.keyClick(pane.list, Qt.Key.Key_End)
    assert pane.list.currentIndex().row() == pane.model.rowCount() - 1
    qtbot.keyClick(pane.list, Qt.Key.Key_Home)
    assert pane.list.currentIndex().row() <= 1


def test_left_goes_to_the_heading_and_folds_and_right_unfolds(pane, qtbot):
    click(pane, qtbot, 2)
    qtbot.keyClick(pane.list, Qt.Key.Key_Left)
    assert pane.list.currentIndex().row() == 0
    qtbot.keyClick(pane.list, Qt.Key.Key_Left)
    assert pane.model.index(0).data(HEADING).folded
    qtbot.keyClick(pane.list, Qt.Key.Key_Right)
    assert not pane.model.index(0).data(HEADING).folded


def test_a_click_on_a_heading_folds_it_and_revealing_unfolds(pane, session, qtbot):
    first = articles.first(session.project)
    click(pane, qtbot, 0)
    assert pane.model.index(0).data(HEADING).folded
    pane.reveal(first.id)
    assert pane.selected_ids() == [first.id]


def test_typing_filters_and_escape_clears(pane, qtbot):
    qtbot.keyClicks(pane.filter, "meridian")
    assert pane.model.matches == 2
    qtbot.keyClick(pane.filter, Qt.Key.Key_Escape)
    assert pane.model.matches == 10


def test_nothing_found_says_so_and_offers_to_clear(pane, qtbot):
    qtbot.keyClicks(pane.filter, "xyz")
    assert pane.stack.currentWidget() is pane.none
    qtbot.mouseClick(pane.none.button, Qt.MouseButton.LeftButton)
    assert pane.stack.currentWidget() is pane.list
    assert pane.filter.text() == ""


def test_down_goes_from_the_filter_to_the_first_that_fits(pane, session, qtbot):
    qtbot.keyClicks(pane.filter, "audit")
    with qtbot.waitSignal(pane.opened) as told:
        qtbot.keyClick(pane.filter, Qt.Key.Key_Down)
    assert titles(session, told.args) == ["Audit office: costs not estimated"]


def test_many_are_marked_in_one_step_and_stay_selected(pane, session, qtbot):
    click(pane, qtbot, 5)
    click(pane, qtbot, 7, Qt.KeyboardModifier.ShiftModifier)
    ids = pane.selected_ids()
    assert len(ids) == 3
    before = session.project.last_step()
    pane.set_state(ArticleState.DONE)
    assert session.project.last_step() == before + 1
    assert {articles.article(session.project, id).state for id in ids} == {ArticleState.DONE}
    qtbot.waitUntil(lambda: sorted(pane.selected_ids()) == sorted(ids))


def test_skipping_asks_for_the_reason(pane, session, qtbot, monkeypatch):
    monkeypatch.setattr(ask, "text", lambda *_: " a crossword ")
    click(pane, qtbot, 5)
    id = pane.selected_ids()[0]
    pane.skip()
    skipped = articles.article(session.project, id)
    assert (skipped.state, skipped.reason) == (ArticleState.SKIPPED, "a crossword")


def test_removing_says_what_goes_and_undo_brings_it_back(pane, session, qtbot, monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(ask, "confirm", lambda _, question, *rest: bool(asked.append(question)) or True)
    click(pane, qtbot, 1)
    click(pane, qtbot, 3, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(pane.list, Qt.Key.Key_Delete)
    assert asked == ["Remove 3 articles and 38 highlights?"]
    assert articles.count(session.project) == 7
    session.undo()
    assert articles.count(session.project) == 10


def test_removal_that_is_not_agreed_to_does_nothing(pane, session, qtbot, monkeypatch):
    monkeypatch.setattr(ask, "confirm", lambda *_: False)
    click(pane, qtbot, 1)
    qtbot.keyClick(pane.list, Qt.Key.Key_Delete)
    assert articles.count(session.project) == 10


def test_the_next_one_is_shown_after_a_removal(pane, session, qtbot):
    click(pane, qtbot, 5)
    gone = session.article
    pane.remove_selected()
    assert session.article != gone
    assert titles(session, [session.article]) == ["A town waits for the reception centre"]


def test_renamed_in_its_row(pane, session, qtbot):
    click(pane, qtbot, 5)
    qtbot.keyClick(pane.list, Qt.Key.Key_F2)
    editor = pane.list.viewport().findChild(QLineEdit)
    assert editor.text() == "Opposition asks who signed"
    editor.setText("Opposition wants the file")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pane.model.index(5).data() == "Opposition wants the file")


def test_neighbours_are_those_in_the_order_shown(pane, session, qtbot):
    click(pane, qtbot, 3)
    id = pane.selected_ids()[0]
    assert titles(session, [pane.next_id(id), pane.previous_id(id)]) == [
        "Opposition asks who signed",
        "Ministers split over third-country plan",
    ]
    last = pane.model.row_at(pane.model.rowCount() - 1)
    assert pane.next_id(last.id) is None


def test_the_first_is_the_one_at_the_top(pane, session):
    assert titles(session, [pane.first_id()]) == ["Court halts first transfer flight"]
    pane.model.arrange(grouped=False, order_by="title")
    assert titles(session, [pane.first_id()]) == ["A town waits for the reception centre"]


def test_what_is_selected_is_told(pane, qtbot):
    with qtbot.waitSignal(pane.selection_changed) as told:
        click(pane, qtbot, 2)
    assert told.args == [pane.selected_ids()]


def test_menu_acts_on_one_or_many(pane, qtbot):
    click(pane, qtbot, 1)
    assert "Rename…" in [action.text() for action in pane.menu().actions()]
    click(pane, qtbot, 2, Qt.KeyboardModifier.ControlModifier)
    names = [action.text() for action in pane.menu().actions()]
    assert names[0] == "2 articles"
    assert "Remove 2 articles" in names


def test_order_is_kept_with_the_project(pane, session, look, qtbot):
    pane._sort("title")
    pane._switch("grouped", False)
    again = ArticlesPane(session, look)
    qtbot.addWidget(again)
    assert (again.model.order_by, again.model.grouped) == ("title", False)
    assert again.model.index(0).data() == "A town waits for the reception centre"


def test_files_are_told_when_dropped(pane, qtbot, tmp_path):
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.txt"))])
    with qtbot.waitSignal(pane.files_dropped) as told:
        pane.take(held)
    assert told.args == [[tmp_path / "a.txt"]]


def test_a_web_address_is_not_fetched(pane, session, qtbot):
    held = QMimeData()
    held.setUrls([QUrl("https://example.org/news")])
    with qtbot.waitSignal(session.failed) as told:
        pane.take(held)
    assert "save the page" in told.args[0]


def test_dropped_text_is_told(pane, qtbot):
    held = QMimeData()
    held.setText("A text to be coded.")
    with qtbot.waitSignal(pane.text_dropped) as told:
        pane.take(held)
    assert told.args == ["A text to be coded."]


def test_an_empty_project_says_what_to_do(look, qtbot, tmp_path):
    session = opened(tmp_path, look, filled=False)
    pane = ArticlesPane(session, look)
    qtbot.addWidget(pane)
    pane.show()
    assert pane.stack.currentWidget() is pane.empty
    with qtbot.waitSignal(pane.add_asked):
        qtbot.mouseClick(pane.empty.button, Qt.MouseButton.LeftButton)
    session.close()


def test_a_hundred_thousand_scroll_and_keep_their_place(look, qtbot, tmp_path):
    session = opened(tmp_path, look, filled=False)
    many(session.project, 100_000)
    pane = ArticlesPane(session, look)
    qtbot.addWidget(pane)
    pane.resize(264, 824)
    pane.show()
    bar = pane.list.verticalScrollBar()
    assert bar.maximum() > 5_100_000
    bar.setValue(3_000_000)
    pane.list.grab()
    row = pane.list.rowAt(100)
    click(pane, qtbot, row)
    chosen = pane.selected_ids()
    session.do("Done", lambda step: articles.set_state(step, ["id5"], ArticleState.DONE))
    qtbot.waitUntil(lambda: pane.model.index(pane.model.headings()[-1]).data(HEADING).count == 20_001)
    assert bar.value() == 3_000_000
    assert pane.selected_ids() == chosen
    pane.hide()  # what is on the screen may be painted at any moment
    session.close()
