"""Crosswalks in the window: two trees, one key a relation, and what highlights come to through them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotate.crosswalks import Match
from storage import crosswalks
from ui import ask
from ui.crosswalks.making import NewCrosswalk
from ui.crosswalks.sheet import Crosswalks


@pytest.fixture
def sheet(qtbot, coded, look):
    """A crosswalk from Frames to Actors, without mappings."""
    walk = crosswalks.make("Frames to actors", "frames", "actors")
    coded.session.do("Walk", lambda step: crosswalks.add(step, walk))
    made = Crosswalks(coded.session, look)
    qtbot.addWidget(made)
    made.resize(1180, 760)
    made.open()
    yield made
    made.reject()


def links(coded):
    (walk,) = crosswalks.all_crosswalks(coded.project)
    return [(each.code, str(each.match), each.other) for each in walk.mappings]


def key(sheet, key):
    QTest.keyClick(sheet.left.tree, key)


def test_codes_are_related_by_one_key_and_taken_off_by_it_again(sheet, coded):
    sheet.left.go_to("f:1")
    sheet.right.go_to("a:1")
    key(sheet, Qt.Key.Key_B)
    assert links(coded) == [("f:1", "broad", "a:1")]
    key(sheet, Qt.Key.Key_E)
    assert links(coded) == [("f:1", "exact", "a:1")]
    assert [match for match, button in sheet.between.buttons.items() if button.isChecked()] == ["exact"]
    key(sheet, Qt.Key.Key_E)
    assert links(coded) == []
    key(sheet, Qt.Key.Key_C)
    key(sheet, Qt.Key.Key_Delete)
    assert links(coded) == []
    coded.session.undo()
    assert links(coded) == [("f:1", "close", "a:1")]


def test_the_place_stays_while_codes_are_related(sheet):
    sheet.left.go_to("f:2")
    sheet.right.go_to("a:1")
    key(sheet, Qt.Key.Key_R)
    assert (sheet.left.current(), sheet.right.current()) == ("f:2", "a:1")


def test_counts_are_seen_through_it(sheet, coded):
    sheet.left.go_to("f:1")
    sheet.right.go_to("a:1")
    key(sheet, Qt.Key.Key_E)
    assert sheet.aside.text() == "2 highlights come through · 1 without a target (1 code)"
    item = sheet.right._items["a:1"]
    from ui.crosswalks.column import ROW

    assert item.data(0, ROW).count == 2
    sheet.view.click()
    assert (sheet.table.rowCount(), sheet.table.item(0, 2).text()) == (1, "is the same as")
    sheet.table.itemActivated.emit(sheet.table.item(0, 0))
    assert (sheet.view.isChecked(), sheet.left.current()) == (False, "f:1")


def test_a_code_is_found_by_letters_and_enter_crosses_over(sheet, qtbot):
    QTest.keyClicks(sheet.left.field, "leg")
    assert sheet.left.current() == "f:2"
    QTest.keyClick(sheet.left.field, Qt.Key.Key_Return)
    key(sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(sheet.right.tree.hasFocus)


def test_a_crosswalk_is_begun_and_deleted(sheet, coded, qtbot):
    asked = NewCrosswalk(coded.session, None)
    qtbot.addWidget(asked)
    assert asked.title.text() == "Frames to Actors"
    asked.target.setCurrentIndex(0)
    asked.accept()
    assert "two taxonomies" in asked.problem.text()
    asked.target.setCurrentIndex(1)
    asked.title.setText("Second")
    asked.accept()
    assert asked.made
    sheet.show_crosswalk(asked.made)
    sheet.delete()
    assert [each.title for each in crosswalks.all_crosswalks(coded.project)] == ["Frames to actors"]
    sheet.delete()
    assert sheet.empty.isVisibleTo(sheet)
    coded.session.undo()
    assert sheet.chooser.currentText() == "Frames to actors"


def test_files_come_in_and_go_out(sheet, coded, tmp_path, monkeypatch):
    file = tmp_path / "walk.csv"
    file.write_text("source_id,match,target_id\nf:11,close,a:1\nx,exact,a:1\n", encoding="utf-8")
    monkeypatch.setattr(ask, "open_one", lambda *_: file)
    sheet.ask_import()
    assert links(coded) == [("f:11", "close", "a:1")]
    assert sheet.aside.text() == "1 new, 0 changed, 0 were there, 1 line with codes that are not here"
    out = tmp_path / "out.ttl"
    monkeypatch.setattr(ask, "save_file", lambda *_: out)
    sheet.ask_export()
    assert "closeMatch" in out.read_text(encoding="utf-8")
    file.write_text("nothing\n", encoding="utf-8")
    sheet.ask_import()
    assert "no column" in sheet.problem.text()


def test_an_export_goes_through_a_crosswalk_and_says_what_stays(coded, look, qtbot, tmp_path, monkeypatch):
    from ui.dialogs.export import ExportDialog

    walk = crosswalks.make("Frames to actors", "frames", "actors")

    def work(step):
        crosswalks.add(step, walk)
        crosswalks.put(step, walk.id, "f:1", Match.EXACT, "a:1")

    coded.session.do("Walk", work)
    dialog = ExportDialog(coded.session, look, None)
    qtbot.addWidget(dialog)
    dialog.choices.way.setCurrentIndex(1)
    assert dialog.go.text() == "Export 2 rows"
    assert "without a target (1)" in dialog.stays.text()
    assert dialog.command().endswith("--through 'Frames to actors'")
    out = tmp_path / "out.csv"
    monkeypatch.setattr(ask, "save_file", lambda *_: out)
    dialog._export()
    qtbot.waitUntil(lambda: not dialog.notes.isHidden(), timeout=5000)
    assert "Seen through “Frames to actors”: 2 marks" in dialog.notes.text()
    assert out.read_text(encoding="utf-8").count(",actors,a:1,") == 2
    dialog.choices.way.setCurrentIndex(2)
    assert dialog.command().endswith("--through 'Frames to actors' --back")
    dialog.choices.row.setCurrentIndex(dialog.choices.row.findText("A relation"))
    assert not dialog.go.isEnabled()
    dialog.reject()
