"""Codes merged, retired and split on screen; versions frozen, compared and checked again."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from annotate.codebook_difference import Piece
from storage import change_log, highlights, taxonomies, taxonomy_versions
from storage.change_log import What
from tests.ui.coded import TEXT
from ui import ask
from ui.codes import deeds
from ui.codes.checking import CheckAgain
from ui.codes.form import CodeForm
from ui.codes.merging import MergeCodes, RetireCodes
from ui.codes.pane import CodesPane
from ui.codes.passage import pieces
from ui.codes.splitting import SplitCode
from ui.codes.version_html import differences_html, pieces_html
from ui.codes.versions import ChangeLog, Versions
from ui.quicktag import QuickTag
from ui.shortcuts import CodeKeys
from ui.theme import theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def pane(qtbot, coded, look):
    made = CodesPane(coded.session, look)
    made.resize(900, 700)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def entries(pane: CodesPane) -> list[str]:
    menu = pane.menu.menu(QPoint())
    return [action.text().split("\t")[0] for action in menu.actions() if action.text()]


def choose(pane: CodesPane, text: str) -> None:
    menu = pane.menu.menu(QPoint())
    next(action for action in menu.actions() if action.text().startswith(text)).trigger()


def press(widget, *keys) -> None:
    for key in keys:
        QTest.keyClick(widget, key)


def lines(coded) -> list[str]:
    return [f"{each.what.value} {each.code}" for each in change_log.lines(coded.project, "frames")]


def test_a_code_is_merged_after_a_word_on_its_highlights(pane, coded, qtbot):
    coded.mark("f:2", 0, 9)
    pane.tree.go_to("f:11")
    choose(pane, "Merge into")
    sheet = pane.window().findChild(MergeCodes)
    assert not sheet.accept_button.isEnabled()
    sheet.target.click()
    picker = pane.window().findChild(QuickTag)
    assert "f:11" not in picker.listed()
    QTest.keyClicks(picker.field, "leg")
    press(picker.field, Qt.Key.Key_Return)
    assert "1 highlight goes over. 1 more stands on words" in sheet.said.text()
    sheet.reason.setText("one thing")
    with qtbot.waitSignal(coded.session.said) as said:
        press(sheet.reason, Qt.Key.Key_Return)
    assert "Merged into “Legality”: 1 highlight moved, 1 joined" in said.args[0]
    assert coded.session.counts() == {"f:2": 3, "f:11": 0}
    assert coded.session.codes["f:2"].synonyms == ("Costs",)
    assert change_log.lines(coded.project, "frames")[0].reason == "one thing"
    coded.session.undo()
    assert coded.session.counts() == {"f:2": 2, "f:11": 2}


def test_a_retired_code_leaves_the_tree_the_popup_and_its_key(pane, coded):
    keys = CodeKeys(coded.session)
    assert keys.code_for("5") == "f:2"
    pane.tree.go_to("f:2")
    choose(pane, "Retire")
    sheet = pane.window().findChild(RetireCodes)
    sheet.accept()
    assert not pane.model.index_of("f:2").isValid()
    assert "f:2" not in coded.session.find_codes("legality")
    assert keys.code_for("5") is None
    pane.field.setText("legality")
    assert pane.model.rowCount() == 0
    pane.field.clear()
    pane.tree.go_to("f:1")
    choose(pane, "Show the retired codes")
    row = pane.model.row(pane.model.node(pane.model.index_of("f:2")))
    assert (row.struck, row.dim, row.shortcut) == (True, True, "")
    assert "retired" in pane.model.index_of("f:2").data(Qt.ItemDataRole.AccessibleTextRole)
    pane.tree.go_to("f:2")
    choose(pane, "Bring back")
    assert coded.session.codes["f:2"].offered
    assert keys.code_for("5") == "f:2"


def test_a_code_is_replaced_and_its_highlights_go_along(pane, coded):
    pane.tree.go_to("f:2")
    sheet = pane.menu.retire(["f:2"])
    sheet.replace_by("f:11")
    sheet.marks.setChecked(True)
    sheet.accept()
    assert coded.session.codes["f:2"].replaced_by == "f:11"
    assert coded.session.counts() == {"f:2": 0, "f:11": 3}


def test_moving_among_hidden_codes_keeps_the_place(pane, coded):
    deeds.retire(coded.session, ["f:11"])
    assert [node.id for node in pane.model.taxonomy_nodes()[0].children] == ["f:1", "f:2"]
    made = taxonomies.make_code("frames", "f:1", "Trade")
    assert deeds.add(coded.session, made)
    deeds.nudge(coded.session, [made.id], "up")
    assert [c.id for c in coded.session.codes.values() if c.parent == "f:1"] == ["f:11", made.id, "f:12"]


def test_a_split_is_walked_with_one_key_each_and_undone_as_one(pane, coded, monkeypatch):
    before = coded.project.last_step()
    pane.tree.go_to("f:11")
    choose(pane, "Split")
    sheet = pane.window().findChild(SplitCode)
    assert "The court" in sheet.passage.words()
    assert sheet.told.text() == "1 of 2"
    monkeypatch.setattr(ask, "text", lambda *args, **more: "Fees")
    sheet.new.click()
    sheet.add_target("f:12")
    sheet.reason.setText("two things")
    press(sheet, Qt.Key.Key_2, Qt.Key.Key_Left)
    assert sheet.told.text() == "1 of 2"
    press(sheet, Qt.Key.Key_1, Qt.Key.Key_Space)
    assert "1 highlight stays with “Costs”" in sheet.passage.words()
    press(sheet, Qt.Key.Key_Left, Qt.Key.Key_2)
    assert "All highlights of “Costs” have another code now" in sheet.passage.words()
    sheet.accept()
    fees = next(code for code in coded.session.codes.values() if code.label == "Fees")
    assert coded.session.counts() == {fees.id: 1, "f:12": 1, "f:2": 1, "f:11": 0}
    assert lines(coded) == ["split f:11", f"added {fees.id}"]
    assert change_log.lines(coded.project, "frames")[0].reason == "two things"
    coded.session.undo()
    assert coded.session.counts()["f:11"] == 2
    assert fees.id not in coded.session.codes
    assert lines(coded) == []
    assert coded.project.history(1)[0].id > before


def test_versions_are_frozen_and_compared_in_colour(pane, coded, qtbot):
    sheet: Versions = pane.menu.versions("frames")
    assert "No version was frozen yet" in sheet.text.toPlainText()
    assert deeds.freeze(coded.session, "frames", "1.0", "as published")
    assert sheet.list.count() == 3
    assert "Before 1.0\n3 highlights" in sheet.list.item(2).text()
    later()
    deeds.edit(coded.session, coded.session.codes["f:1"], {"definition": "Money counts"}, "shorter")
    assert "Money matterscounts" in sheet.text.toPlainText().replace("matters ", "matters")
    assert "1 change since 1.0" in sheet.list.item(0).text()
    assert not deeds.freeze(coded.session, "frames", "1.0")
    assert "already" in sheet.problem.text()
    assert deeds.freeze(coded.session, "frames", "1.1")
    sheet.list.setCurrentRow(0)
    assert "Nothing differs" in sheet.text.toPlainText()
    assert not sheet.again.isVisibleTo(sheet)


def later() -> None:
    time.sleep(0.003)  # times are kept to the millisecond


def test_highlights_are_checked_again_after_a_definition_changed(pane, coded):
    later()
    deeds.edit(coded.session, coded.session.codes["f:11"], {"use_when": "a sum is named"})
    later()
    sheet: Versions = pane.menu.versions("frames")
    assert "2 highlights to check again: made before “Costs”" in sheet.again_said.text()
    walk = sheet.check_again()
    assert isinstance(walk, CheckAgain)
    assert "Use when" in walk.now.text()
    press(walk, Qt.Key.Key_Return)
    assert walk.told.text() == "2 of 2"
    assert taxonomy_versions.count_to_check(coded.project, "frames") == {"f:11": 1}
    walk.change_code("f:12")
    assert taxonomy_versions.count_to_check(coded.project, "frames") == {}
    assert coded.session.counts()["f:12"] == 1
    assert not sheet.again.isVisibleTo(sheet)


def test_the_log_of_changes_is_read(pane, coded):
    deeds.edit(coded.session, coded.session.codes["f:2"], {"label": "Law"}, "shorter")
    sheet: ChangeLog = pane.menu.change_log("frames")
    assert "“Law” renamed, was “Legality”\nshorter\n" in sheet.text.toPlainText().replace("\u2028", "\n")
    pane.tree.go_to("frames")
    assert entries(pane)[-2:] == ["Versions…", "Change log…"]


def test_the_page_of_a_code_takes_synonyms_related_codes_and_a_reason(pane, coded):
    form: CodeForm = pane.menu.edit(coded.session.codes["f:2"])
    form.synonyms.setText("law; right ; law;")
    form.related.add("f:11")
    form.related.add("f:2")
    form.related.add("a:1")
    form.related.take_off("f:11")
    form.notes["counter_examples"].setPlainText("A crime.")
    form.notes["definition"].setPlainText("Courts and laws")
    form.reason.setText("coders asked")
    form.accept()
    code = coded.session.codes["f:2"]
    assert (code.synonyms, code.related, code.counter_examples) == (("law", "right"), ("a:1",), "A crime.")
    line = change_log.lines(coded.project, "frames")[0]
    assert (line.what, line.reason) == (What.DEFINED, "coders asked")
    assert coded.session.find_codes("right")[0] == "f:2"


def test_an_example_is_taken_once(coded, qtbot):
    code = coded.session.codes["f:2"]
    assert deeds.add_example(coded.session, code, "a  ruling\nstands", "Court halts flight")
    code = coded.session.codes["f:2"]
    assert code.examples == "“a ruling stands” (Court halts flight)"
    with qtbot.waitSignal(coded.session.said):
        assert not deeds.add_example(coded.session, code, "a ruling stands", "Court halts flight")
    assert deeds.add_example(coded.session, code, "a theft", "", against=True)
    assert coded.session.codes["f:2"].counter_examples == "“a theft”"


def test_a_passage_shows_whole_words_around_all_parts_of_a_mark(coded):
    mark = highlights.make(coded.article, coded.ana, None, [(500, 510), (520, 530)])
    found = pieces(TEXT, mark)
    assert [span for span, marked in found if marked] == [(500, 510), (520, 530)]
    assert all(a[0][1] == b[0][0] for a, b in pairwise(found))
    (first, _), (last, _) = found[0], found[-1]
    assert TEXT[first[0] - 1].isspace()
    assert TEXT[last[1]].isspace()


def test_what_is_written_in_a_code_is_never_taken_for_html():
    light = theme("light")
    assert "&lt;b&gt;" in pieces_html([Piece("<b>", 1)], light)
    assert differences_html([], light) == ""
