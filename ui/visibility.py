"""Which highlights are drawn: by coder and by code, in a popover of check boxes."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from storage import highlights
from ui.codes.colours import chip_icon
from ui.codes.model import CodesModel, Index, Node, Role
from ui.codes.popover import Popover
from ui.codes.rows import own_font, paint_row, row_height
from ui.codes.tree import CodeTree
from ui.look import Look
from ui.session import Session

BOX = 24  # the room of a check box before a row
CHECK = Qt.ItemDataRole.CheckStateRole


class ChecksModel(CodesModel):
    """The tree of codes with a check box each: checked where all below is drawn, half where some is."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        self._states: dict[str, Qt.CheckState] = {}
        super().__init__(session, parent)
        session.visibility_changed.connect(self._forget)
        self.modelReset.connect(self._forget)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == CHECK and (node := self.node(index)):
            return self.state(node)
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        node = self.node(index)
        if node is None or role != CHECK:
            return False
        below = frozenset(_codes(node))
        hidden = self.session.hidden_codes
        shown = Qt.CheckState(value) == Qt.CheckState.Checked
        self.session.hide_codes(hidden - below if shown else hidden | below)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def state(self, node: Node) -> Qt.CheckState:
        if not self._states:
            for root in self.taxonomy_nodes():
                self._weigh(root)
        return self._states[node.id]

    def _weigh(self, node: Node) -> Qt.CheckState:
        states = {self._weigh(child) for child in node.children}
        if node.code:
            hidden = node.id in self.session.hidden_codes
            states.add(Qt.CheckState.Unchecked if hidden else Qt.CheckState.Checked)
        one = states.pop() if len(states) == 1 else Qt.CheckState.PartiallyChecked
        self._states[node.id] = one if node.code or node.children else Qt.CheckState.Checked
        return self._states[node.id]

    def _forget(self) -> None:
        self._states = {}


class _CheckDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, tree: ChecksTree) -> None:
        super().__init__(tree)
        self._look, self._tree, self._box = look, tree, QCheckBox()
        self._box.setParent(tree)
        self._box.hide()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area = self._tree.content_rect(index)
        box = QStyleOptionButton()
        box.initFrom(self._box)
        box.rect = area.adjusted(0, 0, BOX - area.width(), 0)
        state: Qt.CheckState = index.data(CHECK)
        box.state = QStyle.StateFlag.State_Enabled | {
            Qt.CheckState.Checked: QStyle.StateFlag.State_On,
            Qt.CheckState.Unchecked: QStyle.StateFlag.State_Off,
        }.get(state, QStyle.StateFlag.State_NoChange)
        self._box.style().drawControl(QStyle.ControlElement.CE_CheckBox, box, painter, self._box)
        if state == Qt.CheckState.PartiallyChecked:
            painter.fillRect(
                QRectF(area.left() + 4, area.center().y(), 8, 2), QColor(self._look.theme.accent)
            )
        inside = QRectF(area.adjusted(BOX, 0, 0, 0))
        paint_row(painter, inside, index.data(Role.ROW), self._look.theme, own_font(self._tree))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(160, row_height(own_font(self._tree)))


