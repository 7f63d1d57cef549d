"""Coding without texts, out and onto other copies, against marks in JSON Lines out and onto the same project."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from annotate.model import Draft
from annotate.package.about import About
from annotate.sharing.shared_file import SharedFile
from annotate.writers import Options, export
from storage import Project, articles, coders, highlights
from storage.exchange import dataset
from storage.marks_in import import_marks
from storage.packaging import pack
from storage.rehydrating import rehydrate
from tests.bench.project import median_ms, some_words
from tests.bench.row import Row

ARTICLES, EACH = 1000, 10
MARKS = f"{ARTICLES * EACH:,} marks on {ARTICLES:,} articles"


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with study(folder / "ours.postil", "") as ours:
            file, plain, zip = folder / "coding.zip", folder / "marks.jsonl", folder / "package.zip"
            text = dataset(ours)
            floor = median_ms(lambda: export("jsonl", text, plain, Options()), 3)
            yield Row(
                f"{MARKS} out without texts",
                median_ms(lambda: export("standoff", text, file, Options()), 3),
                floor,
                "",
            )
            yield Row(
                f"{MARKS} as a package", median_ms(lambda: pack(ours, zip, About("Bench")), 3), floor, ""
            )
            lines = plain.read_text("utf-8").split("\n")
        with study(folder / "same.postil", "", marks=False) as same:
            onto = median_ms(lambda: bring(same, file), 1)
            same.undo()
            hashed = [
                line.replace('"article":', '"old":').replace('"text_hash":', '"article":') for line in lines
            ]
            floor = median_ms(lambda: import_marks(same, hashed), 1)
            yield Row(f"{MARKS} onto the same texts", onto, floor, "<= 1 s")
        with study(folder / "other.postil", "A line before it.\n", marks=False) as other:
            yield Row(
                f"{MARKS} onto texts that all differ", median_ms(lambda: bring(other, file), 1), floor, ""
            )


def bring(project: Project, file: Path) -> None:
    with SharedFile(file) as held:
        report = rehydrate(project, held)
    assert report.added == ARTICLES * EACH, report.added


def study(path: Path, head: str, *, marks: bool = True) -> Project:
    """Articles of 900 words, with marks from word to word."""
    chance = random.Random(1)
    texts = [" ".join(some_words(chance, 900)) for _ in range(ARTICLES)]
    drafts = [Draft(head + text, f"Title {at}", date="2025") for at, text in enumerate(texts)]
    made = Project.create(path)

    def fill(step) -> None:  # type: ignore[no-untyped-def]
        ids = articles.add(step, drafts, ["a.txt"] * ARTICLES, [None] * ARTICLES)
        if marks:
            ana = coders.ensure(step, "Ana")
            spans = [
                (id, span) for id, text in zip(ids, texts, strict=True) for span in some_spans(chance, text)
            ]
            highlights.add(step, [highlights.make(id, ana, None, [span]) for id, span in spans])

    made.do("Fill", fill)
    return made


def some_spans(chance: random.Random, text: str) -> Iterator[tuple[int, int]]:
    ends = [at for at, sign in enumerate(text) if sign == " "]
    for first in chance.sample(range(len(ends) - 40), EACH):
        yield ends[first] + 1, ends[first + chance.randint(4, 39)]
