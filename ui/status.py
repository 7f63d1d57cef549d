"""The status line: who codes, marks here and in the project, time, and that all is saved."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from annotate.spoken import counted
from storage import Change, highlights
from ui.clock import Clock, spoken
from ui.icons import Icon, icon, pixmap
from ui.look import Look
from ui.session import Session
from ui.theme import load_tokens

NEWS_MS = 5000


class StatusLine(QFrame):
    """28 pixels at the foot of the window."""

    coder_asked = Signal()

    def __init__(self, session: Session, clock: Clock, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._look = look
        self.setProperty("role", "chrome")
        self.setFixedHeight(max(load_tokens()["size"]["status"], self.fontMetrics().height() + 8))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 16, 0)
        row.setSpacing(20)
        self.coder = QPushButton(clicked=self.coder_asked.emit)
        self.coder.setProperty("role", "status")
        self.coder.setToolTip("Who codes: switch, rename or recolour")
        self.coder.setIconSize(QSize(12, 12))
        row.addWidget(self.coder)
        self.here, self.everywhere, self.news = self._label(), self._label(), self._label()
        self.news.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.time, self.saved, self._tick = self._label(), self._label(), QLabel()
        for widget in (self.here, self.everywhere):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.news)
        row.addStretch(1)
        row.addWidget(self.time)
        saved = QHBoxLayout()
        saved.setSpacing(6)
        saved.addWidget(self._tick)
        saved.addWidget(self.saved)
        row.addLayout(saved)
        self._number = highlights.count(session.project)
        self._quiet = self.startTimer(NEWS_MS)
        session.changed.connect(self._on_change)
        session.article_changed.connect(lambda _: self._count())
        session.coder_changed.connect(self._who)
        session.said.connect(self.say)
        clock.ticked.connect(lambda seconds: self.time.setText(f"Active today {spoken(seconds)}"))
        look.changed.connect(lambda _: self._who())
        self._who()
        self._count()

    def say(self, text: str) -> None:
        """A piece of news, for a few seconds."""
        self.news.setText(text)
        self.killTimer(self._quiet)
        self._quiet = self.startTimer(NEWS_MS)

    def timerEvent(self, event: object) -> None:
        self.news.setText("")

    def _on_change(self, change: Change) -> None:
        if change.touches("highlight", "article"):
            self._number = sum(self._session.counts().values())
            self._count()

    def _count(self) -> None:
        session = self._session
        here = highlights.count_in(session.project, session.article) if session.article else 0
        self.here.setText(counted(here, "highlight") + " here" if session.article else "")
        self.everywhere.setText(f"{self._number:,} in the project")

    def _who(self) -> None:
        session, theme = self._session, self._look.theme
        self.coder.setText(session.coder.name if session.coder else "Who codes?")
        self.coder.setAccessibleName(f"Coder: {self.coder.text()}")
        self.coder.setIcon(icon(Icon.USER, theme.dim, 12))
        if session.project.writable:
            self.saved.setText("All saved")
            self._tick.setPixmap(pixmap(Icon.CHECK, theme.dim, 14, 2.0))
        else:
            self.saved.setText("Read-only")
            self._tick.setPixmap(pixmap(Icon.LOCK, theme.dim, 14, 2.0))

    def _label(self) -> QLabel:
        label = QLabel()
        label.setProperty("role", "small")
        return label
