"""What layouts do not do by themselves."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout


def emptied(layout: QLayout) -> None:
    """Takes every widget out of it. Each is gone from the screen at once, and from memory when its own work is done:
    one that was clicked may empty the layout it stands in.
    """
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
