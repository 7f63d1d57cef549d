"""The articles pane: filter, list, and what can be done to one or many articles."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotate.model import ArticleState
from storage import Change, articles, highlights
from ui import ask
from ui.articles.delegate import ArticleDelegate
from ui.articles.model import HEADING, ArticlesModel, Heading
from ui.icons import Icon, icon
from ui.look import Look
from ui.session import Session

SORTS = {
    "added": "Order of import",
    "title": "Title",
    "outlet": "Outlet",
    "date": "Date",
    "length": "Length",
    "highlights": "Highlights",
}


class ArticleList(QListView):
    """A QListView that opens what the cursor comes to, and leaves dropped files to the pane."""

    came_to = Signal(int)
    renamed = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(500)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Articles")
        self.verticalScrollBar().setSingleStep(20)

    def commitData(self, editor: QWidget) -> None:
        if isinstance(editor, QLineEdit):
            self.renamed.emit(self.currentIndex().row(), editor.text())

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)


class ArticlesPane(QFrame):
    """Shows the project's articles; `opened` asks for one to be shown."""

    opened = Signal(str)
    add_asked = Signal()
    files_dropped = Signal(list)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self.setProperty("role", "chrome")
        self.setAcceptDrops(True)
        self.model = ArticlesModel(session, self)
        self.filter = QLineEdit()
        self.filter.setAccessibleName("Filter articles")
        self.filter.textChanged.connect(lambda text: self._arrange(filter=text))
        self._sign = QAction(self)
        self.filter.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self.order = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.order.setAccessibleName("Order of the articles")
        self.order.setToolTip("Order and grouping")
        self.order.setIconSize(QSize(16, 16))
        self.order.setMenu(self._order_menu())
        self.list = ArticleList()
        self.list.setModel(self.model)
        self.list.setItemDelegate(ArticleDelegate(look, self.list))
        self.list.installEventFilter(self)
        self.list.clicked.connect(self._clicked)
        self.list.renamed.connect(self._renamed)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        self.add = QPushButton("Add articles", clicked=self.add_asked.emit)
        self.empty = _Empty("No articles yet.", "Drop files or folders here, or add them.")
        self.none = _Empty("No article matches.", "", "Clear the filter", self.filter.clear)
        self.stack = QStackedWidget()
        for widget in (self.list, self.empty, self.none):
            self.stack.addWidget(widget)
        self._lay_out()
        self._shown_id: str | None = None
        session.changed.connect(self._on_change)
        session.article_changed.connect(self._shown)
        look.changed.connect(lambda _: self._repaint())
        self._repaint()
        self._count()

    # ------------------------------------------------------------ asked from outside

    def reveal(self, id: str) -> None:
        """Selects an article and scrolls to it, if it is not filtered out."""
        self._shown_id = id
        number = articles.number_of(self._session.project, id)
        line = self.model.line_of(number) if number is not None else None
        if line is None:
            return
        index = self.model.index(line)
        if len(self.selected_ids()) <= 1 or id not in self.selected_ids():
            self.list.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        self.list.scrollTo(index)

    def selected_ids(self) -> list[str]:
        """The selected articles in the order shown."""
        lines = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [row.id for line in lines if (row := self.model.row_at(line)) is not None]

    def next_id(self, id: str) -> str | None:
        return self._neighbour(id, 1)

    def previous_id(self, id: str) -> str | None:
        return self._neighbour(id, -1)

    def rename_current(self) -> None:
        self.list.setFocus()
        self.list.edit(self.list.currentIndex())

    def remove_selected(self) -> None:
        """Removes the selected articles; it can be undone, so it is not asked unless marks go too."""
        ids = self.selected_ids() or ([self._session.article] if self._session.article else [])
        if not ids:
            return
        project = self._session.project
        marks = sum(highlights.count_in(project, id) for id in ids)
        what = _articles(len(ids))
        if marks and not ask.confirm(
            self,
            f"Remove {what} with {marks:,} {'highlight' if marks == 1 else 'highlights'}?",
            "This can be undone.",
            f"Remove {what}",
        ):
            return
        following = self.next_id(ids[-1]) or self.previous_id(ids[0])
        if self._session.do(f"Remove {what}", lambda step: articles.remove(step, ids)):
            self._session.show_article(following)

    def set_state(self, state: ArticleState, reason: str = "") -> None:
        ids = self.selected_ids()
        label = f"Mark {_articles(len(ids))} as {state}"
        self._session.do(label, lambda step: articles.set_state(step, ids, state, reason))

    # ------------------------------------------------------------ inside

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 12, 12, 4)
        head.setSpacing(4)
        head.addWidget(self.filter, 1)
        head.addWidget(self.order)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 12)
        foot.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        column.addLayout(foot)

    def _arrange(self, **how: object) -> None:
        self.model.arrange(**how)
        self._count()
        if self._shown_id:
            self.reveal(self._shown_id)

    def _count(self) -> None:
        whole = articles.count(self._session.project)
        self.filter.setPlaceholderText(f"Filter {_articles(whole)}")
        self.add.setEnabled(self._session.project.writable)
        if not whole:
            self.stack.setCurrentWidget(self.empty)
        elif not self.model.matches:
            self.none.say(f"No article matches “{self.filter.text()}”.")
            self.stack.setCurrentWidget(self.none)
        else:
            self.stack.setCurrentWidget(self.list)

    def _on_change(self, change: Change) -> None:
        if change.touches("article"):
            self._count()
            if self._shown_id:
                self.reveal(self._shown_id)

    def _shown(self, id: str | None) -> None:
        self._shown_id = id
        if id is None:
            self.list.clearSelection()

    def _clicked(self, index: object) -> None:
        line = self.list.currentIndex().row()
        heading = self.model.data(self.list.currentIndex(), HEADING)
        if isinstance(heading, Heading):
            self.model.fold(heading.state, not heading.folded)
        elif len(self.selected_ids()) == 1 and (row := self.model.row_at(line)):
            self.opened.emit(row.id)

    def _renamed(self, line: int, title: str) -> None:
        row = self.model.row_at(line)
        if row is not None and title.strip() and title.strip() != row.title:
            new = title.strip()
            self._session.do(f"Rename “{row.title}”", lambda step: articles.edit(step, [row.id], title=new))

    def _neighbour(self, id: str, by: int) -> str | None:
        number = articles.number_of(self._session.project, id)
        line = self.model.line_of(number) if number is not None else None
        if line is None:
            return None
        at = line + by
        while 0 <= at < self.model.rowCount():
            if row := self.model.row_at(at):
                return row.id
            at += by
        return None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        index = self.list.currentIndex()
        heading = self.model.data(index, HEADING) if index.isValid() else None
        key = event.key()
        if isinstance(heading, Heading) and key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space):
            fold = not heading.folded if key == Qt.Key.Key_Space else key == Qt.Key.Key_Left
            self.model.fold(heading.state, fold)
            self.list.setCurrentIndex(index)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (row := self.model.row_at(index.row())):
            self.opened.emit(row.id)
            return True
        if key == Qt.Key.Key_Delete:
            self.remove_selected()
            return True
        return False

    def _menu(self, point: QPoint) -> None:
        ids = self.selected_ids()
        if not ids:
            return
        menu, writable = QMenu(self), self._session.project.writable
        if len(ids) == 1:
            menu.addAction("Open", lambda: self.opened.emit(ids[0]))
            menu.addAction("Rename…", self.rename_current).setEnabled(writable)
        states = menu.addMenu("Mark as")
        states.setEnabled(writable)
        for state in (ArticleState.TO_DO, ArticleState.IN_PROGRESS, ArticleState.DONE):
            states.addAction(str(state).capitalize(), partial(self.set_state, state))
        states.addAction("Skipped, with a reason…", self._skip)
        menu.addSeparator()
        menu.addAction(f"Remove {_articles(len(ids))}", self.remove_selected).setEnabled(writable)
        menu.popup(self.list.viewport().mapToGlobal(point))

    def _skip(self) -> None:
        reason = ask.text(self, f"Skip {_articles(len(self.selected_ids()))}", "Reason")
        if reason is not None:
            self.set_state(ArticleState.SKIPPED, reason)

    def _order_menu(self) -> QMenu:
        menu = QMenu(self)
        for name, shown in SORTS.items():
            action = menu.addAction(shown, partial(self._sort, name))
            action.setCheckable(True)
            action.setChecked(name == self.model.order_by)
            action.setObjectName(name)
        menu.addSeparator()
        for shown, name in (("Descending", "descending"), ("Group by state", "grouped")):
            action = menu.addAction(shown)
            action.setCheckable(True)
            action.setChecked(bool(getattr(self.model, name)))
            action.toggled.connect(lambda on, name=name: self._arrange(**{name: on}))
        return menu

    def _sort(self, name: str) -> None:
        for action in self.order.menu().actions():
            if action.objectName():
                action.setChecked(action.objectName() == name)
        self._arrange(order_by=name)

    def _repaint(self) -> None:
        theme = self._look.theme
        self._sign.setIcon(icon(Icon.SEARCH, theme.dim, 16))
        self.order.setIcon(icon(Icon.SORT, theme.dim, 16))
        self.add.setIcon(icon(Icon.PLUS, theme.text, 16, theme.faint))
        self.list.viewport().update()

    # ------------------------------------------------------------ drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event.mimeData().urls()) and self._session.project.writable:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.files_dropped.emit(_files(event.mimeData().urls()))
        event.acceptProposedAction()


class _Empty(QWidget):
    """What to do where nothing stands."""

    def __init__(self, said: str, more: str, button: str = "", work: object = None) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 40, 20, 20)
        self._said = QLabel(said, wordWrap=True, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._said.setProperty("role", "heading")
        column.addWidget(self._said)
        if more:
            rest = QLabel(more, wordWrap=True, alignment=Qt.AlignmentFlag.AlignHCenter)
            rest.setProperty("role", "dim")
            column.addWidget(rest)
        if button:
            ask_button = QPushButton(button, clicked=work)
            ask_button.setProperty("role", "link")
            column.addWidget(ask_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def say(self, said: str) -> None:
        self._said.setText(said)


def _articles(number: int) -> str:
    return "1 article" if number == 1 else f"{number:,} articles"


def _files(urls: Sequence[object]) -> list[Path]:
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]  # type: ignore[attr-defined]
