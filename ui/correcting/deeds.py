"""What the actions of correcting open, and what is said afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from annotate.errors import UserError
from annotate.spoken import counted
from storage.corrections import Outcome
from ui import ask
from ui.look import Look
from ui.notice import Notices

if TYPE_CHECKING:
    from storage.purging import Held
    from ui.correcting.many import ManySheet
    from ui.workspace import Workspace

NAMED = 4  # backups named in a question


class Correcting(QObject):
    """Opens the sheets over a workspace."""

    def __init__(self, workspace: Workspace, look: Look, notices: Notices) -> None:
        super().__init__(workspace)
        self._workspace, self._look, self._notices = workspace, look, notices
        self._session = workspace.session

    def correct_text(self) -> None:
        from ui.correcting.sheet import CorrectionSheet

        if self._session.article is None:
            return
        self._flush()
        sheet = CorrectionSheet(self._session, self._look, self._workspace.window(), self._session.article)
        sheet.finished.connect(lambda _: self._tell(sheet.outcome))
        sheet.open()
        reading = self._workspace.reading
        selected = reading.view.selection()
        place = selected[0] if selected else reading.mode.place()
        QTimer.singleShot(0, sheet, lambda: sheet.editor.begin_at(place))

    def replace_in_many(self) -> None:
        from ui.correcting.many import ReplaceSheet

        self._open(ReplaceSheet)

    def put_in_pseudonyms(self) -> None:
        from ui.correcting.pseudonyms import PseudonymSheet

        self._open(PseudonymSheet)

    def purge(self) -> None:
        """The earlier texts of the article that is open, or of the selected ones."""
        if ids := self._selected():
            self._flush()
            which = "this article" if len(ids) == 1 else f"{len(ids):,} articles"
            self._purge(ids, f"the earlier texts of {which}")

    def purge_removed(self) -> None:
        """What is left of articles that were removed."""
        from storage.purging import removed

        if ids := removed(self._session.project):
            self._purge(ids, f"what is left of {counted(len(ids), 'removed article')}")
        else:
            self._session.said.emit("Nothing is left of removed articles.")

    def _purge(self, ids: list[str], what: str) -> None:
        """Asks, names what goes and what stays, and does it."""
        from storage.purging import purge, what_is_held

        session = self._session
        try:
            held = what_is_held(session.project, ids)
            question, detail = f"Purge {what}?", asked(held)
            if not ask.confirm(self._workspace.window(), question, detail, "Purge for good", for_good=True):
                return
            before = session.project.last_step()
            QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
            try:
                done = purge(session.project, ids, session.coder.id if session.coder else None)
            finally:
                QApplication.restoreOverrideCursor()
            session.announce_since(before)
        except UserError as error:
            session.failed.emit(str(error))
            return
        said = f"Purged {what}."
        if held.backups:
            said += f" Still in {counted(len(held.backups), 'backup')}:\n{named(held)}"
        if not done.rewritten:
            said = "The file is open elsewhere, so its bytes could not be written anew: close it there and purge again."
        self._notices.say(said, kind="info" if done.rewritten else "warning", lasting=True)

    # ------------------------------------------------------------ inside

    def _open(self, kind: type[ManySheet]) -> None:
        self._flush()
        ids = self._workspace.articles.selected_ids()
        sheet = kind(self._session, self._look, self._workspace.window(), ids)  # type: ignore[arg-type]
        sheet.finished.connect(lambda _: self._tell(sheet.outcome))
        sheet.open()

    def _selected(self) -> list[str]:
        session = self._session
        ids = self._workspace.articles.selected_ids()
        return ids if len(ids) > 1 else [session.article] if session.article else ids

    def _flush(self) -> None:
        self._workspace.inspector.flush()

    def _tell(self, outcome: Outcome | None) -> None:
        if outcome is None or not outcome.corrected:
            return
        replaced = f"{counted(outcome.replaced, 'place')} replaced in " if outcome.replaced else ""
        corrected = counted(len(outcome.corrected), "article")
        said = f"{replaced}{corrected}" if replaced else f"{corrected} corrected"
        if outcome.changed:
            said += f", {counted(len(outcome.changed), 'highlight')} with other words"
        if not outcome.lost:
            self._session.said.emit(said)
            return
        one = len(outcome.lost) == 1
        lost = f"{counted(len(outcome.lost), 'highlight')} lost {'its' if one else 'their'} place"
        way = ("Repair it" if one else "Repair them", lambda: self._workspace.act("repair_highlights"))
        self._notices.say(f"{said}. {lost}.", kind="warning", answers=(way,))


def asked(held: Held) -> str:
    """What a purge does, for the question."""
    parts = [counted(held.versions, "earlier text")] if held.versions else []
    if held.originals:
        parts.append(counted(held.originals, "original file"))
    if held.quotes:
        parts.append(f"the words of {counted(held.quotes, 'highlight')} to repair")
    parts.append("what the history and the word index remember")
    said = (
        f"This goes from the project for good: {', '.join(parts)}. It cannot be undone, and neither can what was "
        "done to these texts before."
    )
    if held.articles:
        said += " The present text and its highlights stay."
    if held.others:
        came = "article came" if held.others == 1 else "articles came"
        said += f"\n\n{held.others:,} other {came} from the same file, which goes for them too."
    if held.backups:
        said += f"\n\nThese backups still hold it; delete them where it must not stay:\n{named(held)}"
    return said


def named(held: Held) -> str:
    """The first backups by name, each on a line."""
    names = [f"{path.parent.name}/{path.name}" for path in held.backups[:NAMED]]
    rest = len(held.backups) - NAMED
    return "\n".join([*names, *([f"and {rest:,} more"] if rest > 0 else [])])
