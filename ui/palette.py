"""The command palette: every command, article and code, and the words of all texts, in one field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from storage import articles, search
from ui.actions import Actions, shown_keys
from ui.fonts import ui_font
from ui.icons import Icon, pixmap
from ui.look import Look
from ui.session import Session
from ui.theme import code_colour

WIDTH, ROW, SHOWN = 560, 34, 12
ENTRY = Qt.ItemDataRole.UserRole
PER_KIND = 6
PAUSE_MS = 60  # between the last letter and the search, which takes its time in a large project


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: `kind` is the heading it stands under."""

    kind: str
    text: str
    hint: str
    icon: Icon | None
    run: Callable[[], None]
    colour: str = ""


class Palette(QFrame):
    """Opens over the window's head; Esc or a click elsewhere closes it."""

    article_chosen = Signal(str, str)  # id, words to find in it
    code_chosen = Signal(str)

    def __init__(self, actions: Actions, look: Look, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setProperty("role", "raised")
        self.session: Session | None = None
        self._actions = actions
        self._look = look
        self.field = QLineEdit(placeholderText="Search articles, codes and commands")
        self.field.setProperty("role", "bare")
        self.field.setAccessibleName("Search articles, codes and commands")
        self.field.installEventFilter(self)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._fill_now)
        self.field.textChanged.connect(lambda _: self._pause.start())
        sign = QLabel()
        sign.setPixmap(pixmap(Icon.SEARCH, look.theme.dim, 16, 2.0))
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.addWidget(sign)
        head.addWidget(self.field, 1)
        rule = QFrame()
        rule.setProperty("role", "rule")
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName("What was found")
        self.list.setItemDelegate(EntryDelegate(look, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.itemEntered.connect(self.list.setCurrentItem)
        self.list.itemClicked.connect(lambda _: self.take())
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 6)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule)
        column.addWidget(self.list)

    def open_at(self, centre: QPoint, query: str = "") -> None:
        """Opens with its top centre at a global position."""
        self.field.setText(query)
        self._fill_now()
        width = min(WIDTH, self.screen().availableGeometry().width() - 32)
        self.setFixedWidth(width)
        self.move(centre - QPoint(width // 2, 0))
        self.show()
        self.field.setFocus()

    def take(self) -> None:
        """Runs the row under the cursor, of what is typed by now."""
        if self._pause.isActive():
            self._fill_now()
        item = self.list.currentItem()
        entry = item.data(ENTRY) if item else None
        self.close()
        if isinstance(entry, Entry):
            entry.run()

    def entries(self, query: str) -> Iterator[Entry]:
        """The rows for a query; only commands without one."""
        words = query.casefold().split()
        yield from self._commands(words)
        if self.session is None or not words:
            return
        yield from self._articles(self.session, query)
        yield from self._codes(self.session, query)
        yield from self._texts(self.session, query)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            ways = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            if event.key() in ways:
                if self._pause.isActive():
                    self._fill_now()
                self._move(ways[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.take()
                return True
        return False

    def _fill_now(self) -> None:
        self._pause.stop()
        self._fill(self.field.text())

    def _fill(self, query: str) -> None:
        self.list.clear()
        last = ""
        for entry in self.entries(query):
            if entry.kind != last:
                last = entry.kind
                heading = QListWidgetItem(entry.kind)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                self.list.addItem(heading)
            item = QListWidgetItem(entry.text)
            item.setData(ENTRY, entry)
            item.setToolTip(entry.text)
            self.list.addItem(item)
        if not last:
            nothing = QListWidgetItem("Nothing found. Try fewer letters.")
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self._move(1)
        rows = min(SHOWN, self.list.count())
        self.list.setFixedHeight(rows * max(ROW, self.fontMetrics().height() + 14) + 8)
        self.adjustSize()

    def _move(self, by: int) -> None:
        at, count = self.list.currentRow(), self.list.count()
        wanted = max(0, min(count - 1, at + by))
        step = 1 if by > 0 else -1
        while 0 <= wanted < count and not self.list.item(wanted).flags() & Qt.ItemFlag.ItemIsSelectable:
            wanted += step
        if 0 <= wanted < count:
            self.list.setCurrentRow(wanted)

    def _commands(self, words: list[str]) -> Iterator[Entry]:
        for spec, action in self._actions:
            name = f"{spec.text} {spec.menu} {spec.tip}".casefold()
            if spec.name == "command_palette" or not action.isEnabled():
                continue
            if all(word in name for word in words):
                text = action.text().replace("&", "")
                yield Entry("Commands", text, shown_keys(spec), spec.icon, action.trigger)

    def _articles(self, session: Session, query: str) -> Iterator[Entry]:
        groups = articles.numbers(session.project, filter=query)
        wanted = [number for group in groups.values() for number in group[:PER_KIND]][:PER_KIND]
        for row in articles.rows(session.project, wanted).values():
            yield Entry(
                "Articles",
                row.title,
                row.outlet,
                Icon.FILE_TEXT,
                partial(self.article_chosen.emit, row.id, ""),
            )

    def _codes(self, session: Session, query: str) -> Iterator[Entry]:
        for match in session.find_codes(query)[:PER_KIND]:
            code = session.codes[match]
            yield Entry(
                "Codes",
                code.name,
                next(t.title for t in session.taxonomies if t.id == code.taxonomy),
                None,
                partial(self.code_chosen.emit, code.id),
                session.colour(code.id),
            )

    def _texts(self, session: Session, query: str) -> Iterator[Entry]:
        for hit in search.search(session.project, query, PER_KIND):
            snippet = hit.snippet.replace(search.OPEN, "").replace(search.CLOSE, "")
            yield Entry(
                "In the texts",
                " ".join(snippet.split()),
                hit.title,
                Icon.SEARCH,
                partial(self.article_chosen.emit, hit.article, query),
            )


class EntryDelegate(QStyledItemDelegate):
    """Rows of the palette: a sign, the text, and quietly at the right what it is."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        height = option.fontMetrics.height()
        return QSize(0, max(ROW, height + 14) if index.data(ENTRY) else height + 14)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._look.theme
        entry = index.data(ENTRY)
        painter.save()
        box = option.rect.adjusted(6, 0, -6, 0)
        if not isinstance(entry, Entry):
            painter.setFont(ui_font(12, 600))
            painter.setPen(QColor(theme.dim))
            painter.drawText(box.adjusted(10, 4, 0, 0), Qt.AlignmentFlag.AlignVCenter, str(index.data()))
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(theme.accent_back))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, 6, 6)
        self._sign(painter, box, entry)
        inner = box.adjusted(36, 0, -10, 0)
        metrics = option.fontMetrics
        hint = metrics.elidedText(entry.hint, Qt.TextElideMode.ElideRight, inner.width() // 2)
        painter.setPen(QColor(theme.dim))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, hint)
        room = inner.width() - metrics.horizontalAdvance(hint) - 16
        painter.setPen(QColor(theme.text))
        painter.drawText(
            inner,
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            metrics.elidedText(entry.text, Qt.TextElideMode.ElideRight, room),
        )
        painter.restore()

    def _sign(self, painter: QPainter, box: QRect, entry: Entry) -> None:
        middle = box.center().y()
        if entry.colour:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(code_colour(entry.colour, self._look.theme))
            painter.drawRoundedRect(QRect(box.left() + 12, middle - 5, 12, 12), 2, 2)
        elif entry.icon:
            picture = pixmap(entry.icon, self._look.theme.dim, 16, painter.device().devicePixelRatioF())
            painter.drawPixmap(QPoint(box.left() + 10, middle - 7), picture)
