"""An error that nobody caught, as the user sees it."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QPushButton

from annotate.errors import UserError
from ui.dialogs.trouble import Trouble
from ui.report import install, show


@pytest.fixture
def window(qtbot):
    made = QMainWindow()
    made.resize(900, 700)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught


def test_a_trace_lies_over_the_window_once_and_can_be_copied(window):
    error = raised(RuntimeError("the pane fell out"))
    for _ in range(3):
        show(type(error), error, error.__traceback__)
    (shown,) = window.findChildren(Trouble)
    next(each for each in shown.findChildren(QPushButton) if each.text() == "Copy the text").click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Postil ")
    assert "RuntimeError: the pane fell out" in copied
    assert shown.panel.geometry().bottom() < window.height()
    shown.accept()


def test_an_error_for_the_user_is_its_sentence_without_a_trace(window):
    show(UserError, UserError("The disk is full."), None)
    (shown,) = window.findChildren(Trouble)
    assert shown.said.text() == "The disk is full."
    assert not shown.trace.isVisible()
    shown.accept()


def test_an_uncaught_error_is_printed_too(window, monkeypatch, capsys):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    install()
    error = raised(ValueError("no such row"))
    sys.excepthook(ValueError, error, error.__traceback__)
    assert "ValueError: no such row" in capsys.readouterr().err
    (shown,) = window.findChildren(Trouble)
    shown.accept()
