"""The articles' fields as a table: rows fetched when they are looked at, each edit a step."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotate.errors import UserError
from annotate.model import Article
from annotate.spoken import counted
from storage import Change, articles, fields
from storage.fields import CORE, Field
from ui.session import Session

PAGE, KEPT = 64, 60
HEADS = {
    "title": "Title",
    "outlet": "Outlet",
    "author": "Author",
    "date": "Date",
    "language": "Language",
    "url": "Address",
}
ORDER = tuple(HEADS)
Index = QModelIndex | QPersistentModelIndex


class FieldsModel(QAbstractTableModel):
    """Articles in rows, fields in columns: the article's own first, then those the project has given them."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.filter = ""
        self.own: list[Field] = []
        self._names = list(ORDER)
        self._numbers = array("q")
        self._pages: OrderedDict[int, dict[int, Article]] = OrderedDict()
        self.load()
        session.changed.connect(self._on_change)

    def load(self) -> None:
        """Asks anew which articles and fields there are."""
        self.beginResetModel()
        project = self._session.project
        self.own = fields.all_fields(project)
        self._names = [*ORDER, *(field.name for field in self.own)]
        self._numbers = articles.all_numbers(project, self.filter, "added", False)
        self._pages.clear()
        self.endResetModel()

    def set_filter(self, typed: str) -> None:
        self.filter = typed
        self.load()

    def names(self) -> list[str]:
        return self._names

    def article(self, row: int) -> Article | None:
        page = row // PAGE
        if page not in self._pages:
            wanted = self._numbers[page * PAGE : (page + 1) * PAGE]
            self._pages[page] = articles.by_numbers(self._session.project, wanted)
            while len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        return self._pages[page].get(self._numbers[row])

    def set_cells(self, cells: Iterable[tuple[int, str]], value: str) -> str:
        """Sets the fields (row, name) to one value, as one step; a sentence where it cannot be."""
        values: dict[str, dict[str, str]] = {}
        for row, name in cells:
            if article := self.article(row):
                values.setdefault(article.id, {})[name] = value
        if not values:
            return ""
        names = {name for each in values.values() for name in each}
        whose = f"of {counted(len(values), 'article')}"
        label = f"Set {next(iter(names))} {whose}" if len(names) == 1 else f"Set fields {whose}"
        project = self._session.project
        try:
            for name in names:
                self._check(name, value)
        except UserError as error:
            return str(error)
        self._session.do(label, lambda step: fields.set_values(step, project, values))
        return ""

    def _check(self, name: str, value: str) -> None:
        if name == "date":
            articles.checked_date(value)
        elif name not in CORE:
            fields.named(self._session.project, name).checked(value)

    # ------------------------------------------------------------ as Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(ORDER) + len(self.own)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            if section < len(ORDER):
                return HEADS[ORDER[section]]
            return self.own[section - len(ORDER)].name
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return None
        article = self.article(index.row())
        if article is None:
            return ""
        name = self._names[index.column()]
        return str(getattr(article, name)) if name in CORE else article.attributes.get(name, "")

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found | Qt.ItemFlag.ItemIsEditable if self._session.project.writable else found

    def _on_change(self, change: Change) -> None:
        if change.touches("article"):
            names = [field.name for field in self.own]
            if [field.name for field in fields.all_fields(self._session.project)] != names:
                self.load()
                return
            self._pages.clear()
            if self._numbers:
                last = self.index(len(self._numbers) - 1, self.columnCount() - 1)
                self.dataChanged.emit(self.index(0, 0), last)
