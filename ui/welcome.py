"""The welcome page: three ways to begin, recent projects, a place to drop files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.dates import moment
from ui.fonts import reading_font
from ui.icons import Icon, icon
from ui.look import Look
from ui.settings import Recent, Settings

SHOWN = 6


class Welcome(QFrame):
    """What is seen while no project is open."""

    new_asked = Signal()
    open_asked = Signal()
    demo_asked = Signal()
    recent_opened = Signal(Path)
    dropped = Signal(list)

    def __init__(self, settings: Settings, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings, self._look = settings, look
        self.setProperty("role", "paper")
        self.setAcceptDrops(True)
        self._buttons: list[tuple[QPushButton, Icon, bool]] = []
        page = QFrame()
        page.setProperty("role", "paper")
        across = QHBoxLayout(page)
        across.setContentsMargins(48, 110, 48, 48)
        across.setSpacing(64)
        across.addStretch(1)
        across.addLayout(self._begin(), 3)
        across.addStretch(1)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        across.addLayout(self._recent, 4)
        across.addStretch(1)
        scroll = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        scroll.setWidget(page)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QLabel("Nothing leaves this computer.")
        foot.setProperty("role", "small")
        foot.setContentsMargins(16, 6, 16, 6)
        base = QFrame()
        base.setProperty("role", "chrome")
        line = QHBoxLayout(base)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(foot)
        rule = QFrame()
        rule.setProperty("role", "rule")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(rule)
        column.addWidget(base)
        settings.recent_changed.connect(self._list)
        look.changed.connect(lambda _: self._repaint())
        self._list()
        self._repaint()

    def _begin(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        title = QLabel("Read closely.")
        title.setFont(reading_font(40, 600))
        title.setStyleSheet(f"font-family: '{reading_font(40).family()}'; font-size: 40px; font-weight: 600;")
        said = QLabel(
            "Load articles, mark what matters, tag it with your taxonomy. One file on this computer holds it all.",
            wordWrap=True,
        )
        said.setProperty("role", "dim")
        said.setStyleSheet(f"font-family: '{reading_font(18).family()}'; font-size: 18px;")
        said.setMaximumWidth(420)
        column.addWidget(title)
        column.addWidget(said)
        column.addSpacing(24)
        for text, keys, sign, asked, first in (
            ("New project", "Ctrl N", Icon.PLUS, self.new_asked, True),
            ("Open a project", "Ctrl O", Icon.FOLDER, self.open_asked, False),
            ("Try the demonstration project", "", Icon.FILE, self.demo_asked, False),
        ):
            column.addWidget(self._button(text, keys, sign, asked, first))
        column.addStretch(1)
        return column

    def _button(self, text: str, keys: str, sign: Icon, asked: object, first: bool) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "primary wide" if first else "wide")
        button.setIconSize(QSize(16, 16))
        button.setMinimumHeight(40)
        button.setMaximumWidth(320)
        button.clicked.connect(asked)
        if keys:
            cap = QLabel(keys)
            cap.setProperty("role", "key on accent" if first else "key")
            inside = QHBoxLayout(button)
            inside.setContentsMargins(0, 0, 10, 0)
            inside.addStretch(1)
            inside.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
        self._buttons.append((button, sign, first))
        return button

    def _list(self) -> None:
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        head = QLabel("Recent")
        head.setProperty("role", "section")
        self._recent.addWidget(head)
        self._recent.addSpacing(8)
        known = self._settings.recent[:SHOWN]
        for each in known:
            row = RecentRow(each)
            row.chosen.connect(lambda path=each.path: self.recent_opened.emit(Path(path)))
            row.forgotten.connect(lambda path=each.path: self._settings.forget_recent(path))
            self._recent.addWidget(row)
        if not known:
            none = QLabel("Projects you open are listed here.")
            none.setProperty("role", "dim")
            self._recent.addWidget(none)
        self._recent.addSpacing(24)
        drop = QLabel("Drop articles or a project file here", alignment=Qt.AlignmentFlag.AlignCenter)
        drop.setProperty("role", "drop")
        drop.setMinimumHeight(78)
        self._recent.addWidget(drop)
        self._recent.addStretch(1)

    def _repaint(self) -> None:
        theme = self._look.theme
        for button, sign, first in self._buttons:
            button.setIcon(icon(sign, theme.on_accent if first else theme.text, 16))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.dropped.emit([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()


class RecentRow(QFrame):
    """A project opened before; one that is gone can be forgotten."""

    chosen = Signal()
    forgotten = Signal()

    def __init__(self, recent: Recent) -> None:
        super().__init__()
        self._there = Path(recent.path).exists()
        self.setProperty("role", "row")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(recent.title)
        self.setToolTip(recent.path)
        grid = QGridLayout(self)
        grid.setContentsMargins(6, 12, 6, 12)
        grid.setVerticalSpacing(4)
        title = QLabel(recent.title)
        title.setProperty("role", "heading" if self._there else "dim")
        place = QLabel(_home(recent.path))
        when = QLabel(moment(recent.opened) if self._there else "not found")
        held = f"{_count(recent.articles, 'article')} · {_count(recent.highlights, 'highlight')}"
        for label in (place, when):
            label.setProperty("role", "small")
        grid.addWidget(title, 0, 0)
        grid.addWidget(when, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(place, 1, 0)
        grid.setColumnStretch(0, 1)
        if self._there:
            counts = QLabel(held)
            counts.setProperty("role", "small")
            grid.addWidget(counts, 1, 1, Qt.AlignmentFlag.AlignRight)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            forget = QPushButton("Forget", clicked=self.forgotten.emit)
            forget.setProperty("role", "link")
            grid.addWidget(forget, 1, 1, Qt.AlignmentFlag.AlignRight)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._there and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._there and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)


def _home(path: str) -> str:
    home = str(Path.home())
    return "~" + path[len(home) :] if path.startswith(home + "/") else path


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
