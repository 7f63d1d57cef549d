"""A taxonomy of 7,400 codes on the workbench: opened, filtered letter by letter, scrolled, walked through."""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt

from annotate.model import Code, Taxonomy
from storage import Project, taxonomies
from tests.bench.row import Row

MANY = 7400
LETTERS = "trade policy"


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
        path = Path(folder) / "study.postil"
        with Project.create(path) as project:
            project.do("Begin", lambda step: taxonomies.add(step, thesaurus()))
        window.resize(1440, 900)
        window.show()
        window.open_project(path)
        window.workspace.codes.show()
        app.processEvents()
        gc.freeze()
        begun = time.perf_counter()
        window.workspace.act("workbench")
        app.processEvents()
        yield Row("7,400 codes: the workbench opens", (time.perf_counter() - begun) * 1000, 0, "<= 200 ms")
        bench = window.workspace.workbench
        yield _row("scrolled by a page, painted", _frames(app, _scrolls(bench)))
        yield _row("the next code, its page painted", _frames(app, _walk(bench)))
        yield _row("found by one more letter, painted", _frames(app, _typing(bench)))
        window.close()


def thesaurus() -> Taxonomy:
    """Twenty domains of twenty, each of some eighteen terms; all open."""
    words = (
        "trade",
        "policy",
        "transport",
        "law",
        "energy",
        "fishery",
        "market",
        "asylum",
        "budget",
        "water",
    )
    codes: list[Code] = []
    for number in range(MANY):
        above = None if number < 20 else f"c{number % 20}" if number < 420 else f"c{20 + number % 400}"
        label = f"{words[number % 10]} {words[number // 10 % 10]} {number}"
        codes.append(Code(f"c{number}", "t", above, str(number), label, f"About {label}", position=number))
    return Taxonomy("t", "t", "Thesaurus", codes=tuple(codes))


def _row(work: str, taken: list[float]) -> Row:
    return Row(f"7,400 codes: {work}, median", statistics.median(taken), 0, "<= 16 ms")


def _frames(app, deeds: Iterator[Callable[[], object]]) -> list[float]:  # type: ignore[no-untyped-def]
    taken = []
    for deed in deeds:
        begun = time.perf_counter()
        deed()
        app.processEvents()  # which paints
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def _scrolls(bench) -> Iterator[Callable[[], object]]:  # type: ignore[no-untyped-def]
    bench.codes.tree.expandAll()
    bar = bench.codes.tree.verticalScrollBar()
    for at in range(60):
        yield lambda at=at: bar.setValue(bar.maximum() * at // 60)  # type: ignore[misc]


def _walk(bench) -> Iterator[Callable[[], object]]:  # type: ignore[no-untyped-def]
    from PySide6.QtTest import QTest

    for _ in range(40):
        yield lambda: QTest.keyClick(bench.codes.tree, Qt.Key.Key_Down)


def _typing(bench) -> Iterator[Callable[[], object]]:  # type: ignore[no-untyped-def]
    from PySide6.QtTest import QTest

    bench.codes.focus_field()
    for letter in LETTERS:
        yield lambda letter=letter: QTest.keyClicks(bench.codes.field, letter)  # type: ignore[misc]
