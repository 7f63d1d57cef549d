"""Errors that nobody caught are shown over the window, and the program goes on."""

from __future__ import annotations

import sys
from types import TracebackType

from PySide6 import __version__ as qt_version
from PySide6.QtWidgets import QApplication, QMainWindow

from annotate.errors import UserError
from annotate.version import VERSION


def described(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """The trace with the versions it happened under."""
    import platform
    import traceback

    lines = traceback.format_exception(kind, error, trace)
    where = (
        f"Postil {VERSION}, Python {platform.python_version()}, PySide {qt_version}, {platform.platform()}"
    )
    return f"{where}\n\n{''.join(lines)}"


def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Shows an error over the window; while one is shown, or without a window, it is only printed."""
    from ui.dialogs.trouble import Trouble

    windows = [each for each in QApplication.topLevelWidgets() if isinstance(each, QMainWindow)]
    over = next((each for each in windows if each.isVisible()), None)
    if over is None or any(each.isVisible() for each in over.findChildren(Trouble)):
        return
    if isinstance(error, UserError):
        Trouble(over, sentence=str(error)).open()
    else:
        Trouble(over, trace=described(kind, error, trace)).open()


def install() -> None:
    """Sends uncaught errors to `show`, and to standard error."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        sys.__excepthook__(kind, error, trace)
        show(kind, error, trace)

    sys.excepthook = hook
