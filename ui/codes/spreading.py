"""Colours for many codes at once, as one step, with a word on how well they can be told apart."""

from __future__ import annotations

from collections.abc import Sequence

from annotate.palettes import CANDIDATES, nearest, spread
from annotate.taxonomy import PALETTE
from storage import Step, taxonomies
from ui.codes.deeds import named
from ui.codes.telling import CLOSE, in_both_themes
from ui.session import Session

WAYS = (
    ("distinct", "As different as can be, for all eyes"),
    ("program", "The twelve colours in order"),
    ("above", "The colour of the code above"),
)
MANY = 60  # codes compared two by two


def colours(way: str, number: int) -> list[str]:
    """The colours that this many codes get: palette names, #rrggbb, or empty for the parent's."""
    if way == "above":
        return [""] * number
    if way == "program":
        return [PALETTE[at % len(PALETTE)] for at in range(number)]
    return spread({name: in_both_themes(name) for name in CANDIDATES}, number)


def give_colours(session: Session, ids: Sequence[str], way: str) -> bool:
    """Gives each of the codes a colour; what is said then names the two that are nearest."""
    given = dict(zip(ids, colours(way, len(ids)), strict=True))

    def work(step: Step) -> None:
        for id, colour in given.items():
            taxonomies.edit_codes(step, [id], colour=colour)

    if session.do(f"Give colours to {named(session, ids)}", work) is None:
        return False
    session.said.emit(judged(session, ids))
    return True


def judged(session: Session, ids: Sequence[str]) -> str:
    """How well the colours of these codes can be told apart, in one sentence."""
    ids = ids[:MANY]
    if len(ids) < 2:
        return ""
    far, one, other = nearest([in_both_themes(session.colour(id)) for id in ids])
    if far >= CLOSE:
        return f"All eyes can tell these {len(ids)} colours apart, in the light and the dark theme."
    pair = f"“{session.codes[ids[one]].label}” and “{session.codes[ids[other]].label}”"
    return f"The colours of {pair} are the hardest to tell apart, for some eyes."
