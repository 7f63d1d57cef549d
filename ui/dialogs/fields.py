"""The fields of many articles in a table: typed in, set at once, filled from file names or another table."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotate.errors import UserError
from annotate.readers.files import read_whole
from annotate.readers.tables import open_table
from annotate.spoken import counted
from storage import articles, fields
from storage.fields import KINDS, Field
from ui import ask
from ui.dialogs.fields_model import ORDER, FieldsModel
from ui.dialogs.sheet import Sheet, labelled
from ui.look import Look
from ui.session import Session

STYLE = """
QTableView { gridline-color: palette(mid); }
QTableView::item { padding: 0 8px; }
QHeaderView::section { padding: 6px 8px; border-bottom: 1px solid palette(mid); }
"""
WIDTHS = {"title": 260, "outlet": 130, "author": 130, "date": 100, "language": 84, "url": 140}
OTHER = 120
WAYS = {
    "id": "their id",
    "title": "their title",
    "source": "the name of their file",
    "hash": "the hash of their text",
}
TABLES = "Tables (*.csv *.tsv *.xlsx);;All files (*)"
Index = QModelIndex | QPersistentModelIndex


class FieldsSheet(Sheet):
    """Every edit is a step that undo takes back."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None) -> None:
        super().__init__("Fields of the articles", parent, width=1160, height=760)
        self._session = session
        self.model = FieldsModel(session, self)
        self.filter = QLineEdit(placeholderText="Filter: words, or region=North, reach>10, date=2025")
        self.filter.setAccessibleName("Filter")
        self.filter.textChanged.connect(self._narrow)
        self.said = QLabel("")
        self.said.setProperty("role", "small")
        self.table = FieldsTable(self.model, self.say_problem)
        self._arrange()
        self.button("Done", self.accept, primary=True)
        self.model.modelReset.connect(self._size)
        self._size()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.filter, 1)
        top.addWidget(self.said)
        self.body.addLayout(top)
        self.body.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        works = (
            ("New field…", self._new_field),
            ("Set for the selection…", self._set_selected),
            ("From file names…", self._from_names),
            ("From a table…", self._from_table),
        )
        for name, work in works:
            button = QPushButton(name, clicked=lambda _=False, work=work: work(), autoDefault=False)
            button.setEnabled(self._session.project.writable)
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)

    def _size(self) -> None:
        for at, name in enumerate(self.model.names()):
            self.table.setColumnWidth(at, WIDTHS.get(name, OTHER) if at < len(ORDER) else OTHER)
        self.said.setText(counted(self.model.rowCount(), "article"))

    def _narrow(self, typed: str) -> None:
        self.model.set_filter(typed)

    # ------------------------------------------------------------ what can be done

    def _new_field(self) -> None:
        asked = NewField(self)
        if asked.exec():
            try:
                fields.define(self._session.project, asked.field())
            except UserError as error:
                self.say_problem(str(error))
                return
            self.say_problem("")
            self.model.load()
            self.table.scrollTo(self.model.index(0, self.model.names().index(asked.field().name)))

    def _set_selected(self) -> None:
        cells = self.table.selected()
        if not cells:
            self.say_problem("Select some cells first.")
            return
        names = {name for _, name in cells}
        what = names.pop() if len(names) == 1 else "the selected fields"
        value = ask.text(self, f"Set {what}", "Value, empty to take it away", yes="Set")
        if value is not None:
            self.say_problem(self.model.set_cells(cells, value))

    def _from_names(self) -> None:
        pattern = ask.text(self, "Fill from file names", "Pattern", "{date}_{outlet}_{title}", yes="Fill")
        if not pattern:
            return
        project = self._session.project
        try:
            ids = [each.id for each in articles.all_articles(project)]
            found = fields.from_names(project, ids, pattern)
            self._session.do(
                "Fill fields from file names", lambda step: fields.set_values(step, project, found)
            )
        except UserError as error:
            self.say_problem(str(error))
            return
        self.say_problem("")
        self.aside.setText(
            f"{counted(len(found), 'article')} filled, {len(ids) - len(found):,} named otherwise."
        )

    def _from_table(self) -> None:
        settings, project = self._session.settings, self._session.project
        path = ask.open_one(self, "Fill from a table", settings.last_folder, TABLES)
        if path is None:
            return
        try:
            table = open_table(read_whole(path), path.name)
            asked = ByWhat(table.columns, self)
            if not asked.exec():
                return
            found = fields.from_table(project, table.columns, table.rows, *asked.chosen())
            self._session.do(
                f"Fill fields from {path.name}", lambda step: fields.set_values(step, project, found.values)
            )
        except UserError as error:
            self.say_problem(str(error))
            return
        lost = f" Of no article: {', '.join(found.unknown[:5])}." if found.unknown else ""
        self.say_problem(lost.strip())
        self.aside.setText(f"{counted(len(found.values), 'article')} filled.")


