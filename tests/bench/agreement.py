"""Agreement: coefficients of many units, and coders compared on many articles."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from annotate.agreement import chance
from annotate.agreement.alpha import alpha
from annotate.agreement.layers import layer, pooled
from annotate.agreement.matching import best_pairs
from annotate.agreement.places import unit_alpha
from annotate.agreement.units import Ratings
from annotate.model import ArticleState, Code, Draft, Taxonomy
from storage import Project, agreement, articles, coders, highlights, taxonomies
from tests.bench.project import median_ms
from tests.bench.row import Row

UNITS, ARTICLES = 100_000, 1_000


def rows() -> Iterator[Row]:
    made = random.Random(1)
    for categories in (10, 200):
        ratings = [
            tuple((right if made.random() < 0.8 else made.randrange(categories)) for _ in range(5))
            for right in (made.randrange(categories) for _ in range(UNITS))
        ]

        def found(held=ratings, count=categories):  # type: ignore[no-untyped-def]
            units = Ratings.of("ABCDE", range(count), held).units
            return alpha(units), chance.gwet(units)

        floor = median_ms(lambda held=ratings: _read(held), 3)
        work = f"alpha and AC1 with errors: 100,000 units, 5 coders, {categories} codes (floor: units gone through)"
        yield Row(work, median_ms(found, 3), floor, "<= 2,000 ms")
    texts = [[[_mark(made) for _ in range(8)] for _ in range(3)] for _ in range(ARTICLES)]

    def unitized() -> object:
        return unit_alpha(pooled([layer(6000, coded) for coded in texts], 3, 6000 * ARTICLES))

    yield Row(
        "unit alpha and F1 of a code: 1,000 articles, 3 coders, 24,000 marks", median_ms(unitized, 3), 0, ""
    )
    nested = [[_wide(made) for _ in range(200)] for _ in range(2)]
    taken = median_ms(lambda: best_pairs(*nested), 3)
    yield Row("200 marks of each coder, all over each other, paired", taken, 0, "<= 1,000 ms")
    with tempfile.TemporaryDirectory() as folder, _project(Path(folder) / "p.postil", made) as project:
        floor = median_ms(lambda: project.rows("SELECT * FROM highlight"), 3)
        for draws in (0, 1000):
            wanted = agreement.Wanted(draws=draws)
            taken = median_ms(lambda wanted=wanted: agreement.comparison(project, wanted), 1)
            yield Row(
                f"3 coders compared on 1,000 articles, 24,000 marks, 20 codes, {draws} draws (floor: marks read)",
                taken, floor, "",
            )  # fmt: skip


def _read(ratings: list[tuple[int, ...]]) -> int:
    total = 0
    for row in ratings:
        total += len(set(row))
    return total


def _mark(made: random.Random) -> tuple[tuple[int, int], ...]:
    start = made.randrange(5900)
    return ((start, start + made.randrange(20, 100)),)


def _wide(made: random.Random) -> tuple[tuple[int, int], ...]:
    start = made.randrange(1000)
    return ((start, start + made.randrange(200, 900)),)


def _project(path: Path, made: random.Random) -> Project:
    project = Project.create(path)
    codes = tuple(Code(f"c{at}", "t", None, str(at), f"Code {at}", position=at) for at in range(20))

    def fill(step) -> None:  # type: ignore[no-untyped-def]
        taxonomies.add(step, Taxonomy("t", "t", "Codes", codes=codes))
        people = [coders.ensure(step, name) for name in ("A", "B", "C")]
        drafts = [Draft(f"{number} " + "word " * 1200) for number in range(ARTICLES)]
        ids = articles.add(step, drafts, ["f"] * ARTICLES, [None] * ARTICLES)
        articles.set_state(step, ids, ArticleState.DONE)
        marks = []
        for id in ids:
            for _ in range(8):
                code, (span,) = codes[made.randrange(20)].id, _mark(made)
                for person in people:
                    moved = made.choice((0, 0, 3))
                    marks.append(highlights.make(id, person, code, [(span[0] + moved, span[1] + moved)]))
        highlights.add(step, marks)

    project.do("Fill", fill)
    return project
