"""What every test on the screen stands on: the Fusion style under the application's own look, offscreen."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.ui.coded import coded

__all__ = ["coded"]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


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
