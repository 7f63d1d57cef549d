"""Active time: what the window hears counts as a sign of life, and two minutes of nothing as an absence."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from storage import sessions
from ui.clock import IDLE_SECONDS, Clock


@pytest.fixture
def clock(session, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    window.show()
    made = Clock(session)
    made._timer.stop()
    made.watch(window)
    yield made, window.windowHandle()
    made.stop()


def spent(session) -> float:
    return sum(each.seconds for each in sessions.sittings(session.project))


def away(clock: Clock, seconds: float) -> None:
    clock._last_sign -= seconds
    clock._last_tick -= 1.0


def test_idle_begins_after_two_minutes(session, clock) -> None:
    clock, _ = clock
    session.show_article(session.project.value("SELECT id FROM article LIMIT 1"))
    away(clock, IDLE_SECONDS - 5)
    clock.tick()
    clock.write()
    assert 0.9 < spent(session) < 2
    before = spent(session)
    away(clock, IDLE_SECONDS)
    clock.tick()
    clock.write()
    assert spent(session) == before


@pytest.mark.parametrize("how", ["key", "mouse"])
def test_a_key_or_a_movement_in_the_window_ends_an_absence(session, clock, how: str) -> None:
    clock, handle = clock
    session.show_article(session.project.value("SELECT id FROM article LIMIT 1"))
    away(clock, IDLE_SECONDS + 5)
    if how == "key":
        QTest.keyClick(handle, Qt.Key.Key_Right)
    else:
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    clock.tick()
    clock.write()
    assert 0.9 < spent(session) < 3
