"""A project opened before, as the welcome page lists it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from annotate.spoken import counted
from ui.dates import short_date
from ui.look import Look
from ui.settings import Recent

INDENT = 8  # what the ground of a row reaches beyond its text


class RecentRow(QWidget):
    """Opens on a click or Enter; one that is gone can only be forgotten."""

    chosen = Signal()
    forgotten = Signal()

    def __init__(self, recent: Recent, look: Look) -> None:
        super().__init__()
        self._look = look
        self.there = Path(recent.path).is_file()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self.there else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(recent.path)
        title, place = QLabel(recent.title), _Elided(at_home(recent.path))
        when = QLabel(day(recent.opened) if self.there else "not found")
        counts = f"{counted(recent.articles, 'article')} · {counted(recent.highlights, 'highlight')}"
        self.setAccessibleName(f"{recent.title}, {when.text()}, {counts if self.there else recent.path}")
        title.setStyleSheet("font-size: 14px; font-weight: 500;")
        when.setProperty("role", "dim")
        if not self.there:
            title.setProperty("role", "dim")
        grid = QGridLayout(self)
        grid.setContentsMargins(INDENT, 12, INDENT, 13)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.addWidget(title, 0, 0)
        grid.addWidget(when, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(place, 1, 0)
        grid.setColumnStretch(0, 1)
        held = QLabel(counts) if self.there else self._forget(recent.title)
        if self.there:
            held.setProperty("role", "small")
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        grid.addWidget(held, 1, 1, Qt.AlignmentFlag.AlignRight)

    def _forget(self, title: str) -> QPushButton:
        self.forget = QPushButton(
            "Forget",
        )
        self.forget.clicked.connect(lambda: self.forgotten.emit())
        self.forget.setProperty("role", "link")
        self.forget.setStyleSheet("padding: 0; min-height: 0; font-size: 12px;")
        self.forget.setAccessibleName(f"Forget {title}")
        return self.forget

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if self.there and inside and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.there and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._look.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -3)
        if self.there and (self.underMouse() or self.hasFocus()):
            painter.setPen(QColor(theme.focus) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.hover) if self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 6, 6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QColor(theme.line))
        painter.drawLine(INDENT, self.height() - 1, self.width() - INDENT - 1, self.height() - 1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()


class _Elided(QLabel):
    """A path whose middle gives way where it is too long."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("role", "small")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def day(stored: str) -> str:
    """A UTC time as `today`, `yesterday`, `3 Nov` or, in another year, `3 Nov 2024`."""
    if not stored:
        return ""
    at = datetime.fromisoformat(stored.replace("Z", "+00:00")).astimezone().date()
    days = (date.today() - at).days
    if days in (0, 1):
        return "yesterday" if days else "today"
    spoken = short_date(at.isoformat())
    return spoken.removesuffix(f" {at.year}") if at.year == date.today().year else spoken


def at_home(path: str) -> str:
    """The path with the person's own folder as `~`."""
    home = str(Path.home())
    return "~" + path[len(home) :] if path.startswith(home + "/") else path
