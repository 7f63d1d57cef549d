"""Scroll areas with a viewport made here.

The first time Qt hands PySide a widget that PySide has not made, every widget class there is is built with all its
enums, to find out what it is: 7 ms, which a start need not spend.
"""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def give_viewport(area: QAbstractScrollArea) -> None:
    """Puts a viewport like Qt's own in place of it. To be called first: what was set on the old one is lost."""
    viewport = QWidget()
    viewport.setBackgroundRole(QPalette.ColorRole.Base)
    viewport.setAutoFillBackground(True)
    area.setViewport(viewport)
