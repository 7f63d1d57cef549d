"""A field of a page that is read until it is asked for, and then written in its place."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.fonts import reading_font
from ui.look import Look
from ui.workbench.edit import Edit
from ui.workbench.reads import Reads

PAUSE_MS = 800
MOST = 24  # lines of an editor
PAD = 9  # of what is read, as an editor has it
KEEPS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)
Begin = Callable[[], Edit]


def serif(size: int, weight: int = 400) -> str:
    """The reading face as a style."""
    return f"font-family: '{reading_font(size).family()}'; font-size: {size}px; font-weight: {weight};"


class InPlace(QWidget):
    """`html` says how a text reads, `of` and `to` how what is typed becomes the value that is stored.

    A pause while typing stores, leaving does; Escape takes the edit back.
    """

    left = Signal()  # the keyboard goes back to where the page was asked from

    def __init__(
        self,
        look: Look,
        name: str,
        hint: str,
        *,
        style: str = "",
        prose: bool = False,
        html: Callable[[str], str] | None = None,
        to: Callable[[str], Any] = str.strip,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._hint, self._prose, self._to = look, hint, prose, to
        self._html = html or (lambda text: escape(text))
        self._style, self._name, self._text = style, name, ""
        self._begin: Begin | None = None
        self._edit: Edit | None = None
        self.editor: QLineEdit | QPlainTextEdit | None = None
        self.reads = Reads(look, name)
        self.reads.setStyleSheet(style)
        self.reads.setContentsMargins(PAD, 3, PAD, 3)
        self.reads.asked.connect(self.edit)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusProxy(self.reads)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.reads)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._store)
        look.changed.connect(self.render_text)

    def show_text(self, text: str, begin: Begin | None) -> None:
        """Shows another text; `begin` begins an edit of it, None: it cannot be edited."""
        self._begin, self.reads.writable = begin, begin is not None
        if self._edit is None:
            self._text = text
            self.render_text()

    def render_text(self) -> None:
        """Draws the text anew as it reads."""
        hint = self._hint if self.reads.writable else "–"
        faint = f'<span style="color:{self._look.theme.faint}">{escape(hint)}</span>'
        self.reads.setText(self._html(self._text) if self._text.strip() else faint)
        self.reads.setAccessibleDescription(self._text or hint)

    @property
    def editing(self) -> bool:
        return self._edit is not None

    def edit(self) -> None:
        """The text can be typed now."""
        if self._begin is None or self.editing:
            return
        self._edit = self._begin()
        editor = self.editor = self._made()
        self._column.addWidget(editor)
        self.setTabOrder(self.reads, editor)
        editor.show()
        self.setFocusProxy(editor)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reads.hide()
        self._fit()

    def flush(self) -> bool:
        """Stores what was typed and shows it as it reads. False where it could not be stored: it stays typed."""
        if self._edit is None or self.editor is None:
            return True
        self._pause.stop()
        text = self.typed()
        if not self._edit.store(self._to(text)):
            return False
        self._end(text)
        return True

    def typed(self) -> str:
        """What stands in the editor."""
        assert self.editor is not None
        return self.editor.text() if isinstance(self.editor, QLineEdit) else self.editor.toPlainText()

    # ------------------------------------------------------------ inside

    def _made(self) -> QLineEdit | QPlainTextEdit:
        editor: QLineEdit | QPlainTextEdit
        if self._prose:
            editor = QPlainTextEdit(self._text)
            editor.setTabChangesFocus(True)
            editor.textChanged.connect(self._typed)
            editor.textChanged.connect(self._fit)
            editor.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            editor.moveCursor(editor.textCursor().MoveOperation.End)
        else:
            editor = QLineEdit(self._text)
            editor.selectAll()
            editor.textEdited.connect(self._typed)
        editor.setPlaceholderText(self._hint)
        editor.setAccessibleName(self._name)
        editor.setStyleSheet(self._style)
        editor.installEventFilter(self)
        return editor

    def _typed(self) -> None:
        self._pause.start()

    def _store(self) -> None:
        if self._edit is not None:
            self._edit.store(self._to(self.typed()))

    def _end(self, text: str) -> None:
        editor, self.editor, self._edit = self.editor, None, None
        self._text = text
        self.render_text()
        self.setFocusProxy(self.reads)
        self.reads.show()
        if editor is not None:
            editor.removeEventFilter(self)
            if editor.hasFocus():
                self.reads.setFocus(Qt.FocusReason.OtherFocusReason)
            self._column.removeWidget(editor)
            editor.hide()
            editor.deleteLater()

    def _give_up(self) -> None:
        """Escape: what was there before."""
        assert self._edit is not None
        self._pause.stop()
        if self._edit.take_back():
            self._end(self._text)

    def _fit(self) -> None:
        editor = self.editor
        if isinstance(editor, QPlainTextEdit):
            editor.ensurePolished()
            lines = max(1, min(MOST, int(editor.document().size().height())))
            editor.setFixedHeight(lines * editor.fontMetrics().lineSpacing() + 24)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.editor:
            return False
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in KEEPS:
            QTimer.singleShot(0, self, self._left)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return False

    def _left(self) -> None:
        if self.editor is not None and not self.editor.hasFocus():
            self.flush()

    def _key(self, event: QKeyEvent) -> bool:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self._give_up()
            return True
        if enter and (not self._prose or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self.flush()
            return True
        return False
