"""The first rows of what will be written: hairlines between them, numbers at the right, text elided."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from ui.fonts import tabular, ui_font
from ui.theme import load_tokens

ROW, HEAD = 35, 34
STYLE = """
QTableView::item { border-bottom: 1px solid palette(mid); padding: 0 10px 0 0; }
QTableView::item:hover { background: transparent; }
QHeaderView::section { padding: 6px 10px 6px 3px; border-bottom: 1px solid palette(mid); }
"""
Align = Qt.AlignmentFlag
LEAST, MOST, WIDE = 72, 170, 150  # pixels of a long column; the least of the wide one


class Preview(QTableWidget):
    """Read-only. The column named `wide` takes the room that is left."""

    def __init__(self) -> None:
        super().__init__()
        self.setStyleSheet(STYLE)
        self.setAccessibleName("First rows")
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFont(tabular(ui_font(load_tokens()["type"]["ui"]["small"])))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(max(ROW, self.fontMetrics().height() + 16))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(24)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_rows(
        self, heads: Sequence[str], rows: Sequence[Sequence[object]], wide: str, places: int
    ) -> None:
        """Fills the table, which keeps room for `places` rows."""
        self.setColumnCount(len(heads))
        self.setHorizontalHeaderLabels(list(heads))
        self.setRowCount(len(rows))
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                item = QTableWidgetItem(" ".join(str(cell).split()))
                item.setTextAlignment(_side(cell) | Align.AlignVCenter)
                self.setItem(y, x, item)
        header = self.horizontalHeader()
        for x, name in enumerate(heads):
            first = rows[0][x] if rows else ""
            self.horizontalHeaderItem(x).setTextAlignment(_side(first) | Align.AlignVCenter)
            if name == wide:
                header.setSectionResizeMode(x, QHeaderView.ResizeMode.Stretch)
            else:
                header.setSectionResizeMode(x, QHeaderView.ResizeMode.Fixed)
        self._share()
        height = max(HEAD, header.sizeHint().height())
        self.setFixedHeight(height + places * self.verticalHeader().defaultSectionSize() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Columns have what they need, the long ones less where the wide one would have too little."""
        header = self.horizontalHeader()
        fixed = [
            x
            for x in range(self.columnCount())
            if header.sectionResizeMode(x) == QHeaderView.ResizeMode.Fixed
        ]
        needed = {x: self._needed(x, self.horizontalHeaderItem(x).text()) for x in fixed}
        room = self.viewport().width() - (WIDE if len(fixed) < self.columnCount() else 0)
        most = MOST
        while most > LEAST and sum(min(each, most) for each in needed.values()) > room:
            most -= 8
        for x, each in needed.items():
            header.resizeSection(x, min(each, most))

    def _needed(self, x: int, head: str) -> int:
        metrics = self.fontMetrics()
        cells = [item.text() for y in range(self.rowCount()) if (item := self.item(y, x))]
        return 22 + max(metrics.horizontalAdvance(text) for text in (f"{head} ", *cells))


def _side(cell: object) -> Qt.AlignmentFlag:
    return Align.AlignRight if isinstance(cell, int) else Align.AlignLeft
