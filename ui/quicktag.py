"""Tag the selection by a few letters: the popup under the selection, its list, and the notes of a code."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from storage import Change, highlights
from ui.codes.field import SearchField
from ui.codes.note import note_html
from ui.codes.quick import QuickFinder
from ui.codes.rows import Row, own_font, paint_row, parts_of, row_height
from ui.ground import is_on, paint_ground
from ui.look import Look
from ui.session import Session

WIDTH = 440
SHADOW = 24  # room around the popup that its shadow fades in
ROWS = 8
MOST = 60  # codes listed
READY_MS = 400  # after the codes changed they are read again, before anybody types
INSET, TEXT_LEFT = 6, 32
ROW = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class _Answers(QAbstractListModel):
    """What was found; the last row may offer to make a new code."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.ids: list[str | None] = []
        self._rows: list[Row] = []

    def show(self, ids: Sequence[str | None], rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.ids, self._rows = list(ids), list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(filter(None, (row.notation, row.label)))
        return None


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, view: QListView) -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area = QRectF(option.rect)
        theme = self._look.theme
        paint_ground(
            painter,
            area.adjusted(INSET, 0, -INSET, 0),
            theme,
            selected=is_on(option, QStyle.StateFlag.State_Selected),
            hovered=False,
            focused=False,
        )
        inside = area.adjusted(INSET + TEXT_LEFT, 0, -INSET - 12, 0)
        paint_row(painter, inside, index.data(ROW), theme, own_font(self._view))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(WIDTH, row_height(own_font(self._view)) + 2)


