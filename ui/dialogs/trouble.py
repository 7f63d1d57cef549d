"""What went wrong without anybody foreseeing it: a trace that can be copied, or the sentence that says it."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.dialogs.sheet import Sheet, note


class Trouble(Sheet):
    """Shows one error over the window; work goes on after it."""

    def __init__(self, parent: QWidget, *, sentence: str = "", trace: str = "") -> None:
        title = "Something unexpected happened" if trace else "That could not be done"
        super().__init__(title, parent, width=720 if trace else 480, height=520 if trace else 0)
        self.said = note(
            sentence
            or "The last action was not carried out. Everything before it is stored; you can go on. "
            "The text below helps whoever mends it; it holds no part of your articles."
        )
        self.body.addWidget(self.said)
        self.trace = QPlainTextEdit(trace, readOnly=True)
        self.trace.setAccessibleName("What happened")
        if trace:
            self.body.addWidget(self.trace, 1)
            self.button("Copy the text", self._copy)
        self.button("Go on", self.accept, primary=True)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.trace.toPlainText())
        self.aside.setText("Copied.")
