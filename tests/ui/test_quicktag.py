"""The quick-tag popup by keyboard and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit

from ui.codes.rows import parts_of
from ui.quicktag import QuickTag


@pytest.fixture
def window(qtbot, coded):
    made = QMainWindow()
    made.setCentralWidget(QPlainTextEdit("text"))
    made.resize(800, 600)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


@pytest.fixture
def popup(window, coded, look, qtbot):
    made = QuickTag(coded.session, look, window)
    open_at(made, 100, 100)
    qtbot.waitUntil(made.field.hasFocus)
    return made


def open_at(popup: QuickTag, x: int, y: int, title: str = "") -> None:
    popup.open_at(QRect(popup.parentWidget().mapToGlobal(QPoint(x, y)), QSize(200, 24)), title=title)


def test_letters_and_enter_take_the_best_code(popup, qtbot):
    told: list[object] = []
    popup.code_taken.connect(lambda id, stay: told.append((id, stay)))
    popup.closed.connect(lambda: told.append("closed"))
    QTest.keyClicks(popup.field, "leg")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert told == [("f:2", False), "closed"]  # the window learns the code before it forgets what it was for
    assert not popup.isVisible()


def test_groupings_are_not_offered_and_recent_codes_come_first(popup):
    assert popup.listed() == ["f:2", "f:11", "f:1", "f:12", "a:1"]


def test_the_notes_of_the_row_are_shown_at_once(popup):
    QTest.keyClicks(popup.field, "leg")
    assert "argues from laws" in popup.note.text()
    assert "it is about crime" in popup.note.text()


def test_arrows_walk_and_wrap(popup, qtbot):
    with qtbot.waitSignal(popup.code_taken) as taken:
        QTest.keyClick(popup.field, Qt.Key.Key_Down)
        QTest.keyClick(popup.field, Qt.Key.Key_Up)
        QTest.keyClick(popup.field, Qt.Key.Key_Up)
        QTest.keyClick(popup.field, Qt.Key.Key_Enter)
    assert taken.args == ["a:1", False]


def test_shift_enter_stays_for_a_further_code(popup, qtbot):
    with qtbot.waitSignal(popup.code_taken) as taken:
        QTest.keyClicks(popup.field, "jobs")
        QTest.keyClick(popup.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert taken.args == ["f:12", True]
    assert popup.isVisible()
    with qtbot.waitSignal(popup.code_taken) as taken:
        QTest.keyClicks(popup.field, "gov")
        QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert taken.args == ["a:1", False]


def test_escape_clears_then_closes(popup, qtbot):
    QTest.keyClicks(popup.field, "x")
    QTest.keyClick(popup.field, Qt.Key.Key_Escape)
    assert popup.field.text() == ""
    with qtbot.waitSignal(popup.closed):
        QTest.keyClick(popup.field, Qt.Key.Key_Escape)


def test_a_click_takes_and_a_click_elsewhere_closes(popup, window, qtbot):
    place = popup.list.visualRect(popup.list.model().index(1, 0)).center()
    with qtbot.waitSignal(popup.code_taken) as taken:
        QTest.mouseClick(popup.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert taken.args == ["f:11", False]
    open_at(popup, 100, 100)
    with qtbot.waitSignal(popup.closed):
        QTest.mouseClick(window.centralWidget().viewport(), Qt.MouseButton.LeftButton, pos=QPoint(790, 590))


def test_unknown_words_can_become_a_code(popup, qtbot):
    with qtbot.waitSignal(popup.new_code_asked) as asked:
        QTest.keyClicks(popup.field, "quite  new")
        QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert asked.args == ["quite new"]


def test_without_that_offer_nothing_is_taken(window, coded, look, qtbot):
    popup = QuickTag(coded.session, look, window, offer_new=False, leave_out=frozenset(["f:2"]))
    open_at(popup, 100, 100)
    QTest.keyClicks(popup.field, "zzzz")
    assert popup.listed() == []
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert popup.isVisible()
    popup.field.setText("leg")
    assert "f:2" not in popup.listed()


def test_it_stands_under_the_selection_or_above_and_inside_the_window(popup, window):
    at = popup.geometry()
    assert at.top() > 100
    open_at(popup, 700, 560)
    low = popup.geometry().adjusted(24, 24, -24, -24)
    assert low.bottom() < 560
    assert window.rect().contains(low)
    window.resize(420, 300)
    QApplication.processEvents()
    assert popup.geometry().adjusted(24, 24, -24, -24).right() <= 420


def test_an_input_method_composes_in_the_field(popup):
    QApplication.sendEvent(popup.field, QInputMethodEvent("れ", []))
    assert popup.field.text() == ""
    event = QInputMethodEvent()
    event.setCommitString("leg")
    QApplication.sendEvent(popup.field, event)
    assert popup.listed()[0] == "f:2"


def test_positions_are_qts_where_a_label_holds_emoji():
    assert parts_of("😀 leg", (2, 3, 4)) == ((3, 6),)
    assert parts_of("a😀", (0, 1)) == ((0, 3),)
