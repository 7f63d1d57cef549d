"""The list of articles as Qt asks for it: numbers in order, rows fetched when they are looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotate.model import ArticleState
from storage import Change, articles
from storage.articles import ArticleRow
from ui.dates import short_date
from ui.session import Session

GROUPS = (ArticleState.IN_PROGRESS, ArticleState.TO_DO, ArticleState.DONE, ArticleState.SKIPPED)
PAGE = 64  # rows fetched at once
KEPT = 80  # pages kept
ROW = Qt.ItemDataRole.UserRole  # an ArticleRow
HEADING = Qt.ItemDataRole.UserRole + 1  # a Heading
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a group."""

    state: ArticleState
    count: int
    folded: bool


class ArticlesModel(QAbstractListModel):
    """Groups by state, each a heading and its articles; or one list without headings."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.filter, self.order_by, self.descending, self.grouped = "", "added", False, True
        self.folded: set[ArticleState] = set()
        self.matches = 0
        self._sections: list[tuple[int, ArticleState | None, list[int] | Any]] = []
        self._starts: list[int] = []
        self._size = 0
        self._pages: OrderedDict[tuple[int, int], dict[int, ArticleRow]] = OrderedDict()
        self.load()
        session.changed.connect(self.on_change)

    # ------------------------------------------------------------ what is in it

    def load(self) -> None:
        """Asks for the order anew."""
        self.beginResetModel()
        groups = articles.numbers(
            self._session.project, filter=self.filter, sort=self.order_by, descending=self.descending
        )
        self._pages.clear()
        self._sections, self._starts, at = [], [], 0
        self.matches = sum(len(group) for group in groups.values())
        shown: list[tuple[ArticleState | None, Any]] = [(state, groups[state]) for state in GROUPS]
        if not self.grouped:
            project = self._session.project
            shown = [(None, articles.all_numbers(project, self.filter, self.order_by, self.descending))]
        for state, numbers in shown:
            if len(numbers):
                self._sections.append((at, state, numbers))
                self._starts.append(at)
                at += (1 if state else 0) + (0 if state in self.folded else len(numbers))
        self._size = at
        self.endResetModel()

    def arrange(self, **how: Any) -> None:
        """Changes filter, order_by, descending or grouped."""
        for name, value in how.items():
            setattr(self, name, value)
        self.load()

    def fold(self, state: ArticleState, folded: bool) -> None:
        (self.folded.add if folded else self.folded.discard)(state)
        self.load()

    def on_change(self, change: Change) -> None:
        """Small changes repaint their rows; what changes the order loads it anew."""
        if change.touches("article"):
            self.load()
        elif change.touches("highlight"):
            for page in self._pages.values():
                for number in [n for n, row in page.items() if row.id in change.articles]:
                    del page[number]
            if self._size:
                self.dataChanged.emit(self.index(0), self.index(self._size - 1))

    # ------------------------------------------------------------ where things stand

    def number_at(self, at: int) -> int | None:
        """The article's number in a line; None on a heading."""
        if not 0 <= at < self._size:
            return None
        start, state, numbers = self._sections[bisect_right(self._starts, at) - 1]
        inside = at - start - (1 if state else 0)
        return int(numbers[inside]) if inside >= 0 else None

    def line_of(self, number: int) -> int | None:
        """The line an article stands in; None where it is filtered out or folded away."""
        for start, state, numbers in self._sections:
            if state in self.folded:
                continue
            try:
                return start + (1 if state else 0) + int(numbers.index(number))
            except ValueError:
                continue
        return None

    def row_at(self, at: int) -> ArticleRow | None:
        """What stands in a line, fetched with its neighbours at first."""
        if not 0 <= at < self._size:
            return None
        section = bisect_right(self._starts, at) - 1
        start, state, numbers = self._sections[section]
        inside = at - start - (1 if state else 0)
        if inside < 0:
            return None
        number, key = int(numbers[inside]), (section, inside // PAGE)
        page = self._pages.get(key)
        if page is None or number not in page:
            first = key[1] * PAGE
            page = articles.rows(self._session.project, numbers[first : first + PAGE])
            self._pages[key] = page
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(key)
        return page.get(number)

    # ------------------------------------------------------------ Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._size

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.number_at(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        at = index.row()
        if self.number_at(at) is None:
            start, state, numbers = self._sections[bisect_right(self._starts, at) - 1]
            if state is None or at != start:
                return None
            if role == HEADING:
                return Heading(state, len(numbers), state in self.folded)
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                return f"{str(state).capitalize()}, {len(numbers):,}"
            return None
        if role not in TEXT_ROLES and role != ROW:
            return None
        row = self.row_at(at)
        if row is None or role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            facts = (row.title, row.outlet, short_date(row.date), row.state, f"{row.highlights} highlights")
            return ", ".join(fact for fact in facts if fact)
        return row.title


TEXT_ROLES = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.EditRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    }
)
