"""What nobody foresaw: a trace that can be copied, and the program goes on."""

from __future__ import annotations

import platform
import sys
import traceback
from types import TracebackType

from PySide6 import __version__ as qt_version
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from annotate.errors import UserError
from annotate.version import VERSION


class Report(QDialog):
    """Shows an unexpected error."""

    def __init__(self, trace: str) -> None:
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle("Something unexpected happened")
        self.resize(640, 420)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        title = QLabel("Something unexpected happened")
        title.setProperty("role", "title")
        column.addWidget(title)
        column.addWidget(
            QLabel(
                "The last action was not carried out. Everything before it is stored; you can go on. "
                "The text below helps whoever mends it; it holds no part of your articles.",
                wordWrap=True,
            )
        )
        self.trace = QPlainTextEdit(trace, readOnly=True)
        column.addWidget(self.trace, 1)
        row = QHBoxLayout()
        copy = QPushButton("Copy the text", clicked=lambda: QGuiApplication.clipboard().setText(trace))
        close = QPushButton("Go on", clicked=self.accept, default=True)
        close.setProperty("role", "primary")
        row.addStretch(1)
        row.addWidget(copy)
        row.addWidget(close)
        column.addLayout(row)


def described(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """The trace with the versions it happened under."""
    lines = traceback.format_exception(kind, error, trace)
    where = (
        f"Postil {VERSION}, Python {platform.python_version()}, PySide {qt_version}, {platform.platform()}"
    )
    return f"{where}\n\n{''.join(lines)}"


def install() -> None:
    """Sends uncaught errors to the report; a UserError that came so far is shown as its sentence."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        sys.__excepthook__(kind, error, trace)
        text = str(error) if isinstance(error, UserError) else described(kind, error, trace)
        Report(text).open()

    sys.excepthook = hook
