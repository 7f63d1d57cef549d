"""Every icon, named once, and painted in the colour it is asked for.

The pictures are Lucide's (ISC), but for the four states of an article, which are our own.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons"
RATIOS = (1.0, 2.0)
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


@lru_cache(maxsize=1024)
def icon(name: Icon, colour: str, size: int = 16, disabled: str = "") -> QIcon:
    """The icon in `colour` (#rrggbb), `size` logical pixels wide, sharp at 100 % and 200 %.

    Where it is disabled it is painted in `disabled`, or in a faint `colour` when none is given.
    """
    made = QIcon()
    for ratio in RATIOS:
        made.addPixmap(pixmap(name, colour, size, ratio), QIcon.Mode.Normal)
        faint = pixmap(name, disabled or colour, size, ratio, 1.0 if disabled else DISABLED_OPACITY)
        made.addPixmap(faint, QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=2048)
def pixmap(name: Icon, colour: str, size: int = 16, ratio: float = 1.0, opacity: float = 1.0) -> QPixmap:
    """One picture of the icon: `size` logical pixels at a device pixel `ratio`."""
    from PySide6.QtSvg import QSvgRenderer

    side = round(size * ratio)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setOpacity(opacity)
    QSvgRenderer(QByteArray(_drawing(name, colour))).render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def _drawing(name: Icon, colour: str) -> bytes:
    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    return text.replace("currentColor", QColor(colour).name()).encode()
