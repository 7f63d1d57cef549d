"""The list of formats at the left of the export sheet, in groups."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from annotate.errors import UserError
from annotate.writers import Writer
from ui.fonts import ui_font
from ui.formats import writers
from ui.look import Look
from ui.theme import load_tokens

GROUPS = (
    ("Table", ("csv", "tsv", "xlsx", "parquet", "huggingface", "sqlite")),
    ("Statistics", ("stata", "spss", "r")),
    (
        "Annotation",
        (
            "jsonl",
            "standoff",
            "qdpx",
            "taguette",
            "qualcoder",
            "w3c",
            "tei",
            "brat",
            "xmi",
            "cas-json",
            "webanno-tsv",
            "conll",
        ),
    ),
    ("Labelling", ("label-studio", "doccano", "prodigy", "spacy")),
    (
        "Report",
        tuple(f"{what}-{kind}" for what in ("quotes", "articles") for kind in ("pdf", "html", "docx", "md")),
    ),
    (
        "Codebook",
        ("codebook", "codebook-xlsx", *(f"codebook-{kind}" for kind in ("pdf", "html", "docx", "md")), "qdc"),
    ),
)


class FormatList(QListWidget):
    """The formats that can be written here; one is always chosen."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName("Formats")
        self.setFixedWidth(216)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        known = {each.NAME: each for each in writers.writers() if each.available()}
        grouped = {name for _, names in GROUPS for name in names}
        others = tuple(name for name in known if name not in grouped)
        for head, names in (*GROUPS, ("Others", others)):
            there = [name for name in names if name in known]
            if there:
                self.addItem(_group(head, look))
            for name in there:
                item = QListWidgetItem(known[name].TITLE)
                item.setData(Qt.ItemDataRole.UserRole, name)
                self.addItem(item)
        self.setCurrentRow(1)

    def choose(self, name: str) -> None:
        """Chooses a format by its name. Raises UserError where it cannot be written here."""
        for at in range(self.count()):
            if self.item(at).data(Qt.ItemDataRole.UserRole) == name:
                self.setCurrentRow(at)
                return
        raise UserError(f"The format “{name}” cannot be written here.")

    @property
    def writer(self) -> Writer:
        """The one that is chosen."""
        return writers.writer(self.currentItem().data(Qt.ItemDataRole.UserRole))


def _group(text: str, look: Look) -> QListWidgetItem:
    item = QListWidgetItem(text)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    item.setFont(ui_font(load_tokens()["type"]["ui"]["small"], 600))
    item.setForeground(QColor(look.theme.dim))
    return item
