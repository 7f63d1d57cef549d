"""A replication package: what is to be said of it, what goes in, and a place to write it."""

from __future__ import annotations

import shlex
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from annotate.errors import UserError
from annotate.package.about import LICENCES, About, author, doi, licence
from annotate.spoken import counted
from storage import Project, presets
from storage.packaging import Packed, pack, rows_to_write
from ui import ask
from ui.dialogs.sheet import labelled, note
from ui.look import Look
from ui.session import Session
from ui.sharing.job import Watch, Work
from ui.sharing.sheet import WorkingSheet, choice, words

WHAT = (
    "Data as CSV and Parquet, the codebook, frozen versions and changes, a README, descriptions for programs, how to "
    "cite and use it, and checksums: one ZIP for a repository."
)
KIND, LAST = "package", "last"  # the preset that keeps what was said
AUTHOR = "One a line: Lee, Ann; University of Oskar; 0000-0002-1825-0097"


class PackageSheet(WorkingSheet):
    """Makes the package; what was said of it is kept in the project for the next time."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None) -> None:
        super().__init__("Make a replication package", session, look, parent, width=760)
        self.title_field = QLineEdit()
        self.description = _lines("What was studied, from what, by whom")
        self.authors = _lines(AUTHOR)
        self.keywords = QLineEdit(placeholderText="migration, media frames")
        self.version, self.doi_field = QLineEdit(), QLineEdit(placeholderText="If the repository gave one")
        self.licence = choice(
            ("None stated", ""), *((f"{each.id}   {each.title}", each.id) for each in LICENCES)
        )
        self.text = choice(("With texts and quotes", True), ("Without texts", False))
        self.quotes = words("None", "Of at most ")
        self.names = choice(("As they are", False), ("Coder 1, Coder 2 …", True))
        self.audit = choice(("Not in it", False), ("In it", True))
        self.choices = QWidget()
        self._arrange()
        self.copy = self.button("Copy as command", self._copy)
        self.go = self.button("Make the package…", self._make, primary=True)
        self.resting = [self.choices, self.copy, self.go]
        self.text.currentIndexChanged.connect(lambda _: self._show_texts())
        self._recall()
        self._show_texts()

    def about(self) -> About:
        """What was said. Raises UserError for an author, a DOI or a title that cannot be."""
        title = " ".join(self.title_field.text().split())
        if not title:
            raise UserError("A package needs a title.")
        text = bool(self.text.currentData())
        return About(
            title=title,
            authors=tuple(author(line) for line in self.authors.toPlainText().split("\n") if line.strip()),
            licence=licence(str(self.licence.currentData())),
            description=self.description.toPlainText().strip(),
            keywords=tuple(filter(None, (word.strip() for word in self.keywords.text().split(",")))),
            version=self.version.text().strip() or "1.0",
            doi=doi(self.doi_field.text()),
            text=text,
            quotes_up_to=0 if text else self.quotes.value(),
            anonymous=bool(self.names.currentData()),
            audit=bool(self.audit.currentData()),
        )

    def command(self) -> str:
        """The command that makes the same. Raises UserError as `about` does."""
        about, path = self.about(), self._session.project.path
        parts = ["postil", "package", str(path), f"{path.stem} package.zip", "--title", about.title]
        for line in filter(str.strip, self.authors.toPlainText().split("\n")):
            parts += ["--author", line.strip()]
        for word in about.keywords:
            parts += ["--keyword", word]
        said = (
            ("--licence", about.licence.id if about.licence else ""), ("--description", about.description),
            ("--version", about.version), ("--doi", about.doi),
            ("--quotes-up-to", str(about.quotes_up_to) if about.quotes_up_to else ""),
        )  # fmt: skip
        for name, value in said:
            parts += [name, value] if value else []
        flags = (("--no-text", not about.text), ("--anonymous", about.anonymous), ("--audit", about.audit))
        return shlex.join([*parts, *(name for name, on in flags if on)])

    def came(self, answer: object) -> None:
        assert isinstance(answer, Packed)
        self.tell(f"{counted(answer.files, 'file')} written to {self._out.name}", answer.notes)

    # ------------------------------------------------------------ inside

    def _arrange(self) -> None:
        grid = QGridLayout(self.choices)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        grid.addLayout(labelled("Title", self.title_field), 0, 0, 1, 6)
        grid.addLayout(labelled("Description", self.description), 1, 0, 1, 6)
        grid.addLayout(labelled("Authors", self.authors), 2, 0, 1, 6)
        cells = (
            (3, 0, 3, "Licence", self.licence), (3, 3, 3, "Keywords", self.keywords),
            (4, 0, 3, "Version", self.version), (4, 3, 3, "DOI", self.doi_field),
            (5, 0, 3, "Texts", self.text), (5, 3, 3, "Quotes that go in nevertheless", self.quotes),
            (6, 0, 3, "Names of the coders", self.names), (6, 3, 3, "Log of all steps", self.audit),
        )  # fmt: skip
        for row, column, across, name, field in cells:
            grid.addLayout(labelled(name, field), row, column, 1, across)
        for column in range(6):
            grid.setColumnStretch(column, 1)
        self.body.addWidget(note(WHAT))
        self.body.addWidget(self.choices)
        self.body.addWidget(self.notes)
        self.body.addWidget(self.bar)
        self.body.addStretch(1)
        self.title_field.setFocus()

    def _show_texts(self) -> None:
        self.quotes.setEnabled(not self.text.currentData())

    def _copy(self) -> None:
        try:
            QGuiApplication.clipboard().setText(self.command())
        except UserError as error:
            self.say_problem(str(error))
            return
        self.say_problem("")
        self.aside.setText("Copied.")

    def _make(self) -> None:
        try:
            about = self.about()
        except UserError as error:
            self.say_problem(str(error))
            return
        settings, project = self._session.settings, self._session.project
        proposed = settings.last_folder / f"{project.path.stem} package.zip"
        out = ask.save_file(self, "Make a replication package", proposed, "Replication package (*.zip)")
        if out is None:
            return
        settings.set_last_folder(out.parent)
        self._out = out
        self._keep()
        self.begin(_work(out, about), rows_to_write(project, about))

    def _keep(self) -> None:
        if self._session.project.writable:
            presets.keep(self._session.project, KIND, LAST, self._said())

    def _said(self) -> dict[str, object]:
        return {
            "title": self.title_field.text(),
            "description": self.description.toPlainText(),
            "authors": self.authors.toPlainText(),
            "keywords": self.keywords.text(),
            "version": self.version.text(),
            "doi": self.doi_field.text(),
            "licence": self.licence.currentData(),
            "text": self.text.currentData(),
            "quotes": self.quotes.value(),
            "names": self.names.currentData(),
            "audit": self.audit.currentData(),
        }

    def _recall(self) -> None:
        """What was said the last time."""
        project = self._session.project
        held = (
            self._said()
            | {"title": project.title, "version": "1.0"}
            | presets.kept(project, KIND).get(LAST, {})
        )
        fields = (("title", self.title_field), ("keywords", self.keywords), ("version", self.version))
        for name, field in (*fields, ("doi", self.doi_field)):
            field.setText(str(held[name]))
        self.description.setPlainText(str(held["description"]))
        self.authors.setPlainText(str(held["authors"]))
        boxes = (("licence", self.licence), ("text", self.text), ("names", self.names), ("audit", self.audit))
        for name, box in boxes:
            box.setCurrentIndex(max(0, box.findData(held[name])))
        self.quotes.setValue(int(str(held["quotes"])))


def _work(out: Path, about: About) -> Work:
    def make(project: Project, watch: Watch) -> Packed:
        return pack(project, out, about, watch)

    return make


def _lines(placeholder: str) -> QPlainTextEdit:
    """A field of a few lines, which Tab leaves."""
    field = QPlainTextEdit(tabChangesFocus=True)
    field.setPlaceholderText(placeholder)
    field.setFixedHeight(3 * field.fontMetrics().lineSpacing() + 22)
    return field
