"""All mappings of a crosswalk as a table, with the highlights at both ends."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from annotate.crosswalks import SAID, Crosswalk
from ui.session import Session

HEADS = ("Code", "Highlights", "Is to the other", "Other code", "Highlights", "Note")


class MappingsTable(QTableWidget):
    """A double click or Enter leads to the two codes."""

    go_asked = Signal(str, str)

    def __init__(self, session: Session) -> None:
        super().__init__(0, len(HEADS))
        self._session = session
        self.setAccessibleName("Mappings")
        self.setHorizontalHeaderLabels(HEADS)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for at in (0, 3, 5):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        for at, width in ((1, 100), (2, 170), (4, 100)):
            self.setColumnWidth(at, width)
        self.itemActivated.connect(self._activated)

    def show_crosswalk(self, crosswalk: Crosswalk) -> None:
        """A mapping a row."""
        counts, codes = self._session.counts(), self._session.codes
        self.setSortingEnabled(False)
        self.setRowCount(len(crosswalk.mappings))
        for row, link in enumerate(crosswalk.mappings):
            for at, id in ((0, link.code), (3, link.other)):
                code = codes[id]
                item = QTableWidgetItem(code.name)
                item.setData(Qt.ItemDataRole.UserRole, id)
                self.setItem(row, at, item)
                number = QTableWidgetItem()
                number.setData(Qt.ItemDataRole.DisplayRole, counts.get(id, 0))
                number.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(row, at + 1, number)
            self.setItem(row, 2, QTableWidgetItem(SAID[link.match]))
            self.setItem(row, 5, QTableWidgetItem(link.note))
        self.setSortingEnabled(True)

    def _activated(self, item: QTableWidgetItem) -> None:
        ends = (self.item(item.row(), at).data(Qt.ItemDataRole.UserRole) for at in (0, 3))
        self.go_asked.emit(*ends)
