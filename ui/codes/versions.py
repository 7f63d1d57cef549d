"""The versions of a taxonomy: one is frozen, two are compared, and highlights wait to be checked again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTextBrowser,
    QWidget,
)

from annotate.errors import UserError
from annotate.spoken import counted
from storage import Change, change_log, taxonomy_versions
from storage.taxonomy_versions import NOW, Version
from ui.codes import deeds
from ui.codes.version_html import differences_html, log_html
from ui.codes.version_rows import VersionRows
from ui.dates import moment
from ui.dialogs.sheet import Sheet, labelled, section
from ui.look import Look
from ui.session import Session

SIDE = 248
USES = ("rule", "question", "relation_type")


class Versions(Sheet):
    """Versions at the left, newest first; at the right what differs between two of them."""

    def __init__(self, session: Session, look: Look, taxonomy: str, parent: QWidget | None = None) -> None:
        self._session, self._look = session, look
        self._taxonomy = next(each for each in session.taxonomies if each.id == taxonomy)
        super().__init__(f"Versions of {self._taxonomy.title}", parent, width=1040, height=680, side=True)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self._known: list[Version] = []
        self.list = QListWidget()
        self.list.setAccessibleName("Versions, newest first")
        self.list.setFixedWidth(SIDE)
        self.list.setItemDelegate(VersionRows(look, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.before, self.after = QComboBox(), QComboBox()
        self.before.setAccessibleName("The earlier version")
        self.after.setAccessibleName("The later version")
        self.text = QTextBrowser()
        self.text.setAccessibleName("What differs")
        self.text.document().setDocumentMargin(0)
        self.again = QFrame()
        self.again_said = QLabel(wordWrap=True)
        self.check = QPushButton("Check them…", autoDefault=False, clicked=lambda: self.check_again())
        self._lay_out()
        self.button("Close", self.reject)
        self.freeze_button = self.button("Freeze…", self._ask, primary=True)
        self.freeze_button.setEnabled(session.project.writable)
        self.list.currentRowChanged.connect(self._chosen)
        self.before.activated.connect(lambda _: self._compare())
        self.after.activated.connect(lambda _: self._compare())
        session.changed.connect(self._follow)
        session.failed.connect(self.say_problem)
        look.changed.connect(self._compare)
        self._fill()
        self.list.setFocus()

    def check_again(self) -> QWidget | None:
        """Goes through the highlights made before their code's meaning was changed."""
        from ui.codes.checking import check_again

        return check_again(self._session, self._look, self._taxonomy.id, None, self.parentWidget())

    # ------------------------------------------------------------ inside

    def _lay_out(self) -> None:
        self.side.addWidget(self.list)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(section("From", self.before))
        row.addWidget(self.before)
        row.addWidget(section("to", self.after))
        row.addWidget(self.after)
        row.addStretch(1)
        for box in (self.before, self.after):
            box.setMinimumWidth(140)
        self.again.setProperty("role", "notice")
        beside = QHBoxLayout(self.again)
        beside.setContentsMargins(12, 8, 12, 8)
        beside.addWidget(self.again_said, 1)
        beside.addWidget(self.check)
        self.body.addWidget(self.again)
        self.body.addLayout(row)
        self.body.addWidget(self.text, 1)

    def _follow(self, change: Change) -> None:
        if change.touches(
            "taxonomy_version", "taxonomy_change", "code", "highlight", "rule", "question", "relation_type"
        ):
            self._fill()

    def _fill(self) -> None:
        project, id = self._session.project, self._taxonomy.id
        self._known = taxonomy_versions.versions(project, id)
        marks = taxonomy_versions.marks_by_version(project, id)
        since = change_log.count(project, id, self._known[0].at if self._known else "")
        self.list.blockSignals(True)
        self.list.clear()
        behind = f" since {self._known[0].number}" if self._known else ""
        self._add(f"Now\n{counted(since, 'change')}{behind}")
        for each in self._known:
            made = counted(marks.get(each.number, 0), "highlight")
            facts = " · ".join(filter(None, (moment(each.at), self._session.coder_name(each.coder), made)))
            self._add("\n".join(filter(None, (each.number, facts, each.note))))
        if self._known and (early := marks.get("", 0)):
            self._add(f"Before {self._known[-1].number}\n{counted(early, 'highlight')}", chosen=False)
        self.list.setCurrentRow(min(1, len(self._known)))
        self.list.blockSignals(False)
        names = [("Now", NOW), *((each.number, each.number) for each in self._known)]
        for box in (self.before, self.after):
            box.clear()
            for name, number in names:
                box.addItem(name, number)
        self._show_waiting()
        self._chosen(self.list.currentRow())
        self.freeze_button.setText(f"Freeze {taxonomy_versions.next_number(self._known)}…")

    def _add(self, words: str, *, chosen: bool = True) -> None:
        item = QListWidgetItem(words)
        if not chosen:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.list.addItem(item)

    def _show_waiting(self) -> None:
        counts = taxonomy_versions.count_to_check(self._session.project, self._taxonomy.id)
        many = sum(counts.values())
        self.again.setVisible(many > 0)
        codes = ", ".join(f"“{self._session.codes[id].label}”" for id in list(counts)[:3])
        more = f" and {counted(len(counts) - 3, 'other')}" if len(counts) > 3 else ""
        self.again_said.setText(
            f"{counted(many, 'highlight')} to check again: made before {codes}{more} said something else."
        )
        self.check.setEnabled(self._session.project.writable)

    def _chosen(self, row: int) -> None:
        """A version is compared with the codes as they are; those with the last version."""
        at = max(row, 1) if self._known else 0
        self.before.setCurrentIndex(at)
        self.after.setCurrentIndex(0)
        self._compare()

    def _compare(self) -> None:
        project, before, after = self._session.project, self.before.currentData(), self.after.currentData()
        if not self._known:
            self.text.setHtml(NONE)
            return
        try:
            found = taxonomy_versions.differences(project, self._taxonomy.id, before, after)
        except UserError as error:
            self.say_problem(str(error))
            return
        self.text.setHtml(differences_html(found, self._look.theme) or "<p>Nothing differs.</p>")

    def _ask(self) -> None:
        Freeze(self._session, self._taxonomy.id, self).open()


