"""The history tab: the steps, newest first, and a way back to any of them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from storage import Change, StepInfo
from ui.dates import moment
from ui.fonts import ui_font
from ui.look import Look
from ui.session import Session

PAGE = 200
STEP = Qt.ItemDataRole.UserRole
KINDS = {"undo": "Undone: ", "redo": "Done again: "}
Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractListModel):
    """The log, fetched a page at a time."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._steps: list[StepInfo] = []
        self._more = True
        self.load()

    def load(self) -> None:
        self.beginResetModel()
        self._steps = self._session.project.history(PAGE)
        self._more = len(self._steps) == PAGE
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._steps)

    def canFetchMore(self, parent: Index) -> bool:
        return self._more

    def fetchMore(self, parent: Index) -> None:
        older = self._session.project.history(PAGE, self._steps[-1].id) if self._steps else []
        self._more = len(older) == PAGE
        if older:
            self.beginInsertRows(QModelIndex(), len(self._steps), len(self._steps) + len(older) - 1)
            self._steps += older
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        step = self._steps[index.row()]
        if role == STEP:
            return step
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return KINDS.get(step.kind, "") + step.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            name = self._session.coder_name(step.coder)
            return f"{KINDS.get(step.kind, '')}{step.label}, {name}, {moment(step.at)}"
        return None

    def undos_to(self, at: int) -> int:
        """How many undos take the project back to where it stood after the step in line `at`."""
        return sum(1 for step in self._steps[:at] if step.kind != "undo" and not step.undone)


class HistoryPage(QFrame):
    """Lists the steps; a double click offers to go back to one."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("role", "chrome")
        self.model = HistoryModel(session, self)
        self.list = QListView(frameShape=QFrame.Shape.NoFrame, mouseTracking=True)
        self.list.setAccessibleName("Steps, newest first")
        self.list.setModel(self.model)
        self.list.setItemDelegate(_StepDelegate(session, look, self.list))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.back = QPushButton("Go back to here", clicked=self.go_back, enabled=False)
        self.back.setToolTip("Undoes every step above the selected one")
        self.none = QLabel("No steps yet. Everything you do is listed here.", wordWrap=True)
        self.none.setProperty("role", "dim")
        self.none.setContentsMargins(8, 16, 8, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 12)
        column.addWidget(self.none)
        column.addWidget(self.list, 1)
        column.addWidget(self.back)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._offer())
        self.list.doubleClicked.connect(lambda _: self.go_back())
        session.changed.connect(self._on_change)
        look.changed.connect(lambda _: self.list.viewport().update())
        self._offer()

    def go_back(self) -> None:
        """Undoes all that stands above the line under the cursor."""
        for _ in range(self._count()):
            self._session.undo()

    def _count(self) -> int:
        index = self.list.currentIndex()
        return self.model.undos_to(index.row()) if index.isValid() else 0

    def _offer(self) -> None:
        count = self._count()
        self.back.setEnabled(bool(count) and self._session.project.writable)
        self.back.setText(f"Undo {count} {'step' if count == 1 else 'steps'}" if count else "Go back to here")
        self.none.setVisible(self.model.rowCount() == 0)

    def _on_change(self, change: Change) -> None:
        if self.isVisible():
            self.model.load()
            self._offer()

    def showEvent(self, event: object) -> None:
        self.model.load()
        self._offer()


class _StepDelegate(QStyledItemDelegate):
    def __init__(self, session: Session, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._look = session, look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, max(44, option.fontMetrics.height() * 2 + 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        step, theme = index.data(STEP), self._look.theme
        box = option.rect.adjusted(0, 0, 0, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = option.state
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent_back if chosen else theme.hover))
            painter.drawRoundedRect(box, 6, 6)
        gone = bool(step.undone) or step.kind == "undo"
        font = ui_font(13)
        font.setStrikeOut(bool(step.undone))
        painter.setFont(font)
        painter.setPen(QColor(theme.dim if gone else theme.text))
        inner, half = box.adjusted(10, 4, -10, -4), box.height() // 2 - 4
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(
            QRect(inner.left(), inner.top(), inner.width(), half), Qt.AlignmentFlag.AlignVCenter, text
        )
        painter.setFont(ui_font(12))
        painter.setPen(QColor(theme.dim))
        facts = " · ".join(each for each in (self._session.coder_name(step.coder), moment(step.at)) if each)
        painter.drawText(
            QRect(inner.left(), inner.top() + half, inner.width(), half), Qt.AlignmentFlag.AlignVCenter, facts
        )
        painter.restore()
