"""The figures of a comparison as a table: taxonomies, below each its codes, and the questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from annotate.agreement.compared import Comparison, Figures, Passages
from annotate.agreement.estimate import Estimate, in_figures
from ui.fonts import tabular, ui_font
from ui.look import Look
from ui.theme import load_tokens

HEADS = ("", "Used in", "Agree", "Alpha", "AC1", "Kappa", "Unit alpha", "F1 exact", "F1 overlap")
TIPS = (
    "",
    "Articles in which any of the coders used the code",
    "Share of articles on which two coders agree that they have the code or not",
    "Krippendorff’s alpha, with its 95 % interval",
    "Gwet’s AC1; AC2 of a scale",
    "Cohen’s kappa; of more than two coders the mean of all pairs",
    "Where highlights begin and end, corrected for chance",
    "Share of highlights with the same characters; not corrected for chance",
    "Share of highlights that overlap; not corrected for chance",
)
CODE = Qt.ItemDataRole.UserRole
ABSENT = "–"


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what it is, its figures, and the code it is about; a heading has no figures."""

    name: str
    cells: tuple[tuple[str, str], ...] = ()  # text, and what is told of it
    code: str = ""
    strong: bool = False


class FiguresTable(QTableWidget):
    """`picked` says the code of the row that is current, or "" for none."""

    picked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(0, len(HEADS))
        self._look = look
        self.setAccessibleName("Agreement")
        self.setHorizontalHeaderLabels(HEADS)
        for at, tip in enumerate(TIPS):
            self.horizontalHeaderItem(at).setToolTip(tip)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setFont(tabular(ui_font(load_tokens()["type"]["ui"]["size"])))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(64)
        self.currentCellChanged.connect(self._changed)

    def show_comparison(self, comparison: Comparison) -> None:
        """All there is in it, the first code current."""
        rows = list(lines(comparison))
        self.blockSignals(True)
        self.clearSpans()
        self.setRowCount(len(rows))
        for row, line in enumerate(rows):
            self._fill(row, line)
        self.blockSignals(False)
        first = next((at for at, line in enumerate(rows) if line.code), -1)
        self.setCurrentCell(first, 0)
        self._changed(first)

    def _fill(self, row: int, line: Line) -> None:
        head = QTableWidgetItem(line.name)
        head.setData(CODE, line.code)
        head.setToolTip(line.name)
        face = self.font()
        face.setWeight(face.Weight.DemiBold if line.strong else face.Weight.Normal)
        head.setFont(face)
        self.setItem(row, 0, head)
        if not line.cells:
            self.setSpan(row, 0, 1, len(HEADS))
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.setForeground(QColor(self._look.theme.dim))
        for at, (text, told) in enumerate(line.cells, 1):
            item = QTableWidgetItem(text)
            item.setToolTip(told)
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if text == ABSENT:
                item.setForeground(QColor(self._look.theme.faint))
            self.setItem(row, at, item)

    def _changed(self, row: int, *_: int) -> None:
        item = self.item(row, 0) if row >= 0 else None
        self.picked.emit(item.data(CODE) if item else "")


def lines(comparison: Comparison) -> Iterator[Line]:
    """The rows in order: codes as they stand in their tree, each with its taxonomy's figures above."""
    held = comparison.found()
    schemes = {found.taxonomy: found for found in comparison.compared.schemes}
    for taxonomy in comparison.taxonomies:
        if (scheme := schemes.get(taxonomy.id)) is None:
            continue
        places = scheme.places
        whole = [("", "")] * 5 + [cell(places.unit), cell(places.exact), cell(places.overlap)]
        yield Line(taxonomy.title, tuple(whole), strong=True)
        for code, found in held[taxonomy.id]:
            few = "*" if found.few else ""
            used = f"{found.positive:,}{few}"
            tip = "Fewer than 20 articles: its figures say little" if found.few else ""
            yield Line(
                f"    {code.name}",
                ((used, tip), *_units(found.presence), *map(cell, _passages(found.passages))),
                code.id,
            )
    if comparison.compared.questions:
        yield Line("Questions about the articles", strong=True)
    for question, asked in comparison.asked():
        units = (f"{asked.figures.units:,}", f"Articles that two coders answered it for; {asked.metric}")
        blank = (("", ""),) * 3
        yield Line(f"    {question.name}", (units, *_units(asked.figures), *blank))


def _units(figures: Figures) -> tuple[tuple[str, str], ...]:
    return tuple(map(cell, (figures.percent, figures.alpha, figures.ac, figures.kappa)))


def _passages(passages: Passages) -> tuple[Estimate, ...]:
    return passages.unit, passages.exact, passages.overlap


def cell(found: Estimate) -> tuple[str, str]:
    """A figure in two places, and what is told of it: its interval, or why there is none."""
    if found.value is None:
        return ABSENT, f"Not defined: {found.why}"
    said = in_figures(found.value, 2)
    if found.low is None or found.high is None:
        return said, ""
    return said, f"95 % interval {in_figures(found.low, 2)} to {in_figures(found.high, 2)}"
