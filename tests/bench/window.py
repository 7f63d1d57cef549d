"""A mark made in the real window: durable and painted, alone in a large article and beside an import."""

from __future__ import annotations

import gc
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from annotate.model import Draft
from annotate.taxonomy import load_shipped
from storage import Project, articles, coders, highlights, taxonomies
from tests.bench.row import Row


def rows() -> Iterator[Row]:
    from ui.app import application
    from ui.look import Look
    from ui.settings import Settings
    from ui.window import Window

    app = application()
    settings = Settings(app, passing=True)
    settings.set_coder("Ana")
    window = Window(settings, Look(app, settings))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        path = place / "study.postil"
        _large_article(path)
        window.resize(1440, 900)
        window.show()
        window.open_project(path)
        _settle(app, 0.6)
        gc.freeze()  # as the program does once its window stands
        taken = _marks(window, app, 60)
        floor = _bare_step(window)
        name = "1 MB article with 10,000 marks: a mark made, durable and painted"
        yield Row(f"{name}, median", statistics.median(taken), floor, "<= 16 ms")
        yield Row(f"{name}, worst of 60", taken[-1], floor, "")
        yield from _beside(window, app, place, floor)
        window.close()


def _beside(window, app, place: Path, floor: float) -> Iterator[Row]:  # type: ignore[no-untyped-def]
    from tests.bench.importing import files

    window.workspace.act("next_article")
    window.workspace.add_files([files(place / "files")])
    ended: list[object] = []
    window.workspace.adding._job.finished.connect(ended.append)
    window.workspace.adding._job.failed.connect(ended.append)
    taken: list[float] = []
    while not ended:
        taken += _marks(window, app, 5)
        _settle(app, 0.03)
    taken.sort()
    name = "a mark made and painted in an article of 6 KB while 10,000 files come in"
    yield Row(f"{name}, median", statistics.median(taken), floor, "<= 16 ms")
    yield Row(f"{name}, p99", taken[len(taken) * 99 // 100], floor, "<= 60 ms")


def _marks(window, app, number: int) -> list[float]:  # type: ignore[no-untyped-def]
    pane = window.workspace.reading
    taken = []
    for _ in range(number):
        start = pane.view.place() + random.randrange(800)
        pane.view.set_selection((start, start + 40))
        app.processEvents()
        began = time.perf_counter()
        pane.take_code("pfc:5")
        pane.view.viewport().repaint()
        taken.append((time.perf_counter() - began) * 1000)
        _settle(app, 0.02)
    return sorted(taken)


def _bare_step(window) -> float:  # type: ignore[no-untyped-def]
    session = window.workspace.session
    taken = []
    for at in range(30):
        made = highlights.make(session.article, session.coder.id, None, [(at, at + 5)])
        began = time.perf_counter()
        session.project.do("Mark", lambda step, made=made: highlights.add(step, [made]))
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def _large_article(path: Path) -> None:
    chance = random.Random(5)
    words = ["the", "court", "and", "minister", "of", "transfer", "policy", "border", "law", "agreement"]
    lines = [" ".join(chance.choices(words, k=80)) for _ in range(2000)]
    text = "\n".join(lines)
    with Project.create(path) as project:
        project.do("Frames", lambda step: taxonomies.add(step, load_shipped("policy-frames")))
        project.do("Coder", lambda step: coders.ensure(step, "Ana"))
        ids: list[str] = []
        drafts = [Draft(text=text, title="Large"), Draft(text="\n".join(lines[:14]), title="Usual")]
        project.do(
            "Add", lambda step: ids.extend(articles.add(step, drafts, ["large", "usual"], [None, None]))
        )
        coder = coders.all_coders(project)[0].id
        marks = []
        for _ in range(10_000):
            start = chance.randrange(len(text) - 400)
            code = f"pfc:{chance.randint(1, 14)}"
            marks.append(highlights.make(ids[0], coder, code, [(start, start + chance.randint(10, 300))]))
        project.do("Marks", lambda step: highlights.add(step, marks))


def _settle(app, seconds: float) -> None:  # type: ignore[no-untyped-def]
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        app.processEvents()
        time.sleep(0.002)
