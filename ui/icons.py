"""Every icon, named once, and painted in the colour it is asked for.

The pictures are Lucide's (ISC), but for the four states of an article, which are our own.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons"
DISABLED_OPACITY = 0.4


class Icon(StrEnum):
    """What an icon is for; the value is the name of its file."""

    SIDEBAR_LEFT = "panel-left"
    SIDEBAR_RIGHT = "panel-right"
    SEARCH = "search"
    COMMAND = "command"
    UNDO = "undo-2"
    REDO = "redo-2"
    HISTORY = "history"
    REPEAT = "repeat"
    TYPOGRAPHY = "type"
    EXPORT = "share"
    IMPORT = "download"
    BACKUP = "archive"
    CLIPBOARD = "clipboard"
    COPY = "copy"
    PLUS = "plus"
    MINUS = "minus"
    FIT_WIDTH = "move-horizontal"
    THUMBNAILS = "gallery-vertical"
    FOLDER = "folder"
    FILE = "file"
    FILE_TEXT = "file-text"
    CHEVRON_DOWN = "chevron-down"
    CHEVRON_RIGHT = "chevron-right"
    ARROW_UP = "arrow-up"
    ARROW_DOWN = "arrow-down"
    ARROW_LEFT = "arrow-left"
    ARROW_RIGHT = "arrow-right"
    CHECK = "check"
    CLOSE = "x"
    TRASH = "trash-2"
    EDIT = "pencil"
    MEMO = "sticky-note"
    HIGHLIGHT = "highlighter"
    SORT = "arrow-down-up"
    TAG = "tag"
    HASH = "hash"
    LINK = "link"
    RELATION = "spline"
    LOCK = "lock"
    USER = "user"
    SETTINGS = "settings"
    EYE = "eye"
    EYE_OFF = "eye-off"
    PALETTE = "palette"
    KEYBOARD = "keyboard"
    BOOK = "book-open"
    COLUMNS = "columns-2"
    WARNING = "triangle-alert"
    INFO = "info"
    HELP = "circle-question-mark"
    SUN = "sun"
    MOON = "moon"
    CONTRAST = "contrast"
    SYSTEM = "monitor"
    TO_DO = "state-to-do"
    IN_PROGRESS = "state-in-progress"
    DONE = "state-done"
    SKIPPED = "state-skipped"


def sharpest() -> float:
    """The most device pixels that one of the screens has to a logical one."""
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


def icon(name: Icon, colour: str, size: int = 16, disabled: str = "") -> QIcon:
    """The icon in `colour` (#rrggbb), `size` logical pixels wide, sharp on every screen there is.

    Where it is disabled it is painted in `disabled`, or in a faint `colour` when none is given.
    """
    return _icon(name, colour, size, disabled, sharpest())


@lru_cache(maxsize=1024)
def _icon(name: Icon, colour: str, size: int, disabled: str, ratio: float) -> QIcon:
    made = QIcon()
    for each in {1.0, ratio}:
        made.addPixmap(pixmap(name, colour, size, each), QIcon.Mode.Normal)
        faint = pixmap(name, disabled or colour, size, each, 1.0 if disabled else DISABLED_OPACITY)
        made.addPixmap(faint, QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=2048)
def pixmap(name: Icon, colour: str, size: int = 16, ratio: float = 1.0, opacity: float = 1.0) -> QPixmap:
    """One picture of the icon: `size` logical pixels at a device pixel `ratio`."""
    drawn = _drawn(name, round(size * ratio))
    picture = QPixmap(drawn.size())
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setOpacity(opacity)
    painter.drawPixmap(0, 0, drawn)
    painter.setOpacity(1)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(picture.rect(), QColor(colour))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=512)
def _drawn(name: Icon, side: int) -> QPixmap:
    """The icon in black, `side` pixels wide."""
    from PySide6.QtSvg import QSvgRenderer

    drawn = QPixmap(side, side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(str(FOLDER / f"{name}.svg")).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return drawn