class Freeze(Sheet):
    """Asks for the number of a version and what is new in it."""

    def __init__(self, session: Session, taxonomy: str, parent: QWidget | None = None) -> None:
        super().__init__("Freeze a version", parent, width=460)
        self._session, self._taxonomy = session, taxonomy
        known = taxonomy_versions.versions(session.project, taxonomy)
        self.number = QLineEdit(taxonomy_versions.next_number(known))
        self.note = QLineEdit()
        self.note.setPlaceholderText("What is new in it")
        self.body.addLayout(labelled("Number", self.number))
        self.body.addLayout(labelled("Note", self.note))
        self.button("Cancel", self.reject)
        self.button("Freeze", self.accept, primary=True)
        session.failed.connect(self.say_problem)
        self.note.setFocus()

    def accept(self) -> None:
        self.say_problem("")
        if deeds.freeze(self._session, self._taxonomy, self.number.text(), self.note.text()):
            super().accept()


class ChangeLog(Sheet):
    """What was done to the codes of a taxonomy, newest first, by whom and why."""

    def __init__(self, session: Session, look: Look, taxonomy: str, parent: QWidget | None = None) -> None:
        held = next(each for each in session.taxonomies if each.id == taxonomy)
        super().__init__(f"Changes to {held.title}", parent, width=640, height=600)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.text = QTextBrowser()
        self.text.setAccessibleName("Changes, newest first")
        self.text.document().setDocumentMargin(0)
        lines = change_log.lines(session.project, taxonomy)
        self.text.setHtml(
            log_html(lines, session.coder_name, look.theme) or "<p>Nothing was changed yet.</p>"
        )
        self.body.addWidget(self.text, 1)
        self.aside.setText(counted(len(lines), "change"))
        self.button("Close", self.reject, primary=True).setFocus()


NONE = (
    "<p>No version was frozen yet.</p><p>A version keeps the codes as they stand: later it can be compared "
    "with another, and each highlight knows which version it was made under.</p>"
)
