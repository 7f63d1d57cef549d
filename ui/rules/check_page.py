"""The check tab: every place where a rule is broken or a required answer missing, to be gone to one by one."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QListView, QPushButton, QVBoxLayout, QWidget

from annotate.spoken import counted
from annotate.violations import Violation
from storage import Change, articles
from storage.rule_check import violations
from ui.dialogs.sheet import note
from ui.look import Look
from ui.rules.checking import RuleCheck
from ui.rules.violation_list import ROW, ViolationDelegate, ViolationModel
from ui.session import Session

FEW = 8  # articles changed at once that are looked at again alone
AFTER_MS = 600


class CheckPage(QFrame):
    """A click or Enter goes to the place; what is mended goes from the list by itself."""

    article_asked = Signal(str, int, object)  # article, place, the highlight's id or None
    question_asked = Signal(str, str)  # article, question

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: RuleCheck | None = None
        self._titles: dict[str, str] = {}
        self.setProperty("role", "chrome")
        self.about = note("")
        self.about.setContentsMargins(8, 0, 8, 4)
        self.model = ViolationModel(self._where, self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setAccessibleName("Broken rules")
        self.list.setItemDelegate(ViolationDelegate(look, self.list))
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.clicked.connect(self._go)
        self.list.activated.connect(self._go)
        self.again = QPushButton("Check again", clicked=self.check)
        self._later = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._later.timeout.connect(self.check)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 12)
        column.setSpacing(8)
        column.addWidget(self.about)
        column.addWidget(self.list, 1)
        column.addWidget(self.again)
        session.changed.connect(self._on_change)
        look.changed.connect(lambda _: self.list.viewport().update())

    def check(self) -> None:
        """Looks through the whole project."""
        self.stop()
        self.model.clear()
        if self._session.checker is None:
            self._say("")
            return
        self._titles = {}
        self._job = RuleCheck(self._session.project.path, self)
        self._job.found.connect(self._take)
        self._job.over.connect(self._over)
        self.about.setText("Checking…")
        self._job.start()

    def stop(self) -> None:
        """Nothing more is told by a check that runs."""
        job, self._job = self._job, None
        if job is not None:
            job.found.disconnect()
            job.over.disconnect()
            job.stop()
            job.deleteLater()

    # ------------------------------------------------------------ inside

    def _take(self, found: list[Violation]) -> None:
        self.model.add(found)

    def _over(self, problem: str) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.wait()
            job.deleteLater()
        self._say(problem)

    def _say(self, problem: str) -> None:
        number = len(self.model.rows)
        self.list.setVisible(bool(number))
        if problem:
            self.about.setText(problem)
        elif number:
            self.about.setText(f"{counted(number, 'place')} where a rule is broken or an answer missing.")
        elif self._session.checker is None:
            self.about.setText(
                "There are no rules yet. The menu of a taxonomy has “Rules…” and “Questions…”: what must stand "
                "together or apart, and what every article must say."
            )
        else:
            self.about.setText("Nothing is broken, and no required answer is missing.")
        alignment = Qt.AlignmentFlag(0) if number else Qt.AlignmentFlag.AlignTop
        self.layout().setAlignment(self.about, alignment)

    def _on_change(self, change: Change) -> None:
        if not self.isVisible():
            return
        if change.touches("rule", "question", "code", "taxonomy") or len(change.articles) > FEW:
            self._later.start()
        elif change.touches("highlight", "answer", "article", "article_text") and self._job is None:
            project = self._session.project
            found = [
                each
                for article in sorted(change.articles)
                if articles.exists(project, article)
                for each in violations(project, article=article)
            ]
            self.model.replace(change.articles, found)
            self._say("")

    def _where(self, row: Violation) -> str:
        if row.article not in self._titles:
            self._titles[row.article] = articles.article(self._session.project, row.article).title
        return " · ".join(filter(None, (self._titles[row.article], self._session.coder_name(row.coder))))

    def _go(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if row is None or not articles.exists(self._session.project, row.article):
            return
        if row.question:
            self.question_asked.emit(row.article, row.question)
        else:
            self.article_asked.emit(row.article, row.place, row.marks[0] if row.marks else None)
