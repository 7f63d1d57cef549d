"""The welcome page: three ways to begin, recent projects, a place to drop files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.actions import ACTIONS, shown_keys
from ui.fonts import READING_FAMILY
from ui.icons import Icon, pixmap
from ui.layouts import emptied
from ui.look import Look
from ui.recent_rows import INDENT, RecentRow
from ui.settings import Settings

SHOWN = 6
LEFT, RIGHT, BETWEEN = 448, 512, 32
SAID = "Load articles, mark what matters, tag it with your taxonomy. One file on this computer holds it all."


class Welcome(QFrame):
    """What is seen while no project is open. Up and Down go through everything."""

    new_asked = Signal()
    open_asked = Signal()
    demo_asked = Signal()
    recent_opened = Signal(Path)
    dropped = Signal(list)  # Paths

    def __init__(self, settings: Settings, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings, self._look = settings, look
        self.setProperty("role", "paper")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Welcome to Postil")
        self.setAcceptDrops(True)
        keys = {spec.name: shown_keys(spec).replace("+", " ") for spec in ACTIONS}
        self.new = Way("New project", keys["new_project"], Icon.PLUS, look, first=True)
        self.open = Way("Open a project", keys["open_project"], Icon.FOLDER, look)
        self.demo = Way("Try the demonstration project", "", Icon.FILE, look)
        for way, asked in (
            (self.new, self.new_asked),
            (self.open, self.open_asked),
            (self.demo, self.demo_asked),
        ):
            way.clicked.connect(lambda _=False, asked=asked: asked.emit())
        self.drop = _DropPlace(look)
        self.recent = QVBoxLayout()
        self.recent.setSpacing(0)
        self._lay_out()
        settings.recent_changed.connect(self.refresh)
        look.changed.connect(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Lists the recent projects anew; which of them are there is looked up."""
        emptied(self.recent)
        known = self._settings.recent[:SHOWN]
        for each in known:
            row = RecentRow(each, self._look)
            row.chosen.connect(lambda path=each.path: self.recent_opened.emit(Path(path)))
            row.forgotten.connect(lambda path=each.path: self._settings.forget_recent(path))
            self.recent.addWidget(row)
        if not known:
            none = QLabel("Projects you open are listed here.")
            none.setProperty("role", "dim")
            none.setContentsMargins(INDENT, 8, INDENT, 8)
            self.recent.addWidget(none)

    def rows(self) -> list[RecentRow]:
        """The recent projects shown."""
        held = (self.recent.itemAt(at).widget() for at in range(self.recent.count()))
        return [widget for widget in held if isinstance(widget, RecentRow)]

    # ------------------------------------------------------------ layout

    def _lay_out(self) -> None:
        page = QFrame()
        page.setProperty("role", "paper")
        across = QHBoxLayout(page)
        across.setContentsMargins(16, 104, 16, 32)
        across.setSpacing(0)
        for part, width, least in ((self._begin(), LEFT, 300), (self._recents(), RIGHT + 2 * INDENT, 340)):
            part.setMaximumWidth(width)
            part.setMinimumWidth(least)
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            across.addStretch(1)
            across.addSpacing(BETWEEN // 2)
            across.addWidget(part, 100)
            across.addSpacing(BETWEEN // 2 - (INDENT if width > RIGHT else 0))
        across.addStretch(1)
        scroll = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        scroll.setWidget(page)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll = scroll
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(_rule())
        column.addWidget(self._foot())

    def _begin(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        title = QLabel("Read closely.")
        title.setStyleSheet(f"font-family: '{READING_FAMILY}'; font-size: 40px; font-weight: 600;")
        said = QLabel(f"<div style='line-height:112%'>{SAID}</div>", wordWrap=True)
        said.setProperty("role", "dim")
        said.setStyleSheet(f"font-family: '{READING_FAMILY}'; font-size: 18px;")
        said.setMaximumWidth(410)
        column.addWidget(title)
        column.addWidget(said)
        column.addSpacing(26)
        for way in (self.new, self.open, self.demo):
            column.addWidget(way)
        column.addStretch(1)
        return part

    def _recents(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        head = QLabel("Recent")
        head.setProperty("role", "section")
        head.setContentsMargins(INDENT, 0, INDENT, 8)
        column.addWidget(head)
        column.addLayout(self.recent)
        column.addSpacing(24)
        column.addWidget(self.drop)
        column.addStretch(1)
        return part

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("role", "chrome")
        said = QLabel("Nothing leaves this computer.")
        said.setProperty("role", "small")
        line = QHBoxLayout(foot)
        line.setContentsMargins(16, 6, 16, 6)
        line.addWidget(said)
        return foot

    # ------------------------------------------------------------ keys and drops

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        if self.focusWidget() is None:
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.drop.light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drop.light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop.light(False)
        event.acceptProposedAction()
        self.dropped.emit([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])


class Way(QPushButton):
    """A way to begin: sign, name, key."""

    def __init__(self, text: str, keys: str, sign: Icon, look: Look, *, first: bool = False) -> None:
        super().__init__()
        self._look, self._sign, self._first = look, sign, first
        self.setProperty("role", "primary wide" if first else "wide")
        self.setAccessibleName(text)
        self.setMaximumWidth(320)
        self._icon, self._name, cap = QLabel(), QLabel(text), QLabel(keys, visible=bool(keys))
        self._name.setStyleSheet("font-weight: 500;")
        cap.setProperty("role", "key on accent" if first else "key")
        inside = QHBoxLayout(self)
        inside.setContentsMargins(16, 0, 14, 0)
        inside.setSpacing(10)
        inside.addWidget(self._icon)
        inside.addWidget(self._name, 1)
        inside.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
        for label in (self._icon, self._name, cap):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMinimumHeight(max(40, self.fontMetrics().height() + 20))
        look.changed.connect(lambda _: self._repaint())
        self._repaint()

    def _repaint(self) -> None:
        theme = self._look.theme
        colour = theme.on_accent if self._first else theme.text
        self._icon.setPixmap(pixmap(self._sign, colour, 16, 2.0))
        self._name.setStyleSheet(f"font-weight: 500; color: {colour};")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)


class _DropPlace(QWidget):
    """A dashed place that lights up while something is held over the page."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._lit = look, False
        self.setMinimumHeight(max(78, self.fontMetrics().height() + 48))

    def light(self, on: bool) -> None:
        self._lit = on
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._look.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(theme.accent if self._lit else theme.line_strong), 1)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(QColor(theme.accent_back) if self._lit else Qt.BrushStyle.NoBrush)
        box = QRectF(self.rect()).adjusted(INDENT + 0.5, 0.5, -INDENT - 0.5, -0.5)
        painter.drawRoundedRect(box, 10, 10)
        painter.setPen(QColor(theme.dim))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "Drop articles or a project file here")


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("role", "rule")
    return rule
