"""Starting the window: the application, its look, and the project to show."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication

from ui.fonts import SCREENLESS
from ui.look import Look
from ui.settings import Settings

STYLE = (
    "-style",
    "Fusion",
)  # asked for as an argument: setStyle() would have PySide make all enums of QStyle, 4 ms


def application() -> QApplication:
    """The one QApplication, named as the desktop should know it."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    QCoreApplication.setOrganizationName("Postil")
    QCoreApplication.setApplicationName("Postil")
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus, False)
    app = QApplication([*sys.argv[:1], *STYLE])
    app.setApplicationDisplayName("Postil")
    app.setDesktopFileName("postil")
    return app


def run_window(project: Path | None = None, *, read_only: bool = False) -> int:
    """Opens the window, on a project if one is given, and stays until it is closed. The exit code."""
    from ui.report import install
    from ui.window import Window

    app = application()
    install()
    settings = Settings(app)
    look = Look(app, settings, bare=True)
    window = Window(settings, look)
    if project is not None:
        window.open_project(project, read_only=read_only)
    look.dress()
    window.show()
    QTimer.singleShot(0, _collect_again)
    code = app.exec()
    settle_clipboard()
    return code


def _collect_again() -> None:
    """What the start has made is not looked through any more; the collector goes on with the rest."""
    gc.freeze()
    gc.enable()


def settle_clipboard() -> None:
    """What was copied becomes Qt's own: an object of ours in the clipboard would outlive Python and crash it."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard() or QGuiApplication.platformName() in SCREENLESS:
        clipboard.setText(clipboard.text())
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.setText(clipboard.text(QClipboard.Mode.Selection), QClipboard.Mode.Selection)
