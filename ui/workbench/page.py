"""The page of one code, read like a page of a printed codebook and written in place."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from annotate.model import Code
from annotate.standards import OPEN
from storage import taxonomies
from ui.codes import deeds
from ui.codes.related import RelatedCodes
from ui.look import Look
from ui.session import Session
from ui.workbench.edit import Edit, of_code
from ui.workbench.head import Head
from ui.workbench.inplace import PAD, Begin, InPlace, serif
from ui.workbench.other_languages import OtherLanguages
from ui.workbench.words import examples_html, prose_html

READING = 17  # pixels
PROSE = (
    ("definition", "Definition", "What the code means"),
    ("use_when", "Use when", "When a passage gets this code"),
    ("avoid_when", "Do not use when", "When it does not, and which code it gets instead"),
    ("examples", "Examples", "Passages that got it: + takes the selected highlight of a text"),
    ("counter_examples", "Counter-examples", "Passages that seem to fit and do not: - takes the highlight"),
)


class CodePage(QWidget):
    """`show_code` shows another code; what was typed for the one before is stored first."""

    code_asked = Signal(str)
    taxonomy_asked = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self.id: str | None = None
        self.head = Head(session, look)
        self.head.code_asked.connect(self.code_asked)
        self.head.taxonomy_asked.connect(self.taxonomy_asked)
        self.prose = {name: self._prose_field(name, title, hint) for name, title, hint in PROSE}
        self.synonyms = InPlace(
            look, "Synonyms", "Other words for it, divided by semicolons", style=serif(READING), to=_listed
        )
        self._related: RelatedCodes | None = None
        self.languages = OtherLanguages()
        self.languages.changed.connect(lambda labels: self._store(labels=labels))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._lay_out()
        look.changed.connect(lambda: self.refresh())

    def fields(self) -> list[InPlace]:
        """Those that are typed, in the order of the page."""
        return [*self.head.fields(), *self.prose.values(), self.synonyms]

    def show_code(self, id: str) -> None:
        if id != self.id:
            self.flush()
            self.id = id
        self.refresh()

    def flush(self) -> bool:
        """Stores what was typed. False if something could not be stored; it stays typed."""
        return not [field for field in self.fields() if not field.flush()]

    def code(self) -> Code | None:
        """The code as it is stored, whatever language is shown."""
        return taxonomies.code(self._session.project, self.id) if self.id else None

    def refresh(self) -> None:
        """Shows the code as it is now."""
        code = self.code()
        if code is None or code.id not in self._session.codes:
            return
        writable = self._session.project.writable
        fixed = self._session.is_fixed(code)
        self.head.show_code(code)
        for name, field in self.prose.items():
            open_ = writable and (name in OPEN or not fixed)
            field.show_text(str(getattr(code, name)), self._begin(name) if open_ else None)
        self.synonyms.show_text("; ".join(code.synonyms), self._begin("synonyms") if writable else None)
        self._show_related(code)
        self.languages.show_labels(code.labels, writable=writable)

    def edit(self, name: str) -> None:
        """The keyboard goes into a field: "label", "notation", "shortcut" or one of the prose."""
        known = {"label": self.head.label, "notation": self.head.notation, "shortcut": self.head.key}
        (known.get(name) or self.prose.get(name) or self.head.label).edit()

    # ------------------------------------------------------------ inside

    def _begin(self, name: str) -> Begin:
        def begin() -> Edit:
            code = self.code()
            assert code is not None
            return of_code(self._session, code, name)

        return begin

    def _store(self, **values: Any) -> None:
        code = self.code()
        if code is not None and not deeds.edit(self._session, code, values):
            self.refresh()

    def _show_related(self, code: Code) -> None:
        shown = self._related
        if shown is not None and (shown.own, tuple(shown.ids)) == (code.id, code.related):
            return
        made = RelatedCodes(self._session, self._look, code.id, code.related, links=True)
        made.changed.connect(lambda: self._store(related=tuple(made.ids)))
        made.opened.connect(self.code_asked)
        made.setEnabled(self._session.project.writable or bool(code.related))
        made.setContentsMargins(PAD - 4, 0, 0, 0)
        if shown is not None:
            had = shown.isAncestorOf(shown.window().focusWidget() or shown)
            self._column.replaceWidget(shown, made)
            shown.hide()
            shown.deleteLater()
            if had and shown.own == code.id and self.isVisible():
                made.more.setFocus()
        else:
            self._column.insertWidget(self._related_at, made)
        self._related = made

    def _prose_field(self, name: str, title: str, hint: str) -> InPlace:
        html = self._examples if name in ("examples", "counter_examples") else prose_html
        return InPlace(self._look, title, hint, style=serif(READING), prose=True, html=html)

    def _examples(self, text: str) -> str:
        colour = self._session.colour(self.id)
        return examples_html(text, self._look.theme, colour)

    def _lay_out(self) -> None:
        self._column.addWidget(self.head)
        for name, title, _ in PROSE:
            self._add(title, self.prose[name])
        self._add("Synonyms", self.synonyms)
        self._title("Related codes")
        self._related_at = self._column.count()
        self._add("In other languages", self.languages)
        self._column.addStretch(1)
        keyed = [*self.head.keyed(), *(field.reads for field in (*self.prose.values(), self.synonyms))]
        for one, following in pairwise(keyed):
            self.setTabOrder(one, following)

    def _add(self, title: str, field: QWidget) -> None:
        self._title(title)
        self._column.addWidget(field)

    def _title(self, title: str) -> None:
        label = QLabel(title)
        label.setProperty("role", "section")
        label.setContentsMargins(PAD, 18, 0, 1)
        self._column.addWidget(label)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(str.strip, text.split(";")))))
