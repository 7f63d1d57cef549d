"""The tree of codes without a window: what it holds, what it counts, how it follows the project."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from annotate.model import Code, Taxonomy
from storage import highlights, taxonomies
from tests.ui.coded import Coded
from ui.codes import deeds
from ui.codes.model import CODE_MIME, CODES_MIME, CodesModel, Role
from ui.codes.moving import moved_to


@pytest.fixture
def model(coded: Coded, qtbot) -> CodesModel:
    made = CodesModel(coded.session)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


def labels(model: CodesModel, parent: QModelIndex | None = None) -> list[str]:
    parent = parent or QModelIndex()
    return [str(model.index(row, 0, parent).data()) for row in range(model.rowCount(parent))]


def test_taxonomies_stand_at_the_top_and_codes_below(model, coded):
    assert labels(model) == ["Frames", "Actors"]
    assert labels(model, model.index(0, 0)) == ["Economic", "Legality"]
    assert labels(model, model.index_of("f:1")) == ["Costs", "Jobs"]
    assert model.index_of("f:11").parent() == model.index_of("f:1")


def test_a_row_has_colour_key_notation_and_count(model, coded):
    row = model.index_of("f:11").data(Role.ROW)
    assert (row.label, row.notation, row.colour, row.shortcut, row.count) == ("Costs", "11", "amber", "c", 2)
    assert model.index_of("frames").data(Role.ROW).count == 3


def test_a_mark_changes_its_count_and_its_taxonomys_and_nothing_else(model, coded, qtbot):
    told = []
    model.dataChanged.connect(lambda first, last: told.append(first.data(Role.ID)))
    model.modelReset.connect(lambda: told.append("reset"))
    coded.mark("f:2", 40, 50)
    assert sorted(told) == ["f:2", "frames"]
    assert model.index_of("f:2").data(Role.ROW).count == 2
    assert model.index_of("frames").data(Role.ROW).count == 4
    coded.session.undo()
    assert model.index_of("frames").data(Role.ROW).count == 3


def test_a_new_label_is_told_in_place(model, coded):
    held = model.index_of("f:2")
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    assert model.setData(held, "Law and order")
    assert held.data() == "Law and order"
    assert not resets
    assert coded.session.project.history(1)[0].label == "Rename “Legality” to “Law and order”"
    assert not model.setData(held, "  ")


def test_a_taxonomys_title_can_be_changed_too(model, coded):
    assert model.setData(model.index_of("frames"), "Our frames")
    assert labels(model) == ["Our frames", "Actors"]


def test_a_filter_keeps_what_is_above(model, coded):
    model.show_only(["f:12"])
    assert labels(model) == ["Frames"]
    assert labels(model, model.index_of("f:1")) == ["Jobs"]
    assert not model.index_of("f:2").isValid()
    model.show_only(None)
    assert model.index_of("f:2").isValid()


def test_rows_dragged_out_carry_the_codes_id(model, coded):
    data = model.mimeData([model.index_of("f:2"), model.index_of("f:1")])
    assert bytes(data.data(CODE_MIME).data()) == b"f:2"
    assert bytes(data.data(CODES_MIME).data()) == b"f:2\nf:1"


def test_a_drop_on_a_row_asks_for_a_move(model, coded, qtbot):
    data = model.mimeData([model.index_of("f:11")])
    with qtbot.waitSignal(model.move_asked) as asked:
        model.dropMimeData(data, Qt.DropAction.CopyAction, -1, 0, model.index_of("actors"))
    assert asked.args == [["f:11"], "actors", None, 1]


@pytest.mark.parametrize(
    ("ids", "taxonomy", "parent", "place", "now"),
    [
        (["f:1"], "frames", None, 2, ["f:2", "f:1", "f:11", "f:12"]),
        (["f:12"], "frames", "f:1", 0, ["f:1", "f:12", "f:11", "f:2"]),
        (["f:2"], "frames", "f:1", 1, ["f:1", "f:11", "f:2", "f:12"]),
        (["f:11", "f:2"], "frames", None, 0, ["f:11", "f:2", "f:1", "f:12"]),
        (["f:1", "f:11"], "frames", None, 2, ["f:2", "f:1", "f:11", "f:12"]),
    ],
)
def test_codes_are_moved_where_they_were_dropped(coded, ids, taxonomy, parent, place, now):
    assert deeds.move(coded.session, ids, taxonomy, parent, place)
    assert [code.id for code in coded.session.codes.values() if code.taxonomy == "frames"] == now
    coded.session.undo()
    assert list(coded.session.codes) == ["f:1", "f:11", "f:12", "f:2", "a:1"]


def test_a_move_to_another_taxonomy_takes_what_is_below_along(coded, model):
    assert deeds.move(coded.session, ["f:1"], "actors", "a:1", 0)
    assert {id: code.taxonomy for id, code in coded.session.codes.items()} == {
        "f:1": "actors", "f:11": "actors", "f:12": "actors", "a:1": "actors", "f:2": "frames",
    }  # fmt: skip
    assert coded.session.project.history(1)[0].label == "Move “Economic” under “Government”"
    assert model.index_of("actors").data(Role.ROW).count == 2


def test_a_code_cannot_be_moved_into_itself(coded, qtbot):
    with qtbot.waitSignal(coded.session.failed) as said:
        assert not deeds.move(coded.session, ["f:1"], "frames", "f:11", 0)
    assert said.args == ["“Economic” cannot be moved into itself."]


def test_nothing_changes_where_a_code_stays_in_its_place(coded):
    assert moved_to(coded.session.taxonomies, ["f:1"], "frames", None, 0) == ()
    assert moved_to(coded.session.taxonomies, ["f:1"], "frames", None, 1) == ()


def test_codes_move_by_keys_up_down_in_and_out(coded):
    def order() -> list[tuple[str, str | None]]:
        return [(c.id, c.parent) for c in coded.session.codes.values() if c.taxonomy == "frames"]

    before = order()
    assert deeds.nudge(coded.session, ["f:1"], "down")
    assert [id for id, _ in order()] == ["f:2", "f:1", "f:11", "f:12"]
    assert deeds.nudge(coded.session, ["f:1"], "up")
    assert order() == before
    assert deeds.nudge(coded.session, ["f:2"], "in")
    assert ("f:2", "f:1") in order()
    assert deeds.nudge(coded.session, ["f:2"], "out")
    assert order() == before
    assert not deeds.nudge(coded.session, ["f:1"], "up")


@pytest.mark.parametrize(
    ("marks", "to", "left"), [("keep", None, {None: 2}), ("move", "f:2", {"f:2": 3}), ("delete", None, {})]
)
def test_deleting_a_code_does_with_its_marks_what_was_said(coded, marks, to, left):
    before = highlights.counts_by_code(coded.project)
    assert deeds.delete(coded.session, ["f:1"], marks, to)
    now = highlights.counts_by_code(coded.project)
    assert "f:11" not in now
    assert {code: now[code] for code in left} == left
    assert set(coded.session.codes) == {"f:2", "a:1"}
    coded.session.undo()
    assert highlights.counts_by_code(coded.project) == before


def test_a_key_taken_over_leaves_its_former_code(coded):
    code = coded.session.codes["f:2"]
    assert deeds.edit(coded.session, code, {"shortcut": "c"})
    assert coded.session.codes["f:2"].shortcut == "c"
    assert coded.session.codes["f:11"].shortcut == ""
    coded.session.undo()
    assert coded.session.codes["f:11"].shortcut == "c"


def test_hiding_a_code_hides_what_is_below(coded):
    deeds.toggle_hidden(coded.session, ["f:1"])
    assert coded.session.hidden_codes == {"f:1", "f:11", "f:12"}
    deeds.toggle_hidden(coded.session, ["f:11", "f:1"])
    assert coded.session.hidden_codes == frozenset()


def test_thousands_of_codes_are_followed_quickly(coded, qtbot):
    codes = tuple(
        Code(f"b:{n}", "big", f"b:{n // 10}" if n >= 10 else None, str(n), f"Concept {n}")
        for n in range(7500)
    )
    coded.session.do("Add", lambda step: taxonomies.add(step, Taxonomy("big", "big", "Big", codes=codes)))
    model = CodesModel(coded.session)
    began = time.perf_counter()
    coded.mark("b:7000", 1, 9)
    assert time.perf_counter() - began < 0.1
    assert model.index_of("big").data(Role.ROW).count == 1
