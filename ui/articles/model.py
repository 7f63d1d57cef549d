"""The list of articles as Qt asks for it: numbers in order, rows fetched when they are looked at."""

from __future__ import annotations

import time
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Collection, Iterable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from annotate.frozen import frozen
from annotate.model import ArticleState
from storage import Change, articles
from storage.articles import ArticleRow
from ui.dates import short_date
from ui.session import Session

GROUPS = (ArticleState.IN_PROGRESS, ArticleState.TO_DO, ArticleState.DONE, ArticleState.SKIPPED)
PAGE = 64  # rows fetched at once
KEPT = 80  # pages kept
REST = 8  # an order that others change is asked for again after this many times what it took
ROW = Qt.ItemDataRole.UserRole  # an ArticleRow
HEADING = Qt.ItemDataRole.UserRole + 1  # a Heading
Index = QModelIndex | QPersistentModelIndex


@frozen
class Heading:
    """The head of a group."""

    state: ArticleState
    count: int
    folded: bool


@frozen
class Section:
    """A group from line `start` on: its heading, unless `state` is None, and its articles unless folded."""

    start: int
    state: ArticleState | None
    numbers: array[int]
    folded: bool

    @property
    def first(self) -> int:
        """The line of the first article."""
        return self.start + (1 if self.state else 0)


class ArticlesModel(QAbstractListModel):
    """Groups by state, each a heading and its articles; or one list without headings.

    `about_to_reorder` and `reordered` stand round every new order, so that a view can keep its place.
    """

    about_to_reorder = Signal()
    reordered = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.filter, self.order_by, self.descending, self.grouped = "", "added", False, True
        self.folded: set[ArticleState] = set()
        self.matches = 0
        self._sections: list[Section] = []
        self._starts: list[int] = []
        self._size = 0
        self._pages: OrderedDict[tuple[int, int], dict[int, ArticleRow]] = OrderedDict()
        self._rest_until = 0.0
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self.load)
        self.load()
        session.changed.connect(self.on_change)

    # ------------------------------------------------------------ what is in it

    def load(self) -> None:
        """Asks for the order anew; where it is the same, only the rows are fetched again."""
        self._later.stop()
        began = time.monotonic()
        found = self._ordered()
        self._rest_until = time.monotonic() + REST * (time.monotonic() - began)
        if found == self._sections:
            self._pages.clear()
            self._refresh()
            return
        self.about_to_reorder.emit()
        self.beginResetModel()
        self._pages.clear()
        self._sections = found
        self._starts = [section.start for section in found]
        last = found[-1] if found else None
        self._size = 0 if last is None else last.first + (0 if last.folded else len(last.numbers))
        self.matches = sum(len(section.numbers) for section in found)
        self.endResetModel()
        self.reordered.emit()

    def arrange(self, **how: Any) -> None:
        """Changes filter, order_by, descending or grouped."""
        for name, value in how.items():
            setattr(self, name, value)
        self.load()

    def fold(self, state: ArticleState, folded: bool) -> None:
        (self.folded.add if folded else self.folded.discard)(state)
        self.load()

    def rest(self) -> None:
        """Loads nothing more by itself."""
        self._later.stop()

    def on_change(self, change: Change) -> None:
        """Small changes repaint their rows. A stream of them (an import) reorders only now and then."""
        by_round = self.filter and change.touches("assignment")
        if (
            change.touches("article")
            or by_round
            or (change.touches("highlight") and self.order_by == "highlights")
        ):
            wait = self._rest_until - time.monotonic()
            if wait <= 0:
                self.load()
                return
            if not self._later.isActive():
                self._later.start(int(wait * 1000) + 1)
        if change.touches("article", "highlight"):
            self._forget_rows(change.articles)

    def _ordered(self) -> list[Section]:
        project = self._session.project
        shown: list[tuple[ArticleState | None, array[int]]]
        if self.grouped:
            groups = articles.numbers(
                project, filter=self.filter, sort=self.order_by, descending=self.descending
            )
            shown = [(state, groups[state]) for state in GROUPS]
        else:
            shown = [(None, articles.all_numbers(project, self.filter, self.order_by, self.descending))]
        sections, at = [], 0
        for state, numbers in shown:
            if len(numbers):
                section = Section(at, state, numbers, state in self.folded)
                sections.append(section)
                at = section.first + (0 if section.folded else len(numbers))
        return sections

    def _forget_rows(self, ids: Collection[str]) -> None:
        for page in self._pages.values():
            for number in [number for number, row in page.items() if row.id in ids]:
                del page[number]
        self._refresh()

    def _refresh(self) -> None:
        if self._size:
            self.dataChanged.emit(self.index(0), self.index(self._size - 1))

    # ------------------------------------------------------------ where things stand

    def headings(self) -> list[int]:
        """The lines that are headings."""
        return [section.start for section in self._sections if section.state]

    def number_at(self, at: int) -> int | None:
        """The article's number in a line; None on a heading and outside."""
        section = self._section_at(at)
        return int(section.numbers[at - section.first]) if section and at >= section.first else None

    def line_of(self, number: int) -> int | None:
        """The line an article stands in; None where it is filtered out or folded away."""
        for section in self._sections:
            if not section.folded:
                try:
                    return section.first + section.numbers.index(number)
                except ValueError:
                    continue
        return None

    def lines_of(self, numbers: Iterable[int]) -> list[int]:
        """The lines in which these articles stand, in order."""
        wanted = set(numbers)
        if len(wanted) < 4:
            return sorted(line for each in wanted if (line := self.line_of(each)) is not None)
        return [
            section.first + at
            for section in self._sections
            if not section.folded
            for at, number in enumerate(section.numbers)
            if number in wanted
        ]

    def row_at(self, at: int) -> ArticleRow | None:
        """What stands in a line, fetched with its neighbours at first."""
        section = self._section_at(at)
        if section is None or at < section.first:
            return None
        inside = at - section.first
        number, key = int(section.numbers[inside]), (section.start, inside // PAGE)
        page = self._pages.get(key)
        if page is None or number not in page:
            first = key[1] * PAGE
            page = articles.rows(self._session.project, section.numbers[first : first + PAGE])
            self._pages[key] = page
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(key)
        return page.get(number)

    def _section_at(self, at: int) -> Section | None:
        return self._sections[bisect_right(self._starts, at) - 1] if 0 <= at < self._size else None

    # ------------------------------------------------------------ Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._size

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.number_at(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in ROLES:
            return None
        at = index.row()
        section = self._section_at(at)
        if section is not None and at < section.first:
            return self._heading(section, role)
        row = self.row_at(at)
        if row is None or role == HEADING:
            return None
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            marks = "1 highlight" if row.highlights == 1 else f"{row.highlights:,} highlights"
            facts = (row.title, row.outlet, short_date(row.date), row.state, marks)
            return ", ".join(fact for fact in facts if fact)
        return row.title

    def _heading(self, section: Section, role: int) -> object:
        assert section.state is not None
        if role == HEADING:
            return Heading(section.state, len(section.numbers), section.folded)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{str(section.state).capitalize()}, {len(section.numbers):,}"
        return str(section.state).capitalize() if role == Qt.ItemDataRole.DisplayRole else None


ROLES = frozenset(
    {
        ROW,
        HEADING,
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.EditRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    }
)
