"""The repair tab: highlights that lost their place, one after the other, until each is set or deleted."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from storage import Change, lost_marks
from storage.lost_marks import LostMark
from ui import ask
from ui.dialogs.sheet import note
from ui.fonts import reading_font, ui_font
from ui.ground import is_on, paint_ground
from ui.look import Look
from ui.reading_pane import ReadingPane
from ui.session import Session
from ui.theme import code_colour, load_tokens

MARK = Qt.ItemDataRole.UserRole
LINES = 2  # of the quote
Index = QModelIndex | QPersistentModelIndex


class RepairPage(QFrame):
    """A click opens the article where the words may have been; the selection then becomes the highlight."""

    article_asked = Signal(str, int)  # id, place

    def __init__(
        self, session: Session, reading: ReadingPane, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._reading = session, reading
        self.setProperty("role", "chrome")
        self.about = note("")
        self.about.setContentsMargins(8, 0, 8, 4)
        self.list = QListWidget()
        self.list.setAccessibleName("Highlights to repair")
        self.list.setItemDelegate(_Delegate(session, look, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.put = QPushButton("Set to the selection", clicked=self.set_to_selection)
        self.put.setProperty("role", "primary")
        self.drop = QPushButton("Delete", clicked=self.delete)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.put, 1)
        row.addWidget(self.drop)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 12)
        column.setSpacing(8)
        column.addWidget(self.about)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        self.list.currentItemChanged.connect(lambda *_: self._enable())
        self.list.itemClicked.connect(lambda _: self._go())
        self.list.itemActivated.connect(lambda _: self._go())
        reading.enabling_changed.connect(self._enable)
        session.changed.connect(self._on_change)
        look.changed.connect(lambda _: self.list.viewport().update())
        self._fill()

    def current(self) -> LostMark | None:
        item = self.list.currentItem()
        return item.data(MARK) if item else None

    def set_to_selection(self) -> None:
        """The words that are selected are what the highlight stands on from now on."""
        mark, span = self.current(), self._reading.selected_words()
        if mark is None or span is None or self._session.article != mark.article or not self._may(mark):
            return
        label = f"Repair highlight {self._name(mark)}"
        if self._session.do(label, lambda step: lost_marks.repair(step, mark.id, [span])):
            self._reading.view.set_selection(None)
            self._session.select_highlight(mark.id)
            self._go()

    def delete(self) -> None:
        mark = self.current()
        if mark is not None and self._may(mark):
            label = f"Delete lost highlight {self._name(mark)}"
            self._session.do(label, lambda step: lost_marks.remove(step, [mark.id]))

    # ------------------------------------------------------------ inside

    def _go(self) -> None:
        if mark := self.current():
            self.article_asked.emit(mark.article, mark.place)

    def _may(self, mark: LostMark) -> bool:
        coder = self._session.coder
        if coder is not None and mark.coder == coder.id:
            return True
        whose = self._session.coder_name(mark.coder)
        return ask.confirm(
            self.window(), f"This is {whose}’s highlight.", f"It will stay {whose}’s.", "Go on anyway"
        )

    def _name(self, mark: LostMark) -> str:
        code = self._session.codes.get(mark.code) if mark.code else None
        return f"“{code.label}”" if code else "without a code"

    def _fill(self) -> None:
        held = lost_marks.lost(self._session.project)
        at = self.list.currentRow()
        self.list.clear()
        for mark in held:
            item = QListWidgetItem()
            item.setData(MARK, mark)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{self._name(mark)}, {mark.quote}, {mark.title}"
            )
            item.setToolTip(mark.quote)
            self.list.addItem(item)
        if held:
            self.list.setCurrentRow(min(max(at, 0), len(held) - 1))
        self.about.setText(
            "These lost their place when a text was corrected. Choose one, select its words in the article, "
            "and set it there."
            if held
            else "No highlight lost its place. Those that do when a text is corrected are listed here."
        )
        for widget in (self.list, self.put, self.drop):
            widget.setVisible(bool(held))
        self.layout().setAlignment(self.about, Qt.AlignmentFlag(0) if held else Qt.AlignmentFlag.AlignTop)
        self._enable()

    def _enable(self) -> None:
        mark, writable = self.current(), self._session.project.writable
        here = mark is not None and self._session.article == mark.article
        self.put.setEnabled(here and writable and self._reading.selected_words() is not None)
        self.put.setToolTip("" if self.put.isEnabled() else "Select the words in the article first")
        self.drop.setEnabled(mark is not None and writable)

    def _on_change(self, change: Change) -> None:
        if change.touches("lost_highlight", "code", "coder", "article"):
            self._fill()


class _Delegate(QStyledItemDelegate):
    """Code and coder, two lines of the quote, the article."""

    def __init__(self, session: Session, look: Look, parent: QListWidget) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        sizes = load_tokens()["type"]["ui"]
        self._label, self._small = ui_font(sizes["size"], 600), ui_font(sizes["small"])
        self._quote = reading_font(sizes["size"] + 2)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = QFontMetrics(self._label).height() + QFontMetrics(self._small).height() + 24
        return QSize(0, height + LINES * QFontMetrics(self._quote).lineSpacing())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        mark, theme = index.data(MARK), self._look.theme
        box = option.rect.adjusted(0, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = is_on(option, QStyle.StateFlag.State_Selected)
        over = is_on(option, QStyle.StateFlag.State_MouseOver)
        paint_ground(painter, QRectF(box), theme, selected=chosen, hovered=over, focused=False)
        inner = box.adjusted(10, 8, -10, -8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(code_colour(self._session.colour(mark.code), theme))
        label = QFontMetrics(self._label)
        painter.drawRoundedRect(QRect(inner.left(), inner.top() + (label.height() - 10) // 2, 10, 10), 3, 3)
        head = QRect(inner.left() + 18, inner.top(), inner.width() - 18, label.height())
        self._line(painter, head, self._code(mark), self._session.coder_name(mark.coder))
        painter.setFont(self._quote)
        painter.setPen(QColor(theme.text if mark.quote else theme.dim))
        words = QFontMetrics(self._quote)
        text = " ".join(mark.quote.split()) or "Its words were purged."
        first, rest = _broken(text, words, inner.width())
        top = head.bottom() + 4
        for at, line in enumerate(
            (first, words.elidedText(rest, Qt.TextElideMode.ElideRight, inner.width()))
        ):
            painter.drawText(inner.left(), top + at * words.lineSpacing() + words.ascent(), line)
        small = QFontMetrics(self._small)
        painter.setFont(self._small)
        painter.setPen(QColor(theme.dim))
        title = small.elidedText(mark.title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, title)
        painter.restore()

    def _line(self, painter: QPainter, box: QRect, label: str, coder: str) -> None:
        theme = self._look.theme
        painter.setFont(self._small)
        painter.setPen(QColor(theme.dim))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, coder)
        room = box.width() - QFontMetrics(self._small).horizontalAdvance(coder) - 12
        painter.setFont(self._label)
        painter.setPen(QColor(theme.text))
        said = QFontMetrics(self._label).elidedText(label, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, said)

    def _code(self, mark: LostMark) -> str:
        code = self._session.codes.get(mark.code) if mark.code else None
        return code.label if code else "Without a code"


def _broken(text: str, metrics: QFontMetrics, width: int) -> tuple[str, str]:
    """As many words as fit a line, and the rest."""
    if metrics.horizontalAdvance(text) <= width:
        return text, ""
    words = text.split(" ")
    line = ""
    for at, word in enumerate(words):
        longer = f"{line} {word}".strip()
        if metrics.horizontalAdvance(longer) > width:
            return (line, " ".join(words[at:])) if line else (text, "")
        line = longer
    return line, ""
