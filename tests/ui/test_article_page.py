"""The article's metadata, edited in place: one step a field, for one article or for all selected."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from annotate.model import ArticleState
from storage import articles
from ui.article_page import ArticlePage


@pytest.fixture
def ids(session):
    return [each.id for each in articles.all_articles(session.project)]


@pytest.fixture
def page(session, look, ids, qtbot):
    page = ArticlePage(session, look)
    qtbot.addWidget(page)
    page.resize(304, 700)
    page.show()
    session.show_article(ids[0])
    return page


def stored(session, id):
    return articles.article(session.project, id)


def type_into(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def test_a_field_that_is_left_is_one_step(page, session, ids, qtbot):
    before = session.project.last_step()
    type_into(qtbot, page.fields["outlet"], "The Kestrel")
    page.fields["author"].setFocus()
    assert stored(session, ids[0]).outlet == "The Kestrel"
    assert session.project.last_step() == before + 1


def test_leaving_without_a_change_is_no_step(page, session, qtbot):
    before = session.project.last_step()
    page.fields["outlet"].setFocus()
    page.fields["author"].setFocus()
    assert session.project.last_step() == before


def test_escape_takes_back_what_was_typed(page, session, ids, qtbot):
    type_into(qtbot, page.fields["author"], "Nobody")
    qtbot.keyClick(page.fields["author"], Qt.Key.Key_Escape)
    page.fields["outlet"].setFocus()
    assert stored(session, ids[0]).author == "Ada Okafor"


@pytest.mark.parametrize("date", ["2025", "2025-03", "2024-02-29"])
def test_a_date_may_be_a_year_a_month_or_a_day(page, session, ids, qtbot, date):
    type_into(qtbot, page.fields["date"], date)
    qtbot.keyClick(page.fields["date"], Qt.Key.Key_Return)
    assert stored(session, ids[0]).date == date
    assert not page.rows["date"].problem.isVisible()


def test_a_date_that_is_none_is_said_below_the_field_and_not_stored(page, session, ids, qtbot):
    type_into(qtbot, page.fields["date"], "2025-02-30")
    qtbot.keyClick(page.fields["date"], Qt.Key.Key_Return)
    assert page.rows["date"].problem.isVisible()
    assert "calendar" in page.rows["date"].problem.text()
    assert stored(session, ids[0]).date == "2025-03-12"


def test_an_article_keeps_a_title(page, session, ids, qtbot):
    page.fields["title"].setFocus()
    page.fields["title"].clear()
    qtbot.keyClick(page.fields["title"], Qt.Key.Key_Return)
    assert page.rows["title"].problem.isVisible()
    assert stored(session, ids[0]).title


def test_what_was_typed_is_kept_when_another_article_is_opened(page, session, ids, qtbot):
    type_into(qtbot, page.fields["language"], "en")
    session.show_article(ids[1])
    assert stored(session, ids[0]).language == "en"
    assert stored(session, ids[1]).language == ""


def test_undo_is_shown(page, session, ids, qtbot):
    type_into(qtbot, page.fields["outlet"], "Other")
    qtbot.keyClick(page.fields["outlet"], Qt.Key.Key_Return)
    session.undo()
    assert page.fields["outlet"].text() == "Meridian Post"


def test_several_values_are_shown_as_such_and_left_alone(page, session, ids, qtbot):
    page.show_articles(ids[:3])
    assert page.fields["outlet"].placeholderText() == "several values"
    before = session.project.last_step()
    page.fields["outlet"].setFocus()
    page.fields["author"].setFocus()
    assert session.project.last_step() == before


def test_an_edit_of_many_is_one_step_for_all(page, session, ids, qtbot):
    page.show_articles(ids[:3])
    before = session.project.last_step()
    type_into(qtbot, page.fields["language"], "en")
    qtbot.keyClick(page.fields["language"], Qt.Key.Key_Return)
    assert [stored(session, id).language for id in ids[:4]] == ["en", "en", "en", ""]
    assert session.project.last_step() == before + 1


def test_one_selected_gives_way_to_the_one_that_is_open(page, ids):
    page.show_articles(ids[:3])
    page.show_articles([ids[2]])
    assert page.fields["title"].text() == "Court halts first transfer flight"


def test_state_by_button_and_the_reason_beside_it(page, session, ids, qtbot):
    skipped = page.states.button(list(ArticleState).index(ArticleState.SKIPPED))
    qtbot.mouseClick(skipped, Qt.MouseButton.LeftButton)
    assert stored(session, ids[0]).state is ArticleState.SKIPPED
    type_into(qtbot, page.reason, "a duplicate")
    qtbot.keyClick(page.reason, Qt.Key.Key_Return)
    assert stored(session, ids[0]).reason == "a duplicate"
    qtbot.mouseClick(page.states.button(0), Qt.MouseButton.LeftButton)
    assert stored(session, ids[0]).reason == ""


def test_an_attribute_is_added_renamed_changed_and_removed(page, session, ids, qtbot):
    page.add_attribute()
    row = page.attributes[-1]
    type_into(qtbot, row.name, "country")
    type_into(qtbot, row.value, "Velmora")
    qtbot.keyClick(row.value, Qt.Key.Key_Return)
    assert stored(session, ids[0]).attributes == {"country": "Velmora"}
    row = page.attributes[0]
    type_into(qtbot, row.name, "place")
    qtbot.keyClick(row.name, Qt.Key.Key_Return)
    assert stored(session, ids[0]).attributes == {"place": "Velmora"}
    row = page.attributes[0]
    type_into(qtbot, row.value, "Osk")
    qtbot.keyClick(row.value, Qt.Key.Key_Return)
    assert stored(session, ids[0]).attributes == {"place": "Osk"}
    qtbot.mouseClick(page.attributes[0].off, Qt.MouseButton.LeftButton)
    assert stored(session, ids[0]).attributes == {}
    assert page.attributes == []


def test_an_attribute_of_many_keeps_the_others(page, session, ids, qtbot):
    session.do("Own", lambda step: articles.edit(step, [ids[0]], attributes={"page": "3"}))
    page.show_articles(ids[:2])
    page.add_attribute()
    row = page.attributes[-1]
    type_into(qtbot, row.name, "country")
    type_into(qtbot, row.value, "Velmora")
    qtbot.keyClick(row.value, Qt.Key.Key_Return)
    assert stored(session, ids[0]).attributes == {"page": "3", "country": "Velmora"}
    assert stored(session, ids[1]).attributes == {"country": "Velmora"}


def test_the_hash_is_copied_whole(page, session, ids, qtbot):
    qtbot.mouseClick(page.hash, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == stored(session, ids[0]).hash


def test_a_removed_article_leaves_the_page(page, session, ids):
    session.do("Remove", lambda step: articles.remove(step, [ids[0]]))
    session.show_article(None)
    assert page.none.isVisible()


def test_it_says_in_which_rounds_an_article_is_and_for_whom(page, session, ids):
    from annotate.rounds import Kind
    from annotate.sampling import Method
    from storage import coders, rounds

    def plan(step):
        people = [coders.ensure(step, name) for name in ("Ana", "Zoe")]
        method = Method(overlap="100%", near=True)
        drawn = rounds.drawn(session.project, people, method, 1)
        rounds.add(step, "Pilot", Kind.CALIBRATION, method, 1, drawn)

    session.do("Plan", plan)
    assert "Round Pilot: Ana, Zoe" in page.facts.text()
    session.undo()
    assert "Round" not in page.facts.text()
