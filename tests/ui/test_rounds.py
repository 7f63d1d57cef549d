"""Rounds in the window: planned with a look before, seen with how far they are, shown in the list, taken back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from annotate.rounds import Kind
from storage import articles, coders, rounds
from ui.rounds.planning import PlanRound
from ui.rounds.sheet import Rounds


@pytest.fixture
def sheet(coded, look, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 820)
    window.show()
    made = Rounds(coded.session, look, window)
    made.open()
    yield made
    made.reject()


def plan(sheet: Rounds, title: str = "Pilot") -> PlanRound:
    form = sheet.plan()
    form.title.setText(title)
    form.look()
    return form


def test_without_rounds_it_says_what_one_is(sheet):
    assert sheet.list.count() == 0
    assert "No rounds yet." in sheet.text.toPlainText()
    assert sheet.take_back.isHidden()


def test_what_would_be_drawn_is_said_and_then_kept(sheet, coded):
    form = plan(sheet)
    whole = articles.count(coded.project)
    assert form.said.text().startswith(f"{whole:,} article")
    form.kind.setCurrentIndex(0)
    form.note.setText("first")
    form.accept()
    (held,) = rounds.all_rounds(coded.project)
    assert (held.title, held.kind, held.note, held.method.articles) == (
        "Pilot",
        Kind.CALIBRATION,
        "first",
        None,
    )
    assert sheet.list.count() == 1
    said = sheet.text.toPlainText()
    assert "Calibration" in said
    assert "Seed 1." in said
    for name in ("Ana", "Ben"):
        assert name in said


def test_what_cannot_be_is_said_in_the_form_and_nothing_is_kept(sheet, coded):
    form = plan(sheet)
    form.filter.setText("outlet=Nowhere")
    assert form.look() is None
    assert form.said.text() == "There is no article to draw."
    assert not form.plan_button.isEnabled()
    form.filter.clear()
    form.people.pick([])
    form.look()
    assert form.said.text() == "A round needs a coder."
    form.others.setText("Zoe , Zoe")
    assert form.names() == ["Zoe"]
    form.title.setText(" ")
    form.look()
    form.accept()
    assert form.problem.text() == "A round needs a title."
    assert rounds.all_rounds(coded.project) == []
    assert coders.named(coded.project, "Zoe") is None
    form.reject()


def test_several_code_only_where_there_are_several(sheet):
    form = plan(sheet)
    assert [form.together.itemText(at) for at in range(form.together.count())] == ["Everybody"]
    form.others.setText("Cleo, Dan")
    form.look()
    assert [form.together.itemText(at) for at in range(form.together.count())] == [
        "Everybody", "2 of them", "3 of them",
    ]  # fmt: skip
    form.together.setCurrentIndex(1)
    assert form.method().together == 2
    form.people.pick(["Ana"])
    form.others.clear()
    form.look()
    assert not form.overlap.isEnabled()
    assert (form.method().overlap, form.method().together) == ("0", 0)
    form.reject()


def test_its_articles_are_shown_in_the_list(sheet, coded, qtbot):
    plan(sheet).accept()
    with qtbot.waitSignal(sheet.shown) as told:
        sheet.mine.click()
    assert told.args == ['round="Pilot" assigned="Ana"']
    held = rounds.assignments(coded.project, rounds.named(coded.project, "Pilot").id)
    ana = coders.named(coded.project, "Ana").id
    assert set(articles.ids(coded.project, told.args[0])) == {
        each.article for each in held if each.coder == ana
    }


def test_a_round_is_taken_back_and_comes_again(sheet, coded):
    plan(sheet).accept()
    plan(sheet, "Main").accept()
    assert sheet.list.currentRow() == 1
    sheet.remove()
    assert [each.title for each in rounds.all_rounds(coded.project)] == ["Pilot"]
    coded.session.undo()
    assert sheet.list.count() == 2


def test_titles_that_a_filter_could_not_say_are_refused(sheet, coded):
    form = plan(sheet, 'The "first"')
    form.accept()
    assert "cannot hold the sign" in form.problem.text()
    form.reject()


def test_the_list_follows_a_round_it_is_narrowed_to(coded, qtbot):
    from ui.articles.model import ArticlesModel

    model = ArticlesModel(coded.session)
    coded.session.changed.connect(model.on_change)
    model.arrange(filter="round=Pilot")
    assert model.matches == 0
    people = [each.id for each in coded.session.coders]
    from annotate.sampling import Method

    found = rounds.drawn(coded.project, people, Method(), 1)
    coded.session.do("Plan", lambda step: rounds.add(step, "Pilot", Kind.DRIFT, Method(), 1, found))
    qtbot.waitUntil(lambda: model.matches == articles.count(coded.project))
