"""How quick the reading view is, beside a bare QPlainTextEdit with the same text and no marks."""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from annotate.model import Layout
from tests.bench.row import Row
from ui.reading.values import Head, Link, Mark
from ui.reading.view import ReadingView
from ui.theme import load_tokens, palette, stylesheet, theme

SIZE = 900
COLOURS = [entry["name"] for entry in load_tokens()["code_colours"]]


@dataclass(frozen=True, slots=True)
class Case:
    """A text with its marks."""

    name: str
    text: str
    marks: list[Mark]


def words_of(chance: random.Random) -> list[str]:
    """Words as long as those of English."""
    return ["".join(chance.choices("etaoinshrdlu", k=chance.choice([2, 3, 4, 5, 6, 9]))) for _ in range(4000)]


def case(name: str, size: int, count: int, paragraph: int, whole: int = 0) -> Case:
    """`size` characters in paragraphs of about `paragraph`, with `count` marks of which `whole` cover all."""
    chance = random.Random(size)
    words, parts, length = words_of(chance), [], 0
    while length < size:
        own, want = [], min(chance.randint(paragraph // 2, paragraph * 3 // 2), size - length)
        if paragraph >= size:
            want = size
        while want > 0:
            own.append(chance.choice(words))
            want -= len(own[-1]) + 1
        parts.append(" ".join(own))
        length += len(parts[-1]) + 1
    text = "\n".join(parts)
    marks = []
    for number in range(count):
        start = number * len(text) // count
        end = min(start + chance.choice([20, 60, 150, 400]), len(text))
        span = (0, len(text)) if number < whole else (start, end)
        marks.append(Mark(str(number), (span,), chance.choice(COLOURS), f"Code {number % 40}"))
    return Case(name, text, marks)


def elapsed(work: Callable[[], Any]) -> float:
    """Milliseconds that `work` takes."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def bare(text: str) -> QPlainTextEdit:
    """The floor: Qt's plain text edit in the same face."""
    edit = QPlainTextEdit()
    edit.setReadOnly(True)
    edit.setStyleSheet("QPlainTextEdit { border: none; padding: 0 }")
    edit.resize(SIZE, SIZE)
    edit.show()
    font = QFont("Source Serif 4")
    font.setPixelSize(18)
    edit.setFont(font)
    edit.setPlainText(text)
    return edit


def shown(case: Case) -> ReadingView:
    """The reading view with the case's article."""
    view = ReadingView()
    view.resize(SIZE, SIZE)
    view.show()
    view.repaint()
    view.show_article(case.text, Layout(), case.marks, Head())
    return view


def open_time(widget: Any, load: Callable[[], Any]) -> float:
    """From handing over the text to the first paint, the best of some."""

    def once() -> None:
        load()
        widget.viewport().repaint()

    return min(elapsed(once) for _ in range(5))


def pages(widget: Any, step: int, count: int = 120) -> list[float]:
    """The time of each page, scrolled and painted, from places all over the text."""
    bar = widget.verticalScrollBar()
    times = []
    for turn in range(count):
        if turn % 20 == 0:
            bar.setValue(bar.maximum() * turn // count)
            widget.viewport().repaint()
        value = bar.value() + step

        def page(value: int = value) -> None:
            bar.setValue(value)
            widget.viewport().repaint()

        times.append(elapsed(page))
    return sorted(times)


def add_time(view: ReadingView, length: int) -> float:
    """A mark put in what is in view, and painted."""

    def once(number: int) -> None:
        start = view.place() + 40
        view.add_mark(Mark(f"new {number}", ((start, min(start + 90, length)),), "teal", "New"))
        view.viewport().repaint()

    return max(elapsed(lambda number=number: once(number)) for number in range(10))  # type: ignore[misc]


def rows() -> Iterator[Row]:
    """All that section 7 of the main job asks of the reading view."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    app.setPalette(palette(theme("light")))
    app.setStyleSheet(stylesheet(theme("light")))
    yield from measured(
        case("1 MB, 10,000 marks", 1_000_000, 10_000, 500), "6 / 12, 3x", "30, 2.5x", add=True
    )
    yield from measured(case("10 MB, 100,000 marks", 10_000_000, 100_000, 500, whole=1), "8", "200")
    yield from measured(case("one paragraph of 100 kB, 2,000 marks", 100_000, 2_000, 100_000), "16", "120")
    yield from measured(case("one paragraph of 1 MB, 5,000 marks", 1_000_000, 5_000, 1_000_000), "-", "-")


def measured(one: Case, page_target: str, open_target: str, add: bool = False) -> Iterator[Row]:
    """Opening and paging of one case."""
    floor = bare(one.text)
    QApplication.processEvents()
    floor_open = open_time(floor, lambda: floor.setPlainText(one.text))
    floor_pages = pages(floor, max(floor.verticalScrollBar().pageStep(), 1))
    close(floor)
    view = shown(one)
    QApplication.processEvents()
    ours = open_time(view, lambda: view.show_article(one.text, Layout(), one.marks, Head()))
    yield Row(f"{one.name}: open to first paint", ours, floor_open, open_target)
    times = pages(view, SIZE - 60)
    yield Row(
        f"{one.name}: page, median", statistics.median(times), statistics.median(floor_pages), page_target
    )
    yield Row(f"{one.name}: page, p99", times[-2], floor_pages[-2], page_target)
    if add:
        yield Row(f"{one.name}: add a mark, painted (worst)", add_time(view, len(one.text)), 0, "16")
        yield from related(view, one)
    close(view)


def related(view: ReadingView, one: Case) -> Iterator[Row]:
    """Paging and pointing with 5,000 relations, twenty of them at the selected mark: near it and far."""
    count = len(one.marks)
    links = [Link(str(at), str(2 * at), str(2 * at + 1), "argues from", "rust") for at in range(count // 2)]
    near = [
        Link(f"n{at}", "0", str(at * 3 if at < 12 else count - at), "meets", "teal") for at in range(1, 21)
    ]
    view.set_links([*links, *near])
    view.select_mark("0")
    times = pages(view, SIZE - 60)
    yield Row(f"{one.name}, 5,000 relations, 20 of them lit: page, median", statistics.median(times), 0, "6")
    view.verticalScrollBar().setValue(0)

    def point(number: int) -> None:
        view.light((str(number),))
        view.viewport().repaint()

    worst = max(elapsed(lambda number=number: point(number)) for number in range(20))  # type: ignore[misc]
    yield Row(f"{one.name}, 20 arcs in sight: pointed at another mark, painted (worst)", worst, 0, "16")


def close(widget: QWidget) -> None:
    """Let a window go."""
    widget.close()
    widget.deleteLater()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for row in rows():
        print(f"{row.work:60} {row.ours_ms:8.2f} {row.floor_ms:8.2f} {row.ratio:6.1f}x   {row.target}")
