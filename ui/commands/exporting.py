"""An export as the command line states it: with a preset or without, to a file or only looked at."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any

from annotate.crosswalks import turned
from annotate.errors import UserError
from annotate.writers import Options, Written
from storage import Project, exchange, presets
from ui.formats import writers

KIND = "export"  # of the presets that hold these choices
Chosen = dict[str, Any]


def with_preset(project: Project, name: str, stated: Mapping[str, Any], given: Set[str]) -> Chosen:
    """What is stated, on top of a preset: what was `given` outright goes before it. Raises UserError."""
    if not name:
        return dict(stated)
    known = presets.kept(project, KIND)
    if name not in known:
        raise UserError(f"There is no preset “{name}”; there are {', '.join(known) or 'none yet'}.")
    return {**stated, **known[name], **{key: value for key, value in stated.items() if key in given}}


def keep(project: Project, name: str, chosen: Chosen) -> None:
    presets.keep(project, KIND, name, chosen)


def export(project: Project, chosen: Chosen, out: Path | None) -> tuple[Written, dict[str, int]]:
    """Writes to `out`, or only counts; how many articles and highlights were chosen comes with it."""
    _check_sharing(chosen)
    choice = exchange.choice(
        project,
        coders=chosen["coders"],
        codes=chosen["codes"],
        articles=chosen["articles"],
        states=chosen["states"],
        filter=chosen["filter"],
    )
    options = Options(
        not chosen["no_text"],
        chosen["for_spreadsheet"],
        chosen["shape"],
        chosen["values"],
        chosen["unit"],
        chosen["token_edges"] == "widen",
        chosen["quotes_up_to"],
        chosen["context_words"],
        not chosen["no_memos"],
    )
    text = writers.reads_text(chosen["format"], options)
    dataset = exchange.dataset(project, choice, text=text, anonymous=chosen["anonymous"])
    if chosen.get("standard"):
        from storage.at_standard import at_standard

        dataset = at_standard(project, dataset, choice)
    if chosen.get("through"):
        from storage import crosswalks
        from storage.through import through

        way = crosswalks.named(project, chosen["through"])
        dataset = through(project, dataset, turned(way) if chosen.get("back") else way, choice)
    counts = {
        "articles": exchange.count_articles(project, choice),
        "highlights": exchange.count_spans(project, choice),
        "answers": exchange.count_answers(project, choice),
    }
    if out is not None:
        return writers.export(chosen["format"], dataset, out, options), counts
    writer = writers.ready(chosen["format"], options)
    with tempfile.TemporaryFile() as nowhere:
        return writers.written(writer, dataset, nowhere, options), counts


def _check_sharing(chosen: Chosen) -> None:
    """Raises UserError where choices are made that the format has not."""
    writer = writers.writer(chosen["format"])
    for name in ("quotes_up_to", "context_words", "no_memos"):
        if chosen[name] and writer.NAME != "standoff":
            option = "--" + name.replace("_", "-")
            raise UserError(f"{option} belongs to --format standoff, the coding without texts.")
