"""Many codes at once on the workbench: cut, copied, pasted, dragged, sorted, words replaced in them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from annotate.palettes import nearest
from storage import change_log
from storage.change_log import What
from tests.ui.workbench import bench, press, window, write
from ui.codes import deeds
from ui.codes.replacing import ReplaceInCodes
from ui.codes.spreading import colours, give_colours, judged
from ui.codes.telling import CLOSE, in_both_themes

__all__ = ["bench", "window"]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def tree_of(window) -> list[tuple[str, str | None]]:
    session = window.workspace.session
    return [
        (code.label, session.codes[code.parent].label if code.parent else None)
        for code in session.codes.values()
    ]


def select_both(bench) -> None:
    """Economic and Legality, by the keyboard."""
    bench.show_code("economic")
    bench.focus_tree()
    press(Key.Key_Down, SHIFT)
    assert bench.codes.tree.selected_ids() == ["economic", "legal"]


def test_the_key_that_leads_to_the_workbench_selects_the_code_alone(window):
    """Ctrl of Ctrl+B is still down then; held, it adds to what is selected."""
    workspace = window.workspace
    workspace.codes.show_code("legal")
    QTest.keyPress(window, Key.Key_Control, CTRL)
    try:
        workspace.act("workbench")
        tree = workspace.workbench.codes.tree
        assert [index.data() for index in tree.selectionModel().selectedIndexes()] == ["Legality"]
    finally:
        QTest.keyRelease(window, Key.Key_Control, CTRL)


def test_cut_and_pasted_codes_move_with_their_highlights_to_another_taxonomy(bench, window):
    session = window.workspace.session
    before = dict(session.counts())
    select_both(bench)
    press(Key.Key_X, CTRL)
    bench.tabs.buttons["actors"].click()
    bench.show_code("court")
    bench.focus_tree()
    press(Key.Key_V, CTRL)
    assert session.codes["economic"].parent == "court"
    assert session.codes["legal"].taxonomy == "actors"
    assert session.counts() == before
    assert bench.codes.tree.selected_ids() == ["economic", "legal"]
    moved = [line.what for line in change_log.lines(session.project, "actors")]
    assert moved == [What.MOVED, What.MOVED]
    press(Key.Key_Z, CTRL)
    assert session.codes["economic"].taxonomy == "frames"


def test_copied_codes_are_new_ones_in_one_step(bench, window):
    session = window.workspace.session
    bench.show_code("root")
    bench.focus_tree()
    press(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "Policy frames\n\t1 Economic\n\t5 Legality"
    bench.show_taxonomy("actors")
    bench.focus_tree()
    press(Key.Key_V, CTRL)
    mine = [code for code in session.taxonomies[1].codes if code.id != "court"]
    assert [code.label for code in mine] == ["Policy frames", "Economic", "Legality"]
    assert all(session.counts().get(code.id, 0) == 0 for code in mine)
    assert session.counts()["economic"] > 0
    press(Key.Key_Z, CTRL)
    assert len(session.taxonomies[1].codes) == 1


def test_nothing_is_pasted_where_the_clipboard_holds_no_codes(bench, window, qtbot):
    QGuiApplication.clipboard().setText("words")
    bench.show_code("legal")
    bench.focus_tree()
    with qtbot.waitSignal(window.workspace.session.said):
        press(Key.Key_V, CTRL)
    assert len(window.workspace.session.codes) == 4


def test_several_dragged_codes_move_together(bench, window):
    select_both(bench)
    model = bench.codes.model
    data = model.mimeData([model.index_of("economic"), model.index_of("legal")])
    model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, model.index_of("frames"))
    assert [label for label, _ in tree_of(window)][:3] == ["Economic", "Legality", "Policy frames"]
    press(Key.Key_Z, CTRL)
    assert tree_of(window)[1] == ("Economic", "Policy frames")


def test_what_is_below_a_code_is_sorted_from_the_menu(bench, window):
    session = window.workspace.session
    bench.show_code("root")
    bench.focus_tree()
    menu = bench.codes.menu.menu(QPoint())
    sorts = next(each for each in menu.findChildren(QMenu) if each.title() == "Sort what is below")
    by_highlights = {action.text(): action for action in sorts.actions()}
    by_highlights["By label"].trigger()
    assert [code.label for code in session.codes.values()][1:3] == ["Economic", "Legality"]
    counts = session.counts()
    wanted = sorted(("economic", "legal"), key=lambda id: -counts[id])
    by_highlights["By highlights"].trigger()
    assert [id for id in session.codes if id in wanted] == wanted


def test_words_are_replaced_in_all_codes_after_a_look_at_each_place(bench, window, qtbot):
    session = window.workspace.session
    bench.show_code("legal")
    press(Key.Key_R, CTRL | SHIFT)
    sheet = window.findChild(ReplaceInCodes)
    assert not sheet.go.isEnabled()
    write("Legal")
    press(Key.Key_Tab)
    write("Law")
    qtbot.waitUntil(sheet.go.isEnabled)
    assert sheet.go.text() == "Replace 1 place"
    assert sheet.passages.count() == 2
    assert session.codes["legal"].label == "Legality"
    QTest.mouseClick(sheet.go, Qt.MouseButton.LeftButton)
    assert session.codes["legal"].label == "Lawity"
    assert change_log.lines(session.project, "frames")[0].what is What.RENAMED
    assert bench.codes.tree.hasFocus()
    press(Key.Key_Z, CTRL)
    assert session.codes["legal"].label == "Legality"


def test_a_pattern_that_cannot_be_read_is_said_in_the_sheet(bench, window):
    sheet = bench.codes.menu.replace("frames")
    sheet.regex.setChecked(True)
    sheet.sought.setText("(")
    sheet.look_through()
    assert "cannot be read" in sheet.problem.text()
    sheet.reject()


def test_siblings_get_colours_that_all_eyes_can_tell_apart_in_one_step(bench, window, qtbot):
    session = window.workspace.session
    select_both(bench)
    menu = bench.codes.menu.menu(QPoint())
    ways = next(each for each in menu.findChildren(QMenu) if each.title() == "Give them colours")
    with qtbot.waitSignal(session.said) as said:
        ways.actions()[0].trigger()
    assert said.args[0].startswith("All eyes can tell these 2 colours apart")
    assert [session.codes[id].colour for id in ("economic", "legal")] == ["indigo", "#e69f00"]
    press(Key.Key_Z, CTRL)
    assert [session.codes[id].colour for id in ("economic", "legal")] == ["amber", "indigo"]


def test_colours_that_some_eyes_confuse_are_named(bench, window):
    session = window.workspace.session
    deeds.recolour(session, ["economic"], "teal")
    deeds.recolour(session, ["legal"], "slate")
    assert judged(session, ["economic", "legal"]).startswith("The colours of “Economic” and “Legality”")
    assert give_colours(session, ["economic", "legal"], "above")
    assert session.codes["legal"].colour == ""


def test_eight_colours_stay_apart_in_both_themes_and_the_twelve_in_order_do_not(themed):
    far = [nearest([in_both_themes(name) for name in colours(way, 8)])[0] for way in ("distinct", "program")]
    assert far[0] > 11 > CLOSE > far[1]
