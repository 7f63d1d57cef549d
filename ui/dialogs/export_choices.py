"""What is chosen in the export sheet: the usual choices, and more of them below a link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotate.errors import UserError
from annotate.model import ArticleState
from annotate.taxonomy import path_codes
from annotate.writers import Writer
from storage import articles, fields, rounds
from storage.code_names import CodeNames
from ui.chosen import NOTHING, Chosen
from ui.dialogs.export_shapes import ROWS, VALUES
from ui.dialogs.export_through import entries
from ui.dialogs.export_words import CELLS, EDGES, NAMES, ORDERS, PARTS, SPLITS, TEXTS
from ui.dialogs.picker import Choice as Entry
from ui.dialogs.picker import Picker
from ui.dialogs.sheet import choices, labelled, number
from ui.formats import writers
from ui.session import Session

TYPED_MS = 250  # what is being typed is tried after a rest of so long
GUARDED = (".csv", ".tsv")
TOKENISED = ("conll", "spacy")
HERE, NAMED, NO_FIELD = "here", "named", ""
ROUND, WHOSE = "round:", "whose:"  # before a round's title, before whose marks go out
OWN, CONSENSUS = f"{WHOSE}own", f"{WHOSE}consensus"


class Choices(QWidget):
    """`chosen` says it all for a format; `take` shows what a preset holds."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._named: tuple[str, ...] = ()
        self.coders = Picker("All coders", self._coder_entries())
        self.codes = Picker("All, with a code or without", self._code_entries())
        self.articles = Picker("All articles", self._article_entries())
        self.filter = QLineEdit(placeholderText="outlet=CNN, reach>10, words")
        self.text, self.names = choices(TEXTS), choices(NAMES)
        self.row, self.values, self.split = choices(ROWS), choices(VALUES), choices(SPLITS)
        self.part, self.order = choices(PARTS), choices(ORDERS)
        self.seed = number(999_999)
        own = [Entry(each.name, each.name) for each in fields.all_fields(session.project)]
        self.fields = Picker("As the format has them", [*own, Entry(NO_FIELD, "None of them", alone=True)])
        self.cells, self.edges = choices(CELLS), choices(EDGES)
        self.way = choices(entries(session))
        self.more = QPushButton("More choices", checkable=True, autoDefault=False)
        self.more.setProperty("role", "link")
        self._below = QWidget()
        self._arrange()
        self._typed = QTimer(self, interval=TYPED_MS, singleShot=True)
        self._typed.timeout.connect(self.changed)
        for picker in (self.coders, self.codes, self.articles, self.fields):
            picker.changed.connect(self.changed)
        for box in self.findChildren(QComboBox):
            box.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.filter.textChanged.connect(lambda _: self._typed.start())
        self.seed.valueChanged.connect(lambda _: self.changed.emit())
        self.more.toggled.connect(self._show_more)

    # ------------------------------------------------------------ what is chosen

    def chosen(self, writer: Writer) -> Chosen:
        """What matters for this format; the rest is as nothing chosen."""
        if writer.ROWS == "codes":
            return Chosen(writer.NAME, for_spreadsheet=self._guarded(writer))
        no_text, context = self.text.currentData()
        shape, unit = self.row.currentData() if writers.shaped(writer) else (NOTHING.shape, NOTHING.unit)
        whole = writer.ROWS in ("articles", "answers")
        way = self.way.currentData()
        picked = [str(key) for key in self.articles.picked if key not in (HERE, NAMED)]
        planned = tuple(key.removeprefix(ROUND) for key in picked if key.startswith(ROUND))
        whose = next((str(key) for key in self.coders.picked if key in (OWN, CONSENSUS)), "")
        fields = tuple(str(key) for key in self.fields.picked)
        split = str(self.split.currentData())
        return Chosen(
            writer.NAME,
            () if whose else tuple(str(key) for key in self.coders.picked),
            self._picked_codes(),
            self._picked_articles(),
            tuple(key for key in picked if not key.startswith(ROUND)),
            planned,
            whose.removeprefix(WHOSE) or NOTHING.whose,
            self.filter.text().strip(),
            anonymous=self.names.currentData()[0],
            fields=() if fields == (NO_FIELD,) else fields or None,
            order=self.order.currentData(),
            context=0 if whole or shape != "long" else context,
            no_text=(no_text and not whole) or without_texts(writer),
            split=split,
            seed=self.seed.value() if split else 0,
            part=self.part.currentData() if split else "",
            for_spreadsheet=self._guarded(writer),
            shape=shape,
            values=self.values.currentData() if shape != "long" else NOTHING.values,
            unit=unit,
            token_edges=self.edges.currentData() if writer.NAME in TOKENISED else NOTHING.token_edges,
            through=way[0],
            back=way[1],
            standard=way[2],
        )

    @property
    def with_key(self) -> bool:
        """Whether who is who among numbered coders is to be written too."""
        return bool(self.names.currentData()[1])

    def fit(self, writer: Writer) -> None:
        """Only what the format heeds can be chosen."""
        spans, shaped = writer.ROWS != "codes", writers.shaped(writer)
        of_marks: tuple[QWidget, ...] = (
            self.coders, self.codes, self.articles, self.filter, self.names, self.split, self.order, self.fields,
            self.way,
        )  # fmt: skip
        for widget in of_marks:
            widget.setEnabled(spans)
        self.text.setEnabled(writer.ROWS == "spans" and not without_texts(writer))
        self.text.setItemText(0, "No text" if without_texts(writer) else TEXTS[0][0])
        self.row.setEnabled(shaped)
        self.values.setEnabled(shaped and self.row.currentData()[0] in ("wide", "units"))
        for one in (self.seed, self.part):
            one.setEnabled(spans and bool(self.split.currentData()))
        self.cells.setEnabled(writer.SUFFIX in GUARDED)
        self.edges.setEnabled(writer.NAME in TOKENISED)

    def take(self, chosen: Chosen) -> None:
        """Shows these choices, and says once that they changed. Raises UserError for a code that is gone."""
        codes = self._entries_of(chosen.codes)
        self.blockSignals(True)
        try:
            whose = [WHOSE + chosen.whose] if chosen.whose != NOTHING.whose else chosen.coders
            _tick(self.coders, whose, "a coder")
            self.codes.pick(codes)
            self._take_articles(chosen)
            self.filter.setText(chosen.filter)
            around = f"Quote, {chosen.context} words around"
            _pick(self.text, (chosen.no_text, chosen.context), around)
            _pick(self.names, (chosen.anonymous, False), "")
            _pick(self.row, (chosen.shape, chosen.unit if chosen.shape == "units" else "sentence"), "")
            _pick(self.values, chosen.values, "")
            _pick(self.split, chosen.split, chosen.split)
            _pick(self.part, chosen.part, "")
            _pick(self.order, chosen.order, "")
            self.seed.setValue(chosen.seed)
            self.fields.pick([NO_FIELD] if chosen.fields == () else chosen.fields or ())
            _pick(self.cells, chosen.for_spreadsheet, "")
            _pick(self.edges, chosen.token_edges, "")
            way = (chosen.through, chosen.back, chosen.standard)
            _pick(
                self.way, way, f"Through “{chosen.through}”" if chosen.through else "At the standard’s level"
            )
        finally:
            self._typed.stop()
            self.blockSignals(False)
        self.more.setChecked(self.more.isChecked() or self._more_is_chosen(chosen))
        self.changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        self._typed.stop()  # the project may be closed next
        super().hideEvent(event)

    # ------------------------------------------------------------ how it is made

    def _more_is_chosen(self, chosen: Chosen) -> bool:
        names = ("part", "seed", "order", "fields", "for_spreadsheet", "token_edges")
        return any(getattr(chosen, name) != getattr(NOTHING, name) for name in names)

    def _guarded(self, writer: Writer) -> bool:
        return bool(self.cells.currentData()) and writer.SUFFIX in GUARDED

    def _picked_codes(self) -> tuple[str, ...]:
        codes: list[str] = []
        for key in self.codes.picked:
            taxonomy = next((each for each in self._session.taxonomies if each.id == key), None)
            codes += [code.id for code in taxonomy.codes if not code.parent] if taxonomy else [str(key)]
        return tuple(dict.fromkeys(codes))

    def _entries_of(self, codes: Sequence[str]) -> list[str]:
        """The entries that stand for codes by id or slug:notation: a taxonomy for all of its roots."""
        if not codes:
            return []
        names = CodeNames(self._session.project)
        wanted = [names.id(name) for name in codes]
        found: list[str] = []
        for taxonomy in self._session.taxonomies:
            roots = [code.id for code in taxonomy.codes if not code.parent]
            if roots and set(roots) <= set(wanted):
                found.append(taxonomy.id)
                wanted = [each for each in wanted if each not in roots]
        return [*found, *wanted]

    def _picked_articles(self) -> tuple[str, ...]:
        if HERE in self.articles.picked:
            return (self._session.article,) if self._session.article else ()
        return self._named if NAMED in self.articles.picked else ()

    def _take_articles(self, chosen: Chosen) -> None:
        keys: list[str] = [*chosen.states, *(ROUND + title for title in chosen.rounds)]
        if chosen.articles == (self._session.article,):
            keys = [HERE]
        elif chosen.articles:
            self._named = chosen.articles
            self.articles.add(Entry(NAMED, f"Those of the preset, {len(self._named):,}", alone=True))
            keys = [NAMED]
        _tick(self.articles, keys, "a round")

    def _arrange(self) -> None:
        usual = (
            ("Coders", self.coders),
            ("Codes", self.codes),
            ("Articles", self.articles),
            ("Only articles with", self.filter),
            ("Text", self.text),
            ("Names of the coders", self.names),
            ("A row is", self.row),
            ("Codes as", self.values),
            ("Split", self.split),
            *((("Under the codes", self.way),) if self.way.count() > 1 else ()),
        )
        more = (
            ("Part of the split", self.part),
            ("Seed of the split", self.seed),
            ("Order of the articles", self.order),
            ("Own fields of articles", self.fields),
            ("Cells", self.cells),
            ("Edges within tokens", self.edges),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(_grid(usual))
        self._below.setLayout(_grid(more))
        self._below.hide()
        column.addWidget(self._below)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_more(self, on: bool) -> None:
        self._below.setVisible(on)
        self.more.setText("Fewer choices" if on else "More choices")

    def _code_entries(self) -> list[Entry]:
        found: list[Entry] = []
        for taxonomy in self._session.taxonomies:
            found.append(Entry(taxonomy.id, f"All in {taxonomy.title}"))
            for code in taxonomy.codes:
                depth = len(path_codes(code, self._session.codes))
                found.append(Entry(code.id, code.name, code.label, depth))
        return found

    def _article_entries(self) -> list[Entry]:
        groups = articles.numbers(self._session.project)
        found = [
            Entry(str(state), f"{str(state).capitalize()}, {len(groups[state]):,}", str(state))
            for state in ArticleState
        ]
        planned = rounds.all_rounds(self._session.project)
        found += [Entry(ROUND + each.title, f"Round “{each.title}”", each.title) for each in planned]
        if self._session.article:
            found.append(Entry(HERE, "The one that is open", alone=True))
        return found

    def _coder_entries(self) -> list[Entry]:
        people = [Entry(each.name, each.name) for each in self._session.coders]
        if not any(each.consensus for each in self._session.coders):
            return people
        return [
            Entry(OWN, "Each coder’s own, without the consensus", alone=True),
            Entry(CONSENSUS, "The consensus alone", alone=True),
            *people,
        ]


def without_texts(writer: Writer) -> bool:
    """Whether the format is for those to whom no words may go."""
    return bool(getattr(writer, "READS_TEXT", False))


def _pick(box: QComboBox, data: Any, name: str) -> None:
    """Chooses the entry that has this; one that is not there is added under `name`, if that says one."""
    at = next((each for each in range(box.count()) if box.itemData(each) == data), -1)
    if at < 0 and name:
        box.addItem(name, data)
        at = box.count() - 1
    if at < 0:
        raise UserError("The preset holds a choice that this version of Postil does not know.")
    box.setCurrentIndex(at)


def _tick(picker: Picker, keys: Sequence[str], what: str) -> None:
    """Ticks entries; fewer than a preset holds would let more out than was meant."""
    picker.pick(keys)
    if len(picker.picked) != len(set(keys)):
        raise UserError(f"The preset holds {what} that is not in this project.")


def _grid(cells: Sequence[tuple[str, QWidget]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(8)
    for at, (name, widget) in enumerate(cells):
        widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        grid.addLayout(labelled(name, widget), at // 3, at % 3)
    for column in range(3):
        grid.setColumnStretch(column, 1)
    return grid
