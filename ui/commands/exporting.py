"""An export as the command line states it: to a file, or only looked at."""

from __future__ import annotations

import tempfile
from pathlib import Path

from annotate.writers import Written
from annotate.writers.whole import written_whole
from storage import Project, exchange
from storage.arranging import numbered
from ui.chosen import Chosen
from ui.formats import writers


def export(project: Project, chosen: Chosen, out: Path | None) -> tuple[Written, dict[str, int]]:
    """Writes to `out`, or only counts; how many articles and highlights were chosen comes with it."""
    writers.writer(chosen.format)
    chosen.check()
    choice, arrangement, options = chosen.choice(project), chosen.arrangement(), chosen.options()
    divider = exchange.Divider(project)
    dataset = chosen.dataset(project, choice, divider)
    going = divider.parted(choice, arrangement)
    counts = {
        "articles": exchange.count_articles(project, going),
        "highlights": exchange.count_spans(project, going),
        "answers": exchange.count_answers(project, going),
    }
    if out is not None:
        return writers.export(chosen.format, dataset, out, options), counts
    writer = writers.ready(chosen.format, options)
    with tempfile.TemporaryFile() as nowhere:
        return writers.written(writer, dataset, nowhere, options), counts


def write_key(project: Project, out: Path) -> None:
    """Who is who among numbered coders, as CSV."""
    import csv
    import io

    held = io.StringIO(newline="")
    rows = csv.writer(held)
    rows.writerow(("coder", "name"))
    rows.writerows((number, name) for name, number in numbered(project).items())
    with written_whole(out) as file:
        file.write(held.getvalue().encode())
