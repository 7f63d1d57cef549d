"""Rules broken by what was just coded, said above the text at once; nothing is blocked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from annotate.model import Highlight
from annotate.rules import Extent, RuleKind
from annotate.violations import QUALIFIER, Violation
from annotate.within import Lines
from storage import Change, articles, highlights
from ui.coding import Coding
from ui.notice import Notice, Notices
from ui.session import Session

FEW = 3  # more highlights changed at once than this are left to the check
Fix = tuple[str, Callable[[], object]]


class RuleNotices(QObject):
    """Follows the steps of the coder; a notice goes when what it says is mended."""

    def __init__(
        self,
        session: Session,
        coding: Coding,
        notices: Notices,
        choose: Callable[[], object],
        parent: QObject,
    ) -> None:
        """`choose` lets the coder choose another code for the selected highlight."""
        super().__init__(parent)
        self._session, self._coding, self._notices, self._choose = session, coding, notices, choose
        self._standing: dict[tuple[str, str], Notice | None] = {}  # mark and sentence -> the notice about it

    def follow(self, change: Change) -> None:
        """What a change broke is said; what it mended is not said any more."""
        ids = change.ids.get("highlight", frozenset())
        self._look_again()
        if change.kind != "do" or not 0 < len(ids) <= FEW:
            return
        coder = self._session.coder
        for mark in highlights.some(self._session.project, sorted(ids)):
            if coder is not None and mark.coder == coder.id:
                self._tell(mark, change.step)

    def lacking(self, ids: list[str]) -> list[Violation]:
        """What articles lack that are done: of the coder's."""
        from storage.rule_check import violations

        coder = self._session.coder.id if self._session.coder else ""
        found = [each for id in ids for each in violations(self._session.project, article=id)]
        return [each for each in found if not each.marks and each.coder in ("", coder)]

    # ------------------------------------------------------------ inside

    def _look_again(self) -> None:
        for key, notice in list(self._standing.items()):
            mark = highlights.highlight(self._session.project, key[0])
            if mark is None or key[1] not in {each.says for each in self._session.broken_by(mark)}:
                del self._standing[key]
                if notice is not None and notice in self._notices.standing():
                    notice.hide()
                    notice.deleteLater()

    def _tell(self, mark: Highlight, step: int) -> None:
        for each in self._session.broken_by(mark):
            key = (mark.id, each.says)
            if each.kind == QUALIFIER or key in self._standing:
                continue  # what it should say of itself is asked
            answers: tuple[Fix, ...] = (
                ("Undo", lambda: self._take_back(mark, step)),
                *self._fixes(each, mark),
            )
            self._standing[key] = self._notices.say(each.says, kind="warning", answers=answers)

    def _take_back(self, mark: Highlight, step: int) -> None:
        """The step itself, or where others came after it, the highlight."""
        if self._session.project.last_step() == step:
            self._session.undo()
        else:
            self._coding.remove(mark)

    def _fixes(self, broken: Violation, mark: Highlight) -> tuple[Fix, ...]:
        session = self._session
        others = [id for id in broken.marks if id != mark.id]
        rule = (
            next((each for each in session.checker.rules if each.id == broken.rule), None)
            if session.checker
            else None
        )
        if broken.kind == RuleKind.EXCLUSIVE and others:
            return (("Keep only this one", lambda: self._remove(others)),)
        if broken.kind == RuleKind.LEAVES:
            return (("Another code…", lambda: self._another(mark)),)
        if broken.kind == RuleKind.TOGETHER and rule is not None:
            found = [session.codes[id] for id in rule.others if id in session.codes]
            if len(found) == 1 and found[0].offered:
                return ((f"Add “{found[0].label}”", lambda: self._coding.toggle(found[0].id, mark.spans)),)
        if broken.kind == RuleKind.SPAN and rule is not None and rule.extent is not Extent.SENTENCE:
            return ()
        if broken.kind == RuleKind.SPAN:
            return (("Cut it to the sentence", lambda: self._cut(mark)),)
        return ()

    def _remove(self, ids: list[str]) -> None:
        self._session.do("Keep one of several codes", lambda step: highlights.remove(step, ids))

    def _another(self, mark: Highlight) -> None:
        self._session.select_highlight(mark.id)
        self._choose()

    def _cut(self, mark: Highlight) -> None:
        project, article = self._session.project, self._session.article
        if article is None:
            return
        text, layout = articles.text(project, article), articles.layout(project, article)
        lines = Lines(lambda: text, lambda: layout, articles.article(project, article).language)
        if span := lines.sentence_at(mark.start):
            self._coding.move_edges(mark, max(mark.start, span[0]), min(mark.end, span[1]))
