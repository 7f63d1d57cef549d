"""The log of all steps as tables of a replication package."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from annotate.package.tables import Field, Leads, Sheet, moment
from storage.package_source import Rows, Source


def steps(source: Source) -> Sheet:
    fields = (
        Field("step", "Number of the step", "whole", needed=True),
        moment("at", "When it was done"),
        Field("coder", "Who did it"),
        Field("label", "What was done"),
        Field("kind", "do, undo, redo, or purge (texts taken out for good)"),
        Field("of", "The step that was undone, or the undo that was redone; else 0", "whole"),
        Field("group", "The first step of those that count as one", "whole"),
        Field("undone_by", "The step that took it back; 0 if it stands", "whole"),
    )
    hide = _hider(source)

    def rows() -> Rows:
        for id, at, coder, label, *rest in source.stream(
            "SELECT id, at, coder, label, kind, of, batch, undone FROM step ORDER BY id"
        ):
            yield id, at, source.called.get(coder or "", ""), hide(label), *rest

    return Sheet(
        "steps", "audit", "Everything that was done in the project, in order", fields, ("step",), rows
    )


def _hider(source: Source) -> Callable[[str], str]:
    """Takes the names of coders out of a sentence, where they are not to be told."""
    names = {
        name: source.called[id]
        for id, name in source.stream("SELECT id, name FROM coder")
        if source.called[id] != name
    }
    if not names:
        return str
    pattern = re.compile(
        "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(names, key=len, reverse=True))
    )
    return lambda text: pattern.sub(lambda found: names[found[0]], text)


def step_rows(source: Source) -> Sheet:
    fields = (
        Field("step", "Number of the step", "whole", needed=True),
        Field("seq", "Number within the step", "whole", needed=True),
        Field("table", "Table of the project file"),
        Field("what", "added, or changed (or removed)"),
        Field("number", "Number of rows", "whole"),
        Field("ids", "Their ids, as JSON"),
    )

    def rows() -> Rows:
        for step, seq, table, ids, added in source.stream(
            "SELECT step, seq, [table], ids, before IS NULL FROM step_row ORDER BY step, seq"
        ):
            yield step, seq, table, "added" if added else "changed", len(json.loads(ids)), ids

    return Sheet(
        "step_rows", "audit", "The rows of the project file that each step wrote", fields, ("step", "seq"), rows,
        (Leads("step", "steps", "step"),),
    )  # fmt: skip
