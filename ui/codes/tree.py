"""The tree of codes on screen: rows painted like the design's, keys, drag, and what is open kept open."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDrag,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
    QRegion,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QTreeView,
    QWidget,
)

from ui.codes import deeds
from ui.codes.model import SPAN_MIME, CodesModel, Index, Role
from ui.codes.rows import Row, label_width, own_font, paint_row, ratio_of, row_height
from ui.ground import paint_ground
from ui.icons import Icon, pixmap
from ui.look import Look

INSET = 8  # of the rounded ground from the pane's edges
STEP = 20  # of each level
FIRST = 36  # where a taxonomy's label begins, beyond its chevron
FEW = 40  # a taxonomy with no more codes than this is open at first
NUDGES = {
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Right: "in",
    Qt.Key.Key_Left: "out",
}


class RowDelegate(QStyledItemDelegate):
    """Paints the inside of a row; F2 gives a field over its label."""

    def __init__(self, look: Look, tree: CodeTree) -> None:
        super().__init__(tree)
        self._look = look
        self._tree = tree

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area = QRectF(self._tree.content_rect(index))
        font = own_font(self._tree)
        paint_row(painter, area, index.data(Role.ROW), self._look.theme, font)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, row_height(own_font(self._tree)))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field = QLineEdit(parent)
        field.setAccessibleName("Label")
        return field

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        area = self._tree.content_rect(index)
        row: Row = index.data(Role.ROW)
        left = area.left() + (14 if row.colour is not None else -10)
        height = max(editor.sizeHint().height(), area.height())
        editor.setGeometry(left, area.center().y() - height // 2, area.right() - left, height)

    def helpEvent(self, event, view, option, index: Index) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        room, wanted = label_width(
            QRectF(self._tree.content_rect(index)), index.data(Role.ROW), own_font(self._tree)
        )
        QToolTip.showText(event.globalPos(), str(index.data()) if wanted > room else "", view)
        return True


class CodeTree(QTreeView):
    """Taxonomies and codes. It says what the person points at, takes, and asks for."""

    chosen = Signal(str)  # code id: double click or Enter; with `takes_all` of a taxonomy too
    pointed = Signal(object)  # code id under the mouse or the keyboard's cursor, or None
    menu_asked = Signal(QPoint)  # global
    delete_asked = Signal()
    copy_asked = Signal(bool)  # True: cut
    paste_asked = Signal()

    def __init__(self, model: CodesModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.codes = model
        self._open: dict[str, bool] = {}  # what the person opened or closed
        self._restoring = False
        self.takes_all = False  # groupings and taxonomies are taken too, by Enter and a double click
        self.filtered = False  # every row that the model leaves is shown
        self._remembered: tuple[list[str], str | None, int] = ([], None, 0)
        self.setModel(model)
        self.setItemDelegate(RowDelegate(look, self))
        self.setAccessibleName("Codes")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setAnimated(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(False)
        self.setAutoExpandDelay(600)
        self._drop: tuple[QModelIndex, int] | None = None
        self.expanded.connect(lambda index: self._note_open(index, True))
        self.collapsed.connect(lambda index: self._note_open(index, False))
        self.entered.connect(lambda index: self.pointed.emit(self._code_id(index)))
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        model.dataChanged.connect(self._changed)
        look.changed.connect(self.viewport().update)
        self._open_first()

    # ------------------------------------------------------------ what is picked

    def selected_ids(self) -> list[str]:
        """The codes selected, from the top down; taxonomies are left out."""
        picked = {code.id for index in self.selectedIndexes() if (code := self.codes.code(index))}
        return [id for id in self.codes.ids() if id in picked]

    def current_id(self) -> str | None:
        return self._code_id(self.currentIndex())

    def go_to(self, id: str) -> None:
        """Selects the code or taxonomy and nothing else, opening what is above it."""
        index = self.codes.index_of(id)
        if index.isValid():
            # The view's own setCurrentIndex adds to the selection while Ctrl is held, as in Ctrl+B.
            self.selectionModel().setCurrentIndex(index, self.selectionModel().SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def select_ids(self, ids: list[str]) -> None:
        """Selects several codes, the first of them the current one."""
        flags = self.selectionModel().SelectionFlag
        for at, id in enumerate(ids):
            index = self.codes.index_of(id)
            if at == 0:
                self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect)
                self.scrollTo(index)
            else:
                self.selectionModel().select(index, flags.Select)

    def rename_current(self) -> None:
        self.edit(self.currentIndex())

    # ------------------------------------------------------------ what is open

    def _open_first(self) -> None:
        restoring, self._restoring = self._restoring, True
        for root in self.codes.taxonomy_nodes():
            few = len(root.taxonomy.codes) <= FEW
            waiting = [root]
            while waiting:
                node = waiting.pop()
                by_itself = few or (node is root and len(root.children) <= FEW)
                if node.children and self._open.get(node.id, by_itself):
                    self.setExpanded(self.codes.index_of(node.id), True)
                waiting += node.children
        self._restoring = restoring

    def _note_open(self, index: QModelIndex, is_open: bool) -> None:
        node = self.codes.node(index)
        if node and not self._restoring:
            self._open[node.id] = is_open

    def _remember(self) -> None:
        current = self.currentIndex()
        held = str(current.data(Role.ID)) if current.isValid() else None
        self._remembered = (self.selected_ids(), held, self.verticalScrollBar().value())

    def _restore(self) -> None:
        selected, current, scroll = self._remembered
        if self.filtered:
            self._restoring = True
            self.expandAll()
            self._restoring = False
        else:
            self._open_first()
        if current and (index := self.codes.index_of(current)).isValid():
            self.selectionModel().setCurrentIndex(index, self.selectionModel().SelectionFlag.ClearAndSelect)
        for id in selected:
            if (index := self.codes.index_of(id)).isValid():
                self.selectionModel().select(index, self.selectionModel().SelectionFlag.Select)
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(scroll)

    # ------------------------------------------------------------ painting

    def content_rect(self, index: Index) -> QRect:
        """Where chip and label stand: indented, the same for a taxonomy and its first codes."""
        area = self.visualRect(index)
        depth, above = 0, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        left = INSET + FIRST + max(0, depth - 1) * STEP
        return QRect(left, area.top(), self.viewport().width() - left - INSET, area.height())

    def _changed(self, first: QModelIndex, last: QModelIndex, _: object = None) -> None:
        """A row is painted across the whole width; of several all there is."""
        if first != last:
            self.viewport().update()
        elif (row := self.visualRect(first)).isValid():
            self.viewport().update(0, row.top(), self.viewport().width(), row.height())

    _dirty = QRegion()

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self.visualRect(index)
        if not self._dirty.intersects(QRect(0, row.top(), self.viewport().width(), row.height())):
            return  # Qt draws all rows from the first to the last that has changed
        area = QRectF(INSET, row.top(), self.viewport().width() - 2 * INSET, row.height())
        focused = self.hasFocus() and index == self.currentIndex() and self._by_keyboard
        paint_ground(
            painter,
            area,
            self._look.theme,
            selected=self.selectionModel().isSelected(index),
            hovered=index == self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos()))
            and self.viewport().underMouse(),
            focused=focused,
        )
        if self.codes.rowCount(index):
            place = self.chevron_rect(index)
            name = Icon.CHEVRON_DOWN if self.isExpanded(index) else Icon.CHEVRON_RIGHT
            painter.drawPixmap(place.topLeft(), pixmap(name, self._look.theme.dim, 16, ratio_of(painter)))
        self.itemDelegate().paint(painter, option, index)

    def chevron_rect(self, index: Index) -> QRect:
        content = self.content_rect(index)
        left = INSET + 8 if not index.parent().isValid() else content.left() - STEP
        return QRect(left, content.center().y() - 8, 16, 16)

    def paintEvent(self, event) -> None:
        self._dirty = event.region()
        super().paintEvent(event)
        if self._drop is None:
            return
        index, where = self._drop
        area, content = self.visualRect(index), self.content_rect(index)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._look.theme.accent), 2))
        if where == 0:
            ring = QRectF(INSET, area.top(), self.viewport().width() - 2 * INSET, area.height())
            painter.drawRoundedRect(ring.adjusted(1, 1, -1, -1), 6, 6)
        else:
            y = area.top() if where < 0 else area.bottom()
            painter.drawLine(content.left(), y, self.viewport().width() - INSET, y)

    # ------------------------------------------------------------ mouse

    _by_keyboard = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_keyboard = False
        index = self.indexAt(event.position().toPoint())
        grip = self.chevron_rect(index).adjusted(-4, -8, 4, 8) if self.codes.rowCount(index) else QRect()
        if index.isValid() and grip.contains(event.position().toPoint()):
            self.setExpanded(index, not self.isExpanded(index))
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self._take(index)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(self.current_id())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.content_rect(self.currentIndex()).bottomLeft())
        self.menu_asked.emit(place)

    # ------------------------------------------------------------ keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_keyboard = True
        key, index = Qt.Key(event.key()), self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
            return
        if event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.Cut):
            self.copy_asked.emit(event.matches(QKeySequence.StandardKey.Cut))
            return
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in NUDGES:
            deeds.nudge(self.codes.session, self.selected_ids(), NUDGES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.state() != self.State.EditingState:
            self._take(index)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_asked.emit()
        elif key == Qt.Key.Key_Left and index.parent().isValid() and not self.isExpanded(index):
            self.setCurrentIndex(index.parent())
        elif key == Qt.Key.Key_Right and index.isValid() and self.isExpanded(index):
            self.setCurrentIndex(self.codes.index(0, 0, index))
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """What the action does where the keyboard is here."""
        self.copy_asked.emit(False)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.pointed.emit(self._code_id(current))

    # ------------------------------------------------------------ drag and drop

    def startDrag(self, actions: Qt.DropAction) -> None:
        picked = [index for index in self.selectedIndexes() if self.codes.code(index)]
        if not picked:
            return
        drag = QDrag(self)
        drag.setMimeData(self.codes.mimeData(picked))
        drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.CopyAction)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        self._drop = self._aim(event)
        event.setAccepted(self._drop is not None)
        self.viewport().update()

    def dragLeaveEvent(self, event) -> None:
        super().dragLeaveEvent(event)
        self._drop = None
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        aim, self._drop = self._aim(event), None
        self.viewport().update()
        if aim is None:
            event.ignore()
            return
        index, where = aim
        parent, row = (index, -1) if where == 0 else (index.parent(), index.row() + (where > 0))
        self.codes.dropMimeData(event.mimeData(), event.dropAction(), row, 0, parent)
        event.acceptProposedAction()
        self.setState(self.State.NoState)

    def _aim(self, event: QDropEvent) -> tuple[QModelIndex, int] | None:
        """The row aimed at, and whether on it (0), before it (-1) or behind it (1)."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        if not index.isValid():
            return None
        area, where = self.visualRect(index), 0
        if not event.mimeData().hasFormat(SPAN_MIME) and index.parent().isValid():
            edge = area.height() // 4
            where = -1 if place.y() < area.top() + edge else 1 if place.y() > area.bottom() - edge else 0
        parent, row = (index, -1) if where == 0 else (index.parent(), index.row() + (where > 0))
        if not self.codes.canDropMimeData(event.mimeData(), event.dropAction(), row, 0, parent):
            return None
        return index, where

    # ------------------------------------------------------------ small

    def _take(self, index: Index) -> None:
        code = self.codes.code(index)
        if index.isValid() and self.takes_all:
            self.chosen.emit(str(index.data(Role.ID)))
        elif code and code.offered:
            self.chosen.emit(code.id)
        elif index.isValid():
            self.setExpanded(index, not self.isExpanded(index))

    def _code_id(self, index: Index) -> str | None:
        code = self.codes.code(index)
        return code.id if code else None
