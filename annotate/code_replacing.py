"""Words replaced in what is written about codes: every change is known before it is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from annotate.alignment import Edit
from annotate.errors import UserError
from annotate.model import Code
from annotate.replacing import Rule

PLACES = {
    "labels": ("label",),
    "notes": ("definition", "use_when", "avoid_when"),
    "examples": ("examples", "counter_examples"),
    "synonyms": ("synonyms",),
}


@dataclass(frozen=True, slots=True)
class Replaced:
    """One field of one code. `edits`: for each text of it (one, or each synonym) the text and what changes in it."""

    code: Code
    field: str
    after: Any
    edits: tuple[tuple[str, tuple[Edit, ...]], ...]

    @property
    def count(self) -> int:
        return sum(len(edits) for _, edits in self.edits)


def replacements(codes: Iterable[Code], rule: Rule, places: Sequence[str]) -> list[Replaced]:
    """What `rule` changes in these `places` (keys of PLACES), code by code.

    Raises UserError where a label would become empty.
    """
    fields = [field for place in places for field in PLACES[place]]
    found = []
    for code in codes:
        for field in fields:
            value = getattr(code, field)
            texts = value if isinstance(value, tuple) else (value,)
            edits = tuple((text, tuple(rule(text))) for text in texts)
            if not any(each for _, each in edits):
                continue
            after = tuple(filter(None, (_edited(text, each).strip() for text, each in edits)))
            if field == "label" and not after:
                raise UserError(f"“{code.label}” would be left without a label.")
            found.append(Replaced(code, field, after if isinstance(value, tuple) else "".join(after), edits))
    return found


def _edited(text: str, edits: Sequence[Edit]) -> str:
    for edit in reversed(edits):
        text = text[: edit.start] + edit.words + text[edit.end :]
    return text
