"""The view of the article list: rows of one height and headings of another, for any number of articles.

A QTableView, because its header keeps row heights without asking for each; a QListView asks the delegate
for the size of every row at every change, which takes seconds with 100,000.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QTableView,
    QWidget,
)

from ui.articles.delegate import ArticleDelegate
from ui.articles.model import HEADING, ArticlesModel, Heading
from ui.look import Look
from ui.viewport import give_viewport

Select = QItemSelectionModel.SelectionFlag
Move = QAbstractItemView.CursorAction
SETTLE_MS = 90  # the cursor rests this long before it has come somewhere: a held key opens nothing


class ArticleList(QTableView):
    """Keeps selection and place over every new order."""

    came_to = Signal(int)  # the line the cursor was moved to, by a click or a key
    chosen = Signal(int)  # Enter or a double click
    renamed = Signal(int, str)
    remove_asked = Signal()

    def __init__(self, model: ArticlesModel, look: Look) -> None:
        super().__init__()
        give_viewport(self)
        self._model = model
        self._kept: tuple[list[int], int | None, int] = ([], None, 0)
        self._headings: list[int] = []
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settled.timeout.connect(lambda: self.came_to.emit(self.currentIndex().row()))
        self.setModel(model)
        self._delegate = ArticleDelegate(look, self)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Articles")
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(1)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalScrollBar().setSingleStep(26)
        model.about_to_reorder.connect(self._keep)
        model.reordered.connect(self._put_back)
        self.measure()

    def rest(self) -> None:
        """Tells no more where the cursor came to."""
        self._settled.stop()

    def measure(self) -> None:
        """Gives rows and headings the heights that the faces need."""
        rows = self.verticalHeader()
        height = self._delegate.row_height()
        rows.setDefaultSectionSize(height)
        for (
            line
        ) in self._headings:  # a header keeps what it was told, also for rows that were headings before
            if line < rows.count():
                rows.resizeSection(line, height)
        self._headings = list(self._model.headings())
        for line in self._headings:
            rows.resizeSection(line, self._delegate.heading_height())

    # ------------------------------------------------------------ selection

    def selected_numbers(self) -> list[int]:
        """The selected articles' numbers, in the order shown."""
        lines: set[int] = set()
        for stretch in list(self.selectionModel().selection()):
            lines.update(range(stretch.top(), stretch.bottom() + 1))
        return [number for line in sorted(lines) if (number := self._model.number_at(line)) is not None]

    def select_lines(self, lines: Iterable[int], current: int | None = None) -> None:
        """Selects exactly these lines; the cursor goes to `current`."""
        wanted = QItemSelection()
        for _, run in groupby(enumerate(lines), lambda pair: pair[1] - pair[0]):
            stretch = [line for _, line in run]
            wanted.select(self._model.index(stretch[0]), self._model.index(stretch[-1]))
        if current is not None:
            self.selectionModel().setCurrentIndex(self._model.index(current), Select.NoUpdate)
        self.selectionModel().select(wanted, Select.ClearAndSelect)

    def _keep(self) -> None:
        self._kept = (
            self.selected_numbers(),
            self._model.number_at(self.currentIndex().row()),
            self.verticalScrollBar().value(),
        )

    def _put_back(self) -> None:
        numbers, current, place = self._kept
        self.measure()
        line = None if current is None else self._model.line_of(current)
        if numbers or line is not None:
            self.select_lines(self._model.lines_of(numbers), line)
        self.updateGeometries()
        self.verticalScrollBar().setValue(place)

    # ------------------------------------------------------------ mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        heading = self._heading_at(event.position().toPoint())
        if heading is not None and event.button() == Qt.MouseButton.LeftButton:
            self._model.fold(heading.state, not heading.folded)
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.came_to.emit(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self._model.number_at(index.row()) is not None:
            self.chosen.emit(index.row())
        else:
            self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, index = event.key(), self.currentIndex()
        heading = self._model.data(index, HEADING) if index.isValid() else None
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space) and isinstance(heading, Heading):
            self._fold_here(
                heading, not heading.folded if key == Qt.Key.Key_Space else key == Qt.Key.Key_Left
            )
        elif key == Qt.Key.Key_Left and index.isValid():
            self._to_heading(index.row())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(heading, Heading):
                self._fold_here(heading, not heading.folded)
            elif index.isValid():
                self.chosen.emit(index.row())
        elif key == Qt.Key.Key_Delete:
            self.remove_asked.emit()
        elif key == Qt.Key.Key_F2:
            self.edit(index)
        else:
            super().keyPressEvent(event)
            moved = self.currentIndex()
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and moved.isValid() and moved.row() != index.row():
                self._settled.start()

    def moveCursor(self, action: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End go to the ends of the list, not of a row."""
        count = self._model.rowCount()
        if action == Move.MoveHome and count:
            return self._model.index(0)
        if action == Move.MoveEnd and count:
            return self._model.index(count - 1)
        return super().moveCursor(action, modifiers)

    def _fold_here(self, heading: Heading, folded: bool) -> None:
        line = self.currentIndex().row()
        self._model.fold(heading.state, folded)
        self.selectionModel().setCurrentIndex(self._model.index(line), Select.NoUpdate)

    def _to_heading(self, line: int) -> None:
        above = [head for head in self._model.headings() if head < line]
        if above:
            self.selectionModel().setCurrentIndex(self._model.index(above[-1]), Select.NoUpdate)
            self.scrollTo(self.currentIndex())

    def _heading_at(self, point: QPoint) -> Heading | None:
        index = self.indexAt(point)
        heading = self._model.data(index, HEADING) if index.isValid() else None
        return heading if isinstance(heading, Heading) else None

    # ------------------------------------------------------------ renaming in place

    def commitData(self, editor: QWidget) -> None:
        if isinstance(editor, QLineEdit):
            self.renamed.emit(self.currentIndex().row(), editor.text())

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
