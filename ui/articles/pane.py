"""The articles pane: filter, order, list, what can be done to one or many articles, and drops."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent, QDropEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotate.model import ArticleState
from storage import Change, articles, sessions
from storage.articles import ArticleRow
from ui import ask
from ui.articles.list import ArticleList, Select
from ui.articles.model import ArticlesModel
from ui.icons import Icon, icon
from ui.look import Look
from ui.session import Session

SORTS = {
    "added": "Order of import",
    "title": "Title",
    "outlet": "Outlet",
    "date": "Date",
    "length": "Length",
    "highlights": "Number of highlights",
}
ORDER = "order of the articles"  # what the view state is kept under


class ArticlesPane(QFrame):
    """Shows the project's articles."""

    opened = Signal(str)  # this article is to be shown; the list keeps the cursor
    chosen = Signal(str)  # it is to be read: Enter, or a double click
    selection_changed = Signal(list)  # ids of the selected articles, in the order shown
    details_asked = Signal()  # the metadata of the selected ones are to be edited
    add_asked = Signal()
    files_dropped = Signal(list)  # Paths
    text_dropped = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self.setProperty("role", "chrome")
        self.setAcceptDrops(True)
        self.model = ArticlesModel(session, self)
        self._recall_order()
        self.filter = _Filter()
        self.filter.textChanged.connect(lambda text: self._arrange(filter=text))
        self.filter.left_downwards.connect(self._into_list)
        self._sign = QAction(self)
        self.filter.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self.order = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.order.setAccessibleName("Order of the articles")
        self.order.setToolTip("Order and grouping")
        self.order.setIconSize(QSize(16, 16))
        orders = QMenu(self)
        orders.aboutToShow.connect(lambda: orders.isEmpty() and self._fill_orders(orders))
        self.order.setMenu(orders)
        self.list = ArticleList(self.model, look)
        self.list.came_to.connect(self._came_to)
        self.list.chosen.connect(self._chosen)
        self.list.renamed.connect(self._renamed)
        self.list.remove_asked.connect(self.remove_selected)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._tell_selection())
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.add = QPushButton("Add articles", clicked=lambda: self.add_asked.emit())
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self._lay_out()
        self._told: list[str] = []
        self.model.reordered.connect(self._count)
        session.changed.connect(self._on_change)
        look.changed.connect(lambda _: self._repaint())
        self._repaint()
        self._count()

    @cached_property
    def empty(self) -> Empty:
        """What is seen while there are no articles."""
        made = Empty("No articles yet.", "Drop files here, or add them.", "Add articles", self.add_asked.emit)
        made.button.setEnabled(self._session.project.writable)
        made.button.setIcon(self._plus())
        self.stack.addWidget(made)
        return made

    @cached_property
    def none(self) -> Empty:
        """What is seen while no article passes the filter."""
        made = Empty("", "", "Clear the filter", self.filter.clear)
        self.stack.addWidget(made)
        return made

    # ------------------------------------------------------------ asked from outside

    def reveal(self, id: str) -> None:
        """Selects an article and scrolls to it, unless it is filtered out; a folded group opens."""
        line = self._line_of(id)
        if line is None:
            return
        if id not in self.selected_ids():
            self.list.select_lines([line], line)
        else:
            self.list.selectionModel().setCurrentIndex(self.model.index(line), Select.NoUpdate)
        self.list.scrollTo(self.model.index(line))

    def selected(self) -> list[ArticleRow]:
        """The rows of the selected articles, in the order shown."""
        numbers = self.list.selected_numbers()
        if len(numbers) == 1:
            line = self.model.line_of(numbers[0])
            row = None if line is None else self.model.row_at(line)
            return [row] if row else []
        found = articles.rows(self._session.project, numbers)
        return [found[number] for number in numbers if number in found]

    def selected_ids(self) -> list[str]:
        """The selected articles in the order shown."""
        return [row.id for row in self.selected()]

    def first_id(self) -> str | None:
        """The article at the top."""
        return next((row.id for line in (0, 1) if (row := self.model.row_at(line))), None)

    def next_id(self, id: str) -> str | None:
        """The article below in the order shown."""
        return self._neighbour(id, 1)

    def previous_id(self, id: str) -> str | None:
        return self._neighbour(id, -1)

    def rename_current(self) -> None:
        """Opens the title of the article under the cursor for typing, in its row."""
        if self._session.project.writable:
            self.list.setFocus()
            self.list.edit(self.list.currentIndex())

    def remove_selected(self) -> None:
        """Removes the selected articles. It can be undone, so it is asked only where marks go too."""
        rows = self.selected() or self._shown_row()
        if not rows or not self._session.project.writable:
            return
        marks = sum(row.highlights for row in rows)
        only = count_of(len(rows), "article")
        what = f"{only} and {count_of(marks, 'highlight')}" if marks else only
        if marks and not ask.confirm(self, f"Remove {what}?", "Undo brings them back.", f"Remove {only}"):
            return
        ids = [row.id for row in rows]
        following = self.next_id(ids[-1]) or self.previous_id(ids[0])
        if self._session.do(f"Remove {what}", lambda step: articles.remove(step, ids)) is None:
            return
        if self._session.article in ids:
            self._session.show_article(following)
        self._session.said.emit(f"Removed {what}")

    def set_state(self, state: ArticleState, reason: str = "") -> None:
        """Gives the selected articles a state."""
        ids = self.selected_ids()
        if ids and self._session.project.writable:
            label = f"Mark {count_of(len(ids), 'article')} as {state}"
            self._session.do(label, lambda step: articles.set_state(step, ids, state, reason))

    def skip(self) -> None:
        """Asks why, and skips the selected articles."""
        many = len(self.list.selected_numbers())
        title = "Skip this article" if many == 1 else f"Skip {many:,} articles"
        reason = ask.text(self, title, "Reason")
        if reason is not None:
            self.set_state(ArticleState.SKIPPED, reason.strip())

    def menu(self) -> QMenu | None:
        """What can be done to the selected articles; None where none is selected."""
        rows, writable = self.selected(), self._session.project.writable
        if not rows:
            return None
        menu = QMenu(self)
        if len(rows) == 1:
            menu.addAction("Read", partial(self.chosen.emit, rows[0].id))
            menu.addAction("Rename…", self.rename_current).setEnabled(writable)
        else:
            menu.addAction(f"{len(rows):,} articles").setEnabled(False)
        menu.addAction("Edit the details…", self.details_asked.emit)
        menu.addSeparator()
        for state in (ArticleState.TO_DO, ArticleState.IN_PROGRESS, ArticleState.DONE):
            action = menu.addAction(f"Mark as {state}", partial(self.set_state, state))
            action.setEnabled(writable and any(row.state != state for row in rows))
        menu.addAction("Skip with a reason…", self.skip).setEnabled(writable)
        menu.addSeparator()
        menu.addAction(f"Remove {count_of(len(rows), 'article')}", self.remove_selected).setEnabled(writable)
        return menu

    def shut(self) -> None:
        """Asks the project for nothing more: it is being closed."""
        self.model.rest()
        self.list.rest()

    # ------------------------------------------------------------ inside

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 12, 8, 0)
        head.setSpacing(2)
        head.addWidget(self.filter, 1)
        head.addWidget(self.order)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 12)
        foot.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(4)
        column.addWidget(self.stack, 1)
        column.addLayout(foot)

    def _arrange(self, **how: object) -> None:
        self.model.arrange(**how)
        self._count()
        shown = self._session.article
        if shown is not None and not self.list.selected_numbers():
            self.reveal(shown)
        elif self.list.currentIndex().isValid():
            self.list.scrollTo(self.list.currentIndex())

    def _count(self) -> None:
        whole = articles.count(self._session.project)
        self.filter.setPlaceholderText(f"Filter {count_of(whole, 'article')}")
        self.add.setVisible(bool(whole))
        self.filter.setEnabled(bool(whole))
        self.order.setEnabled(bool(whole))
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
            self._tell_selection()

    def _tell_selection(self) -> None:
        numbers = self.list.selected_numbers()
        ids = self.selected_ids() if len(numbers) <= TOLD else []
        if ids != self._told:
            self._told = ids
            self.selection_changed.emit(ids)

    def _into_list(self) -> None:
        self.list.setFocus()
        if self.model.rowCount() > 1 and not self.list.selected_numbers():
            first = 1 if self.model.grouped else 0
            self.list.select_lines([first], first)
            self._came_to(first)

    def _came_to(self, line: int) -> None:
        row = self.model.row_at(line)
        if row is not None and len(self.list.selected_numbers()) == 1 and row.id != self._session.article:
            self.opened.emit(row.id)

    def _chosen(self, line: int) -> None:
        if row := self.model.row_at(line):
            self.chosen.emit(row.id)

    def _renamed(self, line: int, title: str) -> None:
        row, new = self.model.row_at(line), " ".join(title.split())
        if row is not None and new and new != row.title:
            self._session.do(f"Rename “{row.title}”", lambda step: articles.edit(step, [row.id], title=new))

    def _shown_row(self) -> list[ArticleRow]:
        """The article that is open, where the filter hides it from the list."""
        shown = self._session.article
        number = articles.number_of(self._session.project, shown) if shown else None
        return [] if number is None else list(articles.rows(self._session.project, [number]).values())

    def _line_of(self, id: str) -> int | None:
        project = self._session.project
        number = articles.number_of(project, id)
        if number is None:
            return None
        line = self.model.line_of(number)
        if line is None and self.model.folded:
            self.model.fold(articles.article(project, id).state, False)
            line = self.model.line_of(number)
        return line

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

    def _open_menu(self, point: QPoint) -> None:
        if menu := self.menu():
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.list.viewport().mapToGlobal(point))

    # ------------------------------------------------------------ order

    def _fill_orders(self, menu: QMenu) -> None:
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
            action.toggled.connect(partial(self._switch, name))

    def _sort(self, name: str) -> None:
        for action in self.order.menu().actions():
            if action.objectName():
                action.setChecked(action.objectName() == name)
        self._arrange(order_by=name)
        self._keep_order()

    def _switch(self, name: str, on: bool) -> None:
        self._arrange(**{name: on})
        self._keep_order()

    def _keep_order(self) -> None:
        if self._session.project.writable:
            model = self.model
            held = json.dumps([model.order_by, model.descending, model.grouped])
            sessions.remember(self._session.project, ORDER, held)

    def _recall_order(self) -> None:
        held = sessions.recalled(self._session.project, ORDER)
        if held:
            order_by, descending, grouped = json.loads(held)
            if order_by in SORTS:
                self.model.arrange(order_by=order_by, descending=bool(descending), grouped=bool(grouped))

    def _repaint(self) -> None:
        theme = self._look.theme
        self._sign.setIcon(icon(Icon.SEARCH, theme.dim, 16))
        self.order.setIcon(icon(Icon.SORT, theme.dim, 16))
        self.add.setIcon(self._plus())
        if "empty" in self.__dict__:
            self.empty.button.setIcon(self._plus())
        self.list.viewport().update()

    def _plus(self) -> QIcon:
        theme = self._look.theme
        return icon(Icon.PLUS, theme.text, 16, theme.faint)

    # ------------------------------------------------------------ drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._session.project.writable and (event.mimeData().hasUrls() or event.mimeData().hasText()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take(event.mimeData())

    def take(self, held: QMimeData) -> None:
        """Tells what was dropped: files and folders, or a text. A web address alone brings no text."""
        files = [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]
        text = held.text().strip()
        if files:
            self.files_dropped.emit(files)
        elif held.hasUrls() or (text.startswith(("http://", "https://")) and not any(map(str.isspace, text))):
            self._session.failed.emit(
                "Postil never opens a network connection: save the page in your browser, then drop the file here."
            )
        elif text:
            self.text_dropped.emit(held.text())


TOLD = 2000  # more selected articles than these are not told one by one


class _Filter(QLineEdit):
    """Esc clears it, Down goes into the list."""

    left_downwards = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Filter articles")
        self.setClearButtonEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)


class Empty(QWidget):
    """What to do where nothing stands."""

    def __init__(self, said: str, more: str, button: str, work: Callable[[], object]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 48, 20, 20)
        column.setSpacing(6)
        self._said = QLabel(said, wordWrap=True, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._said.setProperty("role", "heading")
        column.addWidget(self._said)
        if more:
            rest = QLabel(more, wordWrap=True, alignment=Qt.AlignmentFlag.AlignHCenter)
            rest.setProperty("role", "dim")
            column.addWidget(rest)
        column.addSpacing(8)
        self.button = QPushButton(button)
        self.button.clicked.connect(lambda: work())
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def say(self, said: str) -> None:
        self._said.setText(said)


def count_of(number: int, noun: str) -> str:
    """`3 articles`, `1 highlight`."""
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
