"""What every test on the screen stands on: the Fusion style under the application's own look, offscreen."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.ui.coded import coded

__all__ = ["coded"]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session", autouse=True)
def clipboard_settled(qapp) -> Iterator[None]:
    """As the program does at its end: nothing of ours stays in the clipboard."""
    yield
    from ui.app import settle_clipboard

    settle_clipboard()


@pytest.fixture
def themed(qapp) -> Iterator[None]:
    """The application dressed in the light theme, and undressed afterwards."""
    from ui.theme import palette, stylesheet, theme

    before = qapp.palette(), qapp.styleSheet()
    qapp.setStyle("Fusion")
    light = theme("light")
    qapp.setPalette(palette(light))
    qapp.setStyleSheet(stylesheet(light))
    yield
    qapp.setPalette(before[0])
    qapp.setStyleSheet(before[1])


@pytest.fixture
def view(qtbot, themed):
    """A reading view in a window of its own, shown and focused."""
    from ui.reading.view import ReadingView

    made = ReadingView()
    qtbot.addWidget(made)
    made.resize(872, 600)
    made.show()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


@pytest.fixture
def look(qapp, request):
    """The application's look over settings that are forgotten, or over those of `coded` where a test has that."""
    from ui.look import Look
    from ui.settings import Settings

    if "coded" in request.fixturenames:
        settings = request.getfixturevalue("coded").session.settings
    else:
        settings = Settings(qapp, passing=True)
        settings.set_theme("light")
    look = Look(qapp, settings)
    yield look
    look.deleteLater()


@pytest.fixture
def session(look, tmp_path):
    """A session of Ana's on the small project of tests/ui/lists.py."""
    from tests.ui.lists import opened

    session = opened(tmp_path, look)
    yield session
    session.close()