class QuickTag(QWidget):
    """Lies over the window it belongs to, so that it is drawn, closed and spoken with it.

    Enter or a click takes a code; with Shift the popup stays for a further one. Esc, or a click elsewhere, closes.
    """

    code_taken = Signal(str, bool)  # code id; whether the popup stays open
    new_code_asked = Signal(str)  # label
    closed = Signal()

    def __init__(
        self,
        session: Session,
        look: Look,
        parent: QWidget,
        *,
        offer_new: bool = True,
        leave_out: frozenset[str] = frozenset(),
        groupings: bool = False,
    ) -> None:
        super().__init__(parent.window())
        self._session, self._look = session, look
        self._offer_new, self._leave_out = offer_new, leave_out
        self._finder = QuickFinder(session, groupings=groupings)
        self._ready = QTimer(self, singleShot=True, interval=READY_MS)
        self._ready.timeout.connect(self._finder.prepare)
        self._ready.start()
        self._recent: list[str] = []
        self._anchor = QRect()
        self.setAccessibleName("Tag the selection")
        self.field = SearchField(look, "Type a few letters of a code", "Enter", always_key=True)
        self.field.setProperty("role", "bare")
        self.field.indent(26)
        self._model = _Answers(self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_RowDelegate(look, self.list))
        self.list.setAccessibleName("Codes")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.note = QLabel()
        self.note.setProperty("role", "small")
        self.note.setTextFormat(Qt.TextFormat.RichText)
        self.note.setWordWrap(True)
        self.note.setContentsMargins(14, 10, 14, 12)
        self._title = QLabel()
        self._title.setProperty("role", "section")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setContentsMargins(16, 10, 16, 0)
        self._rules = [QFrame(), QFrame()]
        self._lay_out()
        self.field.textChanged.connect(self._find)
        self.field.stepped.connect(self._step)
        self.field.taken.connect(self._take)
        self.field.left.connect(self.dismiss)
        self.list.entered.connect(self.list.setCurrentIndex)
        self.list.clicked.connect(self._clicked)
        self.list.selectionModel().currentChanged.connect(self._show_note)
        session.changed.connect(self._follow)
        look.changed.connect(self.update)
        self.hide()

    def open_at(self, selection: QRect, *, title: str = "") -> None:
        """Opens under `selection` (global), above it where there is no room, within the window."""
        coder = self._session.coder
        self._recent = highlights.recent_codes(self._session.project, coder.id) if coder else []
        self._anchor = selection
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self._find("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)
        app.installEventFilter(self)

    def dismiss(self) -> None:
        """Closes without taking anything more."""
        if not self.isVisible():
            return
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)
        self.hide()
        self.closed.emit()

    def listed(self) -> list[str]:
        """The ids of the codes in the list, best first."""
        return [id for id in self._model.ids if id is not None]

    # ------------------------------------------------------------ finding and taking

    def _find(self, words: str) -> None:
        matches = self._finder.find(words, self._recent, MOST, self._leave_out)
        ids: list[str | None] = [match.code.id for match in matches]
        rows = [
            Row(
                match.code.label,
                match.code.notation,
                self._session.colour(match.code.id),
                match.code.shortcut,
                bold=parts_of(match.code.label, match.label),
            )
            for match in matches
        ]
        label = " ".join(words.split())
        if not rows and label and self._offer_new:
            ids.append(None)
            rows.append(Row(f"Make “{label}” a new code"))
        self._model.show(ids, rows)
        self.list.setCurrentIndex(self._model.index(0, 0))
        if not rows:
            self._show_note()

    def _step(self, key: int) -> None:
        count = self._model.rowCount()
        if count:
            way = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -ROWS, Qt.Key.Key_PageDown: ROWS}
            at = self.list.currentIndex().row() + way[Qt.Key(key)]
            at = at % count if abs(way[Qt.Key(key)]) == 1 else max(0, min(at, count - 1))
            self.list.setCurrentIndex(self._model.index(at, 0))

    def _clicked(self, index: QModelIndex) -> None:
        shift = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        self._take(bool(shift))

    def _take(self, stay: bool) -> None:
        at = self.list.currentIndex().row()
        if at < 0:
            return
        id, label = self._model.ids[at], " ".join(self.field.text().split())
        if id is None:
            self.new_code_asked.emit(label)
        else:
            self.code_taken.emit(id, stay)
        if stay and id is not None:
            self.field.selectAll()
        else:
            self.dismiss()

    def _follow(self, change: Change) -> None:
        if change.touches("taxonomy", "code"):
            self._ready.start()
            if self.isVisible():
                self._find(self.field.text())

    # ------------------------------------------------------------ look

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(6, 6, 6, 6)
        head.addWidget(self.field)
        listed = QVBoxLayout()
        listed.setContentsMargins(0, 6, 0, 6)
        listed.addWidget(self.list)
        for rule in self._rules:
            rule.setProperty("role", "rule")
        column = QVBoxLayout(self)
        column.setContentsMargins(SHADOW + 1, SHADOW + 1, SHADOW + 1, SHADOW + 1)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addLayout(head)
        column.addWidget(self._rules[0])
        column.addLayout(listed)
        column.addWidget(self._rules[1])
        column.addWidget(self.note)

    def _show_note(self) -> None:
        at = self.list.currentIndex().row()
        id = self._model.ids[at] if 0 <= at < len(self._model.ids) else None
        if id is not None:
            code = self._session.codes[id]
            brief = bool(code.use_when or code.avoid_when)
            html = note_html(code, self._look.theme, definition=not brief)
            place = self._session.path(id).rpartition(" > ")[0]
            self.note.setText(html or escape(place))
        else:
            self.note.setText("" if self._model.rowCount() else "No code holds these letters.")
        if self._model.rowCount() and id is None:
            self.note.setText("It is made in your own taxonomy and put on the selection.")
        self._fit()

    def _fit(self) -> None:
        """Takes the size of what is shown and goes to its place."""
        rows = self._model.rowCount()
        self.list.setVisible(rows > 0)
        self.note.setVisible(bool(self.note.text()))
        self._rules[1].setVisible(rows > 0 and bool(self.note.text()))
        self.list.setFixedHeight(min(rows, ROWS) * self.list.sizeHintForRow(0) if rows else 0)
        window = self.parentWidget()
        width = min(WIDTH, max(240, window.width() - 16)) + 2 * SHADOW
        self.layout().activate()
        height = self.layout().totalHeightForWidth(width)
        top_left = window.mapFromGlobal(self._anchor.bottomLeft() + QPoint(0, 9))
        if top_left.y() + height - SHADOW > window.height():
            above = window.mapFromGlobal(self._anchor.topLeft()).y() - 8 - (height - 2 * SHADOW)
            top_left.setY(
                max(8, above) if above >= 8 else max(8, window.height() - 8 - (height - 2 * SHADOW))
            )
        x = max(8, min(top_left.x(), window.width() - 8 - (width - 2 * SHADOW)))
        self.setGeometry(x - SHADOW, top_left.y() - SHADOW, width, height)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._look.theme
        body = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        painter.setPen(Qt.PenStyle.NoPen)
        shade = QColor(0, 0, 0)
        for ring in range(SHADOW, 0, -2):
            shade.setAlphaF((0.028 if theme.dark else 0.011) * (1 - ring / (SHADOW + 2)))
            painter.setBrush(shade)
            painter.drawRoundedRect(
                body.adjusted(-ring, -ring + 6, ring, ring).intersected(self.rect()), 10 + ring, 10 + ring
            )
        painter.setPen(QPen(QColor(theme.line_strong), 1))
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)

    # ------------------------------------------------------------ closing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            inside = self.rect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
            if self.isVisible() and not inside.contains(self.mapFromGlobal(event.globalPosition().toPoint())):
                self.dismiss()
        if event.type() == QEvent.Type.FocusOut and watched is self.field and isinstance(event, QFocusEvent):
            elsewhere = (
                Qt.FocusReason.TabFocusReason,
                Qt.FocusReason.BacktabFocusReason,
                Qt.FocusReason.OtherFocusReason,
            )
            if event.reason() in elsewhere:
                self.dismiss()
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget() and self.isVisible():
            self._fit()
        return False