class ChecksTree(CodeTree):
    """A click or Space turns a check box."""

    def __init__(self, model: ChecksModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(model, look, parent)
        self.setItemDelegate(_CheckDelegate(look, self))
        self.setAccessibleName("Codes whose highlights are shown")
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self.chevron_rect(index).contains(event.position().toPoint()):
            self._turn(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._turn(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _turn(self, index: Index) -> None:
        checked = index.data(CHECK) == Qt.CheckState.Checked
        self.codes.setData(index, Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked, CHECK)


class VisibilityPopover(Popover):
    """Check boxes for coders, for highlights without a code, and for each code."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "Show and hide highlights", parent)
        self._session = session
        self.said = QLabel()
        self.said.setProperty("role", "small")
        self.said.setWordWrap(True)
        self.coders = {coder.id: QCheckBox(coder.name) for coder in session.coders}
        self.without_code = QCheckBox("Highlights without a code")
        self.tree = ChecksTree(ChecksModel(session, self), look)
        self.all, self.none, self.only_mine = (self._button(text) for text in ("All", "None", "Only mine"))
        self._lay_out()
        self._connect()
        self._show()

    def open_at(self, at: QPoint) -> None:
        """Opens beside `at` (global), kept on the screen."""
        self.resize(360, 560)
        self.place(at)
        self.show()
        first = next(iter(self.coders.values()), self.without_code)
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def _connect(self) -> None:
        for id, box in self.coders.items():
            box.toggled.connect(lambda shown, id=id: self._show_coder(id, shown))
        self.without_code.toggled.connect(self._show_without_code)
        self.all.clicked.connect(self._show_all)
        self.none.clicked.connect(self._show_none)
        self.only_mine.clicked.connect(self._show_mine)
        self._session.visibility_changed.connect(self._show)

    # ------------------------------------------------------------ doing

    def _show_coder(self, id: str, shown: bool) -> None:
        hidden = self._session.hidden_coders
        if (id in hidden) == shown:
            self._session.hide_coders(hidden - {id} if shown else hidden | {id})

    def _show_without_code(self, shown: bool) -> None:
        hidden = self._session.hidden_codes
        if (None in hidden) == shown:
            self._session.hide_codes(hidden - {None} if shown else hidden | {None})

    def _show_all(self) -> None:
        self._session.hide_coders(frozenset())
        self._session.hide_codes(frozenset())

    def _show_none(self) -> None:
        self._session.hide_codes(frozenset([None, *self._session.codes]))

    def _show_mine(self) -> None:
        mine = self._session.coder
        self._session.hide_coders(frozenset(id for id in self.coders if mine is None or id != mine.id))

    # ------------------------------------------------------------ what is shown

    def _show(self) -> None:
        for id, box in self.coders.items():
            box.setChecked(id not in self._session.hidden_coders)
        self.without_code.setChecked(None not in self._session.hidden_codes)
        self.only_mine.setEnabled(self._session.coder is not None and len(self.coders) > 1)
        self.said.setText(self._sentence())
        self.tree.viewport().update()

    def _sentence(self) -> str:
        """How many highlights of the article shown are hidden."""
        session = self._session
        if session.article is None:
            codes = len(session.hidden_codes - {None})
            return (
                f"{codes:,} of {len(session.codes):,} codes are hidden." if codes else "All codes are shown."
            )
        marks = highlights.of_article(session.project, session.article)
        hidden = sum(m.code in session.hidden_codes or m.coder in session.hidden_coders for m in marks)
        if not hidden:
            return f"All {len(marks):,} highlights in this article are shown."
        return f"{hidden:,} of {len(marks):,} highlights in this article {'is' if hidden == 1 else 'are'} hidden."

    def _lay_out(self) -> None:
        title = QLabel("Show highlights")
        title.setProperty("role", "heading")
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(title, 1)
        for button in (self.all, self.none, self.only_mine):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(4)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 0, 12, 0)
        inner.setSpacing(4)
        inner.addLayout(head)
        inner.addWidget(self.said)
        inner.addWidget(_section("Coders"))
        for coder in self._session.coders:
            box = self.coders[coder.id]
            if coder.colour:
                box.setIcon(chip_icon(coder.colour, self._look.theme))
            box.setAccessibleName(f"Highlights of {coder.name}")
            inner.addWidget(box)
        inner.addWidget(_section("Codes"))
        inner.addWidget(self.without_code)
        column.addLayout(inner)
        column.addWidget(self.tree, 1)

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "link")
        return button

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.accept()  # the keys of the window rest while the popover is open
        return super().event(event)


def _section(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "section")
    label.setContentsMargins(0, 8, 0, 0)
    return label


def _codes(node: Node) -> set[str]:
    """The ids of the codes at and below a node."""
    found, waiting = set[str](), [node]
    while waiting:
        at = waiting.pop()
        found |= {at.id} if at.code else set()
        waiting += at.children
    return found
