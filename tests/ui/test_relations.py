"""Relations in the window: drawn as arcs, listed, made by keys and by hand, their types edited."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from annotate.relations import RelationType
from storage import highlights, relations
from tests.ui.reading import article
from ui.reading.arcs import Links, arc_between
from ui.reading.ends import places
from ui.reading.values import Link, Mark
from ui.relations.types_sheet import RelationTypes
from ui.window import Window

ARGUES = RelationType("r:argues", "frames", "argues from", ("f:1",), ("f:2",), colour="rust")
MEETS = RelationType("r:meets", "frames", "meets", symmetric=True)


@pytest.fixture
def window(qtbot, coded, look):
    """The window on the small project with two types: Economic → Legality, and any with any."""
    coded.session.do("Types", lambda step: relations.add_types(step, [ARGUES, MEETS]))
    path = coded.project.path
    coded.session.close()
    made = Window(coded.session.settings, look)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    assert made.open_project(path)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    workspace = made.workspace
    coded.session, coded.project = workspace.session, workspace.session.project
    workspace.open_article(coded.article)
    workspace.reading.view.setFocus()
    qtbot.waitUntil(workspace.reading.view.hasFocus)
    workspace.inspector.show()
    yield workspace
    made.close()


@pytest.fixture
def ends(coded):
    """The marks of Costs and of Legality, which the small project has."""
    marks = highlights.of_article(coded.project, coded.article)
    return marks[0].id, next(mark.id for mark in marks if mark.code == "f:2")


def links(coded):
    return [(each.type, each.source, each.target) for each in relations.all_relations(coded.project)]


def popup(window):
    from ui.relations.popup import PickPopup

    (found,) = [each for each in window.window().findChildren(PickPopup) if each.isVisible()]
    return found


# ------------------------------------------------------------ arcs


def test_an_arc_leads_over_the_line_or_from_line_to_line():
    here, beside, below = QRectF(0, 100, 40, 20), QRectF(300, 100, 40, 20), QRectF(100, 200, 40, 20)
    over = arc_between(here, beside)
    assert over.at(0.5).y() < 100
    assert over.end == QPointF(320, 100)
    down = arc_between(here, below)
    assert (down.start, down.end) == (QPointF(20, 120), QPointF(120, 200))
    assert arc_between(below, here).end == QPointF(20, 120)


def test_an_arc_begins_and_ends_where_it_says():
    arc = arc_between(QRectF(0, 100, 40, 20), QRectF(100, 200, 40, 20))
    assert (arc.at(0), arc.at(1)) == (arc.start, arc.end)
    assert arc.path().currentPosition() == arc.end


def test_links_are_found_from_either_end_and_once():
    held = Links([Link("1", "a", "b"), Link("2", "b", "c")])
    assert [each.id for each in held.touching(["a", "b"])] == ["1", "2"]
    assert [each.id for each in held.touching(["c"])] == ["2"]
    assert not Links()


def colour_count(view, colour: str) -> int:
    """How many pixels of the view are just of this colour."""
    image = view.viewport().grab().toImage()
    return sum(
        image.pixelColor(x, y).name() == colour
        for x in range(0, image.width())
        for y in range(0, image.height())
    )


def test_the_arc_of_a_mark_is_painted_while_it_is_selected_or_pointed_at(view):
    from ui.theme import code_colour, theme

    view.show_article(article(6), marks=[Mark("a", ((3, 9),)), Mark("b", ((40, 60),))])
    view.set_links([Link("1", "a", "b", "argues from", "rust")])
    rust = code_colour("rust", theme("light")).name()
    assert colour_count(view, rust) == 0
    view.select_mark("b")
    assert colour_count(view, rust) > 30
    view.select_mark(None)
    assert colour_count(view, rust) == 0
    place = view.rectangle(5).center().toPoint()
    QTest.mouseMove(view.viewport(), place)
    view._pointer = QPointF(place)
    view._say_hovered()
    assert colour_count(view, rust) > 30
    view._leave()
    assert colour_count(view, rust) == 0


def test_an_arc_to_what_is_far_below_lays_nothing_out(view):
    text = article(4000)
    view.show_article(text, marks=[Mark("a", ((3, 9),)), Mark("b", ((len(text) - 40, len(text) - 20),))])
    view.set_links([Link("1", "a", "b", "argues from", "rust")])
    view.viewport().repaint()
    known = len(view._page.layout._laid)
    view.select_mark("a")
    view.viewport().repaint()
    assert len(view._page.layout._laid) == known
    assert places(view._page, view.mark("b"))[0].top() > 10_000


# ------------------------------------------------------------ made


def test_a_relation_is_made_with_keys_alone(window, coded, ends):
    cost, law = ends
    coded.mark("f:2", 100, 120)
    window.reading.view.select_mark(cost)
    window.act("relate")
    listed = popup(window)
    assert listed.listed() == ["r:argues", "r:meets"]
    QTest.keyClicks(listed.field, "arg")
    QTest.keyClick(listed.field, Qt.Key.Key_Return)
    bar = window.relating.bar
    assert (bar.isHidden(), bar.count.text(), bar.current()) == (False, "1 of 2", law)
    assert bar.said.full_text() == "“The court” argues from …"
    assert window.reading.view.pending().target == law
    QTest.keyClick(bar.field, Qt.Key.Key_J)
    assert bar.current() != law
    QTest.keyClicks(bar.field, "flight")
    assert (bar.current(), bar.count.text()) == (law, "1 of 1")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert links(coded) == [("r:argues", cost, law)]
    assert (bar.isHidden(), window.reading.view.pending(), coded.session.selected) == (True, None, cost)
    coded.session.undo()
    assert links(coded) == []


def test_it_may_begin_at_its_target_and_be_left(window, coded, ends):
    cost, law = ends
    window.reading.view.select_mark(law)
    window.act("relate")
    assert popup(window).listed() == ["r:meets", "<r:argues"]
    window.relating.pick(window.reading.mark(law), "<r:argues")
    bar = window.relating.bar
    QTest.keyClick(bar.field, Qt.Key.Key_Up)
    assert bar.current() == cost
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert (links(coded), bar.isHidden()) == ([], True)
    window.relating.pick(window.reading.mark(law), "<r:argues")
    bar.step(-1)
    bar.take.click()
    assert links(coded) == [("r:argues", cost, law)]


def test_what_does_not_fit_is_refused_with_a_sentence(window, coded, ends, qtbot):
    cost, law = ends
    actor = coded.mark("a:1", 70, 80)
    with qtbot.waitSignal(coded.session.failed) as told:
        coded.session.do("Edit", lambda step: relations.edit_type(step, "r:meets", sources=("f:1",)))
        window.relating.between(law, actor.id, QPoint())
    assert told.args[0].startswith("No relation type links a highlight “Legality” with one “Government”.")
    window.relating.pick(window.reading.mark(cost), "r:argues")
    window.reading.view.select_mark(actor.id)
    with qtbot.waitSignal(coded.session.failed) as told:
        window.reading.view.mark_clicked.emit(actor.id)
    assert told.args[0] == "“argues from” leads to highlights of “Legality”; this is one of “Government”."
    window.relating.stop()


def test_escape_lets_go_of_the_one_in_the_hand_and_of_nothing_else(window, coded, ends):
    cost, _ = ends
    view = window.reading.view
    view.select_mark(cost)
    start, end = view.rectangle(4).center().toPoint(), view.rectangle(45).center().toPoint()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, start)
    QTest.mouseMove(view.viewport(), end)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert (view.pending(), coded.session.selected) == (None, cost)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, end)
    assert links(coded) == []


def test_a_hand_draws_it_from_mark_to_mark_with_ctrl(window, coded, ends, qtbot):
    cost, law = ends
    view = window.reading.view
    start = view.rectangle(4).center().toPoint()
    end = view.rectangle(45).center().toPoint()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, start)
    QTest.mouseMove(view.viewport(), end)
    assert (view.pending().source, view.pending().target) == (cost, law)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, end)
    listed = popup(window)
    assert listed.listed() == ["r:argues", "r:meets"]
    QTest.keyClick(listed.field, Qt.Key.Key_Return)
    assert links(coded) == [("r:argues", cost, law)]
    assert view.selection() is None


# ------------------------------------------------------------ listed


def test_the_inspector_lists_them_and_leads_there(window, coded, ends):
    cost, law = ends
    window.coding.relate(ARGUES, window.reading.mark(cost), window.reading.mark(law))
    window.reading.view.select_mark(cost)
    panel = window.inspector.relations
    (line,) = panel.listed()
    assert line.text().startswith("→ argues from “")
    line.click()
    assert coded.session.selected == law
    (line,) = panel.listed()
    assert line.text() == "← argues from “The court”"
    assert "argues from" in window.reading.relations.lines(law, window.reading.words_of)[0]
    panel.remove(relations.of_mark(coded.project, law)[0], ARGUES)
    assert (links(coded), panel.listed()) == ([], [])


def test_the_margin_shows_which_marks_are_related(window, coded, ends):
    cost, law = ends
    view = window.reading.view
    assert not view.mark(cost).linked
    window.coding.relate(ARGUES, window.reading.mark(cost), window.reading.mark(law))
    assert (view.mark(cost).linked, view.mark(law).linked) == (True, True)
    coded.session.undo()
    assert not view.mark(cost).linked


# ------------------------------------------------------------ types


@pytest.fixture
def sheet(qtbot, coded, look):
    coded.session.do("Types", lambda step: relations.add_types(step, [ARGUES]))
    made = RelationTypes(coded.session, look, "frames")
    qtbot.addWidget(made)
    made.open()
    yield made
    made.reject()


def test_a_type_is_made_named_and_bound_to_codes(sheet, coded):
    sheet.new_button.click()
    QTest.keyClicks(sheet.label, "costs")
    sheet.sources.put("f:1")
    sheet.targets.put("a:1")
    sheet.symmetric.click()
    sheet.note.setPlainText("why")
    sheet.flush()
    made = relations.all_types(coded.project)[1]
    assert (made.label, made.sources, made.targets, made.symmetric, made.note) == (
        "costs", ("f:1",), ("a:1",), True, "why",
    )  # fmt: skip
    sheet.sources.take_off("f:1")
    assert relations.all_types(coded.project)[1].sources is None
    coded.session.undo()
    assert sheet.sources.ends == ("f:1",)


def test_groupings_are_offered_as_ends(sheet, coded):
    found = sheet.sources.ask()
    assert "f:1" not in found.listed()  # it is there already
    assert found.listed()[0] == "f:11"
    found.dismiss()


def test_a_name_that_is_taken_is_said_and_the_old_one_stays(sheet, coded):
    sheet.new_button.click()
    sheet.change(label="argues from")
    assert "already" in sheet.problem.text()
    assert sheet.label.text() == "is related to"


def test_a_type_with_relations_is_deleted_only_when_asked_twice(sheet, coded, ends):
    cost, law = ends
    held = relations.make(coded.article, coded.ana, "r:argues", cost, law)
    coded.session.do("Relate", lambda step: relations.add(step, [held]))
    sheet.delete_button.click()
    assert sheet.delete_button.text() == "Delete with 1 relation"
    assert links(coded) != []
    sheet.delete_button.click()
    assert (links(coded), relations.all_types(coded.project)) == ([], [])
    assert sheet.empty.isVisibleTo(sheet)
