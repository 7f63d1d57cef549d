"""Rules at work in a project on screen: what is asked after coding, what is said of it, the form and the check."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from annotate.model import Highlight
from annotate.spoken import counted
from storage import Change, articles
from ui.look import Look
from ui.notice import Notices
from ui.rules.asking import AskQualifiers
from ui.rules.check_page import CheckPage
from ui.rules.form import FormPage
from ui.rules.notices import RuleNotices

if TYPE_CHECKING:
    from ui.workspace import Workspace

MANY_DONE = 50  # articles; more that are set to done at once are left to the check


class RuleDeeds(QObject):
    """Made when a project has rules, or somebody asks for them."""

    def __init__(self, workspace: Workspace, look: Look, notices: Notices) -> None:
        super().__init__(workspace)
        self._workspace, self._look, self._notices = workspace, look, notices
        self._session = workspace.session
        choose = partial(workspace.act, "change_code")
        self._said = RuleNotices(self._session, workspace.coding, notices, choose, self)

    @cached_property
    def asking(self) -> AskQualifiers:
        made = AskQualifiers(self._session, self._workspace.coding, self._workspace)
        made.closed.connect(self._workspace.reading.view.setFocus)
        made.passed_on.connect(self._pass_on)
        return made

    @cached_property
    def form(self) -> FormPage:
        made = FormPage(self._session, self._look)
        made.left.connect(self._workspace.reading.view.setFocus)
        made.coder_needed.connect(lambda: self._workspace.act("coder"))
        made.edit_asked.connect(lambda: self._workspace.act("edit_questions"))
        self._workspace.add_page(made)
        return made

    @cached_property
    def check(self) -> CheckPage:
        made = CheckPage(self._session, self._look)
        made.article_asked.connect(self._go_to)
        made.question_asked.connect(self.answer)
        self._workspace.add_page(made)
        return made

    def mark_made(self, mark: Highlight) -> None:
        """What the code of a new highlight must say of itself is asked."""
        self.asking.open_for(mark, self._workspace.reading.selection_box(), all_of_them=False)

    def qualify(self) -> None:
        """Asks everything that the selected highlight can say of itself."""
        reading = self._workspace.reading
        mark = reading.selected()
        if mark is None or not self._workspace.coding.may_change(mark):
            return
        if not self.asking.open_for(mark, reading.selection_box(), all_of_them=True):
            self._session.said.emit("The rules of its code ask nothing of this highlight.")

    def follow(self, change: Change) -> None:
        self._said.follow(change)

    def tell_done(self, ids: list[str]) -> None:
        """What articles lack that were set to done just now."""
        found = self._said.lacking(ids) if len(ids) <= MANY_DONE else []
        if not found:
            return
        first = found[0]
        title = articles.article(self._session.project, first.article).title
        more = f" And {counted(len(found) - 1, 'thing')} more." if len(found) > 1 else ""
        listed = ("Show the list", partial(self._workspace.act, "check_rules"))
        answer = ("Answer it", partial(self.answer, first.article, first.question))
        answers = (answer, listed) if first.question else (listed,)
        self._notices.say(f"“{title}”: {first.says}{more}", kind="warning", answers=answers)

    def answer(self, article: str, question: str) -> None:
        """Goes to a question about an article."""
        self._workspace.open_article(article)
        self._workspace.act("questions")
        self.form.focus_on(question)

    def flush(self) -> None:
        """Keeps what was typed into the form."""
        if "form" in self.__dict__:
            self.form.flush()

    def shut(self) -> None:
        """Ends a check that runs."""
        if "check" in self.__dict__:
            self.check.stop()

    # ------------------------------------------------------------ inside

    def _go_to(self, article: str, place: int, mark: str | None) -> None:
        self._workspace.open_at(article, place)
        self._session.select_highlight(mark)

    def _pass_on(self, event: QKeyEvent) -> None:
        """A key that was meant for the text."""
        again = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
        QApplication.sendEvent(self._workspace.reading.view, again)
