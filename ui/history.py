"""The history tab: the steps, newest first, and a way back to any of them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QPushButton, QVBoxLayout, QWidget

from storage import Change, StepInfo
from ui.dates import moment
from ui.history_rows import HERE, STEP, StepDelegate
from ui.look import Look
from ui.session import Session

PAGE = 200


KINDS = {"undo": "Undone: ", "redo": "Done again: "}
Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractListModel):
    """The log, fetched a page at a time."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._steps: list[StepInfo] = []
        self._here = -1
        self._more = True
        self.load()

    def load(self) -> None:
        """Begins anew with the newest page."""
        self.beginResetModel()
        self._steps = self._session.project.history(PAGE)
        self._more = len(self._steps) == PAGE
        self._find_here()
        self.endResetModel()

    def step_at(self, at: int) -> StepInfo | None:
        return self._steps[at] if 0 <= at < len(self._steps) else None

    def line_of(self, step: int) -> int | None:
        """The line of a step that was fetched."""
        return next((at for at, each in enumerate(self._steps) if each.id == step), None)

    def undos_to(self, at: int) -> int:
        """How many undos take the project back to where it stood after the step in line `at`."""
        return sum(1 for step in self._steps[:at] if _stands(step))

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
            self._find_here()
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        step = self.step_at(index.row())
        if step is None:
            return None
        if role == STEP:
            return step
        if role == HERE:
            return index.row() == self._here
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return KINDS.get(step.kind, "") + step.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = (
                "undone"
                if step.undone and step.kind != "undo"
                else "now here"
                if index.row() == self._here
                else ""
            )
            facts = (self.data(index), self._session.coder_name(step.coder), moment(step.at), state)
            return ", ".join(str(fact) for fact in facts if fact)
        return None

    def _find_here(self) -> None:
        self._here = next((at for at, step in enumerate(self._steps) if _stands(step)), -1)


class HistoryPage(QFrame):
    """Lists the steps. Enter, a double click or the button offers to go back to one, and says how far it is."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("role", "chrome")
        self.model = HistoryModel(session, self)
        self.list = _List()
        self.list.setModel(self.model)
        self.list.setItemDelegate(StepDelegate(session, look, self.list))
        self.back = QPushButton("Undo back to here", clicked=self.ask, enabled=False)
        self.back.setToolTip("Undoes every step above the selected one; each can be done again")
        self.none = QLabel("No steps yet. Everything you do is listed here.", wordWrap=True)
        self.none.setProperty("role", "dim")
        self.none.setContentsMargins(8, 8, 8, 0)
        self.question = QLabel(wordWrap=True)
        self.yes = QPushButton(clicked=self.go_back)
        self.yes.setProperty("role", "primary")
        self.no = QPushButton("Leave it", clicked=self._leave)
        self.asking = self._question()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 12)
        column.addWidget(self.none)
        column.addWidget(self.list, 1)
        column.addWidget(self.asking)
        column.addWidget(self.back)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._offer())
        self.list.doubleClicked.connect(lambda _: self.ask())
        self.list.entered_key.connect(self.ask)
        session.changed.connect(self._on_change)
        look.changed.connect(lambda _: self.list.viewport().update())
        self._stale = False
        self._offer()

    def ask(self) -> None:
        """Says how many steps would be undone, and waits for an answer."""
        count = self._count()
        if not count or not self._session.project.writable:
            return
        self.question.setText(f"Undo {_steps(count)}? Each can be done again until you do something else.")
        self.yes.setText(f"Undo {_steps(count)}")
        self.asking.show()
        self.back.hide()
        self.yes.setFocus()

    def go_back(self) -> None:
        """Undoes all that stands above the line under the cursor, as far as undo reaches."""
        target = self.model.step_at(self.list.currentIndex().row())
        project, undone = self._session.project, 0
        self._leave()
        if target is None:
            return
        while (following := project.undoable()) is not None and following.id > target.id:
            before = project.last_step()
            self._session.undo()
            if project.last_step() == before:
                return  # it was said why
            undone += 1
        self._session.said.emit(f"Went back {_steps(undone)}" if undone else "Undo does not reach that far.")

    # ------------------------------------------------------------ inside

    def _question(self) -> QFrame:
        frame = QFrame(visible=False)
        frame.setProperty("role", "notice")
        column = QVBoxLayout(frame)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.question)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        column.addLayout(row)
        return frame

    def _leave(self) -> None:
        self.asking.hide()
        self.back.show()
        self.list.setFocus()

    def _count(self) -> int:
        index = self.list.currentIndex()
        return self.model.undos_to(index.row()) if index.isValid() else 0

    def _offer(self) -> None:
        count = self._count()
        self.asking.hide()
        self.back.show()
        self.back.setEnabled(bool(count) and self._session.project.writable)
        self.none.setVisible(self.model.rowCount() == 0)
        self.list.setVisible(self.model.rowCount() > 0)

    def _reload(self) -> None:
        self._stale = False
        current = self.model.step_at(self.list.currentIndex().row())
        place = self.list.verticalScrollBar().value()
        self.model.load()
        line = self.model.line_of(current.id) if current else None
        if line is not None:
            self.list.setCurrentIndex(self.model.index(line))
        self.list.verticalScrollBar().setValue(place)
        self._offer()

    def _on_change(self, change: Change) -> None:
        if self.isVisible():
            self._reload()
        else:
            self._stale = True

    def showEvent(self, event: object) -> None:
        if self._stale:
            self._reload()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.asking.isVisible():
            self._leave()
        else:
            super().keyPressEvent(event)


class _List(QListView):
    """Every row of one height; Enter is told."""

    entered_key = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setAccessibleName("Steps, newest first")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_key.emit()
        else:
            super().keyPressEvent(event)


def _stands(step: StepInfo) -> bool:
    return step.kind not in ("undo", "purge") and not step.undone


def _steps(number: int) -> str:
    return "1 step" if number == 1 else f"{number:,} steps"
