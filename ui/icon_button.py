"""A button that is a sign alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QToolButton

from ui.icons import Icon, icon
from ui.look import Look


class IconButton(QToolButton):
    """Its sign follows the theme; its name is shown as a hint, and read aloud as `says` where that is more."""

    def __init__(
        self, look: Look, sign: Icon, name: str, does: Callable[[], object] | None = None, *,
        says: str = "", size: int = 16,
    ) -> None:  # fmt: skip
        super().__init__()
        self._look, self._sign, self._size = look, sign, size
        self.setIconSize(QSize(16, 16))
        self.setToolTip(name)
        self.setAccessibleName(says or name)
        if does is not None:
            self.clicked.connect(lambda: does())
        look.changed.connect(self._paint)
        self._paint()

    def _paint(self) -> None:
        self.setIcon(icon(self._sign, self._look.theme.dim, self._size))
