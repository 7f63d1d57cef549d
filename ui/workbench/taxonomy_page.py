"""The page of a whole taxonomy: what it is, where it comes from, and what was done to it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotate.model import Taxonomy
from annotate.spoken import counted
from storage import change_log, code_edits
from ui.codes.version_html import log_html
from ui.look import Look
from ui.session import Session
from ui.workbench.edit import Edit, of_taxonomy
from ui.workbench.inplace import PAD, Begin, InPlace, serif
from ui.workbench.words import prose_html

READING = 17
ABOUT = (
    ("version", "Version", "Add a version"),
    ("licence", "Licence", "Add a licence"),
    ("source", "Source", "Where it comes from"),
    ("credit", "Credit", "Who made it"),
    ("language", "Language", "Of the labels, such as en"),
)
FEW = 40  # lines of the log shown


class TaxonomyPage(QWidget):
    """`show_taxonomy` shows another one; what was typed is stored first."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self.id: str | None = None
        self.title = InPlace(
            look, "Title", "Title", style=serif(28, 600), to=lambda text: " ".join(text.split())
        )
        self.facts = QLabel()
        self.facts.setProperty("role", "dim")
        self.facts.setContentsMargins(PAD, 0, 0, 0)
        self.about = {name: InPlace(look, title, hint) for name, title, hint in ABOUT}
        self.note = InPlace(look, "Note", "What users of it should know", style=serif(READING), prose=True,
                            html=prose_html)  # fmt: skip
        self.shown = QComboBox()
        self.shown.setAccessibleName("Language in which labels are shown")
        self.shown.activated.connect(lambda _: self._show_in(self.shown.currentData()))
        self.log = QLabel(wordWrap=True)
        self.log.setTextFormat(Qt.TextFormat.RichText)
        self.log.setContentsMargins(PAD, 0, 0, 0)
        self._lay_out()
        look.changed.connect(lambda: self.refresh())

    def fields(self) -> list[InPlace]:
        return [self.title, *self.about.values(), self.note]

    def show_taxonomy(self, id: str) -> None:
        if id != self.id:
            self.flush()
            self.id = id
        self.refresh()

    def flush(self) -> bool:
        """Stores what was typed; False if something could not be stored."""
        return not [field for field in self.fields() if not field.flush()]

    def taxonomy(self) -> Taxonomy | None:
        return next((each for each in self._session.taxonomies if each.id == self.id), None)

    def refresh(self) -> None:
        """Shows the taxonomy as it is now."""
        held = self.taxonomy()
        if held is None:
            return
        writable = self._session.project.writable
        named = (("title", self.title), *self.about.items(), ("note", self.note))
        for name, field in named:
            field.show_text(str(getattr(held, name)), self._begin(name) if writable else None)
        roots = sum(code.parent is None for code in held.codes)
        self.facts.setText(f"{counted(len(held.codes), 'code')}, {roots:,} at the top · {held.slug}")
        self._fill_languages(held)
        lines = change_log.lines(self._session.project, held.id)
        said = log_html(lines[:FEW], self._session.coder_name, self._look.theme)
        more = f"<p>and {counted(len(lines) - FEW, 'earlier change')}</p>" if len(lines) > FEW else ""
        self.log.setText(said + more or "Nothing was changed yet.")

    # ------------------------------------------------------------ inside

    def _begin(self, name: str) -> Begin:
        def begin() -> Edit:
            held = self.taxonomy()
            assert held is not None
            return of_taxonomy(self._session, held, name)

        return begin

    def _fill_languages(self, held: Taxonomy) -> None:
        there = sorted({language for code in held.codes for language, _ in code.labels} - {held.language})
        own = f"Its own ({held.language})" if held.language else "Its own"
        self.shown.clear()
        for name, language in ((own, ""), *((each, each) for each in there)):
            self.shown.addItem(name, language)
        self.shown.setCurrentIndex(max(0, self.shown.findData(held.shown)))
        self.shown.setEnabled(self._session.project.writable and bool(there))
        self.shown.setToolTip("" if there else "Its codes have labels in one language alone.")

    def _show_in(self, language: str) -> None:
        held = self.taxonomy()
        if held is not None and language != held.shown:
            named = f" in {language}" if language else " in its own language"
            self._session.do(
                f"Show “{held.title}”{named}",
                lambda step: code_edits.edit_taxonomy(step, held, shown=language),
            )

    def _indented(self, field: QWidget) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(PAD, 2, 0, 0)
        row.addWidget(field)
        row.addStretch(1)
        return made

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 14, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        rows = [(title, self.about[name]) for name, title, _ in ABOUT]
        for at, (title, field) in enumerate([*rows, ("Labels shown in", self._indented(self.shown))]):
            word = QLabel(title)
            word.setProperty("role", "dim")
            word.setContentsMargins(PAD, 3, 8, 3)
            grid.addWidget(word, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, at, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(self.facts)
        column.addLayout(grid)
        for title, field in (("Note", self.note), ("Changes", self.log)):
            label = QLabel(title)
            label.setProperty("role", "section")
            label.setContentsMargins(PAD, 18, 0, 1)
            column.addWidget(label)
            column.addWidget(field)
        column.addStretch(1)
