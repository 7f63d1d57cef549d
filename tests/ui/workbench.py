"""The real window over the small project of tests/ui/lists.py, its taxonomy workbench open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from annotate.model import Code, Taxonomy
from storage import Project, taxonomies
from tests.ui.lists import fill
from ui.look import Look
from ui.settings import Settings
from ui.window import Window
from ui.workbench.view import Workbench

OTHERS = Taxonomy(
    "actors", "actors", "Actors", codes=(Code("court", "actors", None, "", "Court", colour="teal"),)
)
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot, qapp, tmp_path) -> Iterator[Window]:
    path = tmp_path / "transfers.postil"
    with Project.create(path, "Transfers in the press") as project:
        fill(project)
        project.do("Actors", lambda step: taxonomies.add(step, OTHERS))
    settings = Settings(qapp, passing=True)
    settings.set_coder("Ana")
    settings.set_theme("light")
    made = Window(settings, Look(qapp, settings))
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    assert made.open_project(path)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.workspace.reading.view.setFocus()
    qtbot.waitUntil(made.workspace.reading.view.hasFocus)
    yield made
    made.close()


@pytest.fixture
def bench(window: Window) -> Workbench:
    press(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    return window.workspace.workbench


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
    """Presses a key where the keyboard is."""
    for _ in range(times):
        QTest.keyClick(QGuiApplication.focusObject(), key, modifiers)


def write(text: str) -> None:
    QTest.keyClicks(QGuiApplication.focusObject(), text)
