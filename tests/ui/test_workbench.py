"""The taxonomy workbench in the real window: read, written in place, left again, by mouse and by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from storage import change_log, taxonomies
from storage.change_log import What
from tests.ui.workbench import bench, press, window, write
from ui.prose import as_html
from ui.window import Window
from ui.workbench.again import Again
from ui.workbench.in_project import InProject
from ui.workbench.standing import Standing
from ui.workbench.version_side import VersionSide
from ui.workbench.view import Workbench
from ui.workbench.words import examples_html

__all__ = ["bench", "window"]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def stored(window: Window, id: str):
    return taxonomies.code(window.workspace.session.project, id)


def log(window: Window, taxonomy: str = "frames"):
    return change_log.lines(window.workspace.session.project, taxonomy)


def test_a_key_leads_to_the_workbench_and_back_to_the_place_in_the_text(window: Window):
    workspace = window.workspace
    view = workspace.reading.view
    view.set_selection((200, 220))
    place = view.verticalScrollBar().value()
    press(Key.Key_B, CTRL)
    assert workspace.on_workbench
    assert not workspace.panes.isVisible()
    assert workspace.workbench.codes.tree.hasFocus()
    press(Key.Key_Escape)
    assert not workspace.on_workbench
    assert view.hasFocus()
    assert (view.selection(), view.verticalScrollBar().value()) == ((200, 220), place)


def test_a_double_click_on_a_code_opens_its_page_where_nothing_is_selected(window: Window, qtbot):
    workspace = window.workspace
    workspace.reading.view.set_selection(None)
    tree = workspace.codes.tree
    qtbot.waitUntil(tree.isVisible)
    place = tree.visualRect(workspace.codes.model.index_of("legal")).center()
    QTest.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert workspace.on_workbench
    assert workspace.workbench.page.id == "legal"


def test_the_article_actions_rest_while_the_workbench_is_there(bench: Workbench, window: Window):
    bench.show_code("economic")
    bench.focus_tree()
    press(Key.Key_F2)
    assert bench.codes.tree.state() == bench.codes.tree.State.EditingState
    assert not window.actions_["rename_article"].isEnabled()


def test_a_field_is_written_in_place_and_is_one_step_and_one_line_of_the_log(bench, window, qtbot):
    project = window.workspace.session.project
    bench.show_code("economic")
    bench.focus_tree()
    press(Key.Key_Return)
    assert bench.page.head.label.reads.hasFocus()
    press(Key.Key_Tab, times=4)
    field = bench.page.prose["definition"]
    assert field.reads.hasFocus()
    press(Key.Key_F2)
    write("Money")
    with qtbot.waitSignal(window.workspace.session.changed):
        pass  # the pause stores
    assert stored(window, "economic").definition == "Money"
    write(" **matters**")
    press(Key.Key_Tab)
    qtbot.waitUntil(lambda: not field.editing)
    assert bench.page.prose["use_when"].reads.hasFocus()
    assert stored(window, "economic").definition == "Money **matters**"
    assert "<strong>matters</strong>" in field.reads.text()
    assert [line.what for line in log(window)] == [What.DEFINED]
    assert log(window)[0].details["definition"] == ["", "Money **matters**"]
    assert project.undoable().label == "Edit “Economic”"
    press(Key.Key_Z, CTRL)
    assert stored(window, "economic").definition == ""
    assert log(window) == []


def test_escape_takes_the_edit_back_even_where_a_pause_had_stored_it(bench, window, qtbot):
    bench.show_code("legal")
    bench.page.edit("label")
    write("Law and courts")
    with qtbot.waitSignal(window.workspace.session.changed):
        pass
    assert stored(window, "legal").label == "Law and courts"
    press(Key.Key_Escape)
    assert stored(window, "legal").label == "Legality"
    assert log(window) == []
    assert bench.page.head.label.reads.hasFocus()


def test_a_click_elsewhere_stores_and_an_empty_label_is_refused(bench, window, qtbot):
    bench.show_code("legal")
    label = bench.page.head.label
    QTest.mouseClick(label.reads, Qt.MouseButton.LeftButton, pos=label.reads.rect().center())
    assert label.editing
    label.editor.clear()
    with qtbot.waitSignal(window.workspace.session.failed) as said:
        assert not label.flush()
    assert said.args == ["A code needs a label."]
    press(Key.Key_Escape)
    bench.page.head.notation.edit()
    bench.page.head.notation.editor.setText("5b")
    bench.focus_tree()
    qtbot.waitUntil(lambda: stored(window, "legal").notation == "5b")


def test_a_key_is_taken_by_pressing_it_and_the_other_code_loses_it(bench, window):
    bench.show_code("economic")
    bench.page.edit("shortcut")
    press(Key.Key_E)
    assert stored(window, "economic").shortcut == "e"
    bench.show_code("legal")
    bench.page.edit("shortcut")
    press(Key.Key_E)
    assert (stored(window, "economic").shortcut, stored(window, "legal").shortcut) == ("", "e")


def test_typing_goes_to_the_code_it_was_typed_for(bench, window):
    bench.show_code("economic")
    bench.page.edit("use_when")
    write("a sum is named")
    bench.show_code("legal")
    assert stored(window, "economic").use_when == "a sum is named"
    assert stored(window, "legal").use_when == ""


def test_synonyms_related_codes_languages_and_kind_are_stored(bench, window):
    bench.show_code("economic")
    page = bench.page
    page.synonyms.edit()
    write("money; costs; money")
    press(Key.Key_Return)
    page._related.add("legal")
    language, label = page.languages.rows[0]
    language.setText("FR")
    label.setText("Économie")
    language.editingFinished.emit()
    standing = bench.side.section(Standing)
    standing.kind.setCurrentIndex(2)
    standing.kind.activated.emit(2)
    standing.assignable.click()
    code = stored(window, "economic")
    assert (code.synonyms, code.related, code.labels) == (
        ("money", "costs"),
        ("legal",),
        (("fr", "Économie"),),
    )
    assert (code.kind, code.assignable) == ("scale", False)
    page._related.opened.emit("legal")
    assert page.id == "legal"


def test_the_side_says_what_is_in_the_project_and_what_to_check(bench, window, qtbot):
    bench.show_code("economic")
    facts = dict(bench.side.section(InProject).facts.texts())
    assert facts["Articles"] == "5 of 10"
    assert int(facts["Highlights"]) == sum(int(part.split()[-1]) for part in facts["Coders"].split(" · "))
    again = bench.side.section(Again)
    assert again.isHidden()
    bench.page.edit("definition")
    write("Money")
    bench.page.flush()
    assert again.title.text() == f"{facts['Highlights']} highlights to check again"
    assert bench.side.section(VersionSide).facts.texts() == [("1.0", "draft, 1 change")]
    again.check.click()
    from ui.codes.checking import CheckAgain

    walk = window.findChild(CheckAgain)
    assert walk is not None
    walk.accept()


def test_a_version_is_frozen_from_the_page(bench, window):
    from ui.codes.versions import Freeze

    bench.show_code("economic")
    bench.side.section(VersionSide).freeze.click()
    write("as published")
    press(Key.Key_Return)
    assert window.findChild(Freeze) is None or not window.findChild(Freeze).isVisible()
    assert bench.side.section(VersionSide).facts.texts()[1][0] == "1.0"


def test_tabs_turn_to_another_taxonomy_and_find_looks_in_it_alone(bench, window):
    bench.tabs.buttons["actors"].click()
    assert bench.taxonomy == "actors"
    assert bench.taxonomy_page.isVisible()
    bench.codes.focus_field()
    write("c")
    assert [bench.codes.model.code(index).id for index in bench.codes.tree.selectedIndexes()] == ["court"]
    assert bench.codes.model.index_of("economic").isValid() is False


def test_what_is_said_of_a_taxonomy_is_written_in_place(bench, window):
    bench.show_taxonomy("frames")
    page = bench.taxonomy_page
    page.about["licence"].edit()
    write("CC BY 4.0")
    press(Key.Key_Return)
    page.note.edit()
    write("Own words.")
    page.flush()
    held = window.workspace.session.taxonomies[0]
    assert (held.licence, held.note) == ("CC BY 4.0", "Own words.")
    page.title.edit()
    page.title.editor.setText("")
    assert not page.flush()
    press(Key.Key_Escape)
    assert window.workspace.session.taxonomies[0].title == "Frames"


def test_a_highlight_becomes_an_example_with_its_source_by_one_key(window: Window):
    workspace = window.workspace
    workspace.reading.step_mark(1)
    mark = workspace.reading.selected()
    press(Key.Key_Plus)
    code = stored(window, mark.code)
    who = workspace.session.coder_name(mark.coder)
    assert code.examples.endswith(f"(Court halts first transfer flight · {who})")
    press(Key.Key_B, CTRL)
    assert workspace.workbench.page.id == mark.code
    assert (
        f"Court halts first transfer flight · {who}"
        in workspace.workbench.page.prose["examples"].reads.text()
    )
    press(Key.Key_Z, CTRL)
    assert stored(window, mark.code).examples == ""


def test_no_field_obeys_tags_or_fetches_pictures(window, themed):
    from ui.theme import theme

    evil = "**b** <script>x</script> ![p](https://example.org/a.png) <img src=y>"
    html = as_html(evil)
    assert "<script" not in html
    assert "<img" not in html
    assert "<strong>b</strong>" in html
    quoted = examples_html("“<b>x</b> <img src=y>” (<i>a</i>)", theme("light"), "teal")
    assert "<img" not in quoted
    assert "<i>" not in quoted


def test_in_a_narrow_window_the_side_stands_below(bench, window, qtbot):
    bench.show_code("economic")
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: bench.side.mapTo(bench, bench.side.rect().topLeft()).x() < 500)
    assert bench.side.isVisible()
    assert bench.side.y() > bench.page.y()
