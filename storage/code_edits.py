"""An edit that is stored while one types: one change of a code, in however many steps it was written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotate.errors import UserError
from annotate.model import Code, Taxonomy
from storage import taxonomies
from storage.steps import Step

TAXONOMY_EDITABLE = ("title", "version", "licence", "source", "credit", "note", "language", "shown")


def go_on(step: Step, before: Code, lines: Sequence[str], **values: Any) -> None:
    """Stores what an edit of `before`, the code as it stood when the edit began, has come to.

    `lines` are the ids of what earlier steps of the edit wrote into the log of changes; they are taken out, so that
    the log tells of one change, and of none where all is as it was.
    """
    step.remove("taxonomy_change", lines)
    stood = taxonomies.as_row(before)
    step.edit("code", [{"id": before.id, **{name: stood[name] for name in values}}])
    if any(getattr(before, name) != value for name, value in values.items()):
        taxonomies.edit_codes(step, [before.id], **values)


def edit_taxonomy(step: Step, before: Taxonomy, **values: str) -> None:
    """Changes what is said of a taxonomy. Raises UserError for an empty title."""
    if unknown := set(values) - set(TAXONOMY_EDITABLE):
        raise ValueError(f"not editable: {unknown}")
    if "title" in values and not values["title"].strip():
        raise UserError("A taxonomy needs a title.")
    step.edit("taxonomy", [{"id": before.id, **values}])
