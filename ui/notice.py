"""Inline messages: what went wrong or what is offered, above the text and never in the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import Icon, pixmap
from ui.look import Look

GOES_AFTER_MS = 8000


class Notice(QFrame):
    """One line with an icon, up to two answers, and a way to close it."""

    def __init__(
        self,
        look: Look,
        text: str,
        *,
        kind: str = "info",
        answers: tuple[tuple[str, Callable[[], object]], ...] = (),
        lasting: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self.setAccessibleName(text)
        self.text = text
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(8)
        sign = QLabel()
        colour = look.theme.warn if kind == "warning" else look.theme.accent
        sign.setPixmap(pixmap(Icon.WARNING if kind == "warning" else Icon.INFO, colour, 16, 2.0))
        row.addWidget(sign)
        said = QLabel(text, wordWrap=True, textInteractionFlags=Qt.TextInteractionFlag.TextSelectableByMouse)
        said.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(said, 1)
        for name, work in answers:
            button = QPushButton(name, clicked=lambda _=False, work=work: self._answer(work))
            button.setProperty("role", "link")
            row.addWidget(button)
        close = QPushButton("Close")
        close.setProperty("role", "quiet")
        close.setAccessibleName("Close this message")
        close.clicked.connect(self.deleteLater)
        row.addWidget(close)
        if not lasting and not answers:
            QTimer.singleShot(GOES_AFTER_MS, self, self.deleteLater)

    def _answer(self, work: Callable[[], object]) -> None:
        self.deleteLater()
        work()


class Notices(QWidget):
    """The place where notices stand, newest last; empty it takes no room."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 8, 16, 0)
        self._column.setSpacing(6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def say(
        self,
        text: str,
        *,
        kind: str = "info",
        answers: tuple[tuple[str, Callable[[], object]], ...] = (),
        lasting: bool = False,
    ) -> Notice:
        """Shows a notice; the same text standing already is not said twice."""
        for standing in self.standing():
            if standing.text == text:
                standing.hide()
                standing.deleteLater()
        notice = Notice(self._look, text, kind=kind, answers=answers, lasting=lasting)
        notice.destroyed.connect(self._fit)
        self._column.addWidget(notice)
        self.show()
        return notice

    def add(self, widget: QWidget) -> None:
        """Puts another widget (an import's progress) among the notices."""
        widget.destroyed.connect(self._fit)
        self._column.addWidget(widget)
        self.show()

    def standing(self) -> list[Notice]:
        held = (self._column.itemAt(at).widget() for at in range(self._column.count()))
        return [widget for widget in held if isinstance(widget, Notice) and not widget.isHidden()]

    def _fit(self) -> None:
        if self._column.count() == 0:
            self.hide()
