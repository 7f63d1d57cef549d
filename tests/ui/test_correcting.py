"""Texts corrected in the real window: by hand, in many articles, back again, and what was lost repaired."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotate.alignment import Edit
from annotate.model import Draft
from storage import Project, articles, corrections, highlights, lost_marks, versions
from storage.checking import check
from tests.ui.lists import ROWS, TEXT, fill
from ui import ask
from ui.correcting.editor import TextEditor
from ui.correcting.many import ReplaceSheet
from ui.correcting.pseudonyms import PseudonymSheet
from ui.correcting.review import reviewed
from ui.correcting.sheet import CorrectionSheet
from ui.look import Look
from ui.settings import Settings
from ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot, qapp, tmp_path, monkeypatch):
    monkeypatch.setenv("POSTIL_SETTINGS", str(tmp_path / "settings.ini"))
    path = tmp_path / "study.postil"
    with Project.create(path, "Study") as project:
        fill(project)
    settings = Settings(qapp)
    settings.set_coder("Ana")
    settings.set_theme("light")
    made = Window(settings, Look(qapp, settings))
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    assert made.open_project(path)
    workspace = made.workspace
    workspace.open_article(articles.first(workspace.session.project).id)
    yield made
    made.close()


def act(window: Window, name: str, kind: type):
    """Opens a sheet by its action."""
    window.actions_[name].trigger()
    return [sheet for sheet in window.findChildren(kind) if sheet.isVisible()][-1]


def stored(window: Window) -> tuple[Project, str, str]:
    session = window.workspace.session
    return session.project, session.article, articles.text(session.project, session.article)


def test_a_text_is_corrected_and_read_in_its_new_version(window, qtbot):
    project, id, text = stored(window)
    sheet = act(window, "correct_text", CorrectionSheet)
    assert sheet.editor.text() == text
    assert not sheet.save.isEnabled()
    sheet.editor.setFocus()
    QTest.keyClicks(sheet.editor, "Corrected ")
    qtbot.waitUntil(lambda: "1 passage changed" in sheet.aside.text())
    QTest.keyClicks(sheet.reason, "a word was missing")
    sheet.save.click()
    qtbot.waitUntil(lambda: not window.findChildren(CorrectionSheet))
    assert articles.text(project, id) == "Corrected " + text
    assert window.workspace.reading.view.text() == "Corrected " + text
    last = versions.versions(project, id)[0]
    assert (last.number, last.reason, window.workspace.session.coder_name(last.coder)) == (
        2,
        "a word was missing",
        "Ana",
    )
    assert len(window.workspace.reading._drawn()) == ROWS[0][5]
    window.actions_["undo"].trigger()
    assert window.workspace.reading.view.text() == text


def test_it_begins_where_one_reads(window, qtbot):
    _, id, text = stored(window)
    session = window.workspace.session
    session.do("C", lambda step: corrections.correct(step, id, "\n".join([text] * 60)))
    window.workspace.reading.view.set_selection((9000, 9010))
    sheet = act(window, "correct_text", CorrectionSheet)
    qtbot.waitUntil(lambda: sheet.editor.place() == 9000)
    assert sheet.editor.viewport().rect().contains(sheet.editor.cursorRect())
    assert sheet.editor.verticalScrollBar().value() > 0


def test_find_and_replace_within_the_text(window, qtbot):
    _, _, text = stored(window)
    sheet = act(window, "correct_text", CorrectionSheet)
    QTest.keyClick(sheet.editor, Qt.Key.Key_F, CTRL)
    bar = sheet.bar
    assert bar.sought.hasFocus()
    QTest.keyClicks(bar.sought, "COURT")
    QTest.keyClick(bar.sought, Qt.Key.Key_Return)
    count = text.lower().count("court")
    assert bar.count.text() == f"1 of {count}"
    bar.case.setChecked(True)
    assert bar.count.text() == "No hits"
    assert not bar.all.isEnabled()
    bar.case.setChecked(False)
    bar.put_in.setText("tribunal")
    bar.step(1)
    bar.replace_one()
    assert sheet.editor.text().lower().count("court") == count - 1
    bar.replace_all()
    assert "court" not in sheet.editor.text().lower()
    assert bar.count.text() == f"{count - 1} replaced"
    sheet.editor.undo()
    assert sheet.editor.text().lower().count("court") == count - 1
    bar.regex.setChecked(True)
    bar.sought.setText("(")
    bar.seek()
    assert bar.count.text() == "Not readable"


def test_changes_are_not_thrown_away_without_a_question(window, qtbot, monkeypatch):
    sheet = act(window, "correct_text", CorrectionSheet)
    QTest.keyClicks(sheet.editor, "x")
    asked = []
    monkeypatch.setattr(ask, "confirm", lambda *words: asked.append(words[1]) or len(asked) > 1)
    QTest.keyClick(sheet.editor, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    QTest.keyClick(sheet.editor, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert asked == ["Discard your changes?"] * 2


def test_an_earlier_version_is_looked_at_and_comes_back(window, qtbot):
    project, id, text = stored(window)
    window.workspace.session.do(
        "C", lambda step: corrections.correct(step, id, text.replace("court", "bench"))
    )
    sheet = act(window, "correct_text", CorrectionSheet)
    assert sheet.list.count() == 2
    sheet.list.setCurrentRow(1)
    assert sheet.old.isVisible()
    assert sheet.old.text() == text
    assert sheet.old.isReadOnly()
    assert not sheet.save.isVisible()
    sheet.back.click()
    assert articles.text(project, id) == text
    assert [each.number for each in versions.versions(project, id)] == [3, 2, 1]
    assert check(project) == []


def test_a_text_that_is_changed_meanwhile_is_said_and_kept_on_screen(window, qtbot):
    project, id, text = stored(window)
    sheet = act(window, "correct_text", CorrectionSheet)
    QTest.keyClicks(sheet.editor, "x")
    with Project.open(project.path) as other:
        other.do("C", lambda step: corrections.correct(step, id, "Of somebody else."))
    sheet.save.click()
    assert sheet.isVisible()
    assert "changed meanwhile" in sheet.problem.text()
    assert sheet.editor.text() == "x" + text


def test_signs_beyond_the_first_plane_and_fixed_spaces_come_back_as_they_were(qtbot, session, look):
    editor = TextEditor(session, look)
    qtbot.addWidget(editor)
    text = "A 😀 b\u00a0c\tשלום\n\n漢字 e\u0301\n"
    editor.give(text)
    assert editor.text() == text
    editor.replace([Edit(2, 3, "😀😀"), Edit(4, 5, "B")])
    assert editor.text() == text.replace("😀", "😀😀").replace("b", "B")
    editor.undo()
    assert editor.text() == text
    pasted = QMimeData()
    pasted.setText("x\r\ny\u2028z\x00")
    editor.insertFromMimeData(pasted)
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert editor.text() == "x\ny\nz\ufffd\n" + text


def test_what_an_edit_does_is_counted_and_said():
    mark = highlights.make("a", "c", None, [(4, 7)])
    other = highlights.make("a", "c", None, [(0, 3)])
    review = reviewed("The cat sat.", "The dog sat now.", [mark, other])
    assert (review.passages, review.others, review.lost) == (2, 0, 1)
    assert review.said() == "2 passages changed · 1 highlight would lose its place"
    assert reviewed("a", "a", []).said() == "No changes yet"
    assert reviewed("one two three", "one three", []).gone == (4,)


def test_words_are_replaced_in_all_articles_as_one_step(window, qtbot):
    project = window.workspace.session.project
    sheet = act(window, "replace_in_many", ReplaceSheet)
    assert not sheet.go.isEnabled()
    sheet.sought.setText("court")
    sheet.put_in.setText("bench")
    qtbot.waitUntil(lambda: sheet.go.isEnabled() and sheet.settled())
    per_article = TEXT.count("court")
    assert sheet.go.text() == f"Replace {per_article * len(ROWS)} places"
    assert sheet.aside.text() == f"{per_article * len(ROWS)} places in {len(ROWS)} articles"
    sheet.go.click()
    qtbot.waitUntil(lambda: not window.findChildren(ReplaceSheet))
    assert "court" not in window.workspace.reading.view.text().replace("Court", "")
    assert project.undoable().label == f"Replace words in {len(ROWS)} articles"
    assert check(project) == []
    window.actions_["undo"].trigger()
    assert "court" in window.workspace.reading.view.text()
    assert not project.value("SELECT 1 FROM text_version")


def test_a_replacement_that_cannot_be_done_leaves_everything_as_it_was(window, qtbot):
    session = window.workspace.session

    made = []
    session.do("Add", lambda s: made.extend(articles.add(s, [Draft("court", "Short")], ["s.txt"], [None])))
    (id,) = made
    sheet = act(window, "replace_in_many", ReplaceSheet)
    sheet.sought.setText("court")
    qtbot.waitUntil(lambda: sheet.go.isEnabled() and sheet.settled())
    sheet.go.click()
    qtbot.waitUntil(lambda: sheet.problem.isVisible())
    assert "Nothing would be left" in sheet.problem.text()
    assert not session.project.value("SELECT 1 FROM text_version")
    assert articles.text(session.project, id) == "court"
    assert sheet.go.isEnabled()


def test_a_pattern_that_cannot_be_read_is_said(window, qtbot):
    sheet = act(window, "replace_in_many", ReplaceSheet)
    sheet.regex.setChecked(True)
    sheet.sought.setText("(")
    qtbot.waitUntil(lambda: "cannot be read" in sheet.problem.text())
    assert not sheet.go.isEnabled()
    sheet.sought.setText("nowhere")
    qtbot.waitUntil(lambda: "none of these" in sheet.none.text())


def test_pseudonyms_are_loaded_and_put_in(window, qtbot, tmp_path, monkeypatch):
    project = window.workspace.session.project
    names = tmp_path / "names.csv"
    names.write_text("Name;Pseudonym\nTuesday;Day A\n", encoding="utf-8")
    monkeypatch.setattr(ask, "open_one", lambda *_: names)
    sheet = act(window, "pseudonyms", PseudonymSheet)
    sheet.load.click()
    assert sheet.table.names() == [("Tuesday", "Day A")]
    assert sheet.table.rowCount() == 2
    qtbot.waitUntil(lambda: sheet.go.isEnabled() and sheet.settled())
    sheet.scope.setCurrentIndex(1)
    qtbot.waitUntil(lambda: sheet.go.isEnabled() and sheet.settled())
    assert sheet.aside.text() == "6 places in 1 article"
    sheet.go.click()
    qtbot.waitUntil(lambda: not window.findChildren(PseudonymSheet))
    _, _, text = stored(window)
    assert "Day A" in text
    assert "Tuesday" not in text
    assert not [row for row in project.rows("SELECT label FROM step") if "Tuesday" in row[0]]


def test_lost_highlights_are_repaired_one_after_the_other(window, qtbot, monkeypatch):
    workspace = window.workspace
    session, reading = workspace.session, workspace.reading
    project, id, _ = stored(window)
    before = highlights.count_in(project, id)
    sheet = act(window, "correct_text", CorrectionSheet)
    sheet.editor.replace([Edit(0, 26, "Xyzzy")])
    sheet.save.click()
    lost = lost_marks.lost(project)
    assert lost
    assert any("lost their place" in notice.text for notice in window.notices.standing())
    tab = workspace._tabs.button(3)
    qtbot.waitUntil(tab.isVisible)
    assert tab.text() == f"Repair {len(lost)}"
    window.actions_["repair_highlights"].trigger()
    page = workspace.repair_page
    assert page.list.count() == len(lost)
    assert not page.put.isEnabled()
    mine = page.current()
    assert mine.coder == session.coder.id
    page.list.itemClicked.emit(page.list.currentItem())
    reading.view.set_selection((0, 5))
    assert page.put.isEnabled()
    page.put.click()
    assert session.selected == mine.id
    assert highlights.highlight(project, mine.id).spans == ((0, 5),)
    asked = []
    monkeypatch.setattr(ask, "confirm", lambda *words: bool(asked.append(words[1])) or True)
    while page.list.count():
        page.drop.click()
    assert all("Ben’s" in each for each in asked)
    assert not page.put.isVisible()
    assert highlights.count_in(project, id) == before - len(lost) + 1
    window.actions_["undo"].trigger()
    assert page.list.count() == 1


def test_a_purge_is_asked_for_and_undo_says_why_it_stops(window, qtbot, monkeypatch):
    project, id, text = stored(window)
    session = window.workspace.session
    session.do("C", lambda step: corrections.correct(step, id, text.replace("Tuesday", "Monday")))
    said, asked = [], []
    session.said.connect(said.append)
    monkeypatch.setattr(ask, "confirm", lambda *words, **_: bool(asked.append(words)) or len(asked) > 1)
    window.actions_["purge_texts"].trigger()
    assert versions.count_earlier(project, id) == 1
    window.actions_["purge_texts"].trigger()
    assert "1 earlier text" in asked[1][2]
    assert versions.count_earlier(project, id) == 0
    assert any("Purged" in notice.text for notice in window.notices.standing())
    assert not window.actions_["undo"].isEnabled()
    session.undo()
    assert "purge" in said[-1]
    assert "purge" in window.actions_["undo"].toolTip()


def test_enter_does_not_purge(window, qtbot):
    project, id, text = stored(window)
    window.workspace.session.do("C", lambda step: corrections.correct(step, id, text + "!"))

    def answer() -> None:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    QTimer.singleShot(200, answer)
    window.actions_["purge_texts"].trigger()
    assert versions.count_earlier(project, id) == 1


def test_removed_articles_are_purged(window, qtbot, monkeypatch):
    project, id, _ = stored(window)
    said = []
    window.workspace.session.said.connect(said.append)
    window.actions_["purge_removed"].trigger()
    assert said[-1] == "Nothing is left of removed articles."
    window.workspace.session.do("Remove", lambda step: articles.remove(step, [id]))
    monkeypatch.setattr(ask, "confirm", lambda *_, **__: True)
    window.actions_["purge_removed"].trigger()
    assert project.undoable() is None
    assert any("what is left of 1 removed article" in notice.text for notice in window.notices.standing())


def test_the_article_page_opens_it_and_says_which_version_it_is(window, qtbot):
    _, id, text = stored(window)
    workspace = window.workspace
    workspace.show_page(1)
    page = workspace.article_page
    assert "Version" not in page.facts.text()
    workspace.session.do("C", lambda step: corrections.correct(step, id, text + " More."))
    assert "Version 2, corrected" in page.facts.text()
    page.correct.click()
    assert window.findChildren(CorrectionSheet)


def test_the_place_stays_when_the_text_changes(window, qtbot):
    _, id, text = stored(window)
    reading = window.workspace.reading
    session = window.workspace.session
    session.do("C", lambda step: corrections.correct(step, id, "\n".join([text] * 40)))
    QApplication.processEvents()
    reading.mode.restore_place(6000)
    QApplication.processEvents()
    place = reading.mode.place()
    assert place > 1000
    session.do("C", lambda step: corrections.correct(step, id, "\n".join([text] * 40) + "!"))
    QApplication.processEvents()
    assert reading.mode.place() == place
