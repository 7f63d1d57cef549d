"""A sheet lies over its window: keys, focus, size, and the questions asked with it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPlainTextEdit, QPushButton, QWidget

from ui import ask
from ui.dialogs.sheet import MARGIN, Sheet, labelled, note


@pytest.fixture
def window(qtbot, look):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(QLineEdit())
    window.resize(1024, 700)
    window.show()
    window.activateWindow()
    window.centralWidget().setFocus()
    qtbot.waitUntil(window.centralWidget().hasFocus)
    return window


def standing(window: QWidget) -> list[Sheet]:
    return [sheet for sheet in window.findChildren(Sheet) if sheet.isVisible()]


def test_escape_closes_and_gives_the_focus_back(window, qtbot):
    sheet = Sheet("A page", window)
    sheet.button("Close", sheet.accept)
    sheet.open()
    assert not window.centralWidget().hasFocus()
    with qtbot.waitSignal(sheet.finished) as told:
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert told.args == [False]
    assert window.centralWidget().hasFocus()


def test_enter_in_a_field_is_the_primary_button_but_not_in_a_text(window, qtbot):
    sheet = Sheet("A page", window)
    field, text, done = QLineEdit(), QPlainTextEdit(), []
    sheet.body.addLayout(labelled("Field", field))
    sheet.body.addWidget(text)
    sheet.button("Do it", lambda: done.append(1), primary=True)
    sheet.open()
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_Return)
    assert done == []
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert done == [1]


def test_tab_stays_inside(window, qtbot):
    sheet = Sheet("A page", window)
    field = QLineEdit()
    sheet.body.addWidget(field)
    one, two = sheet.button("Cancel", sheet.reject), sheet.button("Do it", sheet.accept, primary=True)
    field.setFocus()
    sheet.open()
    seen = []
    for _ in range(3):
        seen.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert seen == [field, one, two]
    assert QApplication.focusWidget() is field
    qtbot.keyClick(field, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is two


def test_the_windows_shortcuts_rest_while_it_is_covered(window, qtbot):
    action, done = QAction("Close project", window), []
    action.setShortcut(QKeySequence("Ctrl+W"))
    action.triggered.connect(lambda: done.append(1))
    window.addAction(action)
    qtbot.keyClick(window.centralWidget(), Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert done == [1]
    sheet = Sheet("A page", window)
    field = QLineEdit()
    sheet.body.addWidget(field)
    field.setFocus()
    sheet.open()
    qtbot.keyClick(field, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert done == [1]


def test_what_is_too_high_is_scrolled_and_the_foot_stays(window, qtbot):
    sheet = Sheet("A page", window)
    for at in range(80):
        sheet.body.addWidget(note(f"Line {at}"))
    close = sheet.button("Close", sheet.accept, primary=True)
    sheet.open()
    assert sheet.panel.height() == 700 - 2 * MARGIN
    assert sheet.panel.geometry().contains(close.mapTo(sheet, close.rect().bottomRight()))
    window.resize(800, 480)
    qtbot.waitUntil(lambda: sheet.panel.height() == 480 - 2 * MARGIN)


def test_a_problem_makes_room_for_itself(window, qtbot):
    sheet = Sheet("A page", window)
    sheet.body.addWidget(note("A line"))
    sheet.button("Close", sheet.accept)
    sheet.open()
    before = sheet.panel.height()
    sheet.say_problem("There is no folder to make it in.")
    qtbot.waitUntil(lambda: sheet.panel.height() > before)


def answered(window, qtbot, press):
    """Runs `press` on the sheet that comes up."""
    QTimer.singleShot(0, window, lambda: press(standing(window)[-1]))


def test_confirm_answers_with_the_button_that_was_pressed(window, qtbot):
    def press(name):
        def work(sheet):
            qtbot.mouseClick(
                next(b for b in sheet.findChildren(QPushButton) if b.text() == name),
                Qt.MouseButton.LeftButton,
            )

        return work

    answered(window, qtbot, press("Remove"))
    assert ask.confirm(window, "Remove it?", "It can be undone.", "Remove") is True
    answered(window, qtbot, press("Cancel"))
    assert ask.confirm(window, "Remove it?", "It can be undone.", "Remove") is False
    answered(window, qtbot, press("Keep"))
    assert ask.choose(window, "What of its marks?", "", ("Delete", "Keep")) == 1


def test_text_gives_what_was_typed_or_none(window, qtbot):
    def type_it(sheet):
        field = sheet.findChild(QLineEdit)
        assert field.text() == "before"
        qtbot.keyClicks(field, "after")
        qtbot.keyClick(field, Qt.Key.Key_Return)

    answered(window, qtbot, type_it)
    assert ask.text(window, "Rename", "Title", "before") == "after"
    answered(window, qtbot, lambda sheet: qtbot.keyClick(sheet, Qt.Key.Key_Escape))
    assert ask.text(window, "Rename", "Title", "before") is None


def test_closing_the_window_answers_no(window, qtbot):
    answered(window, qtbot, lambda _: window.close())
    assert ask.confirm(window, "Remove it?", "", "Remove") is False


def test_it_is_painted_rounded_over_the_window(window, qtbot):
    sheet = Sheet("A page", window, width=400, height=300)
    sheet.open()
    picture = window.grab().toImage()
    box = sheet.panel.geometry()
    assert picture.pixelColor(box.center()).name() == sheet.paper().name()
    assert picture.pixelColor(box.topLeft()) != picture.pixelColor(box.x() + 40, box.y() + 10)
