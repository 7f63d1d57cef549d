"""Large taxonomies: a thesaurus read and taken in, two codes with many marks merged, and that undone."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from annotate.model import Code, Draft, Taxonomy
from annotate.taxonomy_files import Wishes, read_taxonomy
from storage import Project, articles, coders, highlights, restructuring, taxonomies
from tests.bench.row import Row
from tests.shared import ROOT

MARKS = 50_000  # of each code
THESAURUS = ROOT.parent / "shared" / "taxonomies" / "eurovoc_concepts_en_2021.csv"


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder, Project.create(Path(folder) / "p.postil") as project:
        if THESAURUS.exists():
            begun = time.perf_counter()
            found = read_taxonomy(THESAURUS.read_bytes(), THESAURUS.name, Wishes()).taxonomy
            project.do("Add", lambda step: taxonomies.add(step, found))
            yield _row(f"EuroVoc, {len(found.codes):,} codes read and taken in", begun, "<= 3,000 ms")
        project.do("Fill", _fill)
        begun = time.perf_counter()
        project.do("Merge", lambda step: restructuring.merge(step, ["b"], "a"))
        yield _row("two codes with 50,000 marks each merged", begun, "<= 3,000 ms")
        begun = time.perf_counter()
        project.undo()
        yield _row("that undone", begun, "<= 3,000 ms")


def _row(work: str, begun: float, target: str) -> Row:
    return Row(work, (time.perf_counter() - begun) * 1000, 0, target)


def _fill(step) -> None:  # type: ignore[no-untyped-def]
    codes = (Code("a", "t", None, "1", "One", position=0), Code("b", "t", None, "2", "Other", position=1))
    taxonomies.add(step, Taxonomy("t", "t", "Codes", codes=codes))
    person = coders.ensure(step, "Ana")
    texts = [Draft(f"{number} " + "word " * 1000) for number in range(100)]
    ids = articles.add(step, texts, ["f"] * 100, [None] * 100)
    highlights.add(
        step,
        [
            highlights.make(ids[at % 100], person, code, [(at // 100 * 5 + 5, at // 100 * 5 + 9)])
            for code in ("a", "b")
            for at in range(MARKS)
        ],
    )
