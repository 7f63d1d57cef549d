"""A PDF as pages: turning to a page with 200 marks, and what a mixed import costs the window meanwhile."""

from __future__ import annotations

import gc
import gzip
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from annotate.taxonomy import load_shipped
from storage import Project, articles, coders, highlights, taxonomies
from storage.importing import Importer
from tests.bench.row import Row
from tests.bench.window import _settle

PAGES, MARKS = 12, 200
MIXED = 10_000


def rows() -> Iterator[Row]:
    from ui.app import application
    from ui.look import Look
    from ui.settings import Settings
    from ui.window import Window

    app = application()
    settings = Settings(app, passing=True)
    settings.set_coder("Ana")
    window = Window(settings, Look(app, settings))
    window.resize(1440, 900)
    window.show()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        path = place / "study.postil"
        _pdf_project(place, path)
        window.open_project(path)
        _settle(app, 0.6)
        gc.freeze()  # as the program does once its window stands
        yield _turns(window, app)
        yield from _beside(window, app, place)
        window.close()


def _turns(window, app) -> Row:  # type: ignore[no-untyped-def]
    from PySide6.QtPdf import QPdfDocument  # noqa: F401 - loaded before it is timed

    mode = window.workspace.reading.mode
    mode.turn(True)
    view = mode.view
    for page in (*range(PAGES), *range(PAGES)):
        view.go_to_page(page)
        view.viewport().repaint()
        view.pages().wait()
    taken, bare = [], []
    for page in list(range(PAGES)) * 3:
        began = time.perf_counter()
        view.go_to_page(page)
        view.viewport().repaint()
        taken.append((time.perf_counter() - began) * 1000)
        _settle(app, 0.01)
    width = round(view._stack.frame(0).width())
    picture = view.pages().picture(PAGES - 1, width)
    for _ in range(20):
        began = time.perf_counter()
        picture.copy()
        bare.append((time.perf_counter() - began) * 1000)
    name = f"page turned to, with {MARKS} marks on it: to painted (floor: the picture copied)"
    return Row(name, statistics.median(taken), statistics.median(bare), "<= 50 ms")


def _beside(window, app, place: Path) -> Iterator[Row]:  # type: ignore[no-untyped-def]
    """The window's own loop while files of many kinds come in: its longest block, and its memory."""
    folder = _mixed(place / "mixed")
    before = _memory()
    window.workspace.add_files([folder])
    ended: list[object] = []
    window.workspace.adding._job.finished.connect(ended.append)
    window.workspace.adding._job.failed.connect(ended.append)
    longest = 0.0
    began = time.perf_counter()
    while not ended:
        start = time.perf_counter()
        app.processEvents()
        longest = max(longest, (time.perf_counter() - start) * 1000)
        time.sleep(0.001)
    took = (time.perf_counter() - began) * 1000
    yield Row(f"{MIXED:,} mixed files come in beside the window: whole", took, 0.0, "")
    yield Row("same: longest block of the window's loop", longest, 0.0, "<= 50 ms")
    yield Row("same: memory of the window's process, MB (floor: before)", _memory(), before, "<= 300 MB")


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _mixed(folder: Path) -> Path:
    from tests.annotate.test_readers_pdf import column, make_pdf
    from tests.bench.project import some_words

    folder.mkdir()
    chance = random.Random(8)
    for at in range(MIXED):
        words = " ".join(some_words(chance, 300)) + f" {at}"
        kind = at % 10
        if kind < 4:
            (folder / f"{at:05}.txt").write_text(f"Article {at}\n\n{words}\n")
        elif kind < 6:
            page = f"<html><head><title>Article {at}</title></head><body><article><h1>Article {at}</h1>"
            page += "".join(f"<p>{words[n : n + 400]}</p>" for n in range(0, len(words), 400))
            (folder / f"{at:05}.html").write_text(page + "</article></body></html>")
        elif kind < 8:
            (folder / f"{at:05}.md").write_text(f"# Article {at}\n\n{words}\n")
        elif kind < 9:
            (folder / f"{at:05}.eml").write_text(f"Subject: Article {at}\nMIME-Version: 1.0\n\n{words}\n")
        elif at % 100 == 9:
            lines = [words[n : n + 60] for n in range(0, 1800, 60)]
            (folder / f"{at:05}.pdf").write_bytes(make_pdf([column(72, 720, lines)]))
        else:
            (folder / f"{at:05}.txt.gz").write_bytes(gzip.compress(f"Article {at}\n\n{words}\n".encode()))
    return folder


def _pdf_project(place: Path, path: Path) -> None:
    from tests.annotate.test_readers_pdf import column, make_pdf
    from tests.bench.project import some_words

    chance = random.Random(7)
    pages = []
    for _ in range(PAGES):
        words = " ".join(some_words(chance, 700))
        pages.append(column(60, 740, [words[n : n + 80] for n in range(0, 80 * 56, 80)]))
    (place / "a.pdf").write_bytes(make_pdf(pages))
    with Project.create(path) as project:
        project.do("Frames", lambda step: taxonomies.add(step, load_shipped("policy-frames")))
        project.do("Coder", lambda step: coders.ensure(step, "Ana"))
        (id,) = Importer(project).run([place / "a.pdf"]).articles
        coder = coders.all_coders(project)[0].id
        places = articles.places(project, id)
        assert places is not None
        marks = []
        for page in range(PAGES):
            first, last = places.begin_of(page), places.begin_of(page + 1) - 1
            for _ in range(MARKS):
                start = chance.randrange(first, last - 60)
                code = f"pfc:{chance.randint(1, 14)}"
                marks.append(highlights.make(id, coder, code, [(start, start + chance.randint(5, 60))]))
        project.do("Marks", lambda step: highlights.add(step, marks))
