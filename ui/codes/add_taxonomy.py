"""Which taxonomy comes into the project: one that is shipped, one from a file, or an empty one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QScrollArea, QWidget

from annotate.codebook_files import read_csv, read_json
from annotate.errors import UserError
from annotate.model import Taxonomy
from annotate.taxonomy import load_shipped, shipped
from storage import taxonomies
from ui import ask
from ui.codes import deeds
from ui.dialogs.sheet import Sheet
from ui.icons import Icon, icon
from ui.look import Look
from ui.session import Session

SLUG = Qt.ItemDataRole.UserRole
FILES = "Taxonomies (*.csv *.tsv *.json);;All files (*)"


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
        """The taxonomy in a CSV or JSON file."""
        try:
            text = path.read_text(encoding="utf-8-sig")
            if path.suffix.lower() == ".json":
                read = read_json(text)
            else:
                read = read_csv(
                    text, slug=deeds.empty_taxonomy(self._session, path.stem).slug, title=path.stem
                )
            self._session.settings.set_last_folder(path.parent)
            return read
        except UserError as error:
            self.say_problem(str(error))
        except UnicodeDecodeError:
            self.say_problem(f"{path.name} is not UTF-8 text; save it as UTF-8 and try again.")
        except OSError as error:
            self.say_problem(f"{path.name} cannot be read: {error.strerror}.")
        return None

    # ------------------------------------------------------------ inside

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
        self.list.addItem(
            QListWidgetItem(icon(Icon.IMPORT, theme.dim, 16), "Import from a CSV or JSON file…")
        )
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
        facts = (("Codes", f"{info.codes:,}"), ("Version", info.version), ("Licence", info.licence),
                 ("Source", info.source), ("Credit", taxonomy.credit), ("Note", taxonomy.note))  # fmt: skip
        lines = [f'<p style="font-size:16px; font-weight:600">{escape(info.title)}</p>']
        lines += [
            f'<p><span style="color:{theme.dim}">{name}</span><br>{escape(value)}</p>'
            for name, value in facts
            if value
        ]
        self.about.setText("".join(lines))


FROM_FILE = (
    "<p style='font-weight:600'>From a file</p>"
    "<p>A CSV whose first line names the columns: <i>label</i>, and where there are "
    "any <i>notation, parent, definition, use_when, avoid_when, examples, colour, shortcut, assignable</i>.</p>"
    "<p>Or a JSON file as Postil writes it.</p>"
)
EMPTY = "<p style='font-weight:600'>An empty taxonomy</p><p>For codes of your own, made as you read.</p>"
