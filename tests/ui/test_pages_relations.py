"""Relations on the pages of a PDF: the same arcs, and the same hands that draw them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from annotate.relations import RelationType
from storage import relations
from tests.ui.test_pages import LEFT, drag, marks, pages_of, point_of
from tests.ui.test_pages import no_questions as no_questions
from tests.ui.test_pages import window as window
from ui.theme import code_colour, theme

LEADS = RelationType("r:leads", "frames", "leads to", colour="rust")
CTRL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def pair(window):
    """Two highlights on the first page, by their ids, and the view of the pages."""
    session, view = window.workspace.session, pages_of(window)
    session.do("Type", lambda step: relations.add_types(step, [LEADS]))
    drag(view, point_of(window, "council"), point_of(window, "voted", at_end=True))
    window.workspace.reading.take_code("economic")
    drag(view, point_of(window, "money"), point_of(window, "majority", at_end=True))
    window.workspace.reading.take_code("legal")
    one, other = marks(window)
    QTest.mouseClick(view.viewport(), LEFT, pos=QPoint(30, 30))
    return one.id, other.id, view


def rust(view) -> int:
    """How many pixels of the pages have the colour of the relation."""
    image = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    colour = QColor(code_colour("rust", theme("light"))).rgb()
    return sum(image.pixel(x, y) == colour for x in range(image.width()) for y in range(image.height()))


def inside(window, words: str) -> QPoint:
    return point_of(window, words) + QPoint(6, 0)


def hand(view, start: QPoint, end: QPoint) -> None:
    """Draws with Ctrl from one point to another, and is still down."""
    QTest.mousePress(view.viewport(), LEFT, CTRL, start)
    for share in (0.4, 1.0):
        QTest.mouseMove(view.viewport(), start + (end - start) * share)


def test_the_arc_is_drawn_while_one_of_its_ends_is_selected_or_pointed_at(window, pair):
    _, other, view = pair
    source, target = marks(window)
    window.workspace.coding.relate(LEADS, source, target)
    assert rust(view) == 0
    window.workspace.reading.view.select_mark(other)
    assert rust(view) > 40
    window.workspace.reading.view.select_mark(None)
    assert rust(view) == 0
    QTest.mouseMove(view.viewport(), inside(window, "council"))
    view._say_hovered()
    assert rust(view) > 40
    view._leave()
    assert rust(view) == 0


def test_a_relation_is_drawn_by_hand_from_mark_to_mark(window, pair):
    one, other, view = pair
    start, end = inside(window, "council"), inside(window, "majority")
    hand(view, start, end)
    assert window.workspace.reading.view.pending().target == other
    QTest.mouseRelease(view.viewport(), LEFT, CTRL, end)
    project = window.workspace.session.project
    made = [(each.source, each.target) for each in relations.all_relations(project)]
    assert made == [(one, other)]
    assert window.workspace.session.selected == one
    assert window.workspace.reading.selection_text() == ""


def test_one_let_go_beside_the_text_or_left_by_escape_makes_none(window, pair):
    one, _, view = pair
    start, nowhere = inside(window, "council"), QPoint(40, 40)
    hand(view, start, nowhere)
    pending = window.workspace.reading.view.pending()
    assert (pending.source, pending.target) == (one, "")
    QTest.mouseRelease(view.viewport(), LEFT, CTRL, nowhere)
    hand(view, start, inside(window, "majority"))
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert window.workspace.reading.view.pending() is None
    QTest.mouseRelease(view.viewport(), LEFT, PLAIN, inside(window, "majority"))
    assert relations.all_relations(window.workspace.session.project) == []


def test_the_other_end_is_chosen_by_a_click_on_the_page(window, pair):
    one, other, view = pair
    reading, relating = window.workspace.reading, window.workspace.relating
    reading.view.select_mark(one)
    relating.pick(reading.mark(one), "r:leads")
    assert relating.bar.isVisible()
    QTest.mouseClick(view.viewport(), LEFT, pos=inside(window, "majority"))
    assert not relating.bar.isVisible()
    project = window.workspace.session.project
    assert [(each.source, each.target) for each in relations.all_relations(project)] == [(one, other)]


def test_an_end_on_another_page_is_brought_into_view_when_it_is_looked_at(window, pair):
    one, _, view = pair
    reading = window.workspace.reading
    far = reading.view.text().index("Tuesday to open the harbour road to four")
    reading.view.set_selection((far, far + 7))
    reading.take_code("legal")
    target = max(marks(window), key=lambda mark: mark.start)
    view.go_to_page(0)
    reading.view.select_mark(one)
    window.workspace.relating.pick(reading.mark(one), "r:leads")
    bar = window.workspace.relating.bar
    QTest.keyClicks(bar.field, "tuesday")
    assert bar.current() == target.id
    assert view.viewport().rect().contains(view.rectangle(far).center().toPoint())
