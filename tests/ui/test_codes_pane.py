"""The pane of codes by mouse and keyboard, and its forms."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from annotate.taxonomy import shipped
from storage import Project, highlights
from ui import ask
from ui.codes import deeds
from ui.codes.add_taxonomy import AddTaxonomy
from ui.codes.colours import ColourGrid
from ui.codes.form import CodeForm, blank
from ui.codes.model import SPAN_MIME
from ui.codes.note import CodeNote, note_html
from ui.codes.pane import CodesPane
from ui.codes.removal import DeleteCodes
from ui.codes.telling import hard_to_tell
from ui.session import Session
from ui.theme import theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def pane(qtbot, coded, look):
    made = CodesPane(coded.session, look)
    made.resize(304, 640)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def centre(pane: CodesPane, id: str) -> QPoint:
    return pane.tree.content_rect(pane.model.index_of(id)).center()


def press(widget, *keys, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(widget, key, modifier)


def test_a_double_click_chooses_a_code(pane, qtbot):
    place = centre(pane, "f:2")
    with qtbot.waitSignal(pane.code_chosen) as chosen:
        QTest.mouseClick(pane.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(pane.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["f:2"]


def test_by_keyboard_alone_a_code_is_found_and_chosen(pane, qtbot):
    pane.focus_field()
    qtbot.waitUntil(pane.field.hasFocus)
    with qtbot.waitSignal(pane.code_chosen) as chosen:
        QTest.keyClicks(pane.field, "leg")
        press(pane.field, Qt.Key.Key_Return)
    assert chosen.args == ["f:2"]
    assert not pane.model.index_of("f:1").isValid()
    press(pane.field, Qt.Key.Key_Escape)
    assert pane.model.index_of("f:1").isValid()
    with qtbot.waitSignal(pane.left):
        press(pane.field, Qt.Key.Key_Escape)


def test_the_tree_is_walked_with_arrows(pane, qtbot):
    pane.tree.go_to("frames")
    with qtbot.waitSignal(pane.code_chosen) as chosen:
        press(pane.tree, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert chosen.args == ["f:12"]
    press(pane.tree, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert not pane.tree.isExpanded(pane.model.index_of("f:1"))


def test_the_notes_of_the_code_under_the_cursor_are_shown_at_once(pane, qtbot):
    pane.tree.go_to("f:2")
    assert "argues from laws" in pane.note.text()
    QTest.mouseMove(pane.tree.viewport(), centre(pane, "f:1"))
    qtbot.waitUntil(lambda: "Money matters" in pane.note.text())


def test_notes_are_shown_as_they_are_written():
    code = replace(blank("frames", None), definition="a < b & <b>c</b>", avoid_when="For crime.")
    html = note_html(code, theme("light"))
    assert "a &lt; b &amp; &lt;b&gt;c&lt;/b&gt;" in html
    assert html.endswith("</span> for crime.")


def test_f2_renames_in_place(pane, coded, qtbot):
    pane.tree.setFocus()
    pane.tree.go_to("f:2")
    press(pane.tree, Qt.Key.Key_F2)
    editor = pane.tree.viewport().findChild(QLineEdit)
    assert editor.text() == "Legality"
    editor.setText("Law")
    press(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: coded.session.codes["f:2"].label == "Law")


def test_what_is_open_stays_open_when_codes_change(pane, coded):
    place = pane.tree.chevron_rect(pane.model.index_of("f:1")).center()
    QTest.mouseClick(pane.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not pane.tree.isExpanded(pane.model.index_of("f:1"))
    pane.tree.go_to("a:1")
    deeds.nudge(coded.session, ["f:2"], "up")
    assert not pane.tree.isExpanded(pane.model.index_of("f:1"))
    assert pane.tree.current_id() == "a:1"
    pane.field.setText("jobs")
    assert pane.tree.isExpanded(pane.model.index_of("f:1"))
    pane.field.setText("legality")
    pane.field.clear()
    assert not pane.tree.isExpanded(pane.model.index_of("f:1"))


def test_alt_and_arrows_move_a_code(pane, coded):
    pane.tree.go_to("f:2")
    press(pane.tree, Qt.Key.Key_Up, modifier=Qt.KeyboardModifier.AltModifier)
    assert list(coded.session.codes)[:2] == ["f:2", "f:1"]
    assert pane.tree.current_id() == "f:2"


def test_a_code_without_marks_is_deleted_at_once(pane, coded, qtbot):
    pane.tree.go_to("a:1")
    with qtbot.waitSignal(coded.session.said) as said:
        press(pane.tree, Qt.Key.Key_Delete)
    assert said.args == ["Deleted “Government”."]
    assert "a:1" not in coded.session.codes
    coded.session.undo()
    assert pane.model.index_of("a:1").isValid()


def test_a_code_with_marks_is_asked_about(pane, coded, look, qtbot):
    pane.tree.go_to("f:1")
    press(pane.tree, Qt.Key.Key_Delete)
    sheet = pane.window().findChild(DeleteCodes)
    assert sheet is not None
    sheet.move_on.setChecked(True)
    assert not sheet.accept_button.isEnabled()
    sheet.move_to("a:1")
    assert sheet.accept_button.text() == "Delete and move the highlights"
    QTest.mouseClick(sheet.accept_button, Qt.MouseButton.LeftButton)
    assert highlights.counts_by_code(coded.project) == {"a:1": 2, "f:2": 1}
    assert coded.project.history(1)[0].label == "Delete “Economic”"


def test_the_menu_offers_what_can_be_done(pane, coded, qtbot):
    pane.tree.go_to("f:2")
    menu = pane.menu.menu(QPoint())
    texts = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert texts == [
        "Open the code’s page", "New code…", "New code under “Legality”…", "Rename", "Edit notes…",
        "Notation…", "Key…",
        "Recolour…", "Hide the highlights", "Copy", "Cut", "Move", "Merge into…", "Split…", "Retire…",
        "Delete…", "Taxonomy",
    ]  # fmt: skip
    about = next(action.menu() for action in menu.actions() if action.text() == "Taxonomy")
    assert [action.text() for action in about.actions()] == [
        "Rules…", "Questions about the articles…", "Relation types…", "Crosswalks…",
        "Find and replace…", "Update from a file…", "Versions…", "Change log…",
    ]  # fmt: skip
    next(a for a in menu.actions() if a.text() == "Hide the highlights").trigger()
    assert coded.session.hidden_codes == {"f:2"}
    menu.deleteLater()


def drop(pane: CodesPane, data: QMimeData, place: QPoint) -> None:
    tree, action = pane.tree, Qt.DropAction.CopyAction
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    tree.dragMoveEvent(QDragMoveEvent(place, action, data, buttons, modifiers))
    tree.dropEvent(QDropEvent(QPointF(place), action, data, buttons, modifiers))


def test_a_selection_dropped_on_a_code_is_told(pane, qtbot):
    data = QMimeData()
    data.setData(SPAN_MIME, b"3,9")
    with qtbot.waitSignal(pane.span_dropped) as dropped:
        drop(pane, data, centre(pane, "f:2"))
    assert dropped.args == ["f:2"]
    with qtbot.assertNotEmitted(pane.span_dropped):
        drop(pane, data, centre(pane, "frames"))


def test_codes_are_dragged_between_and_onto_others(pane, coded):
    data = pane.model.mimeData([pane.model.index_of("f:2")])
    drop(pane, data, pane.tree.visualRect(pane.model.index_of("f:1")).topLeft() + QPoint(80, 1))
    assert list(coded.session.codes)[:2] == ["f:2", "f:1"]
    drop(pane, pane.model.mimeData([pane.model.index_of("f:2")]), centre(pane, "a:1"))
    assert (coded.session.codes["f:2"].taxonomy, coded.session.codes["f:2"].parent) == ("actors", "a:1")


def test_an_empty_project_says_what_to_do(qtbot, tmp_path, coded, look):
    project = Project.create(tmp_path / "empty.postil")
    session = Session(project, coded.session.settings)
    pane = CodesPane(session, look)
    qtbot.addWidget(pane)
    pane.show()
    buttons = {each.text(): each for each in pane.findChildren(QPushButton) if each.isVisibleTo(pane)}
    with qtbot.waitSignal(pane.add_taxonomy_asked):
        buttons["Add a taxonomy…"].click()
    buttons["New code…"].click()
    form = pane.findChild(CodeForm)
    form.label.setText("Hope")
    form.accept_button.click()
    assert [code.label for code in session.codes.values()] == ["Hope"]
    assert pane.tree.isVisibleTo(pane)
    session.close()


# ---------------------------------------------------------------- forms


def test_the_form_changes_a_code_in_one_step(coded, look, qtbot):
    form = CodeForm(coded.session, look, coded.session.codes["f:2"])
    qtbot.addWidget(form)
    form.show()
    form.label.setText("Law")
    form.notes["use_when"].setPlainText("courts speak")
    QTest.keyClicks(form.shortcut, "r")
    assert "Repeat the last code" in form.said.text()
    assert form.key == "5"
    QTest.keyClicks(form.shortcut, "E")
    form.accept_button.click()
    code = coded.session.codes["f:2"]
    assert (code.label, code.use_when, code.shortcut) == ("Law", "courts speak", "e")
    assert coded.project.history(1)[0].label == "Edit “Legality”"


def test_a_key_in_use_is_taken_over_only_when_said(coded, look, qtbot):
    form = CodeForm(coded.session, look, coded.session.codes["a:1"])
    qtbot.addWidget(form)
    QTest.keyClicks(form.shortcut, "5")
    assert form.said.text() == "“5” is the key of “Legality” now."
    assert form.accept_button.text() == "Save and take over “5”"
    form.accept_button.click()
    assert [c.id for c in coded.session.codes.values() if c.shortcut == "5"] == ["a:1"]


def test_a_new_code_goes_where_it_was_asked_for(pane, coded, qtbot):
    pane.tree.go_to("f:2")
    pane.menu.new_child(coded.session.codes["f:1"])
    form = pane.window().findChild(CodeForm)
    assert not form.accept_button.isEnabled()
    form.label.setText("Trade")
    form.accept_button.click()
    assert pane.tree.current_id() not in (None, "f:2")
    made = coded.session.codes[pane.tree.current_id()]
    assert (made.label, made.parent, made.position) == ("Trade", "f:1", 2)


def test_colours_by_name_and_by_number(look, qtbot):
    grid = ColourGrid(look)
    qtbot.addWidget(grid)
    grid.set_up("teal", [("Health", "slate")])
    assert grid.word.text() == "Hard to tell from “Health”, for some eyes."
    with qtbot.waitSignal(grid.picked) as picked:
        next(b for b in grid.findChildren(QPushButton) if b.text() == "Amber").click()
    assert picked.args == ["amber"]
    own = grid.findChild(QLineEdit)
    with qtbot.waitSignal(grid.picked) as picked:
        QTest.keyClicks(own, "#AA00ff")
        press(own, Qt.Key.Key_Return)
    assert picked.args == ["#aa00ff"]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_colours_hard_to_tell_apart_are_known(name):
    assert hard_to_tell("teal", ["slate", "amber"], theme(name)) == ["slate"]
    assert hard_to_tell("indigo", ["amber", "teal", "rose"], theme(name)) == []


def test_a_shipped_taxonomy_is_added_in_one_step(coded, look, qtbot):
    sheet = AddTaxonomy(coded.session, look)
    qtbot.addWidget(sheet)
    sheet.show()
    assert sheet.list.count() == len(shipped()) + 2
    assert sheet.add_button.text() == f"Add {shipped()[0].codes} codes"
    with qtbot.waitSignal(sheet.added) as added:
        press(sheet.list, Qt.Key.Key_Return)
        sheet.add_button.click()
    assert added.args == [shipped()[0].slug]
    again = AddTaxonomy(coded.session, look)
    qtbot.addWidget(again)
    again.list.setCurrentRow(0)
    assert again.add_button.text() == "In the project already"
    assert not again.add_button.isEnabled()
    coded.session.undo()
    assert len(coded.session.taxonomies) == 2


def test_a_taxonomy_comes_from_a_file_or_the_reason_is_said(coded, look, qtbot, tmp_path, monkeypatch):
    file = tmp_path / "mine.csv"
    file.write_text("label,notation\nPeace,1\nWar,2\n", encoding="utf-8")
    sheet = AddTaxonomy(coded.session, look)
    qtbot.addWidget(sheet)
    sheet.show()
    sheet.list.setCurrentRow(len(shipped()))
    monkeypatch.setattr(ask, "open_one", lambda *_: tmp_path / "none.csv")
    sheet.add_button.click()
    assert sheet.problem.text() == f"{tmp_path / 'none.csv'} is not there any more, or never was."
    monkeypatch.setattr(ask, "open_one", lambda *_: file)
    sheet.add_button.click()
    assert [c.label for c in coded.session.codes.values()][-2:] == ["Peace", "War"]


SKOS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix : <http://e.org/> .
:a a skos:Concept ; skos:prefLabel "Peace"@en, "Paix"@fr ; skos:hiddenLabel "Pax" .
"""