class FieldsTable(QTableView):
    """Typing replaces a cell; copied cells can be pasted; Delete empties what is selected."""

    def __init__(self, model: FieldsModel, say: object) -> None:
        super().__init__()
        assert callable(say)
        self._model, self._say = model, say
        self.setModel(model)
        self.setStyleSheet(STYLE)
        self.setAccessibleName("Fields")
        self.setItemDelegate(Editor(model, say, self))
        self.setAlternatingRowColors(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(34)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.setEditTriggers(
            QTableView.EditTrigger.DoubleClicked
            | QTableView.EditTrigger.EditKeyPressed
            | QTableView.EditTrigger.AnyKeyPressed
        )

    def selected(self) -> list[tuple[int, str]]:
        names = self._model.names()
        return [(index.row(), names[index.column()]) for index in self.selectedIndexes()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._say(self._model.set_cells(self.selected(), ""))
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._say(self._model.set_cells(self.selected(), QApplication.clipboard().text().strip()))
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """The selected cells, with tabs and line breaks between them."""
        chosen = sorted(self.selectedIndexes(), key=lambda index: (index.row(), index.column()))
        rows: dict[int, list[str]] = {}
        for index in chosen:
            rows.setdefault(index.row(), []).append(str(index.data() or ""))
        QApplication.clipboard().setText("\n".join("\t".join(row) for row in rows.values()))


class Editor(QStyledItemDelegate):
    """A line to type in; for a choice, a list to choose from."""

    def __init__(self, model: FieldsModel, say: object, parent: QWidget) -> None:
        super().__init__(parent)
        assert callable(say)
        self._model, self._say = model, say

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        own = index.column() - len(ORDER)
        if own >= 0 and self._model.own[own].kind == "choice":
            box = QComboBox(parent)
            box.addItems(["", *self._model.own[own].choices])
            return box
        line = QLineEdit(parent)
        line.setProperty("role", "bare")
        line.setAutoFillBackground(True)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentText(text)
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        value = editor.currentText() if isinstance(editor, QComboBox) else ""
        if isinstance(editor, QLineEdit):
            value = editor.text()
        if value != str(index.data() or ""):
            self._say(self._model.set_cells([(index.row(), self._model.names()[index.column()])], value))


class NewField(Sheet):
    """A name, a kind, and what a choice may be."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("New field", parent, width=460)
        self.name, self.kind, self.choices = QLineEdit(), QComboBox(), QLineEdit()
        self.kind.addItems([kind.capitalize() for kind in KINDS])
        self.choices.setPlaceholderText("for example for; against; neutral")
        self.body.addLayout(labelled("Name", self.name))
        self.body.addLayout(labelled("Kind", self.kind))
        self._line = QWidget()
        inner = labelled("Choices", self.choices)
        inner.setContentsMargins(0, 0, 0, 0)
        self._line.setLayout(inner)
        self.body.addWidget(self._line)
        self._line.hide()
        self.kind.currentIndexChanged.connect(lambda at: self._line.setVisible(KINDS[at] == "choice"))
        self.button("Cancel", self.reject)
        self.go = self.button("Add", self.accept, primary=True)
        self.go.setEnabled(False)
        self.name.textChanged.connect(lambda text: self.go.setEnabled(bool(text.strip())))
        self.name.setFocus()

    def field(self) -> Field:
        choices = tuple(each.strip() for each in self.choices.text().split(";") if each.strip())
        kind = KINDS[self.kind.currentIndex()]
        return Field(" ".join(self.name.text().split()), kind, choices if kind == "choice" else ())


class ByWhat(Sheet):
    """Which column of a table names the articles, and by what."""

    def __init__(self, columns: tuple[str, ...], parent: QWidget) -> None:
        super().__init__("Which articles?", parent, width=460)
        self.column, self.way = QComboBox(), QComboBox()
        self.column.addItems(list(columns))
        for way, said in WAYS.items():
            self.way.addItem(said, way)
        lower = [column.casefold() for column in columns]
        for way in ("id", "title", "source", "hash"):
            if way in lower:
                self.column.setCurrentIndex(lower.index(way))
                self.way.setCurrentIndex(self.way.findData(way))
                break
        self.body.addLayout(labelled("The column", self.column))
        self.body.addLayout(labelled("names articles by", self.way))
        self.button("Cancel", self.reject)
        self.button("Fill", self.accept, primary=True)

    def chosen(self) -> tuple[str, str]:
        return self.column.currentText(), str(self.way.currentData())
