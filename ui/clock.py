"""Active time: counted per article while the person does something, not while they are away."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from annotate.errors import UserError
from storage import sessions
from ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow
    from PySide6.QtWidgets import QWidget

IDLE_SECONDS = 120.0
TICK_MS = 1000
KEEP_SECONDS = 20.0  # how often the time is written down
SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Clock(QObject):
    """Counts for one session. A pause of up to two minutes is reading; a longer one is an absence."""

    ticked = Signal(float)  # active seconds today, this coder

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._sitting: str | None = None
        self._watched: QWindow | None = None
        self._unwritten: dict[str, float] = {}
        self._before_today = 0.0
        self._counted = 0.0
        self._last_sign = self._last_tick = time.monotonic()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        session.coder_changed.connect(self._begin)
        self._begin()

    def watch(self, window: QWidget) -> None:
        """Takes keys and movements that reach the window for signs of life; it must be shown by now."""
        handle = window.windowHandle()
        if handle is not None and handle is not self._watched:
            self._watched = handle
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in SIGNS_OF_LIFE:
            self._last_sign = time.monotonic()
        return False

    def tick(self) -> None:
        """Counts the time since the last tick, unless nobody was there."""
        at = time.monotonic()
        passed, self._last_tick = at - self._last_tick, at
        if passed > 5 * TICK_MS / 1000 or at - self._last_sign > IDLE_SECONDS:
            passed = 0.0  # asleep, or away
        article = self._session.article
        if passed and article and self._sitting:
            self._unwritten[article] = self._unwritten.get(article, 0.0) + passed
            self._counted += passed
            if sum(self._unwritten.values()) >= KEEP_SECONDS:
                self.write()
        self.ticked.emit(self._before_today + self._counted)

    def write(self) -> None:
        """Writes down what was counted; kept for the next time where the file is busy."""
        if not self._unwritten or not self._sitting:
            return
        try:
            sessions.add_time(self._session.project, self._sitting, self._unwritten)
        except UserError:
            return
        self._unwritten = {}

    def stop(self) -> None:
        self._timer.stop()
        self.write()

    def _begin(self) -> None:
        session = self._session
        self.write()
        self._sitting = None
        self._counted = 0.0
        if session.coder is None or not session.project.writable:
            return
        midnight = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        since = midnight.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self._before_today = sessions.active_seconds(session.project, session.coder.id, since)
        self._sitting = sessions.begin_sitting(session.project, session.coder.id)


def spoken(seconds: float) -> str:
    """`1 h 42 min`, as the status line says it."""
    minutes = int(seconds // 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
