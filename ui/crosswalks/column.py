"""One taxonomy as a tree beside another: its codes are found by letters, and related by one key."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotate.fuzzy import CodeIndex, rank
from annotate.model import Taxonomy
from ui.codes.elided import ElidedLabel
from ui.codes.field import SearchField
from ui.codes.rows import Row, own_font, paint_row, row_height
from ui.ground import is_on, paint_ground
from ui.look import Look
from ui.session import Session

ID, ROW = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
BARE = (  # rows paint their own ground
    "QTreeWidget { selection-background-color: transparent; }"
    "QTreeWidget::item:selected, QTreeWidget::item:hover { background: transparent; }"
)
Index = QModelIndex | QPersistentModelIndex


class _Tree(QTreeWidget):
    pressed_letter = Signal(str)
    crossed = Signal()  # to the other tree

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().lower()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.pressed_letter.emit("delete")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.crossed.emit()
        elif plain and len(letter) == 1 and letter.isalpha():
            self.pressed_letter.emit(letter)
        else:
            super().keyPressEvent(event)


class _Rows(QStyledItemDelegate):
    def __init__(self, look: Look, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._look, self._tree = look, tree

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area = QRectF(option.rect)
        selected = is_on(option, QStyle.StateFlag.State_Selected)
        focused = selected and self._tree.hasFocus()
        paint_ground(
            painter, area, self._look.theme, selected=selected,
            hovered=is_on(option, QStyle.StateFlag.State_MouseOver), focused=focused,
        )  # fmt: skip
        paint_row(painter, area.adjusted(4, 0, 0, 0), index.data(ROW), self._look.theme, own_font(self._tree))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, row_height(own_font(self._tree)))


class CodeColumn(QWidget):
    """`moved` tells the code that is current; `lettered` a letter that was pressed in the tree, or "delete"."""

    moved = Signal(object)  # code id or None
    lettered = Signal(str)
    crossed = Signal()

    def __init__(self, session: Session, look: Look, name: str) -> None:
        super().__init__()
        self._session = session
        self._items: dict[str, QTreeWidgetItem] = {}
        self._index = CodeIndex(())
        self.title = ElidedLabel("heading")
        self.said = ElidedLabel("small")
        self.field = SearchField(look, "Find a code")
        self.field.setAccessibleName(f"{name}: find a code")
        self.tree = _Tree()
        self.tree.setAccessibleName(name)
        self.tree.setHeaderHidden(True)
        self.tree.setStyleSheet(BARE)
        self.tree.setIndentation(18)
        self.tree.setMouseTracking(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.tree.setItemDelegate(_Rows(look, self.tree))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.title, self.said, self.field):
            column.addWidget(widget)
        column.addWidget(self.tree, 1)
        self.tree.currentItemChanged.connect(lambda *_: self.moved.emit(self.current()))
        self.tree.pressed_letter.connect(self.lettered)
        self.tree.crossed.connect(self.crossed)
        self.field.textEdited.connect(self._find)
        self.field.taken.connect(lambda _: self.tree.setFocus())
        self.field.stepped.connect(lambda _: self.tree.setFocus())
        self.field.left.connect(self.tree.setFocus)

    def fill(self, taxonomy: Taxonomy, said: str) -> None:
        """The codes of a taxonomy; `said` stands below its title."""
        self.title.show_text(taxonomy.title)
        self.said.show_text(said)
        self._index = CodeIndex(taxonomy.codes)
        self.tree.blockSignals(True)
        self.tree.clear()
        self._items = {}
        for code in taxonomy.codes:
            above = self._items.get(code.parent or "")
            item = QTreeWidgetItem(above) if above else QTreeWidgetItem(self.tree)
            item.setText(0, code.name)
            item.setData(0, ID, code.id)
            self._items[code.id] = item
        if len(taxonomy.codes) <= 400:
            self.tree.expandAll()
        self.tree.blockSignals(False)

    def show_counts(self, counts: Mapping[str, int], mapped: frozenset[str]) -> None:
        """How many marks each code has; those without a mapping are shown paler."""
        for id, item in self._items.items():
            code = self._session.codes.get(id)
            if code is not None:
                item.setData(
                    0,
                    ROW,
                    Row(
                        code.label, code.notation, self._session.colour(id), count=counts.get(id, 0),
                        hollow=not code.assignable, dim=id not in mapped, struck=code.retired,
                    ),
                )  # fmt: skip
        self.tree.viewport().update()

    def current(self) -> str | None:
        item = self.tree.currentItem()
        return str(item.data(0, ID)) if item else None

    def go_to(self, id: str) -> None:
        """Makes a code the current one, in sight."""
        if item := self._items.get(id):
            self.tree.setCurrentItem(item)
            self.tree.scrollToItem(item)

    def go_to_first(self) -> None:
        if item := self.tree.topLevelItem(0):
            self.tree.setCurrentItem(item)

    def _find(self, words: str) -> None:
        if found := rank(words, self._index, limit=1) if words.strip() else []:
            self.go_to(found[0].code.id)
