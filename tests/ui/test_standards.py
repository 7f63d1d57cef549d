"""A locked standard in the window: marked as such, kept as it is, its counts with those of the study's own codes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from annotate.model import Code
from storage import taxonomies
from ui.codes import deeds
from ui.codes.form import CodeForm
from ui.codes.model import Role
from ui.codes.pane import CodesPane

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def pane(qtbot, coded, look):
    made = CodesPane(coded.session, look)
    qtbot.addWidget(made)
    made.show()
    frames = next(each for each in coded.session.taxonomies if each.id == "frames")
    assert deeds.lock(coded.session, frames, True)
    own = Code("own", "frames", "f:2", "", "Non-refoulement")
    assert coded.session.do("New code", lambda step: taxonomies.add_codes(step, [own]))
    return made


def words(pane: CodesPane, id: str) -> set[str]:
    pane.tree.clearSelection()
    pane.tree.go_to(id)
    menu = pane.menu.menu(QPoint(0, 0))
    return {action.text().split("\t")[0] for action in menu.actions() if action.text()}


def row(pane: CodesPane, id: str):
    return pane.model.index_of(id).data(Role.ROW)


def test_counts_at_the_standards_level_take_in_the_studys_own(pane, coded):
    before = row(pane, "f:2").count
    coded.mark("own", 40, 50)
    assert row(pane, "own").count == 1
    assert row(pane, "f:2").count == before + 1
    coded.session.undo()
    assert row(pane, "f:2").count == before


def test_a_standard_is_marked_and_so_is_what_is_ones_own(pane):
    assert row(pane, "frames").locked
    assert row(pane, "own").own
    assert not row(pane, "f:2").own
    said = pane.model.index_of("own").data(Qt.ItemDataRole.AccessibleTextRole)
    assert "your own, below a standard" in said
    assert "locked" in pane.model.index_of("frames").data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_menu_offers_what_can_be_done(pane):
    standard, own, taxonomy = words(pane, "f:2"), words(pane, "own"), words(pane, "frames")
    assert not {"Rename", "Notation…", "Delete…", "Merge into…", "Move"} & standard
    assert {"New code under “Legality”…", "Edit notes…", "Recolour…", "Retire…"} <= standard
    assert {"Rename", "Delete…", "Merge into…", "Move"} <= own
    assert "Unlock the standard" in taxonomy
    assert "New code…" not in taxonomy
    assert not pane.model.flags(pane.model.index_of("f:2")) & Qt.ItemFlag.ItemIsEditable


def test_the_form_of_a_standards_code_takes_what_the_study_says(qtbot, pane, coded, look):
    form = CodeForm(coded.session, look, coded.session.codes["f:2"], pane, field="use_when")
    qtbot.addWidget(form)
    assert form.label.isReadOnly()
    assert form.notes["definition"].isReadOnly()
    form.notes["use_when"].setPlainText("a treaty is named")
    form.accept()
    assert coded.session.codes["f:2"].use_when == "a treaty is named"


def test_what_does_not_go_is_said_in_a_sentence(qtbot, pane, coded):
    with qtbot.waitSignal(coded.session.failed) as said:
        deeds.nudge(coded.session, ["f:2"], "up")
    assert "locked as a standard" in said.args[0]
    deeds.lock(coded.session, coded.session.taxonomies[0], False)
    assert deeds.nudge(coded.session, ["f:2"], "up")
