"""A PDF read as pages: the same marks, selection and keys as in its text, and the place kept between the two."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from annotate.places import PageSize
from storage import articles, coders, highlights
from storage.importing import Importer
from tests.annotate.test_readers_pdf import column, make_pdf
from tests.shared import shared
from tests.ui.lists import taxonomy
from ui import ask
from ui.look import Look
from ui.pages.stack import GAP, Stack
from ui.settings import Settings
from ui.window import Window

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
PROSE = [
    "The council of Northhaven voted on",
    "Tuesday to open the harbour road to",
    "buses, after years in which the plan",
    "had been put off again and again for",
    "want of money, and of a majority that",
]
NAMES = ("one", "two", "three", "four", "five", "six")
PAGES = [column(72, 700, [f"{line} {name}" for line in PROSE]) for name in NAMES]


@pytest.fixture
def window(qtbot, qapp, tmp_path: Path):
    settings = Settings(qapp, passing=True)
    settings.set_coder("Ana")
    settings.set_theme("light")
    made = Window(settings, Look(qapp, settings))
    qtbot.addWidget(made)
    made.resize(1300, 860)
    made.show()
    (tmp_path / "road.pdf").write_bytes(make_pdf(PAGES))
    (tmp_path / "notes.txt").write_text("No PDF\n\nOnly words.\n")
    with made_project(tmp_path) as project:
        Importer(project).run([tmp_path / "road.pdf", tmp_path / "notes.txt"])
    assert made.open_project(tmp_path / "study.postil")
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    open_titled(made, "road")
    yield made
    made.close()


def made_project(folder: Path):
    from storage import Project, taxonomies

    project = Project.create(folder / "study.postil", "Study")
    project.do("Begin", lambda step: (taxonomies.add(step, taxonomy()), coders.ensure(step, "Ana")))
    return project


def open_titled(window: Window, title: str) -> None:
    project = window.workspace.session.project
    found = (a.id for a in articles.all_articles(project) if a.source.startswith(title))
    window.workspace.open_article(next(found))


def pages_of(window: Window):
    mode = window.workspace.reading.mode
    mode.turn(True)
    assert mode.view is not None
    mode.view.pages().wait()
    return mode.view


def marks(window: Window):
    session = window.workspace.session
    return highlights.of_article(session.project, session.article)


def point_of(window: Window, words: str, at_end: bool = False) -> QPoint:
    text, view = window.workspace.reading.view.text(), window.workspace.reading.mode.view
    place = text.index(words) + (len(words) if at_end else 0)
    box = view.rectangle(place)
    return QPoint(round(box.left()), round(box.center().y()))


def drag(view, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, start)
    for share in (0.3, 0.6, 1.0):
        QTest.mouseMove(view.viewport(), start + (end - start) * share)
    QTest.mouseRelease(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, end)


def test_a_selection_on_the_page_is_the_same_selection_in_the_text(window: Window) -> None:
    view = pages_of(window)
    drag(view, point_of(window, "council"), point_of(window, "voted", at_end=True))
    assert window.workspace.reading.selection_text() == "council of Northhaven voted"
    window.workspace.reading.mode.turn(False)
    assert window.workspace.reading.selection_text() == "council of Northhaven voted"


def test_coding_on_the_page_is_by_the_same_keys_and_shows_at_once(window: Window) -> None:
    view = pages_of(window)
    view.setFocus()
    drag(view, point_of(window, "council"), point_of(window, "voted", at_end=True))
    QTest.keyClick(view, Key.Key_N)  # a code of one's own, told by a label
    window.workspace.reading.take_code("economic")
    (mark,) = marks(window)
    text = window.workspace.reading.view.text()
    assert text[mark.start : mark.end] == "council of Northhaven voted"
    inside = point_of(window, "Northhaven") + QPoint(3, 0)
    tinted = QColor(view.viewport().grab().toImage().pixel(inside - QPoint(0, 4)))
    assert tinted.blue() < 235 < tinted.red()  # amber
    assert window.workspace.session.selected == mark.id


@pytest.fixture(autouse=True)
def no_questions(monkeypatch) -> None:
    monkeypatch.setattr(ask, "text", lambda *_, **__: None)


def test_a_click_on_a_mark_selects_it_and_beside_it_none(window: Window) -> None:
    view = pages_of(window)
    drag(view, point_of(window, "council"), point_of(window, "voted", at_end=True))
    window.workspace.reading.take_code("legal")
    QTest.mouseClick(view.viewport(), LEFT, pos=QPoint(30, 30))
    assert window.workspace.session.selected is None
    QTest.mouseClick(view.viewport(), LEFT, pos=point_of(window, "Northhaven") + QPoint(4, 0))
    assert window.workspace.session.selected == marks(window)[0].id
    view.setFocus()
    QTest.keyClick(view, Key.Key_Delete)
    assert marks(window) == []


def test_the_caret_goes_by_lines_of_the_page_and_by_words_of_the_text(window: Window) -> None:
    view, text = pages_of(window), window.workspace.reading.view
    view.setFocus()
    QTest.mouseClick(view.viewport(), LEFT, pos=point_of(window, "council"))
    start = text.text().index("council")
    assert text.caret().place == start
    QTest.keyClick(view, Key.Key_Down)
    below = text.caret().place
    assert text.text()[below - 8 : below + 8].count("Tuesday") == 1 or below > start + 20
    QTest.keyClick(view, Key.Key_Up)
    assert abs(text.caret().place - start) <= 1
    QTest.keyClick(
        view, Key.Key_Right, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert window.workspace.reading.selection_text().startswith("council")


def test_turning_between_text_and_pages_keeps_the_place(window: Window) -> None:
    view, reading = pages_of(window), window.workspace.reading
    view.go_to_page(3)
    assert view.page() == 3
    start = reading.view.text().index("on four")
    reading.mode.turn(False)
    assert reading.view.viewport().rect().contains(reading.view.rectangle(start).center().toPoint())
    reading.mode.turn(True)
    assert view.page() == 3
    assert reading.mode.bar.number.text() == "4"


def test_how_an_article_was_read_and_where_is_remembered(window: Window) -> None:
    view = pages_of(window)
    view.go_to_page(4)
    open_titled(window, "notes")
    assert not window.workspace.reading.mode.on_pages
    assert window.workspace.reading.mode.bar.isHidden()
    assert not window.actions_["as_pages"].isEnabled()
    open_titled(window, "road")
    assert window.workspace.reading.mode.on_pages
    assert view.page() == 4


def test_the_next_highlight_is_brought_into_view(window: Window) -> None:
    view, reading = pages_of(window), window.workspace.reading
    text = reading.view.text()
    start = text.index("majority that six")
    reading.view.set_selection((start, start + 8))
    reading.take_code("legal")
    view.go_to_page(0)
    reading.view.set_selection((0, 3))
    view.setFocus()
    QTest.keyClick(view, Key.Key_J)
    assert view.viewport().rect().contains(view.rectangle(start).center().toPoint())


def test_thumbnails_turn_pages_and_zoom_keeps_the_page(window: Window, qtbot) -> None:
    view, mode = pages_of(window), window.workspace.reading.mode
    mode.bar.thumbnails.click()
    small = mode.thumbnails
    assert small.isVisible()
    QTest.mouseClick(small.viewport(), LEFT, pos=QPoint(60, small._tops[2] + 20))
    assert view.page() == 2
    before = view.percent()
    mode.bar.larger.click()
    assert view.percent() > before
    assert not mode.bar.fit.isChecked()
    assert abs(view.page() - 2) <= 1
    mode.bar.fit.click()
    assert view.fits_width()
    window.actions_["larger"].trigger()
    assert not view.fits_width()


def test_a_file_that_was_not_kept_has_no_pages_and_says_so(window: Window, tmp_path: Path) -> None:
    (tmp_path / "other.pdf").write_bytes(make_pdf([column(72, 700, ["Not kept at all"])]))
    Importer(window.workspace.session.project, keep_originals=False).run([tmp_path / "other.pdf"])
    window.workspace.session.look_for_others()
    open_titled(window, "other")
    mode = window.workspace.reading.mode
    mode.turn(True)
    assert not mode.on_pages
    assert "was not kept" in mode.bar.said.text()


def test_an_encrypted_file_asks_for_its_password_until_it_is_right(window: Window, monkeypatch) -> None:
    from annotate.readers import Wishes

    project = window.workspace.session.project
    Importer(project, wishes=Wishes(("test",))).run([shared("samples/pdf/password-example.pdf")])
    window.workspace.session.look_for_others()
    window.workspace.open_article(articles.all_articles(project)[-1].id)
    answers = iter(["wrong", "test"])
    monkeypatch.setattr(ask, "password", lambda *_: next(answers))
    view = pages_of(window)
    assert window.workspace.reading.mode.on_pages
    assert view.page_count() == 4
    window.workspace.reading.mode.turn(False)
    open_titled(window, "road")
    window.workspace.open_article(articles.all_articles(project)[-1].id)
    pages_of(window)  # it is not asked for again
    monkeypatch.setattr(ask, "password", lambda *_: None)


def test_pages_stand_below_each_other_and_points_come_back() -> None:
    stack = Stack([PageSize(600, 800), PageSize(300, 400)], 0.5, 400)
    assert [stack.frame(page).getRect() for page in (0, 1)] == [
        (50.0, GAP, 300.0, 400.0),
        (125.0, GAP + 400 + GAP, 150.0, 200.0),
    ]
    assert stack.height == GAP + 400 + GAP + 200 + GAP
    assert list(stack.in_view(0, 100)) == [0]
    assert list(stack.in_view(300, 500)) == [0, 1]
    assert stack.on_page(QPointF(200, GAP + 200)) == (0, 300.0, 400.0)


def test_the_edges_of_the_selected_mark_are_dragged_on_the_page(window: Window) -> None:
    view = pages_of(window)
    drag(view, point_of(window, "council"), point_of(window, "Northhaven", at_end=True))
    window.workspace.reading.take_code("legal")
    text = window.workspace.reading.view.text()
    drag(view, point_of(window, "Northhaven", at_end=True), point_of(window, "voted") + QPoint(9, 0))
    (mark,) = marks(window)
    assert text[mark.start : mark.end] == "council of Northhaven voted"
    drag(view, point_of(window, "council"), point_of(window, "of Northhaven") + QPoint(4, 0))
    (mark,) = marks(window)
    assert text[mark.start : mark.end] == "of Northhaven voted"
    assert window.workspace.session.selected == mark.id
    view.setFocus()
    start = point_of(window, "voted", at_end=True)
    QTest.mousePress(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(view.viewport(), start + QPoint(40, 0))
    QTest.keyClick(view, Key.Key_Escape)
    QTest.mouseRelease(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, start + QPoint(40, 0))
    assert marks(window) == [mark]
    assert window.workspace.session.selected == mark.id


def test_the_pointer_says_where_an_edge_can_be_taken(window: Window) -> None:
    view = pages_of(window)
    drag(view, point_of(window, "council"), point_of(window, "Northhaven", at_end=True))
    window.workspace.reading.take_code("legal")
    shapes = []
    for point in (point_of(window, "council"), point_of(window, "of Northhaven"), QPoint(30, 30)):
        QTest.mouseMove(view.viewport(), point)
        shapes.append(view.viewport().cursor().shape())
    shape = Qt.CursorShape
    assert shapes == [shape.SizeHorCursor, shape.IBeamCursor, shape.ArrowCursor]
