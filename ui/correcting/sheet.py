"""Correcting one text: its versions at the side, the text to be edited, what the edit does, and why."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QWidget,
)

from annotate.errors import UserError
from annotate.model import Highlight
from annotate.text import text_hash
from storage import articles, corrections, highlights, versions
from storage.corrections import Outcome
from storage.versions import Version
from ui import ask
from ui.correcting.editor import TextEditor
from ui.correcting.replace_bar import ReplaceBar
from ui.correcting.review import Review, reviewed
from ui.correcting.version_list import VersionList
from ui.dates import moment
from ui.dialogs.sheet import Sheet, section
from ui.look import Look
from ui.session import Session

LATER_MS = 250
PER_MS = 2000  # code points, for each of which a long text is looked through a millisecond later


class CorrectionSheet(Sheet):
    """`outcome` says what became of the marks, once it was accepted."""

    def __init__(self, session: Session, look: Look, parent: QWidget, article: str) -> None:
        super().__init__("Correct the text", parent, width=1120, height=4000, side=True)
        self._session, self.article = session, article
        self.outcome: Outcome | None = None
        self._article = articles.article(session.project, article)
        self._stored = articles.text(session.project, article)
        self._marks: list[Highlight] = highlights.of_article(session.project, article)
        self._versions = versions.versions(session.project, article)
        self._review = Review()
        self.editor = TextEditor(session, look)
        self.old = TextEditor(session, look)
        self.old.setReadOnly(True)
        self.old.setAccessibleName("An earlier version of the text")
        self.bar = ReplaceBar(self.editor, look)
        self.about = QLabel("", wordWrap=True)
        self.about.setProperty("role", "dim")
        self.reason = QLineEdit(placeholderText="For the list of versions, if you like")
        self.list = VersionList(look)
        self._later = QTimer(self, singleShot=True, interval=LATER_MS + len(self._stored) // PER_MS)
        self._later.timeout.connect(self._look_through)
        self._lay_out()
        self.editor.give(self._stored)
        self.editor.edited.connect(self._typed)
        self.list.currentRowChanged.connect(self._show_version)
        self._look_through()
        self._show_version(0)
        self.editor.setFocus()

    # ------------------------------------------------------------ layout

    def _lay_out(self) -> None:
        self._fill_side()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.editor)
        self.stack.addWidget(self.old)
        self.heading.setText(self._article.title or "Correct the text")
        self._why = QWidget()
        row = QHBoxLayout(self._why)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(section("Reason", self.reason))
        row.addWidget(self.reason, 1)
        self.body.addWidget(self.about)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self._why)
        self.cancel = self.button("Cancel", self.reject)
        self.save = self.button(f"Save as version {self._next()}", self._save, primary=True)
        self.back = self.button("Go back to this version", self._go_back, role="primary")

    def _fill_side(self) -> None:
        title = section("Versions")
        title.setContentsMargins(10, 0, 0, 0)
        self.side.addWidget(title)
        self.side.addWidget(self.list, 1)
        self.list.give(self._listed())

    def _listed(self) -> list[list[str]]:
        """The lines of each version, newest first."""
        if not self._versions:
            return [["Version 1, present", moment(self._article.added), "as imported"]]
        listed = []
        for each in self._versions:
            who = self._session.coder_name(each.coder)
            when = " · ".join(part for part in (who, moment(each.at)) if part)
            name = f"Version {each.number}" + (", present" if each.present else "")
            last = each.reason or ("as imported" if each.number == 1 else "")
            listed.append([name, when, *([last] if last else [])])
        return listed

    def _next(self) -> int:
        return (self._versions[0].number if self._versions else 1) + 1

    # ------------------------------------------------------------ what is shown

    def _version(self) -> Version | None:
        """The earlier version that is looked at, or None where the text is edited."""
        at = self.list.currentRow()
        chosen = self._versions[at] if 0 <= at < len(self._versions) else None
        return chosen if chosen and not chosen.present else None

    def _show_version(self, _: int) -> None:
        version = self._version()
        editing = version is None
        self.stack.setCurrentIndex(0 if editing else 1)
        for widget in (self.bar, self._why, self.save):
            widget.setVisible(editing)
        self.back.setVisible(not editing)
        if version is None:
            self.about.setText(
                "Highlights move along with their words. The text as it stands now is kept as a version."
            )
            self._tell()
            return
        try:
            text = versions.text(self._session.project, version)
        except UserError as error:
            self.say_problem(str(error))
            return
        self.old.give(text)
        compared = reviewed(self._stored, text, ())
        self.old.show_review(compared)
        count = compared.passages
        differs = "1 passage differs" if count == 1 else f"{count:,} passages differ"
        self.about.setText(f"Version {version.number}, to look at: {differs} from the present text.")
        self.aside.setText(f"{version.words:,} words")
        self.back.setText(f"Go back to version {version.number}")

    def _typed(self) -> None:
        self.say_problem("")
        self._later.start()
        self.save.setEnabled(True)

    def _look_through(self) -> None:
        self._review = reviewed(self._stored, self.editor.text(), self._marks)
        self.editor.show_review(self._review)
        if self._version() is None:
            self._tell()

    def _tell(self) -> None:
        self.aside.setText(self._review.said())
        self.save.setEnabled(self.is_edited())
        self.cancel.setText("Cancel" if self.is_edited() else "Close")

    def is_edited(self) -> bool:
        return self.editor.text() != self._stored

    # ------------------------------------------------------------ what is done

    def _save(self) -> None:
        if not self.is_edited():
            return
        text, reason = self.editor.text(), self.reason.text()
        made_on = text_hash(self._stored)
        self._do(
            f"Correct the text of “{self._article.title}”",
            lambda step: corrections.correct(step, self.article, text, reason, made_on=made_on),
        )

    def _go_back(self) -> None:
        version = self._version()
        if version is None or (self.is_edited() and not self._may_leave()):
            return
        self._do(
            f"Go back to version {version.number} of “{self._article.title}”",
            lambda step: corrections.go_back(step, version.id, self.reason.text()),
        )

    def _do(self, label: str, work) -> None:
        done: list[Outcome] = []
        failed: list[str] = []
        self._session.failed.connect(failed.append)
        try:
            change = self._session.do(label, lambda step: done.append(work(step)))
        finally:
            self._session.failed.disconnect(failed.append)
        if change is None:
            self.say_problem(failed[0] if failed else "")
            return
        self.outcome = done[0]
        self.accept()

    def reject(self) -> None:
        if self.outcome is None and self.is_edited() and self.isVisible() and not self._may_leave():
            return
        super().reject()

    def _may_leave(self) -> bool:
        detail = "What you changed in the text was not saved."
        return ask.confirm(self, "Discard your changes?", detail, "Discard the changes")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_F, Qt.Key.Key_H) and self._version() is None:
            self.bar.begin(words=self.editor.selected())
            event.accept()
        elif control and event.key() == Qt.Key.Key_S:
            self._save()
            event.accept()
        elif event.key() == Qt.Key.Key_F3:
            self.bar.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            event.accept()
        else:
            super().keyPressEvent(event)
