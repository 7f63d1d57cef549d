"""Under whose codes highlights go out: those they were coded with, the standard's, or those a crosswalk leads to."""

from __future__ import annotations

from annotate.crosswalks import Crosswalk
from annotate.standards import rolled_up
from storage import Project, crosswalks
from storage.exchange import Choice
from storage.through import seen
from ui.dialogs.export_choice import Counts
from ui.session import Session

Way = tuple[str, bool, bool]  # a crosswalk's title, the other way?, at the standard's level?
AS_CODED: Way = ("", False, False)


def entries(session: Session) -> list[tuple[str, Way]]:
    """What can be chosen, as it is called; the first is as they were coded."""
    found: list[tuple[str, Way]] = [("As they were coded", AS_CODED)]
    if rolled_up(session.codes):
        found.append(("At the standard’s level", ("", False, True)))
    for each in crosswalks.all_crosswalks(session.project):
        found.append((f"Through “{each.title}”", (each.title, False, False)))
        found.append((f"Through “{each.title}”, the other way", (each.title, True, False)))
    return found


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
