"""Highlights shown and hidden by coder and by code."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ui.visibility import CHECK, VisibilityPopover

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ON, OFF, HALF = Qt.CheckState.Checked, Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked


@pytest.fixture
def popover(qtbot, coded, look):
    made = VisibilityPopover(coded.session, look)
    qtbot.addWidget(made)
    made.open_at(QPoint(10, 10))
    qtbot.waitExposed(made)
    return made


def state(popover, id):
    return popover.tree.codes.index_of(id).data(CHECK)


def click(popover, id):
    place = popover.tree.content_rect(popover.tree.codes.index_of(id)).center()
    QTest.mouseClick(popover.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_code_unchecked_hides_its_marks_and_half_checks_what_is_above(popover, coded):
    click(popover, "f:11")
    assert coded.session.hidden_codes == {"f:11"}
    assert [state(popover, id) for id in ("f:11", "f:12", "f:1", "frames", "actors")] == [
        OFF,
        ON,
        HALF,
        HALF,
        ON,
    ]
    assert popover.said.text() == "2 of 3 highlights in this article are hidden."


def test_a_taxonomy_turns_all_its_codes(popover, coded):
    click(popover, "frames")
    assert coded.session.hidden_codes == {"f:1", "f:11", "f:12", "f:2"}
    click(popover, "frames")
    assert coded.session.hidden_codes == frozenset()


def test_space_turns_by_keyboard(popover, coded):
    popover.tree.go_to("a:1")
    QTest.keyClick(popover.tree, Qt.Key.Key_Space)
    assert coded.session.hidden_codes == {"a:1"}
    assert state(popover, "actors") == OFF


def test_coders_and_marks_without_code(popover, coded):
    popover.coders[coded.ben].click()
    assert coded.session.hidden_coders == {coded.ben}
    assert popover.said.text() == "1 of 3 highlights in this article is hidden."
    popover.without_code.click()
    assert coded.session.hidden_codes == {None}


def test_all_none_and_only_mine(popover, coded):
    popover.none.click()
    assert coded.session.hidden_codes == {None, *coded.session.codes}
    assert popover.said.text() == "3 of 3 highlights in this article are hidden."
    popover.all.click()
    assert coded.session.hidden_codes == frozenset()
    popover.only_mine.click()
    assert coded.session.hidden_coders == {coded.ben}
    popover.all.click()
    assert popover.said.text() == "All 3 highlights in this article are shown."
