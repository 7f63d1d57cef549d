"""A taxonomy brought to the state of a file: what would change is looked at before, and done as one step."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QTextBrowser, QWidget

from annotate.model import Taxonomy
from annotate.readers.files import read_whole
from annotate.spoken import counted
from annotate.taxonomy_files import Incoming, Wishes, read_taxonomy
from annotate.taxonomy_plan import Plan, counts, plan
from storage.taxonomies import all_taxonomies
from storage.taxonomy_update import Updated, answers_unfit, marks_on, removable, said, update
from ui.codes.merging import reason_field
from ui.codes.version_html import differences_html
from ui.dialogs.sheet import Sheet, labelled, note
from ui.look import Look
from ui.session import Session

WAYS = (
    ("Keep them", "keep"),
    ("Retire them", "retire"),
    ("Remove those without highlights", "remove-unused"),
)
LISTED = 200  # codes that the file lacks, named one by one


def read(path: Path, held: Taxonomy) -> Incoming:
    """The taxonomy in a file, to be compared with one that the project has; labels in the language of that where
    the file has it. Raises UserError.
    """
    data = read_whole(path)
    found = read_taxonomy(data, path.name, Wishes(slug=held.slug))
    if held.language and held.language in found.languages[1:]:
        found = read_taxonomy(data, path.name, Wishes(slug=held.slug, language=held.language))
    return found


class UpdateTaxonomy(Sheet):
    """Says what the file changes and what it lacks; nothing is done until it is accepted."""

    def __init__(
        self,
        session: Session,
        look: Look,
        taxonomy: str,
        path: Path,
        incoming: Incoming,
        parent: QWidget | None = None,
    ) -> None:
        self._session, self._look = session, look
        self._id, self._incoming = taxonomy, incoming
        super().__init__(f"Update {self._held().title}", parent, width=760, height=660)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.head = note(f"From {path.name}")
        self.text = QTextBrowser()
        self.text.setAccessibleName("What the file changes")
        self.text.document().setDocumentMargin(0)
        self.missing = QComboBox()
        for words, way in WAYS:
            self.missing.addItem(words, way)
        self.reason = reason_field()
        self._what = QWidget()
        lacking = labelled("Codes that the file lacks", self.missing)
        lacking.setContentsMargins(0, 0, 0, 0)
        self._what.setLayout(lacking)
        self.body.addWidget(self.head)
        self.body.addWidget(self.text, 1)
        self.body.addWidget(self._what)
        self.body.addLayout(labelled("Reason", self.reason))
        self.button("Cancel", self.reject)
        self.accept_button = self.button("Update", self.accept, primary=True)
        session.failed.connect(self.say_problem)
        look.changed.connect(self._show)
        self.missing.activated.connect(lambda _: self._allow())
        self._name = path.name
        self._show()
        self.reason.setFocus()

    def accept(self) -> None:
        self.say_problem("")
        told: list[Updated] = []
        project, found = self._session.project, self._plan()
        done = self._session.do(
            f"Update taxonomy “{found.held.title}”",
            lambda step: told.append(
                update(project, step, found, missing=self.missing.currentData(), reason=self.reason.text())
            ),
        )
        if done is None:
            return
        super().accept()
        self._session.said.emit(f"“{found.held.title}” updated: {said(told[0])}")

    # ------------------------------------------------------------ inside

    def _held(self) -> Taxonomy:
        """As it is stored: with its rules and questions, its labels in its own language."""
        return next(each for each in all_taxonomies(self._session.project) if each.id == self._id)

    def _plan(self) -> Plan:
        return plan(self._held(), self._incoming.taxonomy)

    def _show(self) -> None:
        found = self._plan()
        self.head.setText(f"From {self._name}: {summary(found)}")
        self._what.setVisible(bool(found.missing))
        unused = len(removable(self._session.project, found)) if found.missing else 0
        self.missing.setItemText(2, f"Remove those without highlights ({unused:,})")
        self.text.setHtml(self._html(found))
        self._allow()

    def _allow(self) -> None:
        """There is something to do, if only with what the file lacks."""
        found = self._plan()
        way = self.missing.currentData()
        self.accept_button.setEnabled(not found.nothing or (bool(found.missing) and way != "keep"))

    def _html(self, found: Plan) -> str:
        theme = self._look.theme
        parts = [differences_html(found.differences, theme) or "<p>Nothing differs.</p>"]
        if found.reordered:
            parts.append(f"<p>{counted(found.reordered, 'code')} in another order.</p>")
        parts += [
            f"<p>{escape(name.capitalize())}: {escape(value)}</p>" for name, value in found.about.items()
        ]
        parts.append(_listed("Not in the file", self._lacking(found), theme.dim))
        silent = (
            [f"The file says nothing of these, so they stay: {', '.join(found.silent)}."]
            if found.silent
            else []
        )
        parts.append(
            _listed("Notes", [*self._unfit(found), *silent, *self._incoming.notes, *found.notes], theme.dim)
        )
        return "".join(parts)

    def _lacking(self, found: Plan) -> list[str]:
        marks = marks_on(self._session.project, found.missing)
        lines = [f"{code.name}, {counted(marks.get(code.id, 0), 'highlight')}" for code in found.missing]
        if len(lines) > LISTED:
            lines = [*lines[:LISTED], f"and {counted(len(lines) - LISTED, 'other code')}"]
        return [*lines, *(f"{each.name}, which stays" for each in found.uses_missing)]

    def _unfit(self, found: Plan) -> list[str]:
        unfit = answers_unfit(self._session.project, found)
        return [
            f"{counted(unfit[each.id], 'answer')} to “{each.name}” would fit it no more; they stay, and the check of "
            "the rules lists them."
            for each in found.uses.held.questions
            if each.id in unfit
        ]


def summary(found: Plan) -> str:
    """`2 codes new, 1 changed, 3 missing`, in a line."""
    numbers = counts(found)
    numbers |= {"as they were": numbers.pop("same"), "not in the file": numbers.pop("missing")}
    facts = [f"{number:,} {name}" for name, number in numbers.items() if number]
    return f"{counted(len(found.after), 'code')}: {', '.join(facts)}" if facts else "no codes"


def _listed(head: str, lines: list[str], dim: str) -> str:
    if not lines:
        return ""
    inside = "<br>".join(map(escape, lines))
    return f'<p style="margin-top:14px"><span style="color:{dim}">{head}</span><br>{inside}</p>'
