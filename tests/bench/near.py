"""Near duplicates: what signing costs, finding the closest of 100,000 articles, and aligning long texts."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from annotate.differences import Aligned
from annotate.model import Draft
from annotate.near import SIZE, bands, signature
from annotate.text import word_count
from storage import Project, articles
from storage.near import Neighbours
from tests.bench.project import some_words
from tests.bench.row import Row

STORED = 100_000


def rows() -> Iterator[Row]:
    chance = random.Random(7)
    texts = [" ".join(some_words(chance, 860)) for _ in range(200)]
    signed = best(lambda: [signature(text) for text in texts]) / len(texts)
    counted = best(lambda: [word_count(text) for text in texts]) / len(texts)
    yield Row("sign a text of 6 KB (floor: count its words)", signed, counted, "<= 0.4 ms")
    yield looked_up(texts[0])
    long = some_words(chance, 150_000)
    changed = [f"{word}x" if at % 50 == 0 else word for at, word in enumerate(long)]
    one, other = " ".join(long), " ".join(changed)
    aligned, split = best(lambda: Aligned(one, other), 3), best(lambda: (one.split(), other.split()), 3)
    yield Row(f"align two texts of {len(one) / 1e6:.1f} MB (floor: split them)", aligned, split, "< 1,000 ms")


def looked_up(text: str) -> Row:
    """Among signatures of noise, which cost a lookup what others cost; the floor is a scan of them all."""
    chance = random.Random(8)
    with tempfile.TemporaryDirectory() as folder, Project.create(Path(folder) / "p.postil") as project:
        project.do(
            "Add",
            lambda step: articles.add(step, [Draft(text), Draft(f"{text} end")], ["a", "b"], [None] * 2),
        )
        with project.unlogged() as db:
            noise = [(number, chance.randbytes(SIZE)) for number in range(3, STORED)]
            held = [(1, signature(text)), *noise]
            db.conn.executemany("INSERT INTO signature VALUES (?, ?)", held)
            db.conn.executemany(
                "INSERT INTO signature_band VALUES (?, ?)",
                sorted((band, number) for number, data in held for band in bands(data)),
            )
        data = signature(f"{text} end")
        neighbours = Neighbours(project)
        assert neighbours.closest(2, data)
        ours = best(lambda: neighbours.closest(2, data), 20)
        scan = best(lambda: project.rows("SELECT number, data FROM signature"), 3)
    return Row(f"closest of {STORED:,} articles, found and checked (floor: read all)", ours, scan, "<= 0.1x")


def best(work: Callable[[], object], times: int = 5) -> float:
    """The least of some times, in milliseconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return min(taken) * 1000
