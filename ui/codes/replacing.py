"""Find and replace in what is written about the codes of a taxonomy: every change is seen first, all is one step."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from annotate.code_replacing import Replaced, replacements
from annotate.errors import UserError
from annotate.model import Taxonomy
from annotate.replacing import find_rule, snippet
from annotate.spoken import counted
from storage import Step, taxonomies
from storage.corrections import Preview
from ui.codes import deeds
from ui.codes.merging import reason_field
from ui.correcting.passages import Passages
from ui.dialogs.sheet import Sheet, labelled, note
from ui.look import Look
from ui.session import Session

LATER_MS = 250
PLACES = (
    ("labels", "Labels"),
    ("notes", "Definitions and use"),
    ("examples", "Examples"),
    ("synonyms", "Synonyms"),
)


class ReplaceInCodes(Sheet):
    """What is sought above, what would change below."""

    def __init__(self, session: Session, look: Look, taxonomy: str, parent: QWidget | None = None) -> None:
        self._session = session
        self._taxonomy = taxonomy
        super().__init__(f"Find and replace in {self._held().title}", parent, width=820, height=680)
        self.found: list[Replaced] = []
        self.sought, self.put_in = QLineEdit(), QLineEdit(placeholderText="Empty takes the words out")
        self.case = QCheckBox("Match case", checked=True)
        self.words, self.regex = QCheckBox("Whole words"), QCheckBox("Regular expression")
        self.places = {name: QCheckBox(title, checked=name in ("labels", "notes")) for name, title in PLACES}
        self.reason = reason_field()
        self.none = note("")
        self.passages = Passages(look)
        self._later = QTimer(self, interval=LATER_MS, singleShot=True)
        self._later.timeout.connect(self.look_through)
        self._lay_out()
        self.button("Cancel", self.reject)
        self.go = self.button("Replace", self.replace, primary=True)
        session.failed.connect(self.say_problem)
        self.sought.setFocus()
        self.look_through()

    def look_through(self) -> None:
        """Finds every change, and shows it."""
        self._later.stop()
        self.say_problem("")
        self.found = []
        try:
            self.found = self._changes()
        except UserError as error:
            self.say_problem(str(error))
        self.passages.begin()
        for _, group in groupby(self.found, lambda each: each.code.id):
            self.passages.add(_preview(list(group)))
        self._tell()

    def replace(self) -> None:
        """Makes the changes that were shown, as one step."""
        if self._later.isActive():
            self.look_through()
        found, reason = self.found, self.reason.text()
        if not found:
            return

        def work(step: Step) -> None:
            for each in found:
                taxonomies.edit_codes(step, [each.code.id], reason=reason, **{each.field: each.after})

        label = f"Replace “{self.sought.text()}” in {counted(len({each.code.id for each in found}), 'code')}"
        if self._session.do(label, work) is not None:
            self.accept()

    # ------------------------------------------------------------ inside

    def _held(self) -> Taxonomy:
        return deeds.stored_taxonomy(self._session, self._taxonomy)

    def _changes(self) -> list[Replaced]:
        if not self.sought.text():
            return []
        rule = find_rule(
            self.sought.text(),
            self.put_in.text(),
            regex=self.regex.isChecked(),
            words=self.words.isChecked(),
            case=self.case.isChecked(),
        )
        places = [name for name, box in self.places.items() if box.isChecked()]
        return replacements(self._held().codes, rule, places)

    def _tell(self) -> None:
        many = sum(each.count for each in self.found)
        codes = len({each.code.id for each in self.found})
        self.aside.setText(f"{counted(many, 'place')} in {counted(codes, 'code')}" if many else "")
        self.go.setText(f"Replace {counted(many, 'place')}" if many else "Replace")
        self.go.setEnabled(many > 0)
        hint = (
            "Found nowhere." if self.sought.text() else "Type what to find. Every change is shown here first."
        )
        self.none.setText(hint)
        self.none.setVisible(not many and self.problem.isHidden())

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(16)
        above.addLayout(labelled("Find", self.sought), 1)
        above.addLayout(labelled("Replace with", self.put_in), 1)
        self.body.addLayout(above)
        for boxes in ((self.case, self.words, self.regex), tuple(self.places.values())):
            row = QHBoxLayout()
            row.setSpacing(20)
            for box in boxes:
                row.addWidget(box)
                box.toggled.connect(lambda _: self._later.start())
            row.addStretch(1)
            self.body.addLayout(row)
        self.body.addWidget(self.none)
        self.body.addWidget(self.passages, 1)
        self.body.addLayout(labelled("Reason", self.reason))
        for field in (self.sought, self.put_in):
            field.textChanged.connect(lambda _: self._later.start())


def _preview(changes: list[Replaced]) -> Preview:
    """All that changes in one code."""
    code = changes[0].code
    snippets = [
        (*snippet(text, edit), edit.words) for each in changes for text, edits in each.edits for edit in edits
    ]
    title = " ".join(filter(None, (code.notation, code.label)))
    return Preview(code.id, title, len(snippets), tuple(snippets))
