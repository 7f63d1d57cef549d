"""Which column of a table is what, with the articles that would come of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from annotate.errors import UserError
from annotate.readers.contract import Wishes
from annotate.readers.files import read_whole
from annotate.readers.table_columns import Mapping
from annotate.readers.tables import Preview as Found
from annotate.readers.tables import Table, drafts, preview
from storage import Project, presets
from ui.dialogs.preview import Preview
from ui.dialogs.sheet import Sheet, note, section

KIND = "columns"  # of the presets that remember which column is what
TABLES = frozenset((".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".jsonl", ".ndjson", ".json", ".parquet"))
LABELS = {
    "text": "Text",
    "title": "Title",
    "date": "Date",
    "outlet": "Outlet",
    "author": "Author",
    "url": "Address",
    "language": "Language",
    "id": "Number or id",
}
NONE, ROWS = "—", 5


class Columns(Sheet):
    """`mapping` is what was chosen, once it was accepted."""

    def __init__(self, name: str, found: Found, parent: QWidget | None, begin: Mapping | None = None) -> None:
        super().__init__(f"Columns of {name}", parent, width=920, height=540)
        self._name, self._found = name, found
        self.mapping = begin or found.mapping
        many = f"{found.count:,} rows" if found.count is not None else "One article a row"
        self.body.addWidget(note(f"{many}. Columns that are not chosen here become fields of the articles."))
        self.boxes: dict[str, QComboBox] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for at, (field, label) in enumerate(LABELS.items()):
            box = self.boxes[field] = QComboBox()
            box.setAccessibleName(label)
            box.addItem(NONE, "")
            for column in found.columns:
                box.addItem(column, column)
            box.setCurrentIndex(max(0, box.findData(self._begin(field))))
            box.currentIndexChanged.connect(lambda _: self._show())
            said = QLabel(label)
            said.setBuddy(box)
            grid.addWidget(said, at % 4, at // 4 * 2)
            grid.addWidget(box, at % 4, at // 4 * 2 + 1)
        for boxes in (1, 3):
            grid.setColumnStretch(boxes, 1)
        self.body.addLayout(grid)
        self.body.addWidget(section("First articles"))
        self.preview = Preview()
        self.body.addWidget(self.preview)
        self.body.addStretch(1)
        self.button("Cancel", self.reject)
        self.go = self.button("Use these columns", self.accept, primary=True)
        self._show()

    def _begin(self, field: str) -> str:
        if self.mapping is None:
            return ""
        return (
            self.mapping.text[0]
            if field == "text" and self.mapping.text
            else self.mapping.fields.get(field, "")
        )

    def _chosen(self) -> Mapping | None:
        values = {field: str(box.currentData()) for field, box in self.boxes.items()}
        text = values.pop("text")
        return Mapping((text,), **values) if text else None

    def _show(self) -> None:
        self.mapping = self._chosen()
        self.go.setEnabled(self.mapping is not None)
        heads = ("title", "date", "outlet", "text", "fields")
        if self.mapping is None:
            self.say_problem("Choose the column that holds the text.")
            self.preview.show_rows(heads, [], "text", ROWS)
            return
        table = Table(self._found.columns, iter(self._found.rows), self._found.count)
        try:
            made = list(islice(drafts(table, self.mapping, self._name), ROWS))
        except UserError as error:
            self.say_problem(str(error))
            return
        self.say_problem("" if made else "No row has a text in that column.")
        rows = [
            (each.title, each.date, each.outlet, each.text[:200], ", ".join(each.attributes)) for each in made
        ]
        self.preview.show_rows(heads, rows, "text", ROWS)


def is_table(path: Path) -> bool:
    """Whether a file's name says that it is a table."""
    return path.suffix.lower() in TABLES


def remembered(project: Project) -> tuple[Mapping, ...]:
    """The columns that were chosen in this project."""
    found = presets.kept(project, KIND).values()
    return tuple(Mapping(tuple(each["text"]), **each["fields"]) for each in found)


def remember(project: Project, mapping: Mapping) -> None:
    value = {"text": list(mapping.text), "fields": mapping.fields}
    presets.keep(project, KIND, "\t".join(mapping.columns), value)


def ask_columns(project: Project, paths: Sequence[Path], parent: QWidget | None) -> Wishes | None:
    """What is wished for the tables among the paths: of each that has other columns than those remembered, the
    user is asked. None where the user gave up.
    """
    for path in filter(is_table, paths):
        try:
            found = preview(read_whole(path), path.name)
        except UserError:
            continue  # it is said in the report
        if any(set(each.columns) <= set(found.columns) for each in remembered(project)):
            continue
        sheet = Columns(path.name, found, parent)
        if not sheet.exec() or sheet.mapping is None:
            return None
        remember(project, sheet.mapping)
    return Wishes(remembered=remembered(project))
