"""A quiet card beside the pointer: code, path, coder and memo of the marks that lie there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.layouts import emptied
from ui.theme import Theme, code_colour, theme

WIDTH = 320


@dataclass(frozen=True, slots=True)
class CardEntry:
    """One mark on the card; `memo` is Markdown, `path` where the code stands in its taxonomy."""

    label: str
    colour: str = ""
    path: str = ""
    coder: str = ""
    memo: str = ""
    unsure: bool = False
    links: tuple[str, ...] = ()  # its relations, a line each
    said: tuple[str, ...] = ()  # what the mark says of itself: "stance: against"


def rendered(memo: str) -> str:
    """Markdown as rich text; HTML in it stays text."""
    document = QTextDocument()
    document.setMarkdown(memo, QTextDocument.MarkdownFeature.MarkdownNoHTML)
    return document.toHtml()


class _Chip(QWidget):
    """A square in a code's colour."""

    def __init__(self, colour: QColor) -> None:
        super().__init__()
        self._colour = colour
        self.setFixedSize(10, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour)
            painter.drawRoundedRect(0, 4, 10, 10, 2, 2)


class HoverCard(QFrame):
    """Shown with `show_at`, gone with `hide`; it takes neither focus nor clicks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip)
        self.setProperty("role", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._theme = theme("light")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(14, 12, 14, 12)
        self._rows.setSpacing(12)

    def set_theme(self, theme: Theme) -> None:
        """Chips in another theme; the rest follows the style sheet."""
        self._theme = theme

    def show_at(self, place: QPoint, entries: Sequence[CardEntry]) -> None:
        """Show the marks beside a global place, wherever the screen has room."""
        emptied(self._rows)
        for entry in entries:
            self._rows.addWidget(self._entry(entry))
        self.setFixedWidth(WIDTH)
        self.adjustSize()
        screen = QGuiApplication.screenAt(place) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        x = min(place.x() + 12, room.right() - self.width())
        below = place.y() + 20
        y = below if below + self.height() <= room.bottom() else place.y() - self.height() - 12
        self.move(max(x, room.left()), max(y, room.top()))
        self.show()

    def text(self) -> str:
        """All words on the card, a line each."""
        return "\n".join(label.text() for label in self.findChildren(QLabel))

    def _entry(self, entry: CardEntry) -> QWidget:
        box = QWidget()
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(_Chip(code_colour(entry.colour, self._theme)), 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self._label(entry.label or self.tr("No code"), "heading"), 1)
        rows.addLayout(first)
        unsure = self.tr("unsure") if entry.unsure else ""
        about = " · ".join(filter(None, (*entry.said, entry.path, entry.coder, unsure)))
        if about:
            rows.addWidget(self._label(about, "small"))
        if entry.memo:
            memo = self._label("", "")
            memo.setTextFormat(Qt.TextFormat.RichText)
            memo.setText(rendered(entry.memo))
            rows.addWidget(memo)
        for link in entry.links:
            rows.addWidget(self._label(link, "small"))
        return box

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        label.setWordWrap(True)
        return label
