"""Names and their pseudonyms: a list that is typed or loaded, used once and not kept in the project."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotate.errors import UserError
from annotate.replacing import Rule, pseudonym_rule, read_pseudonyms
from ui import ask
from ui.correcting.many import ManySheet
from ui.dialogs.sheet import labelled, note
from ui.look import Look
from ui.session import Session

LISTS = "Lists (*.csv *.tsv *.txt);;All files (*)"
ROWS = 5  # lines of the list that are seen
ROW = 32
STYLE = """
QTableWidget { background: palette(base); border: 1px solid palette(dark); border-radius: 6px; }
QTableView::item { border-bottom: 1px solid palette(mid); padding: 0 8px; }
QTableView::item:focus { border: none; border-bottom: 1px solid palette(mid); }
QHeaderView::section { padding: 6px 8px 6px 11px; }
QTableView QLineEdit { min-height: 26px; border-radius: 0; }
"""


class PseudonymSheet(ManySheet):
    """The list, then what it would do."""

    LABEL = "Put in pseudonyms"

    def __init__(self, session: Session, look: Look, parent: QWidget, selected: Sequence[str]) -> None:
        super().__init__("Pseudonyms", session, look, parent, selected, height=760)
        self.table = _Table()
        self.load = QPushButton("Load a list…", clicked=self._load, autoDefault=False)
        self.load.setToolTip("A table of two columns, name and pseudonym: CSV, or text with tabs")
        beside = QHBoxLayout()
        beside.setSpacing(16)
        beside.addLayout(labelled("In", self.scope), 1)
        beside.addWidget(self.load, 0, Qt.AlignmentFlag.AlignBottom)
        beside.addStretch(1)
        column = QVBoxLayout(self.fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(
            note(
                "Whole words are replaced, the longest name first, in capitals where the name is. "
                "The list is not kept in the project: save it where you keep what must stay secret."
            )
        )
        column.addLayout(beside)
        column.addWidget(self.table)
        self.table.itemChanged.connect(lambda _: self.changed())
        self.table.setFocus()
        self.look_through()

    def rule(self) -> Rule | None:
        names = self.table.names()
        return pseudonym_rule(names) if names else None

    def hint(self) -> str:
        return "Type names and pseudonyms, or load a list. Every passage is shown here before anything is replaced."

    def _load(self) -> None:
        settings = self._session.settings
        path = ask.open_one(self, "Load a list of pseudonyms", settings.last_folder, LISTS)
        if path:
            self.take(path)

    def take(self, path: Path) -> None:
        """Puts the list in a file in place of the one that is there."""
        from annotate.readers import read_decoded

        try:
            names = read_pseudonyms(read_decoded(path))
        except UserError as error:
            self.say_problem(str(error))
            return
        self.table.give(names)
        self.look_through()


class _Table(QTableWidget):
    """Two columns, and always an empty line to go on in."""

    def __init__(self) -> None:
        super().__init__(0, 2)
        self.setAccessibleName("Names and pseudonyms")
        self.setStyleSheet(STYLE)
        self.setHorizontalHeaderLabels(["Name", "Pseudonym"])
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(max(ROW, self.fontMetrics().height() + 12))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QTableWidget.EditTrigger.AnyKeyPressed
            | QTableWidget.EditTrigger.EditKeyPressed
            | QTableWidget.EditTrigger.DoubleClicked
            | QTableWidget.EditTrigger.SelectedClicked
        )
        self.ensurePolished()
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + ROWS * self.verticalHeader().defaultSectionSize() + 2)
        self.itemChanged.connect(lambda _: self._fit())
        self.give([])

    def give(self, names: Sequence[tuple[str, str]]) -> None:
        self.blockSignals(True)
        self.setRowCount(len(names))
        for at, pair in enumerate(names):
            for column, words in enumerate(pair):
                self.setItem(at, column, QTableWidgetItem(words))
        self.blockSignals(False)
        self._fit()
        self.setCurrentCell(0, 0)

    def names(self) -> list[tuple[str, str]]:
        """The lines that say both. Raises UserError for a name that has two pseudonyms."""
        found: dict[str, str] = {}
        for at in range(self.rowCount()):
            name, pseudonym = (self._cell(at, 0), self._cell(at, 1))
            if name and pseudonym and found.setdefault(name, pseudonym) != pseudonym:
                raise UserError(f"“{name}” has two pseudonyms.")
        return list(found.items())

    def _cell(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return " ".join(item.text().split()) if item else ""

    def _fit(self) -> None:
        last = self.rowCount() - 1
        if last < 0 or self._cell(last, 0) or self._cell(last, 1):
            self.setRowCount(last + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.currentItem():
            self.currentItem().setText("")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)
