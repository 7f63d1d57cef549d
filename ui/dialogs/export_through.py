"""Under whose codes highlights go out: those they were coded with, or those that a crosswalk leads to."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QComboBox

from annotate.crosswalks import Crosswalk, turned
from annotate.writers.spans import CodedSpan
from storage import Project, crosswalks
from storage.exchange import Choice, dataset
from storage.through import seen, through
from ui.dialogs.export_choice import Counts
from ui.session import Session


class ThroughBox(QComboBox):
    """Each crosswalk, and each the other way; the first entry is none."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.addItem("As they were coded", None)
        for each in crosswalks.all_crosswalks(session.project):
            self.addItem(f"Through “{each.title}”", (each, False))
            self.addItem(f"Through “{each.title}”, the other way", (each, True))

    def crosswalk(self) -> Crosswalk | None:
        """The one chosen, read in the direction that is meant."""
        if self.currentData() is None:
            return None
        walk, back = self.currentData()
        return turned(walk) if back else walk

    def words(self) -> list[str]:
        """As the command says it."""
        if self.currentData() is None:
            return []
        walk, back = self.currentData()
        return ["--through", walk.title, *(["--back"] if back else [])]


def counts_through(project: Project, choice: Choice, walk: Crosswalk, whole: int) -> Counts:
    """How many marks go out, and why the others stay."""
    found = seen(project, walk, choice)
    reasons = {
        "without a target": sum(found.without.values()),
        "of other taxonomies": found.elsewhere,
        "no code": found.bare,
    }
    going = found.come + found.own
    reasons["not chosen"] = whole - going - sum(reasons.values())
    return Counts(whole, going, {reason: number for reason, number in reasons.items() if number})


def rows_through(project: Project, choice: Choice, walk: Crosswalk) -> int:
    """How many rows of marks go out through a crosswalk."""
    return sum(seen(project, walk, choice).counts.values())


def spans_through(project: Project, choice: Choice, walk: Crosswalk, *, text: bool) -> Iterator[CodedSpan]:
    """The marks as they go out."""
    return through(project, dataset(project, choice, text=text), walk, choice).spans()
