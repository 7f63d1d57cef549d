"""Near duplicates: from the report to the texts side by side, decided by mouse and by keys, taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from storage import articles, coders, highlights, near
from storage.importing import Importer, ImportReport
from ui import ask
from ui.dialogs.near import NearDuplicates
from ui.dialogs.reports import Reports, as_text

TEXT = """The court stopped the first planned transfer on Tuesday.

{} The judges wrote that the ministry had not examined whether the receiving country could be called safe, and
that it had not heard those who were to be taken there; the minister announced an appeal within the day.

{}
"""
MORE = " ".join(f"Sentence number {at} of a long report says what is the case." for at in range(30))


def put(folder, name: str, *filled: str) -> None:
    (folder / f"{name}.txt").write_text(TEXT.format(*filled), encoding="utf-8")


@pytest.fixture
def window(qtbot, look):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    return window


@pytest.fixture
def report(session, tmp_path) -> ImportReport:
    """Two pairs: in the first, a word was changed and a sentence added."""
    folder = tmp_path / "in"
    folder.mkdir()
    other = " ".join(f"Line {at} of that account tells another thing." for at in range(30))
    put(folder, "a", "In Velmora.", MORE)
    put(folder, "b", "In Osk.", f"{MORE}\n\nMore will follow.")
    put(folder, "c", "In the north.", other)
    put(folder, "d", "In the south.", other)
    report = Importer(session.project).run([folder])
    assert len(report.near) == 2
    return report


@pytest.fixture
def sheet(session, look, window, report):
    sheet = NearDuplicates(session, look, report.near, window)
    sheet.open()
    return sheet


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def sources(session) -> set[str]:
    return {each.source for each in articles.all_articles(session.project)} & {
        "a.txt",
        "b.txt",
        "c.txt",
        "d.txt",
    }


def test_the_pairs_and_what_differs_in_the_first(sheet):
    assert sheet.list.count() == 2
    assert "% alike" in sheet.list.item(0).data(Qt.ItemDataRole.UserRole)
    assert [side.facts.full_text().split(" · ")[-1] for side in sheet.sides] == ["a.txt", "b.txt"]
    assert sheet.text.marked() == ["Velmora.", "Osk.", "More will follow."]
    shown = sheet.text.toPlainText()
    assert "words the same" in shown
    assert "Sentence number 15" not in shown
    sheet.only.click()
    assert sheet.text.toPlainText().count("Sentence number 15") == 2
    assert sheet.text.marked() == ["Velmora.", "Osk.", "More will follow."]


def test_by_keys_through_the_list_to_keeping_both(sheet, session, qtbot):
    assert sheet.list.hasFocus()
    qtbot.keyClick(sheet.list, Qt.Key.Key_Down)
    assert sheet.text.marked() == ["north.", "south."]
    qtbot.keyClick(sheet.list, Qt.Key.Key_Return)
    assert sheet.list.count() == 1
    assert sources(session) == {"a.txt", "b.txt", "c.txt", "d.txt"}
    assert len(near.kept(session.project)) == 1
    qtbot.keyClick(sheet.list, Qt.Key.Key_Return)
    assert sheet.none.isVisible()
    assert not sheet.pairs.isVisible()
    assert not sheet.keep.isVisible()
    assert sheet.leave.hasFocus()  # and not "Undo", which one more Enter would press


def test_tab_reaches_every_button(sheet, qtbot):
    wanted = {
        sheet.only,
        sheet.keep,
        sheet.text,
        *(b for side in sheet.sides for b in (side.remove, side.open)),
    }
    seen = set()
    for _ in range(14):
        qtbot.keyClick(sheet.window().focusWidget(), Qt.Key.Key_Tab)
        seen.add(sheet.window().focusWidget())
    assert wanted <= seen


def test_one_is_removed_by_mouse_and_comes_back(sheet, session, qtbot):
    click(qtbot, sheet.sides[0].remove)
    assert sources(session) == {"b.txt", "c.txt", "d.txt"}
    assert sheet.list.count() == 1
    assert sheet.aside.text().startswith("Removed “")
    click(qtbot, sheet.undo)
    assert sources(session) == {"a.txt", "b.txt", "c.txt", "d.txt"}
    assert sheet.list.count() == 2
    assert not sheet.undo.isVisible()
    sheet.sides[1].remove.setFocus()
    qtbot.keyClick(sheet.sides[1].remove, Qt.Key.Key_Return)
    assert sources(session) == {"a.txt", "c.txt", "d.txt"}


def test_highlights_that_would_go_are_asked_about(sheet, session, report, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(ask, "confirm", lambda _, question, *__: asked.append(question))
    coder = coders.all_coders(session.project)[0].id
    made = highlights.make(report.near[0].article, coder, None, [(0, 9)])
    session.do("Mark", lambda step: highlights.add(step, [made]))
    assert "1 highlight" in sheet.sides[1].facts.full_text()
    click(qtbot, sheet.sides[1].remove)
    assert asked == ["Remove 1 article and 1 highlight?"]
    assert "b.txt" in sources(session)
    monkeypatch.setattr(ask, "confirm", lambda *_: True)
    click(qtbot, sheet.sides[1].remove)
    assert "b.txt" not in sources(session)


def test_the_article_that_is_open_gives_way_to_the_other(sheet, session, report, qtbot):
    session.show_article(report.near[0].article)
    click(qtbot, sheet.sides[1].remove)
    assert session.article == report.near[0].of


def test_one_is_opened(sheet, session, report, qtbot):
    with qtbot.waitSignal(sheet.finished):
        click(qtbot, sheet.sides[1].open)
    assert session.article == report.near[0].article


def test_what_another_one_removes_meanwhile_leaves_the_list(sheet, session, report):
    session.do("Remove", lambda step: articles.remove(step, [report.near[0].article]))
    assert sheet.list.count() == 1


def test_every_theme_marks_with_more_than_colour(sheet, look):
    for theme in ("light", "dark", "high_contrast"):
        look._settings.set_theme(theme)
        assert sheet.text.marked() == ["Velmora.", "Osk.", "More will follow."]
        image = sheet.text.grab().toImage()
        assert not image.isNull()


def test_the_report_lists_them_and_leads_there_by_mouse(session, look, window, report, qtbot):
    reports = Reports(session, look, window)
    reports.open()
    assert "Near duplicates  2" in reports.text.toPlainText().replace("\xa0", " ")
    assert "Near duplicates: 2" in as_text("", report)
    view = reports.text.viewport()
    link = next(
        QPoint(x, y)
        for y in range(0, view.height(), 4)
        for x in range(0, view.width(), 8)
        if reports.text.anchorAt(QPoint(x, y))
    )
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=link)
    (opened,) = window.findChildren(NearDuplicates)
    assert opened.isVisible()
    assert opened.list.count() == 2


def test_the_report_leads_there_by_keys(session, look, window, report, qtbot):
    reports = Reports(session, look, window)
    reports.open()
    reports.text.setFocus()
    qtbot.keyClick(reports.text, Qt.Key.Key_Tab)
    qtbot.keyClick(reports.text, Qt.Key.Key_Return)
    (opened,) = window.findChildren(NearDuplicates)
    assert opened.isVisible()


def test_another_theme_after_a_sheet_was_closed_is_no_mistake(session, look, window, report, qtbot):
    for made in (Reports(session, look, window), NearDuplicates(session, look, report.near, window)):
        made.open()
        with qtbot.waitSignal(made.destroyed):
            made.reject()
    look._settings.set_theme("dark")
