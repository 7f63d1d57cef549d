"""The memo of a highlight: plain text in Markdown that saves itself, and how it reads."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QPlainTextEdit,
    QStackedWidget,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotate.model import Highlight
from storage import Change, highlights
from ui.prose import as_html
from ui.session import Session

PAUSE_MS = 800
LEAST, MOST = 2, 12  # lines


class Preview(QTextBrowser):
    """Rendered Markdown that fetches nothing and follows no link."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setAccessibleName("Memo, as it reads")

    def loadResource(self, type: int, name: QUrl | str) -> Any:
        return None


class MemoField(QWidget):
    """Typing is kept until it is stored: when another highlight is shown, when the mark is taken back by undo
    and comes again, when the file could not be written. Each pause of 0.8 s, and leaving, is one step.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._id: str | None = None
        self._stored = ""
        self._drafts: dict[str, str] = {}
        self._gone: set[str] = set()  # drafts whose highlight was taken back; it may come again
        self._quotes: dict[str, str] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self.editor = QPlainTextEdit()
        self.editor.setPlaceholderText("Write a memo")
        self.editor.setAccessibleName("Memo, in Markdown")
        self.editor.setTabChangesFocus(True)
        self.editor.textChanged.connect(self._typed)
        self.editor.installEventFilter(self)
        self.preview = Preview()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.editor)
        self._stack.addWidget(self.preview)
        self.toggle = QToolButton()
        self.toggle.setCheckable(True)
        self.toggle.setAccessibleName("Memo as it reads")
        self.toggle.setToolTip("Show the memo as it reads")
        self.toggle.toggled.connect(self._show_preview)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack)
        session.changed.connect(self._follow)

    def show_memo(self, mark: Highlight | None, quote: str, *, locked: bool) -> None:
        """Shows the memo of `mark`; what was typed for another one is stored first."""
        id = mark.id if mark else None
        if id != self._id:
            self.flush()
            self._id = id
            self.toggle.setChecked(False)
        if id is not None:
            self._quotes[id] = quote
        self._stored = mark.memo if mark else ""
        self._put(self._drafts.get(id, self._stored) if id else "")
        self.editor.setReadOnly(locked)
        self.toggle.setVisible(bool(self.editor.toPlainText().strip()))
        if self.toggle.isChecked():
            self._show_preview(True)
        self._fit()

    def text(self) -> str:
        return self.editor.toPlainText()

    def flush(self) -> bool:
        """Stores what was typed. False if something could not be stored; it is kept and tried again."""
        self._pause.stop()
        for id in self._drafts.keys() - self._gone:
            text, mark = self._drafts.pop(id), highlights.highlight(self._session.project, id)
            if mark is None:
                self._gone.add(id)
            if mark is None or (mark.memo != text and not self._store(id, text)):
                self._drafts[id] = text
        return self._drafts.keys() <= self._gone

    def _store(self, id: str, text: str) -> bool:
        label = f"Memo on “{_short(self._quotes.get(id, ''))}”"
        return self._session.do(label, lambda step: highlights.edit(step, [id], memo=text)) is not None

    def _typed(self) -> None:
        if self._id is None:
            return
        text = self.editor.toPlainText()
        if text == self._stored:
            self._drafts.pop(self._id, None)
        else:
            self._drafts[self._id] = text
            self._pause.start()
        self.toggle.setVisible(bool(text.strip()))
        self._fit()

    def _put(self, text: str) -> None:
        if text == self.editor.toPlainText():
            return
        self.editor.blockSignals(True)
        place = self.editor.textCursor().position()
        self.editor.setPlainText(text)
        cursor = self.editor.textCursor()
        cursor.setPosition(min(place, len(self.editor.document().toPlainText().encode("utf-16-le")) // 2))
        self.editor.setTextCursor(cursor)
        self.editor.blockSignals(False)

    def _follow(self, change: Change) -> None:
        touched = change.ids.get("highlight", frozenset())
        if self._drafts.keys() & touched:
            self._gone -= touched
            self._pause.start()

    def _show_preview(self, on: bool) -> None:
        if on:
            self.preview.setHtml(as_html(self.text()))
        self._stack.setCurrentIndex(int(on))
        if not on and self.isVisible():
            self.editor.setFocus()

    def _fit(self) -> None:
        self.editor.document().setTextWidth(self.editor.viewport().width())
        lines = max(LEAST, min(MOST, int(self.editor.document().size().height())))
        height = lines * self.editor.fontMetrics().lineSpacing() + 26
        if self._stack.height() != height or self._stack.minimumHeight() != height:
            self._stack.setFixedHeight(height)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(220, super().sizeHint().height())

    def _left(self, reason: Qt.FocusReason) -> None:
        if reason not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason):
            self.flush()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.editor and isinstance(event, QFocusEvent) and event.lostFocus():
            self._left(event.reason())
        return False


def _short(quote: str) -> str:
    return quote if len(quote) <= 40 else quote[:39].rstrip() + "…"
