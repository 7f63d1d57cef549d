"""A text to be edited, in the reading face, with what was changed and what is marked shown in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QMimeData, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from annotate.alignment import Edit
from annotate.model import Span
from annotate.offsets import OffsetMap
from annotate.text import normalise
from ui.correcting.review import Review
from ui.fonts import reading_font
from ui.look import Look
from ui.session import Session
from ui.theme import tint

EDGE = 28  # least room beside the column, pixels
MOST_MARKS = 3000  # tinted at once
BAR = 2


class TextEditor(QTextEdit):
    """Positions are code points of `text()`."""

    edited = Signal()

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._review = Review()
        self._hits: Sequence[Span] = ()
        self._hit: Span | None = None
        self._text: str | None = ""
        self._offsets = OffsetMap("")
        self._giving = False
        self.setAcceptRichText(False)
        self.setTabChangesFocus(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Text of the article")
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._typed)
        session.settings.typography_changed.connect(self._set_type)
        look.changed.connect(lambda _: self._paint_over())

    # ------------------------------------------------------------ the text

    def give(self, text: str) -> None:
        """Shows another text, which cannot be undone."""
        self._giving = True
        self.setPlainText(text)
        self._set_type()
        self._giving = False
        self._text = None
        self._review, self._hits, self._hit = Review(), (), None
        self._paint_over()

    def text(self) -> str:
        """What stands there, normalised; a space that does not break stays one."""
        if self._text is None:
            raw = self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")
            self._text = normalise(raw)
            self._offsets = OffsetMap(self._text)
        return self._text

    def replace(self, edits: Iterable[Edit]) -> None:
        """Makes the edits, as one that can be undone."""
        self.text()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for edit in sorted(edits, key=lambda each: each.start, reverse=True):
            cursor.setPosition(self._offsets.to_units(edit.start))
            cursor.setPosition(self._offsets.to_units(edit.end), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(edit.words)
        cursor.endEditBlock()

    def place(self) -> int:
        """Where the caret, or the selection, begins."""
        self.text()
        return self._offsets.to_points(self.textCursor().selectionStart())

    def selected(self) -> str:
        return self.textCursor().selectedText().replace("\u2029", "\n")

    def go_to(self, span: Span) -> None:
        """Brings a stretch into sight, with the caret before it."""
        self.setTextCursor(self._cursor((span[0], span[0])))
        self.ensureCursorVisible()

    def begin_at(self, place: int) -> None:
        """Puts the caret there, near the top of what is seen."""
        self.go_to((place, place))
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect().top() - self.viewport().height() // 4)

    # ------------------------------------------------------------ what is shown over it

    def show_review(self, review: Review) -> None:
        self._review = review
        self._paint_over()

    def show_hits(self, hits: Sequence[Span], hit: Span | None = None) -> None:
        self._hits, self._hit = hits, hit
        self._paint_over()

    def _paint_over(self) -> None:
        theme, made = self._look.theme, []
        for code, spans in self._review.marks[:MOST_MARKS]:
            ground = QTextCharFormat()
            ground.setBackground(tint(self._session.colour(code), theme))
            made += [self._over(span, ground) for span in spans]
        other = QTextCharFormat()
        other.setForeground(QColor(theme.accent))
        other.setFontUnderline(True)
        made += [self._over(span, other) for span in self._review.changed]
        hit = QTextCharFormat()
        hit.setBackground(QColor(theme.accent_back))
        made += [self._over(span, hit) for span in self._hits[:MOST_MARKS]]
        if self._hit:
            here = QTextCharFormat()
            here.setBackground(QColor(theme.accent))
            here.setForeground(QColor(theme.on_accent))
            made.append(self._over(self._hit, here))
        self.setExtraSelections(made)
        self.viewport().update()

    def _over(self, span: Span, how: QTextCharFormat) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.cursor, made.format = self._cursor(span), how
        return made

    def _cursor(self, span: Span) -> QTextCursor:
        self.text()
        last = self.document().characterCount() - 1
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(self._offsets.to_units(span[0]), last))
        cursor.setPosition(min(self._offsets.to_units(span[1]), last), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._review.gone:
            return
        painter = QPainter(self.viewport())
        for place in self._review.gone:
            box = self.cursorRect(self._cursor((place, place)))
            if box.intersects(event.rect()):
                bar = QRect(box.x() - 1, box.y() + 2, BAR, box.height() - 4)
                painter.fillRect(bar, QColor(self._look.theme.danger))
                painter.fillRect(
                    QRect(bar.x() - 2, bar.bottom() - 1, BAR + 4, BAR), QColor(self._look.theme.danger)
                )
        painter.end()

    # ------------------------------------------------------------ inside

    def _typed(self) -> None:
        if not self._giving:
            self._text = None
            self._hits, self._hit = (), None
            self.edited.emit()

    def _set_type(self) -> None:
        """The reading face and its line, for every paragraph."""
        chosen = self._session.settings.typography
        giving, self._giving = self._giving, True
        font = reading_font(chosen.size)
        self.setStyleSheet(f"QTextEdit {{ font-family: '{font.family()}'; font-size: {chosen.size}px; }}")
        self.document().setDefaultFont(font)
        form = QTextBlockFormat()
        form.setLineHeight(chosen.line, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        form.setBottomMargin(round(chosen.line * 0.4))
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(form)
        self.document().clearUndoRedoStacks()
        self._giving = giving
        self._place_column()

    def _place_column(self) -> None:
        column = self._session.settings.typography.column
        beside = max(EDGE, (self.width() - column) // 2)
        self.setViewportMargins(beside, 16, max(EDGE, beside - 12), 0)
        self.document().setTextWidth(self.viewport().width())  # Qt does not always follow by itself

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_column()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What is pasted is plain, and as the project would store it."""
        if source.hasText():
            self.textCursor().insertText(normalise(source.text()))

    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            self.textCursor().insertBlock()  # with Shift, too: a text has one kind of line break
            self.ensureCursorVisible()
            event.accept()
        elif event.key() == Qt.Key.Key_Backtab:
            self.focusNextPrevChild(False)
        else:
            super().keyPressEvent(event)
