"""Which taxonomy comes into the project: one that is shipped, one from a file, or an empty one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QScrollArea, QWidget

from annotate.errors import UserError
from annotate.model import Taxonomy
from annotate.readers.files import read_whole
from annotate.taxonomy import brings, load_shipped, shipped
from annotate.taxonomy_files import NO_WISHES, SUFFIXES, Incoming, Wishes, read_taxonomy
from storage import taxonomies
from ui import ask
from ui.codes import deeds
from ui.dialogs.sheet import Sheet
from ui.icons import Icon, icon
from ui.look import Look
from ui.session import Session

SLUG = Qt.ItemDataRole.UserRole
FILES = f"Taxonomies ({' '.join(f'*{suffix}' for suffix in SUFFIXES)});;All files (*)"


class AddTaxonomy(Sheet):
    """What stands in the project already is ticked and cannot be added again."""

    added = Signal(str)  # id of the taxonomy

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("Add a taxonomy", parent, width=760, height=520)
        self._session, self._look = session, look
        self.list = QListWidget()
        self.list.setAccessibleName("Taxonomies")
        self.list.setMinimumWidth(280)
        self.about = QLabel()
        self.about.setTextFormat(Qt.TextFormat.RichText)
        self.about.setWordWrap(True)
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.about.setContentsMargins(20, 4, 8, 8)
        side = QScrollArea()
        side.setWidgetResizable(True)
        side.setWidget(self.about)
        row = QHBoxLayout()
        row.addWidget(self.list, 1)
        row.addWidget(side, 1)
        self.body.addLayout(row, 1)
        self.button("Cancel", self.reject)
        self.add_button = self.button("Add", self.accept, primary=True)
        self._fill()
        self.list.currentItemChanged.connect(self._show)
        self.list.itemDoubleClicked.connect(lambda item: self.accept())
        self.list.setCurrentRow(next((at for at in range(self.list.count()) if self._is_new(at)), 0))
        self.list.setFocus()

    def accept(self) -> None:
        if not self.add_button.isEnabled():
            return
        made = self._ways()[self.list.currentRow()]()
        if made is None:
            return
        self.say_problem("")
        if self._session.do(f"Add taxonomy “{made.title}”", lambda step: taxonomies.add(step, made)) is None:
            self.say_problem(f"“{made.title}” could not be added.")
            return
        super().accept()
        self.added.emit(made.id)

    def from_file(self, path: Path) -> Taxonomy | None:
        """The taxonomy in a file of any format that is read. Asks for the language of labels where there are
        several, and shows what has no place here before anything is added.
        """
        try:
            data = read_whole(path)
            read = self._read(data, path.name, NO_WISHES)
            if len([each for each in read.languages if each]) > 1:
                language = ask.text(
                    self,
                    "Language of the labels",
                    f"One of {', '.join(read.languages)}",
                    read.languages[0],
                    "Take it",
                )
                if language is None:
                    return None
                read = self._read(data, path.name, Wishes(language=language.strip()))
        except UserError as error:
            self.say_problem(str(error))
            return None
        self._session.settings.set_last_folder(path.parent)
        made = read.taxonomy
        with_it = brings(len(made.codes), len(made.questions), len(made.rules))
        question = f"Add “{made.title}” with {with_it}?"
        if read.notes and not ask.confirm(self, question, "\n\n".join(read.notes), "Add"):
            return None
        return made

    # ------------------------------------------------------------ inside

    def _read(self, data: bytes, name: str, wishes: Wishes) -> Incoming:
        """Under a slug that no taxonomy of the project has."""
        self.setCursor(Qt.CursorShape.WaitCursor)
        try:
            read = read_taxonomy(data, name, wishes)
            slug = read.taxonomy.slug
            if slug in {each.slug for each in self._session.taxonomies}:
                free = deeds.empty_taxonomy(self._session, slug).slug
                read = read_taxonomy(data, name, replace(wishes, slug=free))
            return read
        finally:
            self.unsetCursor()

    def _ways(self) -> list[Callable[[], Taxonomy | None]]:
        """What each line of the list brings."""
        ways: list[Callable[[], Taxonomy | None]] = [partial(load_shipped, info.slug) for info in shipped()]
        return [*ways, self._ask_file, self._ask_title]

    def _ask_file(self) -> Taxonomy | None:
        path = ask.open_one(self, "Import a taxonomy", self._session.settings.last_folder, FILES)
        return self.from_file(path) if path else None

    def _ask_title(self) -> Taxonomy | None:
        title = ask.text(self, "Start an empty taxonomy", "Title", deeds.OWN_TITLE)
        return deeds.empty_taxonomy(self._session, title) if title and title.strip() else None

    def _fill(self) -> None:
        theme, there = self._look.theme, {each.slug for each in self._session.taxonomies}
        for info in shipped():
            item = QListWidgetItem(info.title)
            item.setData(SLUG, info.slug)
            if info.slug in there:
                item.setIcon(icon(Icon.CHECK, theme.good, 16))
                item.setForeground(self.palette().placeholderText())
            else:
                item.setIcon(icon(Icon.BOOK, theme.dim, 16))
            self.list.addItem(item)
        self.list.addItem(QListWidgetItem(icon(Icon.IMPORT, theme.dim, 16), "Import from a file…"))
        self.list.addItem(QListWidgetItem(icon(Icon.PLUS, theme.dim, 16), "Start an empty one…"))

    def _is_new(self, at: int) -> bool:
        slug = self.list.item(at).data(SLUG)
        return slug not in {each.slug for each in self._session.taxonomies}

    def _show(self) -> None:
        at, theme = self.list.currentRow(), self._look.theme
        infos = shipped()
        self.add_button.setEnabled(self._is_new(at))
        if at >= len(infos):
            is_file = at == len(infos)
            self.add_button.setText("Choose a file…" if is_file else "Start it…")
            self.about.setText(FROM_FILE if is_file else EMPTY)
            return
        info = infos[at]
        self.add_button.setText(f"Add {info.codes:,} codes" if self._is_new(at) else "In the project already")
        taxonomy = load_shipped(info.slug)
        facts = (
            ("Brings", brings(info.codes, info.questions, len(taxonomy.rules))),
            ("Version", info.version),
            ("Licence", info.licence),
            ("Source", info.source),
            ("Credit", taxonomy.credit),
            ("Note", taxonomy.note),
        )
        lines = [f'<p style="font-size:16px; font-weight:600">{escape(info.title)}</p>']
        lines += [
            f'<p><span style="color:{theme.dim}">{name}</span><br>{escape(value)}</p>'
            for name, value in facts
            if value
        ]
        self.about.setText("".join(lines))


FROM_FILE = (
    "<p style='font-weight:600'>From a file</p>"
    "<p>A table (CSV or Excel) whose first line names the columns: <i>label</i>, and where there are "
    "any <i>notation, parent, definition, use_when, avoid_when, examples, colour, shortcut, assignable</i>. "
    "The tree can also stand in a column <i>path</i> or in columns <i>level 1, level 2 …</i></p>"
    "<p>A thesaurus or classification in SKOS (RDF/XML, Turtle, JSON-LD, N-Triples), in one of its languages.</p>"
    "<p>A REFI-QDA codebook (.qdc), YAML, or JSON as Postil writes it.</p>"
)
EMPTY = "<p style='font-weight:600'>An empty taxonomy</p><p>For codes of your own, made as you read.</p>"
