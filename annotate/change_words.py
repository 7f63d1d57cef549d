"""What a line of a taxonomy's change log says, as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotate.spoken import counted

MEANING = {"definition": "definition", "use_when": "use when", "avoid_when": "do not use when"}


def in_words(what: str, details: Mapping[str, Any]) -> str:
    """`what` and `details` as storage.change_log keeps them. A kind not known here is said as it is."""
    label = details.get("label", "")
    name = label if details.get("of") else f"“{label}”"
    before, after = details.get("before"), details.get("after")
    match what:
        case "renamed":
            return f"{name} renamed, was “{before}”"
        case "renumbered":
            return f"{name} has the notation {after or 'none'}, was {before or 'none'}"
        case "moved":
            return f"{name} moved from {before or 'the top'} to {after or 'the top'}"
        case "defined":
            fields = [said for field, said in MEANING.items() if field in details]
            return f"{name} says something else: {', '.join(fields)}"
        case "merged":
            return f"{name} merged into “{details.get('into_label', '')}”{_marks(details)}"
        case "replaced":
            return f"{name} replaced by “{details.get('into_label', '')}”{_marks(details)}"
        case "changed":
            return f"{name} changed{_fields(details)}"
        case "added" | "removed" if details.get("says"):
            return f"{name} {what}: {details['says']}"
        case "locked":
            return f"{name} locked as a standard"
        case "split":
            return f"{name} split: {_targets(details) or 'nothing yet'}"
    return f"{name} {what}"


def _fields(details: Mapping[str, Any]) -> str:
    """What it says otherwise; of what it is all about how it reads now."""
    fields: Mapping[str, Any] = details.get("fields", {})
    names = ", ".join(filter(None, fields))
    if "" not in fields:
        return f": {names}" if names else ""
    return f"{f' ({names})' if names else ''}: {fields[''][1]}"


def _marks(details: Mapping[str, Any]) -> str:
    moved, joined = details.get("moved", 0), details.get("joined", 0)
    if not moved and not joined:
        return ""
    return f", {counted(moved, 'highlight')} moved" + (f", {joined:,} joined" if joined else "")


def _targets(details: Mapping[str, Any]) -> str:
    labels = details.get("labels", {})
    return ", ".join(f"{many:,} to “{labels.get(id, id)}”" for id, many in details.get("to", {}).items())