def test_a_thesaurus_comes_in_the_language_asked_for_after_what_it_lacks_is_said(
    coded, look, qtbot, tmp_path, monkeypatch
):
    file = tmp_path / "mine.ttl"
    file.write_text(SKOS, encoding="utf-8")
    sheet = AddTaxonomy(coded.session, look)
    qtbot.addWidget(sheet)
    sheet.show()
    sheet.list.setCurrentRow(len(shipped()))
    before = len(coded.session.codes)
    asked = []
    monkeypatch.setattr(ask, "open_one", lambda *_: file)
    monkeypatch.setattr(ask, "text", lambda *_: "fr")
    monkeypatch.setattr(ask, "confirm", lambda *words: asked.append(words[1:3]))
    sheet.add_button.click()
    assert asked == [
        ("Add “mine” with 1 code?", "Left out, there is no place for them: 1 hidden labels."),
    ]
    assert len(coded.session.codes) == before
    monkeypatch.setattr(ask, "confirm", lambda *_: True)
    sheet.add_button.click()
    assert [c.label for c in coded.session.codes.values()][-1] == "Paix"


def test_the_notes_take_one_line_until_a_code_is_pointed_at(coded, look, qtbot):
    note = CodeNote(coded.session, look)
    qtbot.addWidget(note)
    hint = note.sizeHint().height()
    note.show_code("f:2")
    full = note.sizeHint().height()
    assert full > hint + 60
    note.show_code(None)
    assert note.sizeHint().height() == full
    assert "argues from laws" in note.text()


def test_a_count_that_changes_repaints_its_rows_and_no_others(pane, qtbot, monkeypatch):
    tree, model = pane.tree, pane.model
    pane.show()
    qtbot.waitExposed(pane)
    qtbot.wait(50)
    drawn: list[str] = []
    paint = type(tree.itemDelegate()).paint

    def noting(self, painter, option, index):
        drawn.append(index.data())
        paint(self, painter, option, index)

    monkeypatch.setattr(type(tree.itemDelegate()), "paint", noting)
    model._tell([model.node(model.index_of("f:2")), model.taxonomy_nodes()[0]])
    qtbot.wait(50)
    assert set(drawn) == {"Frames", "Legality"}
